// Appointments. What the server books meets FiSocialAppointment; the kinds narrow it.

Invariant: fsa-1
Description: "An appointment ends after it starts."
Severity: #error
Expression: "start.empty() or end.empty() or start < end"

Invariant: fsa-2
Description: "A client takes part: a participant is a Patient, by reference or by type and identifier."
Severity: #error
Expression: "participant.actor.where(reference.matches('(^|/)Patient/') or reference.startsWith('#') or reference.startsWith('urn:') or type = 'Patient').exists()"

Invariant: fsa-3
Description: "An internal booking has no client."
Severity: #error
Expression: "participant.actor.where(reference.matches('(^|/)Patient/') or type = 'Patient').empty()"

Invariant: fsa-4
Description: "A group has a professional who leads it, and no more clients than it has room for."
Severity: #error
Expression: "participant.actor.where(reference.matches('(^|/)Practitioner(Role)?/') or reference.startsWith('urn:')).exists() and participant.where(status != 'declined').actor.where(reference.matches('(^|/)Patient/')).count() <= extension.where(url = 'https://ajanvaraus.example/fhir/StructureDefinition/group-capacity').value"

Profile: FiSocialAppointment
Parent: Appointment
Id: fi-social-appointment
Title: "Social-care appointment"
Description: "What every appointment of Finnish social care has in common. The profiles of its kinds derive from it."
* insert InFinnish([[Sosiaalihuollon ajanvaraus]], [[Mitä yhteistä sosiaalihuollon ajanvarauksilla on. Ajanvarausten lajien profiilit perustuvat tähän.]])
* insert Imposes(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/fi-base-appointment)
* obeys fsa-1
* extension contains
    https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/mutable named mutability 0..1 and
    https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/self-service-info named selfService 0..1 and
    https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/topic-id named topic 0..1 and
    https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/notification-info named notificationInfo 0..* and
    https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/notification-medium named notificationMedium 0..* and
    HeldUntil named heldUntil 0..1 and
    AppointmentHoldState named holdState 0..1 and
    StatusReason named statusReason 0..1 and
    AppointmentOverride named override 0..1 and
    AppointmentCancelledBy named cancelledBy 0..1 and
    AppointmentSeries named series 0..1 and
    SeriesOccurrence named occurrence 0..*
