// The county of the story: its units, places, services and people.

Instance: hyvinvointialue
InstanceOf: FiSocialOrganization
Usage: #example
Title: "The county"
Description: "Järvisydämen hyvinvointialue"
* identifier.system = "urn:ietf:rfc:3986"
* identifier.value = "urn:oid:1.2.246.10.99999999.10.1"
* active = true
* name = "Järvisydämen hyvinvointialue"
* telecom.system = #phone
* telecom.value = "+358 9 4245 0100"

Instance: perhekeskus
InstanceOf: FiSocialOrganization
Usage: #example
Title: "A service unit"
Description: "Perhekeskus"
* identifier.system = "urn:oid:1.2.246.537.6.202"
* identifier.value = "urn:oid:1.2.246.10.99999999.10.2"
* active = true
* name = "Perhekeskus"
* partOf = Reference(hyvinvointialue)

Instance: asiakasohjaus
InstanceOf: FiSocialOrganization
Usage: #example
Title: "Customer guidance"
Description: "Asiakasohjaus, joka palvelee myös jouluaattona ja on suljettu kehittämispäivänään"
* extension[openOnHoliday][0].valueCode = #jouluaatto
* extension[openOnHoliday][1].valueDate = "2027-05-01"
* extension[closedDuring].valuePeriod.start = "2026-12-28"
* extension[closedDuring].valuePeriod.end = "2026-12-28"
* active = true
* name = "Asiakasohjaus"
* partOf = Reference(hyvinvointialue)
* telecom.system = #phone
* telecom.value = "+358 9 4245 0101"

Instance: perhekeskuksen-toimisto
InstanceOf: FiSocialUnitLocation
Usage: #example
Title: "Office of the family centre"
Description: "Perhekeskuksen toimisto"
* status = #active
* name = "Perhekeskus, toimisto"
* mode = #instance
* physicalType = http://terminology.hl7.org/CodeSystem/location-physical-type#bu "Building"
* address.line = "Satamakatu 1"
* address.city = "Järvisydän"
* address.country = "FI"
* address.text = "Satamakatu 1. Sisäänkäynti pihan puolelta, ilmoittautuminen toisessa kerroksessa."
* managingOrganization = Reference(perhekeskus)

Instance: ohjauksen-toimisto
InstanceOf: FiSocialUnitLocation
Usage: #example
Title: "Office of customer guidance"
Description: "Asiakasohjauksen toimisto"
* status = #active
* name = "Asiakasohjaus, toimisto"
* extension[travelTime].extension[to].valueReference = Reference(perhekeskuksen-toimisto)
* extension[travelTime].extension[time].valueDuration = 25 'min'
* mode = #instance
* address.line = "Torikatu 5"
* address.city = "Järvisydän"
* address.country = "FI"
* managingOrganization = Reference(asiakasohjaus)

Instance: huone-koivu
InstanceOf: FiSocialRoom
Usage: #example
Title: "The room Koivu"
Description: "Neuvotteluhuone Koivu"
* status = #active
* name = "Neuvotteluhuone Koivu"
* mode = #instance
* physicalType = http://terminology.hl7.org/CodeSystem/location-physical-type#ro "Room"
* managingOrganization = Reference(perhekeskus)
* partOf = Reference(perhekeskuksen-toimisto)

Instance: huone-manty
InstanceOf: FiSocialRoom
Usage: #example
Title: "The room Mänty"
Description: "Neuvotteluhuone Mänty"
* status = #active
* name = "Neuvotteluhuone Mänty"
* mode = #instance
* physicalType = http://terminology.hl7.org/CodeSystem/location-physical-type#ro "Room"
* managingOrganization = Reference(perhekeskus)
* partOf = Reference(perhekeskuksen-toimisto)

Instance: koti
InstanceOf: FiSocialHomeLocation
Usage: #example
Title: "Asiakkaan koti"
Description: "Asiakkaan koti"
* status = #active
* name = "Asiakkaan koti"
* mode = #kind
* physicalType = http://terminology.hl7.org/CodeSystem/location-physical-type#ho "House"

Instance: muualla
InstanceOf: FiSocialHomeLocation
Usage: #example
Title: "Muu asiakkaan kanssa sovittu paikka"
Description: "Muu asiakkaan kanssa sovittu paikka"
* status = #active
* name = "Muu asiakkaan kanssa sovittu paikka"
* mode = #kind
* physicalType = http://terminology.hl7.org/CodeSystem/location-physical-type#ho "House"

