// Calendars, their times, and the templates that make them.

Invariant: fss-1
Description: "A time in a calendar ends after it starts."
Severity: #error
Expression: "start < end"

Invariant: fss-2
Description: "A kind of absence stands on a time that is not to be booked."
Severity: #error
Expression: "extension.where(url = 'https://ajanvaraus.example/fhir/StructureDefinition/absence-kind').exists() implies status = 'busy-unavailable'"

Profile: FiSocialSchedule
Parent: Schedule
Id: fi-social-schedule
Title: "Calendar"
Description: "The calendar of a professional, a work pair, a room, a piece of equipment or a service queue."
* insert InFinnish([[Ajanvarauskalenteri]], [[Ammattilaisen, työparin, tilan, laitteen tai palvelujonon kalenteri.]])
* insert Imposes(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/fi-base-schedule)
* extension contains
    http://hl7.org/fhir/StructureDefinition/timezone named timeZone 0..1 and
    LeadTime named leadTime 0..1 and
    BufferBefore named bufferBefore 0..1 and
    BufferAfter named bufferAfter 0..1 and
    BookingLimitDay named bookingLimitDay 0..1 and
    BookingLimitWeek named bookingLimitWeek 0..1 and
    VisitLength named visitLength 0..* and
    Travel named travel 0..1 and
    AvailabilityTemplate named availabilityTemplate 0..* and
    RequiresApproval named requiresApproval 0..1 and
    OwnClientsOnly named ownClientsOnly 0..1 and
    ChangeDeadlines named changeDeadlines 0..1 and
    ReminderBefore named reminderBefore 0..* and
    ScheduleOpenness named openness 0..1
* insert Note(extension[timeZone], [[Zone of the wall clock; Europe/Helsinki without it]], [[Aikavyöhyke; ilman sitä Europe/Helsinki]])
* insert Note(extension[leadTime], [[Least notice of a booking]], [[Varauksen varoaika]])
* insert Note(extension[bufferBefore], [[Time to prepare before each booking]], [[Valmisteluaika ennen varausta]])
* insert Note(extension[bufferAfter], [[Time to clear up after each booking]], [[Jälkityöaika varauksen jälkeen]])
* insert Note(extension[bookingLimitDay], [[Most bookings of a day]], [[Varauksia enintään päivässä]])
* insert Note(extension[bookingLimitWeek], [[Most bookings of a week]], [[Varauksia enintään viikossa]])
* insert Note(extension[visitLength], [[How long visits are, the usual length first]], [[Käyntien pituudet, tavallinen ensin]])
* insert Note(extension[ownClientsOnly], [[Whether citizens book with their own worker only]], [[Varaako kansalainen vain omalle työntekijälleen]])
* insert Note(extension[changeDeadlines], [[Until when bookings are cancelled and moved]], [[Mihin asti varauksia perutaan ja siirretään]])
* insert Note(extension[reminderBefore], [[When clients are reminded]], [[Milloin asiakkaita muistutetaan]])
* insert Note(extension[travel], [[Journeys between bookings]], [[Matkat varausten välissä]])
* insert Note(extension[availabilityTemplate], [[Week template that opens its times]], [[Viikkopohja, joka avaa ajat]])
* insert Note(identifier, [[Identifier of the calendar]], [[Kalenterin tunniste]])
* insert Note(active, [[Whether it is in use]], [[Onko kalenteri käytössä]])
* active 1..1
* insert Note(serviceCategory, [[Service task]], [[Palvelutehtävä]])
* serviceCategory from ServiceTask (extensible)
* insert Note(serviceType, [[Social services given]], [[Annettavat sosiaalipalvelut]])
* serviceType from SocialService (extensible)
* actor only Reference(Practitioner or PractitionerRole or Device or HealthcareService or Location)
* insert Note(actor, [[Whose calendar it is]], [[Kenen kalenteri]])
* insert Note(planningHorizon, [[From when to when times may be booked]], [[Miltä ajalta aikoja voi varata]])