* insert Note(extension[mutability], [[Whether and until when the client may move or cancel]], [[Saako asiakas siirtää tai perua ja mihin asti]])
* insert Note(extension[selfService], [[Where the client manages the booking, and who may act for another]], [[Missä asiakas hoitaa varaustaan ja kuka saa asioida puolesta]])
* insert Note(extension[topic], [[The client's case that the booking belongs to]], [[Asiakasasia, johon varaus kuuluu]])
* insert Note(identifier, [[Identifier of the booking]], [[Ajanvarauksen tunniste]])
* insert Note(status, [[State of the booking; the national code stands in its extension]], [[Varauksen tila; kansallinen koodi on laajennuksessa]])
* status.extension contains https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/ajanvarauksen-tila named nationalState 0..1
* status.extension[nationalState].valueCoding from NationalAppointmentState (required)
* insert Note(cancelationReason, [[Why it was cancelled]], [[Peruutuksen syy]])
* cancelationReason from CancellationReason (extensible)
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
* insert Note(reasonCode, [[Need in the client's words, or a code]], [[Palvelutarve asiakkaan sanoin tai koodina]])
* insert Note(supportingInformation, [[What the client has told and answered beforehand]], [[Mitä asiakas on ennalta kertonut ja vastannut]])
* insert Note(start, [[When it begins; an instant with its offset]], [[Alkamisaika aikavyöhykkeineen]])
* insert Note(end, [[When it ends]], [[Päättymisaika]])
* insert Note(slot, [[The calendar times that it takes]], [[Kalenterin ajat, jotka varaus vie]])
* insert Note(created, [[When it was booked]], [[Milloin varaus tehtiin]])
* insert Note(comment, [[Note for those who prepare the meeting; nothing sensitive]], [[Huomautus valmistelijoille; ei arkaluonteista]])
* insert Note(patientInstruction, [[What to bring and do beforehand]], [[Mitä ottaa mukaan ja tehdä ennalta]])
* insert Note(basedOn, [[The entitlement that the booking uses]], [[Varausoikeus, jota varaus käyttää]])
* insert Note(participant, [[Clients, professionals, rooms, equipment and additional services]], [[Asiakkaat, ammattilaiset, tilat, laitteet ja lisäpalvelut]])
* participant.extension contains ParticipantService named additionalService 0..1
* insert Note(participant.actor, [[Who or what takes part]], [[Kuka tai mikä osallistuu]])
* insert Note(participant.status, [[Whether it is accepted]], [[Onko osallistuminen hyväksytty]])

Mapping: AppointmentContent
Source: FiSocialAppointment
Id: thl-880
Title: "THL Ajanvarausasiakirja (1.2.246.537.6.880)"
Target: "urn:oid:1.2.246.537.6.880"
* identifier -> "18" "Ajanvarauksen tunniste"
* status -> "19" "Ajanvarauksen tila"
* cancelationReason -> "19.1" "Ajanvarauksen perumisen tai siirtämisen syy"
* extension[topic] -> "23" "Asian tunniste"
* requestedPeriod -> "35" "Ajankohta, jolloin ajanvaraus ohjeistettu tehtäväksi"
* created -> "38" "Merkinnän kirjausaika"
* serviceType -> "71" "Palvelun nimi"
* serviceCategory -> "71.1" "Palvelun luokka"
* appointmentType -> "72" "Asiointitapa"
* reasonCode -> "76" "Palvelutarve"
* extension[selfService] -> "84" "AsiointiURL"
* start -> "86" "Aikaväli"
* end -> "86" "Aikaväli"
* extension[notificationMedium] -> "94" "Muistutuksen tapa"
* extension[mutability] -> "95, 96, 96.1" "Peruttavissa, Siirrettävissä, Peruutuksen tai siirron aikaraja"
* comment -> "99" "Huomautukset"
* patientInstruction -> "100" "Potilasohje"

Profile: FiSocialClientAppointment
Parent: FiSocialAppointment
Id: fi-social-client-appointment
Title: "Client appointment"
Description: "A meeting, call or remote contact with one or more clients (asiakasvaraus)."
* insert InFinnish([[Asiakasvaraus]], [[Tapaaminen, puhelu tai etäyhteys yhden tai useamman asiakkaan kanssa.]])
* obeys fsa-2
* appointmentType.coding[timeType] from ClientTimeType (required)

Profile: FiSocialInternalAppointment
Parent: FiSocialAppointment
Id: fi-social-internal-appointment
Title: "Internal booking"
Description: "The organisation's own time: a meeting of the staff, documentation, travel. It has no client."
* insert InFinnish([[Sisäinen varaus]], [[Organisaation oma aika: palaveri, kirjaaminen, matka. Siinä ei ole asiakasta.]])
* obeys fsa-3
* extension contains DocumentationFor named documentationFor 0..1
* appointmentType 1..1
* appointmentType.coding[timeType] 1..1
* appointmentType.coding[timeType] from InternalTimeType (required)

Profile: FiSocialGroupAppointment
Parent: FiSocialAppointment
Id: fi-social-group-appointment
Title: "Group appointment"
Description: "A meeting with room for several clients, who enrol and cancel each for themselves."
* insert InFinnish([[Ryhmävaraus]], [[Tapaaminen, johon mahtuu useita asiakkaita; kukin ilmoittautuu ja peruu omalta osaltaan.]])
* obeys fsa-4
* extension contains GroupCapacity named capacity 1..1 and GroupMinimum named minimum 0..1
* insert Note(extension[capacity], [[How many clients there is room for]], [[Montako asiakasta mahtuu]])
* serviceType 1..*

Profile: FiSocialSeriesAppointment
Parent: FiSocialClientAppointment
Id: fi-social-series-appointment
Title: "Member of a series"
Description: "One of several appointments that were booked together, weekly say."
* insert InFinnish([[Sarjan varaus]], [[Yksi useista yhdessä varatuista ajoista, esimerkiksi viikoittaisista.]])
* extension[series] 1..1 MS

Profile: FiSocialWaitingAppointment
Parent: FiSocialAppointment
Id: fi-social-waiting-appointment
Title: "Waiting for a time"
Description: "A client queues for a time: the service and the wishes are known, the time is not."
* insert InFinnish([[Jonossa]], [[Asiakas jonottaa aikaa: palvelu ja toiveet tiedetään, aikaa ei.]])
* obeys fsa-2
* status = #waitlist
* serviceType 1..*
* start 0..0
* end 0..0
* slot 0..0
* requestedPeriod 1..*
* insert Note(requestedPeriod, [[When a time would suit]], [[Milloin aika sopisi]])

Profile: FiSocialTravelAppointment
Parent: FiSocialInternalAppointment
Id: fi-social-travel-appointment
Title: "Travel booking"
Description: "The journey of a professional to or from a meeting; it moves with the meeting."
* insert InFinnish([[Matkavaraus]], [[Ammattilaisen matka tapaamiseen tai siitä pois; siirtyy tapaamisen mukana.]])
* extension contains TravelFor named travelFor 1..1
* insert Note(extension[travelFor], [[The meeting that the journey is for]], [[Tapaaminen, johon matka liittyy]])
* appointmentType.coding[timeType].code = #matka-aika

// HL7 Finland's FiSchedulingAppointment asks of every coded service category a coding of 6.50, of every coded service
// type one of 6.49, and lets nothing but 1.2.246.537.6.884 (without urn:oid:) stand in appointmentType.
Profile: FiSocialNationalAppointment
Parent: FiSocialAppointment
Id: fi-social-national-appointment
Title: "Appointment for national exchange"
Description: "A social-care appointment that is valid by HL7 Finland's FiSchedulingAppointment too: the national codings stand beside ours, and time type and contact mode stand in extensions. Where a national code is not known the coding has the system and data-absent-reason unknown in place of a code."
* insert InFinnish([[Kansallisesti välitettävä ajanvaraus]], [[Ajanvaraus, joka täyttää myös HL7 Finlandin FiSchedulingAppointment-profiilin: kansalliset koodit ovat omiemme rinnalla ja aikatyyppi ja yhteystapa laajennuksissa. Tuntemattoman kansallisen koodin paikalla on data-absent-reason unknown.]])
* insert Imposes(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/fi-scheduling-appointment)
* extension contains AppointmentTimeType named timeType 0..1 and AppointmentContactMode named contactMode 0..1
* identifier 1..*
* status.extension[nationalState] 1..1
* cancelationReason.coding.system = "urn:oid:1.2.246.537.6.126"
* serviceCategory.coding ^slicing.discriminator.type = #value
* serviceCategory.coding ^slicing.discriminator.path = "system"
* serviceCategory.coding ^slicing.rules = #open
* serviceCategory.coding contains local 0..1 and national 1..1
* serviceCategory.coding[local].system 1..1
* serviceCategory.coding[local].system = "https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava"
* serviceCategory.coding[national].system 1..1
* serviceCategory.coding[national].system = "urn:oid:1.2.246.537.6.50"
* serviceType.coding ^slicing.discriminator.type = #value
* serviceType.coding ^slicing.discriminator.path = "system"
* serviceType.coding ^slicing.rules = #open
* serviceType.coding contains local 0..1 and national 1..1
* serviceType.coding[local].system 1..1
* serviceType.coding[local].system = "https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu"
* serviceType.coding[national].system 1..1
* serviceType.coding[national].system = "urn:oid:1.2.246.537.6.49"
* appointmentType.coding.system 1..1
* appointmentType.coding.system = "1.2.246.537.6.884"
