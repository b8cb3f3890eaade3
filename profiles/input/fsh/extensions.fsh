// Our own extensions. Those of HL7 Finland and of SMART Scheduling Links are used as they are (foreign.mjs).

Extension: HeldUntil
Id: held-until
Title: "Held until"
Description: "Until when a pending Appointment holds its time."
Context: Appointment
* insert InFinnish([[Pidossa asti]], [[Mihin asti vahvistamaton varaus pitää aikaansa.]])
* value[x] only instant
* value[x] 1..1

Extension: StatusReason
Id: status-reason
Title: "Reason of a status taken back"
Description: "Why fulfilled or noshow that was set by mistake is taken back."
Context: Appointment
* insert InFinnish([[Tilan palauttamisen syy]], [[Miksi vahingossa merkitty toteuma tai saapumatta jääminen perutaan.]])
* value[x] only string or CodeableConcept
* value[x] 1..1

Extension: LeadTime
Id: lead-time
Title: "Lead time"
Description: "Least notice of a booking, in minutes, hours or days; of the Schedule's and the service's the longer holds."
Context: Schedule, HealthcareService
* insert InFinnish([[Varoaika]], [[Kuinka paljon ennen alkua varaus on viimeistään tehtävä, minuutteina, tunteina tai päivinä; kalenterin ja palvelun varoajoista pidempi on voimassa.]])
* value[x] only Duration
* value[x] 1..1
* valueDuration.value 1..1
* valueDuration.code from LeadTimeUnit (required)
* valueDuration.code 1..1

Invariant: fsbu-1
Description: "A buffer is at most four hours long."
Severity: #error
Expression: "value.where(value < 0 or (code = 'min' and value > 240) or (code = 'h' and value > 4)).empty()"

Extension: BufferBefore
Id: buffer-before
Title: "Buffer before"
Description: "Time to prepare that is kept free before each booking, at most four hours; of the Schedule's and the service's the longer holds."
Context: Schedule, HealthcareService
* insert InFinnish([[Valmisteluaika]], [[Aika, joka jää vapaaksi ennen jokaista varausta valmistelua varten, enintään neljä tuntia; kalenterin ja palvelun ajoista pidempi on voimassa.]])
* obeys fsbu-1
* value[x] only Duration
* value[x] 1..1
* valueDuration.value 1..1
* valueDuration.code from BufferUnit (required)
* valueDuration.code 1..1

Extension: BufferAfter
Id: buffer-after
Title: "Buffer after"
Description: "Time to clear up that is kept free after each booking, at most four hours; of the Schedule's and the service's the longer holds."
Context: Schedule, HealthcareService
* insert InFinnish([[Jälkityöaika]], [[Aika, joka jää vapaaksi jokaisen varauksen jälkeen jälkitöitä varten, enintään neljä tuntia; kalenterin ja palvelun ajoista pidempi on voimassa.]])
* obeys fsbu-1
* value[x] only Duration
* value[x] 1..1
* valueDuration.value 1..1
* valueDuration.code from BufferUnit (required)
* valueDuration.code 1..1

ValueSet: BufferUnit
Id: buffer-unit
Title: "Units of a buffer"
Description: "Minutes and hours."
* insert InFinnish([[Valmistelu- ja jälkityöajan yksiköt]], [[Minuutit ja tunnit.]])
* http://unitsofmeasure.org#min
* http://unitsofmeasure.org#h

Extension: BookingLimitClient
Id: booking-limit-client
Title: "Times to come of one client"
Description: "How many times to come one client may have in the service, when citizens book; instead of the number that the server keeps to."
Context: HealthcareService
* insert InFinnish([[Asiakkaan tulevia aikoja]], [[Kuinka monta tulevaa aikaa yhdellä asiakkaalla saa olla palvelussa, kun kansalainen varaa; palvelimen yleisen rajan sijasta.]])
* value[x] only positiveInt
* value[x] 1..1

Extension: BookingLimitDay
Id: booking-limit-day
Title: "Bookings of a day"
Description: "How many bookings may begin on one local day; of the Schedule's and the service's number the smaller holds."
Context: Schedule, HealthcareService
* insert InFinnish([[Varauksia päivässä]], [[Kuinka monta varausta saa alkaa yhtenä päivänä; kalenterin ja palvelun luvuista pienempi on voimassa.]])
* value[x] only positiveInt
* value[x] 1..1

