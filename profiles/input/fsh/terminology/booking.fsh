// Codes of booking: who may, why not, by whom, and in what state.

CodeSystem: AudienceCodes
Id: audience
Title: "Audience"
Description: "Who may book a time."
* insert InFinnish([[Kohderyhmä]], [[Kuka ajan saa varata.]])
* insert LocalCodes
* insert Code(citizen, [[Kansalainen]], [[Medborgare]], [[Citizen]])
* insert Code(entitled, [[Kansalainen, jolla on varausoikeus]], [[Medborgare med bokningsrätt]], [[Citizen with a booking entitlement]])
* insert Code(guidance, [[Asiakasohjaus]], [[Klienthandledning]], [[Customer guidance]])
* insert Code(professional, [[Ammattilainen]], [[Yrkesutbildad person]], [[Professional]])

CodeSystem: CancellationReasonCodes
Id: cancelation-reason
Title: "Reason of cancellation"
Description: "Why a booking was cancelled. National codes (1.2.246.537.6.126) are not known here."
* insert InFinnish([[Peruutuksen syy]], [[Miksi varaus peruttiin. Kansallisia koodeja (1.2.246.537.6.126) ei tässä tunneta.]])
* insert LocalCodes
* insert Code(client-request, [[Asiakas perui]], [[Klienten avbokade]], [[Cancelled by the client]])
* insert Code(client-late, [[Asiakas perui myöhässä]], [[Klienten avbokade för sent]], [[Cancelled by the client too late]])
* insert Code(client-ill, [[Asiakas sairastui]], [[Klienten insjuknade]], [[The client fell ill]])
* insert Code(professional-absent, [[Ammattilainen on poissa]], [[Den yrkesutbildade är frånvarande]], [[The professional is absent]])
* insert Code(service-ended, [[Palvelu päättyi]], [[Tjänsten upphörde]], [[The service has ended]])
* insert Code(rebooked, [[Varattu toinen aika]], [[En annan tid har bokats]], [[Another time was booked]])
* insert Code(made-in-error, [[Varattu vahingossa]], [[Bokad av misstag]], [[Booked by mistake]])
* insert Code(hold-expired, [[Varauksen pito päättyi]], [[Reservationen löpte ut]], [[The hold expired]])
* insert Code(hold-released, [[Varauksen pidosta luovuttiin]], [[Reservationen släpptes]], [[The hold was released]])
* insert Code(group-called-off, [[Ryhmä ei toteutunut]], [[Gruppen blev inte av]], [[The group did not take place]])
* insert Code(not-approved, [[Varausta ei hyväksytty]], [[Bokningen godkändes inte]], [[The booking was not approved]])
* insert Code(meeting-cancelled, [[Tapaaminen peruttiin]], [[Mötet avbokades]], [[The meeting was cancelled]])

CodeSystem: CancelledByCodes
Id: cancelled-by
Title: "Who cancelled"
Description: "On whose side the cancellation was made."
* insert InFinnish([[Kuka perui]], [[Kenen puolelta peruutus tehtiin.]])
* insert LocalCodes
* insert Code(client, [[Asiakas]], [[Klienten]], [[The client]])
* insert Code(representative, [[Puolesta asioiva]], [[Den som uträttar ärenden för klienten]], [[Somebody acting for the client]])
* insert Code(professional, [[Ammattilainen]], [[Den yrkesutbildade]], [[The professional]])
* insert Code(guidance, [[Asiakasohjaus]], [[Klienthandledningen]], [[Customer guidance]])
* insert Code(system, [[Järjestelmä]], [[Systemet]], [[The system]])

CodeSystem: ServiceRequestCategoryCodes
Id: service-request-category
Title: "Category of a request"
Description: "What kind of request a ServiceRequest is."
* insert InFinnish([[Pyynnön laji]], [[Mikä ServiceRequest on.]])
* insert LocalCodes
* insert Code(entitlement, [[Varausoikeus]], [[Bokningsrätt]], [[Booking entitlement]])

CodeSystem: EntitlementStateCodes
Id: entitlement-state
Title: "State of an entitlement"
Description: "What an entitlement can still be used for. A ConceptMap leads to ServiceRequest.status."
* insert InFinnish([[Varausoikeuden tila]], [[Mihin varausoikeutta voi vielä käyttää. ConceptMap johtaa ServiceRequest.statukseen.]])
* insert LocalCodes
* insert Code(planned, [[Valmisteilla]], [[Under beredning]], [[Being prepared]])
* insert Code(valid, [[Voimassa]], [[I kraft]], [[In force]])
* insert Code(suspended, [[Keskeytetty]], [[Avbruten]], [[Suspended]])
* insert Code(used, [[Käytetty]], [[Använd]], [[Used up]])
* insert Code(ended, [[Päättynyt]], [[Upphört]], [[Ended]])
* insert Code(revoked, [[Peruttu]], [[Återkallad]], [[Revoked]])

