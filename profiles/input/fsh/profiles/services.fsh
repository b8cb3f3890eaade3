// Who gives what, where, and with what.

Invariant: fso-1
Description: "An identifier by RFC 3986 is an OID as a URN."
Severity: #error
Expression: "identifier.where(system = 'urn:ietf:rfc:3986').all(value.matches('^urn:oid:[0-2]([.][0-9]+)+$'))"

Profile: FiSocialHealthcareService
Parent: HealthcareService
Id: fi-social-healthcare-service
Title: "Social service on offer"
Description: "A social service that an organisation gives under a service task, and where it is given."
* insert InFinnish([[Tarjottava sosiaalipalvelu]], [[Sosiaalipalvelu, jota organisaatio antaa palvelutehtävässä, ja missä sitä annetaan.]])
* insert Imposes(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/fi-scheduling-healthcare-service)
* insert Imposes(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/fi-base-healthcare-service)
* extension contains
    LeadTime named leadTime 0..1 and
    BufferBefore named bufferBefore 0..1 and
    BufferAfter named bufferAfter 0..1 and
    BookingLimitClient named bookingLimitClient 0..1 and
    BookingLimitDay named bookingLimitDay 0..1 and
    BookingLimitWeek named bookingLimitWeek 0..1 and
    VisitLength named visitLength 0..* and
    Travel named travel 0..1 and
    RequiresApproval named requiresApproval 0..1 and
    OwnClientsOnly named ownClientsOnly 0..1 and
    ChangeDeadlines named changeDeadlines 0..1 and
    ReminderBefore named reminderBefore 0..* and
    MinorClients named minorClients 0..1 and
    OpenOnHoliday named openOnHoliday 0..*
* insert Note(extension[minorClients], [[What holds for minors]], [[Mitä alaikäisistä määrätään]])
* insert Note(extension[openOnHoliday], [[Holidays on which it is open]], [[Pyhät, joina se on avoinna]])
* insert Note(extension[leadTime], [[Least notice of a booking]], [[Varauksen varoaika]])
* insert Note(extension[bufferBefore], [[Time to prepare before each booking]], [[Valmisteluaika ennen varausta]])
* insert Note(extension[bufferAfter], [[Time to clear up after each booking]], [[Jälkityöaika varauksen jälkeen]])
* insert Note(extension[bookingLimitClient], [[Most times to come of one client, when citizens book]], [[Asiakkaan tulevia aikoja enintään, kun kansalainen varaa]])
* insert Note(extension[bookingLimitDay], [[Most bookings of a day]], [[Varauksia enintään päivässä]])
* insert Note(extension[bookingLimitWeek], [[Most bookings of a week]], [[Varauksia enintään viikossa]])
* insert Note(extension[visitLength], [[How long visits are, the usual length first]], [[Käyntien pituudet, tavallinen ensin]])
* insert Note(extension[ownClientsOnly], [[Whether citizens book with their own worker only]], [[Varaako kansalainen vain omalle työntekijälleen]])
* insert Note(extension[changeDeadlines], [[Until when bookings are cancelled and moved]], [[Mihin asti varauksia perutaan ja siirretään]])
* insert Note(extension[reminderBefore], [[When clients are reminded]], [[Milloin asiakkaita muistutetaan]])
* insert Note(extension[travel], [[Journeys between bookings]], [[Matkat varausten välissä]])
* insert Note(extension[requiresApproval], [[Whether bookings wait for approval]], [[Odottavatko varaukset hyväksyntää]])
* insert Note(active, [[Whether it is given now]], [[Annetaanko palvelua nyt]])
* active 1..1
* insert Note(providedBy, [[The organisation that gives it]], [[Palvelun antaja]])
* providedBy 1..1
* insert Note(category, [[Service task]], [[Palvelutehtävä]])
* category 1..*
* category from ServiceTask (extensible)
* insert Note(type, [[Social service; the national code 1.2.246.537.6.1222 beside ours where it is known]], [[Sosiaalipalvelu; kansallinen koodi omamme rinnalla, jos se tunnetaan]])
* type 1..*
* type from SocialService (extensible)
* type.coding.system 1..1
* insert Note(notAvailable, [[When it is not given besides]], [[Milloin palvelua ei muuten anneta]])
* insert Note(location, [[Where it is given]], [[Missä palvelua annetaan]])
* insert Note(name, [[Name that clients see]], [[Asiakkaalle näkyvä nimi]])
* name 1..1
* insert Note(extraDetails, [[What it is and how to prepare]], [[Mitä se on ja miten valmistautua]])
* insert Note(telecom, [[How to get in touch]], [[Yhteystiedot]])

Mapping: ServiceContent
Source: FiSocialHealthcareService
Id: thl-880
Title: "THL Ajanvarausasiakirja (1.2.246.537.6.880)"
Target: "urn:oid:1.2.246.537.6.880"
* type -> "71" "Palvelun nimi"
* category -> "71.1" "Palvelun luokka"
* providedBy -> "77, 78" "Palveluntuottaja, Palveluntuottajan nimi"