Extension: BookingLimitWeek
Id: booking-limit-week
Title: "Bookings of a week"
Description: "How many bookings may begin in one week from Monday to Sunday; of the Schedule's and the service's number the smaller holds."
Context: Schedule, HealthcareService
* insert InFinnish([[Varauksia viikossa]], [[Kuinka monta varausta saa alkaa yhdellä viikolla maanantaista sunnuntaihin; kalenterin ja palvelun luvuista pienempi on voimassa.]])
* value[x] only positiveInt
* value[x] 1..1

Invariant: fsvl-1
Description: "A visit takes whole minutes, and at most a day."
Severity: #error
Expression: "value.where((code = 'min' and (value < 1 or value > 1440 or value mod 1 != 0)) or (code = 'h' and (value <= 0 or value > 24 or (value * 60) mod 1 != 0))).empty()"

Extension: VisitLength
Id: visit-length
Title: "Length of a visit"
Description: "How long visits are that may be booked, the usual length first; without it any length. What the Schedule says goes before what the service says."
Context: Schedule, HealthcareService
* insert InFinnish([[Käynnin pituus]], [[Kuinka pitkiä aikoja voi varata, tavallinen pituus ensin; ilman sitä minkä pituisia tahansa. Kalenterin pituudet ovat voimassa palvelun pituuksien sijasta.]])
* obeys fsvl-1
* value[x] only Duration
* value[x] 1..1
* valueDuration.value 1..1
* valueDuration.code from BufferUnit (required)
* valueDuration.code 1..1

Invariant: fstr-1
Description: "A speed is more than 0 and at most 300 kilometres an hour."
Severity: #error
Expression: "extension.where(url = 'speed').value.where(value <= 0 or value > 300).empty()"

Invariant: fstr-2
Description: "A detour is from 1 to 10 times the straight line."
Severity: #error
Expression: "extension.where(url = 'detour').value.where($this < 1 or $this > 10).empty()"

Extension: Travel
Id: travel
Title: "Journeys between bookings"
Description: "That the time of journeys is kept free between bookings of a professional at different places: by the matrix of Locations, or by distance too where that says nothing."
Context: Schedule, HealthcareService
* insert InFinnish([[Matkat varausten välissä]], [[Matka-aika jää vapaaksi ammattilaisen eri paikoissa olevien varausten väliin: toimipaikkojen matkataulukon mukaan, tai myös etäisyyden mukaan, kun taulukko ei kerro sitä.]])
* obeys fstr-1 and fstr-2
* extension contains distance 1..1 and speed 0..1 and detour 0..1
* extension[distance].value[x] only boolean
* extension[distance].value[x] 1..1
* insert Note(extension[distance], [[Whether distance tells it where the matrix says nothing]], [[Kertooko etäisyys matka-ajan, kun taulukko ei kerro]])
* extension[speed].value[x] only Quantity
* extension[speed].value[x] 1..1
* extension[speed].valueQuantity.value 1..1
* extension[speed].valueQuantity.code 1..1
* extension[speed].valueQuantity.code = #km/h
* insert Note(extension[speed], [[Kilometres an hour; 40 without it]], [[Kilometriä tunnissa; ilman sitä 40]])
* extension[detour].value[x] only decimal
* extension[detour].value[x] 1..1
* insert Note(extension[detour], [[How many times as long as the straight line the way is; 1.3 without it]], [[Moninkertaisuus linnuntiehen nähden; ilman sitä 1,3]])

Invariant: fstt-1
Description: "A journey takes four hours at most."
Severity: #error
Expression: "extension.where(url = 'time').value.where(value < 0 or (code = 'min' and value > 240) or (code = 'h' and value > 4)).empty()"