Mapping: ScheduleContent
Source: FiSocialSchedule
Id: thl-880
Title: "THL Ajanvarausasiakirja (1.2.246.537.6.880)"
Target: "urn:oid:1.2.246.537.6.880"
* identifier -> "74" "Resurssin kalenteritunniste"
* serviceType -> "71" "Palvelun nimi"

Profile: FiSocialSlot
Parent: Slot
Id: fi-social-slot
Title: "Time in a calendar"
Description: "A time that may be booked, is booked, or is kept from booking."
* insert InFinnish([[Kalenterin aika]], [[Aika, jonka voi varata, joka on varattu tai jota ei voi varata.]])
* insert Imposes(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/fi-base-slot)
* obeys fss-1 and fss-2
* extension contains
    SlotAudience named audience 0..1 and
    OpensAt named opensAt 0..1 and
    SlotAbsence named absence 0..1 and
    SlotClosedBy named closedBy 0..1 and
    ClosesServiceOnly named closesServiceOnly 0..1 and
    GroupMinimum named groupMinimum 0..1 and
    http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity named capacity 0..1
* insert Note(extension[audience], [[Who may book it]], [[Kuka sen saa varata]])
* insert Note(extension[opensAt], [[When it opens to them]], [[Milloin se avautuu]])
* insert Note(extension[closesServiceOnly], [[Whether it is closed for its services alone]], [[Onko se suljettu vain palveluiltaan]])
* insert Note(extension[capacity], [[How many seats it has]], [[Montako paikkaa siinä on]])
* insert Note(serviceCategory, [[Service task]], [[Palvelutehtävä]])
* serviceCategory from ServiceTask (extensible)
* insert Note(serviceType, [[Social service]], [[Sosiaalipalvelu]])
* serviceType from SocialService (extensible)
* insert Note(appointmentType, [[Time type and contact mode]], [[Aikatyyppi ja yhteystapa]])
* appointmentType.coding ^slicing.discriminator.type = #value
* appointmentType.coding ^slicing.discriminator.path = "system"
* appointmentType.coding ^slicing.rules = #open
* appointmentType.coding contains timeType 0..1 and contactMode 0..1
* appointmentType.coding[timeType].system 1..1
* appointmentType.coding[timeType].system = "https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi"
* appointmentType.coding[timeType] from TimeType (required)
* appointmentType.coding[contactMode].system 1..1
* appointmentType.coding[contactMode].system = "https://ajanvaraus.example/fhir/CodeSystem/yhteystapa"
* appointmentType.coding[contactMode] from ContactMode (required)
* insert Note(schedule, [[The calendar]], [[Kalenteri]])
* insert Note(status, [[free, busy, busy-tentative (held) or busy-unavailable (absence)]], [[Vapaa, varattu, pidossa tai poissaolo]])
* insert Note(start, [[When it begins]], [[Alkamisaika]])
* insert Note(end, [[When it ends]], [[Päättymisaika]])

Profile: FiSocialWeekTemplate
Parent: Basic
Id: fi-social-week-template
Title: "Week template"
Description: "A named week from which $apply-template makes times in calendars (viikkopohja)."
* insert InFinnish([[Viikkopohja]], [[Nimetty viikko, josta $apply-template tekee kalentereihin aikoja.]])
* code = https://ajanvaraus.example/fhir/CodeSystem/basic-type#week-template
* extension contains WeekTemplateDefinition named template 1..1
* insert Note(extension[template], [[The week]], [[Viikon sisältö]])

Profile: FiSocialMessageTemplate
Parent: Basic
Id: fi-social-message-template
Title: "Message template"
Description: "The text of a message by kind, channel and language (viestipohja)."
* insert InFinnish([[Viestipohja]], [[Viestin teksti lajin, kanavan ja kielen mukaan.]])
* code = https://ajanvaraus.example/fhir/CodeSystem/basic-type#message-template
* extension contains MessageTemplateDefinition named template 1..1
* insert Note(extension[template], [[The message]], [[Viestin sisältö]])