CodeSystem: HoldStateCodes
Id: hold-state
Title: "State of a hold"
Description: "What became of a time that was held while the client decided. A ConceptMap leads to Appointment.status."
* insert InFinnish([[Varauksen pidon tila]], [[Miten kävi ajan, jota pidettiin asiakkaan päättäessä. ConceptMap johtaa Appointment.statukseen.]])
* insert LocalCodes
* insert Code(held, [[Pidossa]], [[Reserverad]], [[Held]])
* insert Code(confirmed, [[Vahvistettu]], [[Bekräftad]], [[Confirmed]])
* insert Code(released, [[Vapautettu]], [[Frigjord]], [[Released]])
* insert Code(expired, [[Rauennut]], [[Förfallen]], [[Expired]])

CodeSystem: AdditionalServiceCodes
Id: additional-service
Title: "Additional service"
Description: "What a meeting needs besides the professional."
* insert InFinnish([[Lisäpalvelu]], [[Mitä tapaaminen tarvitsee ammattilaisen lisäksi.]])
* insert LocalCodes
* insert Code(interpreter, [[Tulkki]], [[Tolk]], [[Interpreter]])
* insert Code(sign-interpreter, [[Viittomakielen tulkki]], [[Teckenspråkstolk]], [[Sign language interpreter]])
* insert Code(guard, [[Vartija]], [[Väktare]], [[Guard]])
* insert Code(support-person, [[Tukihenkilö]], [[Stödperson]], [[Support person]])

CodeSystem: AbsenceKindCodes
Id: absence-kind
Title: "Kind of absence"
Description: "Why a professional is not to be booked. Tells no diagnosis."
* insert InFinnish([[Poissaolon laji]], [[Miksi ammattilaista ei voi varata. Ei kerro terveydentilaa.]])
* insert LocalCodes
* insert Code(leave, [[Loma tai vapaa]], [[Semester eller ledighet]], [[Holiday or leave]])
* insert Code(sick, [[Sairauspoissaolo]], [[Sjukfrånvaro]], [[Sick leave]])
* insert Code(training, [[Koulutus]], [[Utbildning]], [[Training]])
* insert Code(other-duty, [[Muu tehtävä]], [[Annat uppdrag]], [[Other duty]])