Extension: TravelTime
Id: travel-time
Title: "Time of a journey"
Description: "How long the way from this Location to another takes; also the way back, unless the other says it itself."
Context: Location
* insert InFinnish([[Matka-aika]], [[Kuinka kauan matka tästä paikasta toiseen kestää; myös takaisin, jos toinen paikka ei kerro sitä itse.]])
* obeys fstt-1
* extension contains to 1..1 and time 1..1
* extension[to].value[x] only Reference(Location)
* extension[to].value[x] 1..1
* extension[time].value[x] only Duration
* extension[time].value[x] 1..1
* extension[time].valueDuration.value 1..1
* extension[time].valueDuration.code from BufferUnit (required)
* extension[time].valueDuration.code 1..1

Extension: AvailabilityTemplate
Id: availability-template
Title: "Template of the times"
Description: "A week template that opens the times of the calendar, without Slots being made of it beforehand."
Context: Schedule
* insert InFinnish([[Aikojen viikkopohja]], [[Viikkopohja, joka avaa kalenterin ajat ilman että niistä tehdään aikoja ennalta.]])
* value[x] only Reference(Basic)
* value[x] 1..1
* valueReference only Reference(FiSocialWeekTemplate)

ValueSet: LeadTimeUnit
Id: lead-time-unit
Title: "Units of a lead time"
Description: "Minutes, hours and days."
* insert InFinnish([[Varoajan yksiköt]], [[Minuutit, tunnit ja päivät.]])
* http://unitsofmeasure.org#min
* http://unitsofmeasure.org#h
* http://unitsofmeasure.org#d

Extension: SlotAudience
Id: audience
Title: "Audience"
Description: "Who may book the Slot. Without it the Slot says nothing of who may."
Context: Slot
* insert InFinnish([[Kohderyhmä]], [[Kuka ajan saa varata.]])
* value[x] only code
* value[x] 1..1
* valueCode from Audience (required)

Extension: OpensAt
Id: opens-at
Title: "Opens at"
Description: "When the Slot opens to its audience."
Context: Slot
* insert InFinnish([[Avautuu]], [[Milloin aika avautuu kohderyhmälleen.]])
* value[x] only instant
* value[x] 1..1

Extension: SlotAbsence
Id: absence-kind
Title: "Kind of absence"
Description: "Why a Slot that is busy-unavailable is not to be booked."
Context: Slot
* insert InFinnish([[Poissaolon laji]], [[Miksi aikaa ei voi varata.]])
* value[x] only code
* value[x] 1..1
* valueCode from AbsenceKind (required)

Extension: ScheduleOpenness
Id: calendar-openness
Title: "Openness of a calendar"
Description: "How much of the calendar colleagues are told who do not see its bookings otherwise. Without it they are told when it is free."
Context: Schedule
* insert InFinnish([[Kalenterin avoimuus]], [[Kuinka paljon kalenterista kerrotaan työtovereille, jotka eivät muuten näe sen varauksia. Ilman tätä he näkevät, milloin se on vapaa.]])
* value[x] only code
* value[x] 1..1
* valueCode from CalendarOpenness (required)

Extension: ReminderBefore
Id: reminder-before
Title: "Reminder"
Description: "How long before a booking its clients are reminded; a day counts by the calendar. Several: reminded each time, by what the Schedule and its services say together."
Context: Schedule, HealthcareService
* insert InFinnish([[Muistutus]], [[Kuinka paljon ennen varattua aikaa asiakkaita muistutetaan; vuorokausi lasketaan kalenterin mukaan. Useita: muistutetaan joka kerta, kalenterin ja sen palvelujen mukaan yhdessä.]])
* value[x] only Duration
* value[x] 1..1
* valueDuration.value 1..1
* valueDuration.code from LeadTimeUnit (required)
* valueDuration.code 1..1

Extension: OwnClientsOnly
Id: own-clients-only
Title: "Own clients only"
Description: "Citizens book only with their own worker; the staff books for whom it likes."
Context: Schedule, HealthcareService
* insert InFinnish([[Vain omille asiakkaille]], [[Kansalainen varaa vain omalle työntekijälleen; henkilöstö varaa kenelle haluaa.]])
* value[x] only boolean
* value[x] 1..1

