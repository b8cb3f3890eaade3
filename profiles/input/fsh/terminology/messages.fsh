// Codes of messages, guidance, questionnaires and statistics.

CodeSystem: ReminderKindCodes
Id: reminder-kind
Title: "Kind of message"
Description: "Why a message is sent."
* insert InFinnish([[Viestin laji]], [[Miksi viesti lähetetään.]])
* insert LocalCodes
* insert Code(confirmation, [[Vahvistus]], [[Bekräftelse]], [[Confirmation]])
* insert Code(reminder, [[Muistutus]], [[Påminnelse]], [[Reminder]])
* insert Code(change, [[Muutosilmoitus]], [[Ändringsmeddelande]], [[Change]])
* insert Code(cancellation, [[Peruutusilmoitus]], [[Avbokningsmeddelande]], [[Cancellation]])
* insert Code(invitation, [[Kutsu]], [[Kallelse]], [[Invitation]])
* insert Code(offer, [[Tarjous vapautuneesta ajasta]], [[Erbjudande om ledig tid]], [[Offer of a freed time]])
* insert Code(manual, [[Ammattilaisen viesti]], [[Meddelande från den yrkesutbildade]], [[Message by a professional]])

CodeSystem: ReminderChannelCodes
Id: reminder-channel
Title: "Channel of a message"
Description: "By which way a message goes. National codes (1.2.246.537.6.883) are not known here."
* insert InFinnish([[Viestin kanava]], [[Mitä tietä viesti kulkee. Kansallisia koodeja (1.2.246.537.6.883) ei tässä tunneta.]])
* insert LocalCodes
* insert Code(sms, [[Tekstiviesti]], [[Textmeddelande]], [[Text message]])
* insert Code(email, [[Sähköposti]], [[E-post]], [[E-mail]])
* insert Code(letter, [[Kirje]], [[Brev]], [[Letter]])
* insert Code(portal, [[Asiointipalvelun viesti]], [[Meddelande i e-tjänsten]], [[Message in the e-service]])

CodeSystem: GuidanceContactCodes
Id: guidance-contact
Title: "Guidance contact"
Description: "What kind of contact with customer guidance it was."
* insert InFinnish([[Ohjauskontakti]], [[Millainen yhteydenotto asiakasohjaukseen oli.]])
* insert LocalCodes
* insert Code(first-contact, [[Ensimmäinen yhteydenotto]], [[Första kontakten]], [[First contact]])
* insert Code(follow-up, [[Jatkoyhteys]], [[Uppföljande kontakt]], [[Follow-up]])
* insert Code(on-behalf, [[Yhteydenotto toisen puolesta]], [[Kontakt för någon annans räkning]], [[Contact on behalf of another]])

CodeSystem: GuidanceOutcomeCodes
Id: guidance-outcome
Title: "Outcome of guidance"
Description: "How a contact with customer guidance ended."
* insert InFinnish([[Ohjauksen tulos]], [[Miten yhteydenotto asiakasohjaukseen päättyi.]])
* insert LocalCodes
* insert Code(solved, [[Ratkesi]], [[Löst]], [[Solved]])
* insert Code(guided, [[Ohjattu palveluun]], [[Hänvisad till en tjänst]], [[Guided to a service]])
* insert Code(booked, [[Aika varattu]], [[Tid bokad]], [[A time was booked]])
* insert Code(call-back, [[Otetaan yhteyttä uudelleen]], [[Ny kontakt tas]], [[To be called back]])

CodeSystem: TaskKindCodes
Id: task-kind
Title: "Kind of task"
Description: "What is to be done for a client."
* insert InFinnish([[Tehtävän laji]], [[Mitä asiakkaan hyväksi on tehtävä.]])
* insert LocalCodes
* insert Code(guidance, [[Ohjaustehtävä]], [[Handledningsuppgift]], [[Guidance task]])
* insert Code(waiting, [[Jonossa]], [[I kö]], [[Waiting for a time]])