CodeSystem: FinnishHolidayCodes
Id: finnish-holiday
Title: "Finnish holidays"
Description: "The holidays and the two eves on which services are usually closed."
* insert InFinnish([[Suomen pyhät]], [[Pyhät ja kaksi aattoa, joina palvelut ovat yleensä suljettuina.]])
* insert LocalCodes
* ^property[0].code = #falls
* ^property[0].description = "The day: month and day, days from Easter Sunday, or the Saturday of the week that begins on a day."
* ^property[0].type = #string
* insert Code(uudenvuodenpaiva, [[Uudenvuodenpäivä]], [[Nyårsdagen]], [[New Year's Day]])
* #uudenvuodenpaiva ^property[0].code = #falls
* #uudenvuodenpaiva ^property[0].valueString = "01-01"
* insert Code(loppiainen, [[Loppiainen]], [[Trettondagen]], [[Epiphany]])
* #loppiainen ^property[0].code = #falls
* #loppiainen ^property[0].valueString = "01-06"
* insert Code(pitkaperjantai, [[Pitkäperjantai]], [[Långfredagen]], [[Good Friday]])
* #pitkaperjantai ^property[0].code = #falls
* #pitkaperjantai ^property[0].valueString = "easter-2"
* insert Code(paasiaispaiva, [[Pääsiäispäivä]], [[Påskdagen]], [[Easter Sunday]])
* #paasiaispaiva ^property[0].code = #falls
* #paasiaispaiva ^property[0].valueString = "easter+0"
* insert Code(toinen-paasiaispaiva, [[Toinen pääsiäispäivä]], [[Annandag påsk]], [[Easter Monday]])
* #toinen-paasiaispaiva ^property[0].code = #falls
* #toinen-paasiaispaiva ^property[0].valueString = "easter+1"
* insert Code(vappu, [[Vappu]], [[Första maj]], [[May Day]])
* #vappu ^property[0].code = #falls
* #vappu ^property[0].valueString = "05-01"
* insert Code(helatorstai, [[Helatorstai]], [[Kristi himmelsfärdsdag]], [[Ascension Day]])
* #helatorstai ^property[0].code = #falls
* #helatorstai ^property[0].valueString = "easter+39"
* insert Code(helluntaipaiva, [[Helluntaipäivä]], [[Pingstdagen]], [[Pentecost]])
* #helluntaipaiva ^property[0].code = #falls
* #helluntaipaiva ^property[0].valueString = "easter+49"
* insert Code(juhannusaatto, [[Juhannusaatto]], [[Midsommarafton]], [[Midsummer Eve]])
* #juhannusaatto ^property[0].code = #falls
* #juhannusaatto ^property[0].valueString = "saturday 06-20 -1"
* insert Code(juhannuspaiva, [[Juhannuspäivä]], [[Midsommardagen]], [[Midsummer Day]])
* #juhannuspaiva ^property[0].code = #falls
* #juhannuspaiva ^property[0].valueString = "saturday 06-20"
* insert Code(pyhainpaiva, [[Pyhäinpäivä]], [[Alla helgons dag]], [[All Saints' Day]])
* #pyhainpaiva ^property[0].code = #falls
* #pyhainpaiva ^property[0].valueString = "saturday 10-31"
* insert Code(itsenaisyyspaiva, [[Itsenäisyyspäivä]], [[Självständighetsdagen]], [[Independence Day]])
* #itsenaisyyspaiva ^property[0].code = #falls
* #itsenaisyyspaiva ^property[0].valueString = "12-06"
* insert Code(jouluaatto, [[Jouluaatto]], [[Julafton]], [[Christmas Eve]])
* #jouluaatto ^property[0].code = #falls
* #jouluaatto ^property[0].valueString = "12-24"
* insert Code(joulupaiva, [[Joulupäivä]], [[Juldagen]], [[Christmas Day]])
* #joulupaiva ^property[0].code = #falls
* #joulupaiva ^property[0].valueString = "12-25"
* insert Code(tapaninpaiva, [[Tapaninpäivä]], [[Annandag jul]], [[St Stephen's Day]])
* #tapaninpaiva ^property[0].code = #falls
* #tapaninpaiva ^property[0].valueString = "12-26"

CodeSystem: CalendarOpennessCodes
Id: calendar-openness
Title: "Openness of a calendar"
Description: "How much of a calendar colleagues see."
* insert InFinnish([[Kalenterin avoimuus]], [[Kuinka paljon kalenterista työtoverit näkevät.]])
* insert LocalCodes
* insert Code(free-busy, [[Vapaa tai varattu]], [[Ledig eller upptagen]], [[Free or busy]])
* insert Code(times-and-places, [[Ajat ja paikat]], [[Tider och platser]], [[Times and places]])
* insert Code(all, [[Kaikki]], [[Allt]], [[Everything]])

CodeSystem: SecurityLabelCodes
Id: security-label
Title: "Security label"
Description: "Labels of meta.security by which this server decides who acts for a client and what is kept; non-disclosure has a code of HL7 Finland."
* insert InFinnish([[Suojausmerkintä]], [[Kohdan meta.security merkinnät, joiden mukaan palvelin päättää, kuka toimii asiakkaan puolesta ja mitä säilytetään; turvakiellolla on HL7 Finlandin koodi.]])
* insert LocalCodes
* insert Code(hidden-from-representative, [[Salattu puolesta asioivilta]], [[Dold för dem som uträttar ärenden för klienten]], [[Hidden from those who act for the client]])
* insert Code(taken-into-care, [[Otettu huostaan]], [[Omhändertagen]], [[Taken into care]])
* insert Code(legal-hold, [[Hävittäminen pysäytetty]], [[Gallring stoppad]], [[Legal hold]])

CodeSystem: BasicTypeCodes
Id: basic-type
Title: "Kind of Basic resource"
Description: "What R4 has no resource for."
* insert InFinnish([[Basic-resurssin laji]], [[Mille R4:ssä ei ole omaa resurssia.]])
* insert LocalCodes
* insert Code(week-template, [[Viikkopohja]], [[Veckomall]], [[Week template]])
* insert Code(message-template, [[Viestipohja]], [[Meddelandemall]], [[Message template]])

CodeSystem: SlotTagCodes
Id: slot-tag
Title: "Tag of a Slot"
Description: "Tags that the server sets on its own Slots."
* insert InFinnish([[Slot-merkintä]], [[Merkinnät, jotka palvelin antaa omille Sloteilleen.]])
* insert LocalCodes
* insert Code(computed, [[Viikkopohjan avaama aika]], [[Tid som en veckomall öppnat]], [[Opened by a week template and stored by a booking]])
* insert Code(filler, [[Varauksen tekemä aika]], [[Tid som en bokning skapat]], [[Made by a booking where no Slot stood]])
* insert Code(buffer, [[Varauksen vieressä suljettu aika]], [[Tid som stängts bredvid en bokning]], [[Closed while a booking beside it keeps buffers]])
* insert Code(limit, [[Täyden päivän tai viikon suljettu aika]], [[Tid som stängts då dagen eller veckan är full]], [[Closed while the day or week of its calendar is full]])
* insert Code(absence, [[Poissaolo]], [[Frånvaro]], [[An absence]])