Extension: ChangeDeadlines
Id: change-deadlines
Title: "Deadlines for changes"
Description: "How long before the start a booking may still be cancelled or moved, by clients and by staff; of the Schedule's and the service's the longer holds."
Context: Schedule, HealthcareService
* insert InFinnish([[Muutosten määräajat]], [[Kuinka paljon ennen alkua varauksen voi vielä perua tai siirtää, asiakas ja henkilöstö erikseen; kalenterin ja palvelun ajoista pidempi on voimassa.]])
* extension contains clientCancel 0..1 and clientMove 0..1 and staffCancel 0..1 and staffMove 0..1
* extension[clientCancel].value[x] only Duration
* extension[clientCancel].value[x] 1..1
* extension[clientCancel].valueDuration.value 1..1
* extension[clientCancel].valueDuration.code from LeadTimeUnit (required)
* extension[clientCancel].valueDuration.code 1..1
* insert Note(extension[clientCancel], [[Clients cancel at least so long before the start]], [[Asiakas peruu viimeistään näin paljon ennen alkua]])
* extension[clientMove].value[x] only Duration
* extension[clientMove].value[x] 1..1
* extension[clientMove].valueDuration.value 1..1
* extension[clientMove].valueDuration.code from LeadTimeUnit (required)
* extension[clientMove].valueDuration.code 1..1
* insert Note(extension[clientMove], [[Clients move at least so long before the start]], [[Asiakas siirtää viimeistään näin paljon ennen alkua]])
* extension[staffCancel].value[x] only Duration
* extension[staffCancel].value[x] 1..1
* extension[staffCancel].valueDuration.value 1..1
* extension[staffCancel].valueDuration.code from LeadTimeUnit (required)
* extension[staffCancel].valueDuration.code 1..1
* insert Note(extension[staffCancel], [[The staff cancels at least so long before the start]], [[Henkilöstö peruu viimeistään näin paljon ennen alkua]])
* extension[staffMove].value[x] only Duration
* extension[staffMove].value[x] 1..1
* extension[staffMove].valueDuration.value 1..1
* extension[staffMove].valueDuration.code from LeadTimeUnit (required)
* extension[staffMove].valueDuration.code 1..1
* insert Note(extension[staffMove], [[The staff moves at least so long before the start]], [[Henkilöstö siirtää viimeistään näin paljon ennen alkua]])

Extension: MinorClients
Id: minor-clients
Title: "Minors as clients"
Description: "Who books for minors, from which age they book alone, and what those who act for them see. What a service does not say, its organisation says, and the one above it."
Context: HealthcareService, Organization
* insert InFinnish([[Alaikäiset asiakkaat]], [[Kuka varaa alaikäisille, minkä ikäisestä he varaavat itse ja mitä heidän puolestaan asioivat näkevät. Mitä palvelu ei kerro, sen kertoo sen organisaatio ja tämän yläorganisaatio.]])
* extension contains guardianMayBook 0..1 and minorMayBookFrom 0..1 and guardianSeesUntil 0..1 and minorMayHide 0..1
* extension[guardianMayBook].value[x] only boolean
* extension[guardianMayBook].value[x] 1..1
* insert Note(extension[guardianMayBook], [[Whether those who act for a minor book; yes without it]], [[Varaavatko alaikäisen puolesta asioivat; ilman tätä kyllä]])
* extension[minorMayBookFrom].value[x] only unsignedInt
* extension[minorMayBookFrom].value[x] 1..1
* insert Note(extension[minorMayBookFrom], [[The age in years from which a minor books alone; 15 without it]], [[Ikä vuosina, josta alkaen alaikäinen varaa itse; ilman tätä 15]])
* extension[guardianSeesUntil].value[x] only unsignedInt
* extension[guardianSeesUntil].value[x] 1..1
* insert Note(extension[guardianSeesUntil], [[The age in years until which those who act for a minor see the bookings; 18 without it]], [[Ikä vuosina, johon asti alaikäisen puolesta asioivat näkevät varaukset; ilman tätä 18]])
* extension[minorMayHide].value[x] only boolean
* extension[minorMayHide].value[x] 1..1
* insert Note(extension[minorMayHide], [[Whether a minor may hide a booking from those who act for them; no without it]], [[Saako alaikäinen salata varauksen puolestaan asioivilta; ilman tätä ei]])