Profile: FiSocialOrganization
Parent: Organization
Id: fi-social-organization
Title: "County or service unit"
Description: "A wellbeing services county, or a unit of it."
* insert InFinnish([[Hyvinvointialue tai palveluyksikkö]], [[Hyvinvointialue tai sen palveluyksikkö.]])
* insert Imposes(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/fi-base-organization)
* obeys fso-1
* extension contains OpenOnHoliday named openOnHoliday 0..* and ClosedDuring named closedDuring 0..* and MinorClients named minorClients 0..1
* insert Note(extension[minorClients], [[What holds for minors where its services say nothing]], [[Mitä alaikäisistä määrätään, kun palvelut eivät kerro muuta]])
* insert Note(extension[openOnHoliday], [[Holidays on which it is open]], [[Pyhät, joina se on avoinna]])
* insert Note(extension[closedDuring], [[When it is closed besides]], [[Milloin se on muuten suljettu]])
* insert Note(identifier, [[OID of the SOTE organisation register (1.2.246.537.6.202 or urn:ietf:rfc:3986), or Y-tunnus (1.2.246.10)]], [[SOTE-organisaatiorekisterin OID tai Y-tunnus]])
* insert Note(active, [[Whether it is in operation]], [[Onko toiminnassa]])
* insert Note(name, [[Name]], [[Nimi]])
* name 1..1
* insert Note(partOf, [[The county, of a unit]], [[Hyvinvointialue, johon yksikkö kuuluu]])
* insert Note(telecom, [[How to get in touch]], [[Yhteystiedot]])

Profile: FiSocialUnitLocation
Parent: Location
Id: fi-social-unit-location
Title: "Office of a unit"
Description: "The place where clients come: an office with an address."
* insert InFinnish([[Palvelupiste]], [[Paikka, johon asiakas tulee: toimisto osoitteineen.]])
* insert Imposes(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/fi-base-location)
* extension contains
    OpenOnHoliday named openOnHoliday 0..* and
    ClosedDuring named closedDuring 0..* and
    TravelTime named travelTime 0..*
* insert Note(extension[openOnHoliday], [[Holidays on which it is open]], [[Pyhät, joina se on avoinna]])
* insert Note(extension[closedDuring], [[When it is closed besides]], [[Milloin se on muuten suljettu]])
* insert Note(extension[travelTime], [[How long the way to other places takes]], [[Matka-ajat muihin paikkoihin]])
* insert Note(identifier, [[Identifier of the service point]], [[Palvelupisteen tunniste]])
* insert Note(status, [[Whether it is in use]], [[Onko käytössä]])
* insert Note(name, [[Name]], [[Nimi]])
* name 1..1
* insert Note(address, [[Where it is; how to find it in address.text]], [[Osoite; saapumisohje kohdassa address.text]])
* address 1..1
* insert Note(managingOrganization, [[The unit]], [[Yksikkö]])
* managingOrganization 1..1
* insert Note(telecom, [[How to get in touch]], [[Yhteystiedot]])

Mapping: LocationContent
Source: FiSocialUnitLocation
Id: thl-880
Title: "THL Ajanvarausasiakirja (1.2.246.537.6.880)"
Target: "urn:oid:1.2.246.537.6.880"
* identifier -> "79" "Palveluntoteuttajan palvelupisteen tunniste"
* name -> "80" "Palveluntoteuttajan nimi"
* address -> "81, 81.1" "Palvelupisteen sijainti ja sen lisätiedot"
* telecom -> "83" "Yhteystiedot"

Profile: FiSocialRoom
Parent: Location
Id: fi-social-room
Title: "Room"
Description: "A room that is booked: it has a calendar of its own."
* insert InFinnish([[Tila]], [[Varattava huone, jolla on oma kalenteri.]])
* insert Imposes(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/fi-base-location)
* insert Note(name, [[Name or number on the door]], [[Nimi tai numero ovessa]])
* name 1..1
* physicalType 1..1
* physicalType = http://terminology.hl7.org/CodeSystem/location-physical-type#ro
* insert Note(partOf, [[The office that it is in; floor and way in its description]], [[Toimisto, jossa huone on]])
* partOf 1..1

Profile: FiSocialHomeLocation
Parent: Location
Id: fi-social-home-location
Title: "Client's home"
Description: "That a meeting is at the client's home or elsewhere. It never has an address: the client's own is read where one may."
* insert InFinnish([[Asiakkaan koti]], [[Tapaaminen on asiakkaan kotona tai muualla. Osoitetta ei ole: se luetaan asiakkaan tiedoista, jos sen saa nähdä.]])
* insert Imposes(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/fi-base-location)
* extension contains TravelTime named travelTime 0..*
* insert Note(extension[travelTime], [[How long the way to other places takes, or from one home to another]], [[Matka-ajat muihin paikkoihin tai kodista kotiin]])
* insert Note(mode, [[A kind of place, not one place]], [[Paikan laji, ei yksittäinen paikka]])
* mode 1..1
* mode = #kind
* physicalType 1..1
* physicalType = http://terminology.hl7.org/CodeSystem/location-physical-type#ho
* insert Note(name, [[Name, such as Client's home]], [[Nimi, esimerkiksi Asiakkaan koti]])
* name 1..1
* address 0..0
* position 0..0

Profile: FiSocialDevice
Parent: Device
Id: fi-social-device
Title: "Equipment or vehicle"
Description: "A car, a video set, a pushchair: equipment that is booked with a meeting."
* insert InFinnish([[Laite tai ajoneuvo]], [[Auto, videolaite, vaunut: tapaamista varten varattava väline.]])
* insert Note(status, [[Whether it is in use]], [[Onko käytössä]])
* status 1..1
* insert Note(deviceName, [[Name]], [[Nimi]])
* deviceName 1..*
* insert Note(type, [[What it is]], [[Mikä se on]])
* type 1..1
* insert Note(owner, [[The unit that has it]], [[Yksikkö, jonka se on]])
* owner 1..1
* insert Note(location, [[Where it is kept]], [[Missä sitä säilytetään]])
* patient 0..0
