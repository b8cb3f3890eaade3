// Clients, those who act for them, and professionals.

Invariant: fsp-1
Description: "A personal identity code has its form: date, century sign, individual number, check character."
Severity: #error
Expression: "identifier.where(system = 'urn:oid:1.2.246.21').all(value.matches('^[0-3][0-9][01][0-9]{3}[-+ABCDEFYXWVU][0-9]{3}[0-9A-FHJ-NPR-Y]$'))"

Invariant: fsp-2
Description: "An identifier with the use official is the personal identity code."
Severity: #error
Expression: "identifier.where(use = 'official').all(system = 'urn:oid:1.2.246.21')"

Profile: FiSocialPatient
Parent: Patient
Id: fi-social-patient
Title: "Client"
Description: "A client of social care. A client under a non-disclosure order (turvakielto) has the label in meta.security."
* insert InFinnish([[Asiakas]], [[Sosiaalihuollon asiakas. Turvakielto on merkitty kohtaan meta.security.]])
* insert Imposes(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/fi-base-patient)
* obeys fsp-1 and fsp-2
* extension contains https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/municipality-code named municipality 0..1
* insert Note(extension[municipality], [[Home municipality]], [[Kotikunta]])
* insert Note(meta.security, [[TURVAKIELTO where there is a non-disclosure order]], [[TURVAKIELTO, jos asiakkaalla on turvakielto]])
* insert Note(identifier, [[Personal identity code, or a temporary identifier]], [[Henkilötunnus tai väliaikainen tunnus]])
* insert Note(name, [[Name]], [[Nimi]])
* name 1..*
* insert Note(telecom, [[Where messages go]], [[Mihin viestit lähetetään]])
* insert Note(birthDate, [[Date of birth]], [[Syntymäaika]])
* insert Note(address, [[Address; not shown under a non-disclosure order]], [[Osoite; ei näytetä turvakiellon aikana]])
* insert Note(communication, [[Languages; preferred marks that of messages]], [[Kielet; preferred on viestien kieli]])

Mapping: PatientContent
Source: FiSocialPatient
Id: thl-880
Title: "THL Ajanvarausasiakirja (1.2.246.537.6.880)"
Target: "urn:oid:1.2.246.537.6.880"
* identifier -> "51" "Asiakkaan tunniste"
* name -> "52" "Asiakkaan nimi"
* address -> "54" "Asiakkaan osoitetiedot"
* contact.relationship -> "61" "Yhteyshenkilön tyyppi"

Profile: FiSocialRelatedPerson
Parent: RelatedPerson
Id: fi-social-related-person
Title: "Somebody who acts for a client"
Description: "A guardian or a mandate holder; the Consent says how far their authority goes."
* insert InFinnish([[Puolesta asioiva]], [[Huoltaja tai valtuutettu; Consent kertoo, mihin asti valta ulottuu.]])
* insert Note(patient, [[The client]], [[Asiakas]])
* insert Note(relationship, [[Relation; GUARD for a guardian]], [[Suhde; huoltajalla GUARD]])
* relationship 1..*
* insert Note(name, [[Name]], [[Nimi]])
* name 1..*
* insert Note(telecom, [[Where messages go]], [[Mihin viestit lähetetään]])
* insert Note(active, [[Whether the relation is in force]], [[Onko suhde voimassa]])

Profile: FiSocialPractitioner
Parent: Practitioner
Id: fi-social-practitioner
Title: "Professional"
Description: "A professional of social care."
* insert InFinnish([[Ammattilainen]], [[Sosiaalihuollon ammattilainen.]])
* insert Imposes(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/fi-base-practitioner)
* insert Note(identifier, [[The employer's identifier, or that of a register]], [[Työnantajan tai rekisterin tunniste]])
* identifier 1..*
* identifier.value 1..1
* insert Note(name, [[Name]], [[Nimi]])
* name 1..*
* insert Note(gender, [[Clients may wish for a man or a woman]], [[Asiakas voi toivoa miestä tai naista]])
* insert Note(communication, [[Languages of service]], [[Palvelukielet]])
* insert Note(active, [[Whether at work]], [[Onko työssä]])

Profile: FiSocialPractitionerRole
Parent: PractitionerRole
Id: fi-social-practitioner-role
Title: "Professional in a unit"
Description: "What a professional does in which unit: title, services, places."
* insert InFinnish([[Ammattilaisen tehtävä]], [[Mitä ammattilainen tekee missäkin yksikössä: nimike, palvelut, paikat.]])
* insert Imposes(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/fi-base-practitioner-role)
* insert Note(practitioner, [[Who]], [[Kuka]])
* practitioner 1..1
* insert Note(organization, [[In which unit]], [[Missä yksikössä]])
* organization 1..1
* insert Note(code, [[Title]], [[Nimike]])
* insert Note(location, [[Where]], [[Missä]])
* insert Note(healthcareService, [[Which services]], [[Mitkä palvelut]])
* insert Note(active, [[Whether the role is in force]], [[Onko tehtävä voimassa]])

Profile: FiSocialCareTeam
Parent: CareTeam
Id: fi-social-care-team
Title: "Team or own worker"
Description: "The professionals around a client, with the own worker (omatyöntekijä), or a team of a unit."
* insert InFinnish([[Tiimi tai omatyöntekijä]], [[Asiakkaan ammattilaiset omatyöntekijöineen tai yksikön tiimi.]])
* insert Note(status, [[Whether it works now]], [[Onko toiminnassa]])
* status 1..1
* insert Note(subject, [[The client; none of a team of a unit]], [[Asiakas; yksikön tiimillä ei ole]])
* insert Note(participant, [[Members; the own worker's role says so]], [[Jäsenet; omatyöntekijän rooli kertoo sen]])
* participant 1..*
* participant.member 1..1
* insert Note(managingOrganization, [[The unit]], [[Yksikkö]])
* managingOrganization 1..*