Extension: OpenOnHoliday
Id: open-on-holiday
Title: "Open on a holiday"
Description: "A holiday on which the unit is open all the same: by its code every year, by a date once."
Context: Organization, Location, HealthcareService
* insert InFinnish([[Avoinna pyhänä]], [[Pyhä, jona yksikkö on avoinna: koodilla joka vuosi, päivällä kerran.]])
* value[x] only code or date
* value[x] 1..1
* valueCode from FinnishHoliday (required)

Extension: ClosedDuring
Id: closed-during
Title: "Closed during"
Description: "When the unit is closed besides holidays. A HealthcareService and a PractitionerRole tell it in notAvailable."
Context: Organization, Location
* insert InFinnish([[Suljettu]], [[Milloin yksikkö on suljettu muulloin kuin pyhinä. HealthcareService ja PractitionerRole kertovat sen kohdassa notAvailable.]])
* value[x] only Period
* value[x] 1..1

Extension: ClosesServiceOnly
Id: closes-service-only
Title: "Closes its services alone"
Description: "A Slot that is busy-unavailable closes its time for what its serviceType and other codes say, and for nothing else."
Context: Slot
* insert InFinnish([[Sulkee vain palvelunsa]], [[Aika, jota ei voi varata (busy-unavailable), on suljettu vain palveluilta, jotka sen serviceType ja muut koodit kertovat.]])
* value[x] only boolean
* value[x] 1..1

Extension: AppointmentSeries
Id: series
Title: "Series"
Description: "Which series a booking belongs to, and which one of how many it is."
Context: Appointment
* insert InFinnish([[Sarja]], [[Mihin sarjaan varaus kuuluu ja monesko se on.]])
* extension contains id 1..1 and number 0..1 and of 0..1
* extension[id].value[x] only Identifier
* extension[id].value[x] 1..1
* extension[number].value[x] only positiveInt
* extension[number].value[x] 1..1
* extension[of].value[x] only positiveInt
* extension[of].value[x] 1..1

Extension: TravelFor
Id: travel-for
Title: "Travel for"
Description: "The meeting that the journey leads to or from."
Context: Appointment
* insert InFinnish([[Matka tapaamiseen]], [[Tapaaminen, johon tai josta matkustetaan.]])
* value[x] only Reference(Appointment)
* value[x] 1..1

Extension: GroupCapacity
Id: group-capacity
Title: "Capacity of a group"
Description: "How many clients a group appointment has room for."
Context: Appointment
* insert InFinnish([[Ryhmän koko]], [[Montako asiakasta ryhmään mahtuu.]])
* value[x] only positiveInt
* value[x] 1..1

Extension: AppointmentCancelledBy
Id: cancelled-by
Title: "Cancelled by"
Description: "On whose side the cancellation was made."
Context: Appointment
* insert InFinnish([[Peruja]], [[Kenen puolelta peruutus tehtiin.]])
* value[x] only code
* value[x] 1..1
* valueCode from CancelledBy (required)

Extension: ParticipantService
Id: additional-service
Title: "Additional service"
Description: "The additional service that a participant gives or that is still to be found: interpreter, guard."
Context: Appointment.participant
* insert InFinnish([[Lisäpalvelu]], [[Lisäpalvelu, jonka osallistuja antaa tai jota haetaan: tulkki, vartija.]])
* value[x] only code
* value[x] 1..1
* valueCode from AdditionalService (required)

Extension: AppointmentTimeType
Id: time-type
Title: "Time type"
Description: "The time type where appointmentType cannot carry it: HL7 Finland's profile allows one system there only."
Context: Appointment
* insert InFinnish([[Aikatyyppi]], [[Aikatyyppi silloin, kun appointmentType ei voi sitä kantaa: HL7 Finlandin profiili sallii siinä vain yhden koodiston.]])
* value[x] only Coding
* value[x] 1..1
* valueCoding from TimeType (required)

Extension: AppointmentContactMode
Id: contact-mode
Title: "Contact mode"
Description: "The contact mode where appointmentType cannot carry it."
Context: Appointment
* insert InFinnish([[Yhteystapa]], [[Yhteystapa silloin, kun appointmentType ei voi sitä kantaa.]])
* value[x] only Coding
* value[x] 1..1
* valueCoding from ContactMode (required)