CodeSystem: QuestionnaireKindCodes
Id: questionnaire-kind
Title: "Kind of questionnaire"
Description: "What a questionnaire is for."
* insert InFinnish([[Kyselyn laji]], [[Mitä varten kysely on.]])
* insert LocalCodes
* insert Code(needs-mapper, [[Palvelutarpeen kartoitin]], [[Kartläggning av servicebehov]], [[Needs mapper]])
* insert Code(situation, [[Tilanteen kuvaus]], [[Beskrivning av situationen]], [[Description of the situation]])
* insert Code(preparation, [[Valmistautuminen]], [[Förberedelse]], [[Preparation]])

CodeSystem: ActingBasisCodes
Id: acting-basis
Title: "Basis of acting on behalf"
Description: "Why somebody may act for a client."
* insert InFinnish([[Puolesta-asioinnin peruste]], [[Miksi joku saa asioida asiakkaan puolesta.]])
* insert LocalCodes
* insert Code(guardian, [[Huoltaja]], [[Vårdnadshavare]], [[Guardian of a minor]])
* insert Code(mandate, [[Valtuutus]], [[Fullmakt]], [[Mandate]])
* insert Code(register, [[Rekisteriin merkitty edunvalvonta]], [[Registrerad intressebevakning]], [[Guardianship in a register]])

CodeSystem: StatisticCodes
Id: statistic
Title: "Statistic"
Description: "What a measure counts."
* insert InFinnish([[Tunnusluku]], [[Mitä mittari laskee.]])
* insert LocalCodes
* insert Code(bookings, [[Varaukset]], [[Bokningar]], [[Bookings]])
* insert Code(clients, [[Asiakkaat]], [[Klienter]], [[Clients]])
* insert Code(hours, [[Tunnit]], [[Timmar]], [[Hours]])
* insert Code(cancellations, [[Peruutukset]], [[Avbokningar]], [[Cancellations]])
* insert Code(no-shows, [[Saapumatta jääneet]], [[Uteblivna]], [[No-shows]])
* insert Code(third-next, [[Päiviä kolmanteen vapaaseen aikaan]], [[Dagar till den tredje lediga tiden]], [[Days to the third next available time]])

CodeSystem: RuleCodeSystem
Id: rule
Title: "Rule of booking"
Description: "Why a request was refused: the code in OperationOutcome.issue.details beside the id of the message."
* insert InFinnish([[Varaussääntö]], [[Miksi pyyntö evättiin: koodi OperationOutcome.issue.detailsissa viestin tunnuksen vieressä.]])
* insert LocalCodes
* #approval-needed "The service is booked when the professional has approved"
* #bad-request "The request is malformed"
* #enrolled-already "The client takes part in the group already"
* #change-deadline "It is too late to cancel or move the booking"
* #client-limit "As many times to come as one client may have in the service"
* #group-not-due "The deadline of the group has not passed"
* #hold-expired "The hold has ended and the time is taken"
* #if-match-required "The version must be named"
* #ignored-parameter "The parameter is not known"
* #immutable-element "What a booking fixed cannot be changed"
* #invalid-parameter "A parameter breaks a rule"
* #invalid-resource "The resource breaks a rule"
* #key-reuse "The key was used for another request"
* #key-under-way "The request with that key still runs"
* #booking-limit "As many bookings on that day or in that week as the calendar takes"
* #lead-time "The notice of the calendar has not passed"
* #no-entitlement "The entitlement does not carry the booking"
* #no-record "Unknown or deleted"
* #pending-approval "The booking awaits approval"
* #own-clients-only "Citizens book there with their own worker only"
* #outside-availability "Outside what is open, or in an absence"
* #rate "Too many at once"
* #reference-not-found "A reference leads nowhere"
* #slot-in-use "A booking stands there"
* #slot-unavailable "The time is taken"
* #visit-length "The calendar gives visits of other lengths"
* #version-conflict "Another version"
* #wrong-status "The status does not allow it"