Instance: perhetyon-auto
InstanceOf: FiSocialDevice
Usage: #example
Title: "A car"
Description: "Perhetyön auto"
* status = #active
* deviceName.name = "Perhetyön auto"
* deviceName.type = #user-friendly-name
* type.text = "Auto"
* owner = Reference(perhekeskus)
* location = Reference(perhekeskuksen-toimisto)

Instance: videolaite
InstanceOf: FiSocialDevice
Usage: #example
Title: "A video set"
Description: "Huoneen videolaite"
* status = #active
* deviceName.name = "Videolaite, huone Koivu"
* deviceName.type = #user-friendly-name
* type.text = "Videoneuvottelulaite"
* owner = Reference(perhekeskus)
* location = Reference(huone-koivu)

Instance: palvelu-sosiaaliohjaus
InstanceOf: FiSocialHealthcareService
Usage: #example
Title: "Social guidance for families"
Description: "Lapsiperheiden sosiaaliohjaus"
* extension[leadTime].valueDuration = 1 'd'
* extension[bufferBefore].valueDuration = 15 'min'
* extension[bufferAfter].valueDuration = 1 'h'
* extension[bookingLimitWeek].valuePositiveInt = 20
* extension[travel].extension[distance].valueBoolean = true
* extension[travel].extension[speed].valueQuantity = 50 'km/h'
* extension[travel].extension[detour].valueDecimal = 1.4
* extension[bookingLimitClient].valuePositiveInt = 3
* extension[minorClients].extension[guardianMayBook].valueBoolean = true
* extension[minorClients].extension[minorMayBookFrom].valueUnsignedInt = 12
* extension[minorClients].extension[guardianSeesUntil].valueUnsignedInt = 15
* extension[minorClients].extension[minorMayHide].valueBoolean = true
* extension[changeDeadlines].extension[clientCancel].valueDuration = 1 'd'
* extension[changeDeadlines].extension[clientMove].valueDuration = 2 'd'
* extension[changeDeadlines].extension[staffCancel].valueDuration = 30 'min'
* extension[reminderBefore][0].valueDuration = 2 'd'
* extension[reminderBefore][1].valueDuration = 2 'h'
* active = true
* providedBy = Reference(perhekeskus)
* category = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* type = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaaliohjaus "Sosiaaliohjaus"
* location = Reference(perhekeskuksen-toimisto)
* name = "Lapsiperheiden sosiaaliohjaus"
* extraDetails = "Neuvoa ja tukea arjen tilanteisiin. Ota mukaan henkilöllisyystodistus."
* telecom.system = #phone
* telecom.value = "+358 9 4245 0102"

Instance: palvelu-perhetyo
InstanceOf: FiSocialHealthcareService
Usage: #example
Title: "Family work"
Description: "Perhetyö"
* extension[ownClientsOnly].valueBoolean = true
* extension[changeDeadlines].extension[clientCancel].valueDuration = 12 'h'
* extension[changeDeadlines].extension[staffMove].valueDuration = 1 'h'
* active = true
* providedBy = Reference(perhekeskus)
* category = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* type = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#perhetyo "Perhetyö"
* location = Reference(perhekeskuksen-toimisto)
* name = "Perhetyö"

Instance: palvelu-vanhemmuus
InstanceOf: FiSocialHealthcareService
Usage: #example
Title: "Establishing parentage"
Description: "Vanhemmuuden selvittäminen"
* extension[ownClientsOnly].valueBoolean = true
* active = true
* providedBy = Reference(hyvinvointialue)
* category = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#perheoikeudelliset-palvelut "Perheoikeudelliset palvelut"
* type.coding[+] = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#vanhemmuuden-selvittaminen "Vanhemmuuden selvittäminen"
* type.coding[+] = urn:oid:1.2.246.537.6.1222#82 "Vanhemmuuden selvittäminen"
* name = "Vanhemmuuden selvittäminen"

Instance: palvelu-vertaistuki
InstanceOf: FiSocialHealthcareService
Usage: #example
Title: "Peer support"
Description: "Vertaistukiryhmä"
* extension[requiresApproval].valueBoolean = true
* active = true
* providedBy = Reference(perhekeskus)
* category = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* type = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#vertaistukitoiminta "Vertaistukitoiminta"
* location = Reference(perhekeskuksen-toimisto)
* name = "Vertaistukiryhmä"