Extension: EncounterOutcome
Id: guidance-outcome
Title: "Outcome of guidance"
Description: "How a contact with customer guidance ended."
Context: Encounter
* insert InFinnish([[Ohjauksen tulos]], [[Miten yhteydenotto asiakasohjaukseen päättyi.]])
* value[x] only Coding
* value[x] 1..1
* valueCoding from GuidanceOutcome (required)

Extension: RecommendedService
Id: recommended-service
Title: "Recommended service"
Description: "The service that a rule of a needs mapper recommends."
Context: PlanDefinition.action
* insert InFinnish([[Suositeltu palvelu]], [[Palvelu, jota kartoittimen sääntö suosittelee.]])
* value[x] only Reference(HealthcareService)
* value[x] 1..1

Extension: EntitlementStatus
Id: entitlement-state
Title: "State of an entitlement"
Description: "What the entitlement can still be used for, finer than its status."
Context: ServiceRequest
* insert InFinnish([[Varausoikeuden tila]], [[Mihin varausoikeutta voi vielä käyttää, tarkemmin kuin status.]])
* value[x] only code
* value[x] 1..1
* valueCode from EntitlementState (required)

Extension: AppointmentHoldState
Id: hold-state
Title: "State of a hold"
Description: "What became of the time that the Appointment held."
Context: Appointment
* insert InFinnish([[Varauksen pidon tila]], [[Miten pidetylle ajalle kävi.]])
* value[x] only code
* value[x] 1..1
* valueCode from HoldState (required)

// The parts are named as the server reads them (WeekTemplateMapping).
Extension: WeekTemplateDefinition
Id: week-template
Title: "Week template"
Description: "A template of one to four weeks, from which $apply-template makes Slots."
Context: Basic
* insert InFinnish([[Viikkopohja]], [[Yhden–neljän viikon pohja, josta $apply-template tekee aikoja.]])
* extension contains name 1..1 and version 0..1 and zone 0..1 and weeks 0..1 and anchor 0..1 and holidays 0..1 and entry 1..*
* extension[name].value[x] only string
* extension[name].value[x] 1..1
* extension[name].valueString ^maxLength = 64
* extension[version].value[x] only positiveInt or integer
* extension[version].value[x] 1..1
* extension[zone].value[x] only code or string
* extension[zone].value[x] 1..1
* extension[weeks].value[x] only positiveInt or integer
* extension[weeks].value[x] 1..1
* extension[anchor].value[x] only date
* extension[anchor].value[x] 1..1
* extension[holidays].value[x] only boolean
* extension[holidays].value[x] 1..1
* extension[entry].extension contains weekday 1..1 and start 1..1 and end 1..1 and slotMinutes 1..1 and gapMinutes 0..1
    and capacity 0..1 and serviceCategory 0..1 and serviceType 0..1 and appointmentType 0..1 and mode 0..1
    and audience 0..1 and releaseDays 0..1 and week 0..1
* extension[entry].extension[weekday].value[x] only code
* extension[entry].extension[weekday].valueCode from http://hl7.org/fhir/ValueSet/days-of-week (required)
* extension[entry].extension[start].value[x] only time
* extension[entry].extension[end].value[x] only time
* extension[entry].extension[slotMinutes].value[x] only positiveInt or integer
* extension[entry].extension[gapMinutes].value[x] only unsignedInt or integer
* extension[entry].extension[capacity].value[x] only positiveInt or integer
* extension[entry].extension[serviceCategory].value[x] only CodeableConcept
* extension[entry].extension[serviceType].value[x] only CodeableConcept
* extension[entry].extension[appointmentType].value[x] only CodeableConcept
* extension[entry].extension[mode].value[x] only code or Coding
* extension[entry].extension[audience].value[x] only code
* extension[entry].extension[audience].valueCode from Audience (required)
* extension[entry].extension[releaseDays].value[x] only unsignedInt or integer
* extension[entry].extension[week].value[x] only positiveInt or integer

Extension: MessageTemplateDefinition
Id: message-template
Title: "Message template"
Description: "The text of a message by kind, channel and language. Braces hold what is filled in: {time}, {unit}, {link}."
Context: Basic
* insert InFinnish([[Viestipohja]], [[Viestin teksti lajin, kanavan ja kielen mukaan. Aaltosulkeissa on se, mikä täydennetään.]])
* extension contains kind 1..1 and channel 1..* and text 1..*
* extension[kind].value[x] only code
* extension[kind].value[x] 1..1
* extension[kind].valueCode from ReminderKind (required)
* extension[channel].value[x] only code
* extension[channel].value[x] 1..1
* extension[channel].valueCode from ReminderChannel (required)
* extension[text].extension contains language 1..1 and subject 0..1 and body 1..1
* extension[text].extension[language].value[x] only code
* extension[text].extension[subject].value[x] only string
* extension[text].extension[body].value[x] only string

Extension: SeriesOccurrence
Id: occurrence
Title: "Occurrence"
Description: "A later time of a series that is offered; the first is that of the Appointment."
Context: Appointment
* insert InFinnish([[Sarjan aika]], [[Tarjotun sarjan myöhempi aika; ensimmäinen on ajanvarauksen oma.]])
* value[x] only Period
* value[x] 1..1

Extension: GroupMinimum
Id: group-minimum
Title: "Minimum of a group"
Description: "How many clients a group needs, and by when. With fewer it is called off."
Context: Slot, Appointment
* insert InFinnish([[Ryhmän vähimmäiskoko]], [[Montako asiakasta ryhmä tarvitsee ja mihin mennessä. Vajaa ryhmä perutaan.]])
* extension contains clients 1..1 and deadline 0..1 and decided 0..1
* extension[clients].value[x] only positiveInt
* extension[clients].value[x] 1..1
* extension[deadline].value[x] only instant
* extension[deadline].value[x] 1..1
* extension[decided].value[x] only instant
* extension[decided].value[x] 1..1
* insert Note(extension[decided], [[When it was decided; the server sets it]], [[Milloin asia ratkesi; palvelin asettaa]])

Extension: RequiresApproval
Id: requires-approval
Title: "Requires approval"
Description: "Bookings stay pending until the professionals who take part have accepted."
Context: HealthcareService, Schedule
* insert InFinnish([[Vaatii hyväksynnän]], [[Varaus odottaa, kunnes siihen osallistuvat ammattilaiset ovat hyväksyneet.]])
* value[x] only boolean
* value[x] 1..1

Extension: AppointmentOverride
Id: override
Title: "Reason of overbooking"
Description: "Why time was booked that others have or that is closed; the server sets it."
Context: Appointment
* insert InFinnish([[Ylivarauksen syy]], [[Miksi varattiin aika, joka on jo toisella tai suljettu; palvelin asettaa.]])
* value[x] only string
* value[x] 1..1

Extension: DocumentationFor
Id: documentation-for
Title: "Documentation for"
Description: "The meeting that the time for writing is for."
Context: Appointment
* insert InFinnish([[Tapaamisen kirjaaminen]], [[Tapaaminen, jonka kirjaamiseen aika on.]])
* value[x] only Reference(Appointment)
* value[x] 1..1

Extension: SlotClosedBy
Id: closed-by
Title: "Closed by"
Description: "The absence by which a free Slot was closed; it opens again when that absence is taken back."
Context: Slot
* insert InFinnish([[Sulkenut poissaolo]], [[Poissaolo, joka sulki vapaan ajan; aika avautuu, kun poissaolo päätetään.]])
* value[x] only Reference(Slot)
* value[x] 1..1

Extension: AuditUnit
Id: audit-unit
Title: "Unit at work"
Description: "The unit in whose work somebody did what the log tells."
Context: AuditEvent.agent
* insert InFinnish([[Yksikkö]], [[Yksikkö, jonka työssä lokiin merkitty teko tehtiin.]])
* value[x] only Reference(Organization or Location or HealthcareService)
* value[x] 1..1

Extension: AuditActsFor
Id: audit-acts-for
Title: "Acts for"
Description: "The client for whom somebody did what the log tells."
Context: AuditEvent.agent
* insert InFinnish([[Toimii puolesta]], [[Asiakas, jonka puolesta lokiin merkitty teko tehtiin.]])
* value[x] only Reference(Patient)
* value[x] 1..1
