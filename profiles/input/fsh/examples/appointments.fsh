// The bookings of the story.

Instance: varaus-ensitapaaminen
InstanceOf: FiSocialClientAppointment
Usage: #example
Title: "The first meeting"
Description: "Ainon ensimmäinen tapaaminen, jossa on tulkki"
* extension[mutability].extension[Cancellable].valueBoolean = true
* extension[mutability].extension[Reschedulable].valueBoolean = true
* extension[mutability].extension[NotAfter].valueDateTime = "2026-11-25T12:00:00+02:00"
* extension[selfService].extension[URL].valueUrl = "https://omapalvelu.example/varaukset"
* extension[selfService].extension[SupportsMinor].valueBoolean = true
* extension[selfService].extension[SupportsProxy].valueBoolean = true
* extension[topic].valueIdentifier.system = "https://omapalvelu.example/asiat"
* extension[topic].valueIdentifier.value = "2026-41"
* identifier.system = "https://omapalvelu.example/varaukset"
* identifier.value = "1001"
* status = #booked
* status.extension[nationalState].valueCoding = urn:oid:1.2.246.537.6.881#3 "Varattu"
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaaliohjaus "Sosiaaliohjaus"
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#asiakastapaaminen-toimistolla "Asiakastapaaminen toimistolla"
* appointmentType.coding[contactMode] = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#office "Toimistolla"
* reasonCode.text = "Tarvitsen apua arjen järjestämiseen eron jälkeen."
* supportingInformation = Reference(vastaukset-tilanne)
* start = "2026-11-26T09:00:00+02:00"
* end = "2026-11-26T10:00:00+02:00"
* slot = Reference(aika-torstai)
* created = "2026-11-23T09:12:00+02:00"
* patientInstruction = "Ota mukaan henkilöllisyystodistus."
* participant[+].actor = Reference(asiakas-aino)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(huone-koivu)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(tulkki-noor)
* participant[=].required = #required
* participant[=].status = #needs-action
* participant[=].extension[additionalService].valueCode = #interpreter

Instance: varaus-pidossa
InstanceOf: FiSocialClientAppointment
Usage: #example
Title: "A time held"
Description: "Aika pidossa, kun asiakas päättää"
* extension[heldUntil].valueInstant = "2026-11-23T09:15:00+02:00"
* extension[holdState].valueCode = #held
* status = #pending
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaaliohjaus "Sosiaaliohjaus"
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#neuvonta-aika "Neuvonta-aika"
* appointmentType.coding[contactMode] = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#phone "Puhelu"
* start = "2026-12-01T09:00:00+02:00"
* end = "2026-12-01T09:15:00+02:00"
* slot = Reference(aika-vapaa)
* participant[+].actor = Reference(asiakas-aino)
* participant[=].required = #required
* participant[=].status = #needs-action
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #accepted

Instance: varaus-peruttu
InstanceOf: FiSocialAppointment
Usage: #example
Title: "A cancelled booking"
Description: "Asiakkaan peruma varaus"
* extension[cancelledBy].valueCode = #client
* status = #cancelled
* status.extension[nationalState].valueCoding = urn:oid:1.2.246.537.6.881#4 "Peruttu"
* cancelationReason = https://ajanvaraus.example/fhir/CodeSystem/cancelation-reason#client-ill "Asiakas sairastui"
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaaliohjaus "Sosiaaliohjaus"
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#asiakastapaaminen-toimistolla "Asiakastapaaminen toimistolla"
* appointmentType.coding[contactMode] = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#office "Toimistolla"
* start = "2026-12-08T09:00:00+02:00"
* end = "2026-12-08T10:00:00+02:00"
* participant[+].actor = Reference(asiakas-aino)
* participant[=].required = #required
* participant[=].status = #declined
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #accepted

Instance: varaus-palautettu
InstanceOf: FiSocialAppointment
Usage: #example
Title: "A no-show that was taken back"
Description: "Vahingossa merkitty saapumatta jääminen palautettu"
* extension[statusReason].valueString = "Asiakas oli paikalla, merkintä oli väärällä varauksella."
* extension[notificationInfo].valueContactPoint.system = #sms
* extension[notificationInfo].valueContactPoint.value = "+358 50 4244 111"
* status = #booked
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaalityo "Sosiaalityö"
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#asiakastapaaminen-toimistolla "Asiakastapaaminen toimistolla"
* appointmentType.coding[contactMode] = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#office "Toimistolla"
* start = "2026-11-20T13:00:00+02:00"
* end = "2026-11-20T14:00:00+02:00"
* participant[+].actor = Reference(asiakas-aino)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #accepted

Instance: varaus-palaveri
InstanceOf: FiSocialInternalAppointment
Usage: #example
Title: "A staff meeting"
Description: "Tiimin palaveri"
* extension[override].valueString = "Kiireellinen tilanne perheessä"
* status = #booked
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#palaveri "Palaveri"
* description = "Perhetyön tiimi"
* start = "2026-11-27T08:00:00+02:00"
* end = "2026-11-27T09:00:00+02:00"
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(huone-manty)
* participant[=].required = #required
* participant[=].status = #accepted

Instance: varaus-kirjaaminen
InstanceOf: FiSocialInternalAppointment
Usage: #example
Title: "Documentation"
Description: "Asiakastyön kirjaaminen"
* extension[documentationFor].valueReference = Reference(varaus-perhetyo-1)
* status = #booked
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#asiakastyon-kirjaaminen "Asiakastyön kirjaaminen"
* start = "2026-11-26T10:00:00+02:00"
* end = "2026-11-26T10:30:00+02:00"
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #accepted

Instance: varaus-vertaistuki
InstanceOf: FiSocialGroupAppointment
Usage: #example
Title: "A peer group"
Description: "Vanhempien vertaistukiryhmä"
* extension[capacity].valuePositiveInt = 8
* extension[minimum].extension[clients].valuePositiveInt = 2
* extension[minimum].extension[deadline].valueInstant = "2026-12-01T12:00:00+02:00"
* status = #booked
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#vertaistukitoiminta "Vertaistukitoiminta"
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#ryhmatoiminta "Ryhmätoiminta"
* appointmentType.coding[contactMode] = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#office "Toimistolla"
* start = "2026-12-03T15:00:00+02:00"
* end = "2026-12-03T16:00:00+02:00"
* slot = Reference(aika-ryhma)
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(asiakas-aino)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(huone-manty)
* participant[=].required = #required
* participant[=].status = #accepted

Instance: varaus-infotilaisuus
InstanceOf: FiSocialGroupAppointment
Usage: #example
Title: "An information event nobody has enrolled in yet"
Description: "Infotilaisuus, johon kukaan ei ole vielä ilmoittautunut"
* extension[capacity].valuePositiveInt = 20
* status = #booked
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#vertaistukitoiminta "Vertaistukitoiminta"
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#ryhmatoiminta "Ryhmätoiminta"
* start = "2026-12-17T15:00:00+02:00"
* end = "2026-12-17T16:00:00+02:00"
* participant[+].actor = Reference(ammattilainen-kalle)
* participant[=].required = #required
* participant[=].status = #accepted

Instance: varaus-perhetyo-1
InstanceOf: FiSocialSeriesAppointment
Usage: #example
Title: "Family work, 1 of 2"
Description: "Perhetyö kotona, 1/2"
* extension[series].extension[id].valueIdentifier.system = "https://omapalvelu.example/sarjat"
* extension[series].extension[id].valueIdentifier.value = "77"
* extension[series].extension[number].valuePositiveInt = 1
* extension[series].extension[of].valuePositiveInt = 2
* status = #booked
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#perhetyo "Perhetyö"
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#asiakastapaaminen-muualla "Asiakastapaaminen muualla"
* appointmentType.coding[contactMode] = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#home "Kotona tai muualla"
* start = "2026-12-09T12:00:00+02:00"
* end = "2026-12-09T13:30:00+02:00"
* basedOn = Reference(oikeus-perhetyo)
* participant[+].actor = Reference(asiakas-aino)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(asiakas-eetu)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(koti)
* participant[=].required = #required
* participant[=].status = #accepted

Instance: varaus-perhetyo-2
InstanceOf: FiSocialSeriesAppointment
Usage: #example
Title: "Family work, 2 of 2"
Description: "Perhetyö kotona, 2/2"
* extension[series].extension[id].valueIdentifier.system = "https://omapalvelu.example/sarjat"
* extension[series].extension[id].valueIdentifier.value = "77"
* extension[series].extension[number].valuePositiveInt = 2
* extension[series].extension[of].valuePositiveInt = 2
* status = #booked
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#perhetyo "Perhetyö"
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#asiakastapaaminen-muualla "Asiakastapaaminen muualla"
* appointmentType.coding[contactMode] = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#home "Kotona tai muualla"
* start = "2026-12-16T12:00:00+02:00"
* end = "2026-12-16T13:30:00+02:00"
* basedOn = Reference(oikeus-perhetyo)
* participant[+].actor = Reference(asiakas-aino)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(asiakas-eetu)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(koti)
* participant[=].required = #required
* participant[=].status = #accepted

Instance: varaus-matka-meno
InstanceOf: FiSocialTravelAppointment
Usage: #example
Title: "Matka perheen luo"
Description: "Matka perheen luo"
* extension[travelFor].valueReference = Reference(varaus-perhetyo-1)
* status = #booked
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#matka-aika "Matka-aika"
* start = "2026-12-09T11:30:00+02:00"
* end = "2026-12-09T12:00:00+02:00"
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(perhetyon-auto)
* participant[=].required = #required
* participant[=].status = #accepted

Instance: varaus-matka-paluu
InstanceOf: FiSocialTravelAppointment
Usage: #example
Title: "Matka takaisin"
Description: "Matka takaisin"
* extension[travelFor].valueReference = Reference(varaus-perhetyo-1)
* status = #booked
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#matka-aika "Matka-aika"
* start = "2026-12-09T13:30:00+02:00"
* end = "2026-12-09T14:00:00+02:00"
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(perhetyon-auto)
* participant[=].required = #required
* participant[=].status = #accepted

Instance: varaus-jonossa
InstanceOf: FiSocialWaitingAppointment
Usage: #example
Title: "Waiting for family counselling"
Description: "Perheneuvonnan jonossa"
* status = #waitlist
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#kasvatus-ja-perheneuvonta "Kasvatus- ja perheneuvonta"
* requestedPeriod.start = "2026-12-01"
* requestedPeriod.end = "2027-01-31"
* comment = "Parhaiten sopii iltapäivä."
* participant[+].actor = Reference(asiakas-eetu)
* participant[=].required = #required
* participant[=].status = #needs-action

Instance: varaus-jonossa-2
InstanceOf: FiSocialWaitingAppointment
Usage: #example
Title: "Waiting for a time with the own worker"
Description: "Omatyöntekijän ajan jonossa"
* status = #waitlist
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaalityo "Sosiaalityö"
* requestedPeriod.start = "2026-12-01"
* participant[+].actor = Reference(asiakas-aino)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #needs-action

Instance: varaus-kansallinen-1
InstanceOf: FiSocialNationalAppointment
Usage: #example
Title: "For national exchange, codes known"
Description: "Kansallisesti välitettävä varaus, koodit tunnetaan"
* extension[timeType].valueCoding = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#asiakastapaaminen-toimistolla
* extension[contactMode].valueCoding = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#office
* identifier.system = "urn:ietf:rfc:3986"
* identifier.value = "urn:oid:1.2.246.10.99999999.14.2026.1"
* status = #booked
* status.extension[nationalState].valueCoding = urn:oid:1.2.246.537.6.881#3 "Varattu"
* serviceCategory[0].coding[local] = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#perheoikeudelliset-palvelut "Perheoikeudelliset palvelut"
* serviceCategory[0].coding[national].system = "urn:oid:1.2.246.537.6.50"
* serviceCategory[0].coding[national].code = #SOTE19
* serviceCategory[0].coding[national].display = "Perheoikeudelliset palvelut"
* serviceType[0].coding[local] = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#isyyden-selvittaminen "Isyyden selvittäminen"
* serviceType[0].coding[national].system = "urn:oid:1.2.246.537.6.49"
* serviceType[0].coding[national].code = #NC
* serviceType[0].coding[national].display = "Isyyden selvittämispalvelu"
* appointmentType.coding.system = "1.2.246.537.6.884"
* appointmentType.coding.code = #10
* appointmentType.coding.display = "Kertakäynti toimipaikassa"
* start = "2026-12-10T09:00:00+02:00"
* end = "2026-12-10T10:00:00+02:00"
* created = "2026-11-23T09:12:00+02:00"
* participant[+].actor = Reference(asiakas-aino)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #accepted

Instance: varaus-kansallinen-2
InstanceOf: FiSocialNationalAppointment
Usage: #example
Title: "For national exchange, codes not known"
Description: "Kansallisesti välitettävä varaus, kansallisia koodeja ei tunneta"
* extension[timeType].valueCoding = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#asiakastapaaminen-muualla
* extension[contactMode].valueCoding = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#home
* identifier.system = "urn:ietf:rfc:3986"
* identifier.value = "urn:oid:1.2.246.10.99999999.14.2026.2"
* status = #proposed
* status.extension[nationalState].valueCoding = urn:oid:1.2.246.537.6.881#2 "Tilattu"
* serviceCategory[0].coding[local] = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceCategory[0].coding[national].system = "urn:oid:1.2.246.537.6.50"
* serviceCategory[0].coding[national].code.extension[+].url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
* serviceCategory[0].coding[national].code.extension[=].valueCode = #unknown
* serviceCategory[0].coding[national].display = "Lapsiperheiden palvelut"
* serviceType[0].coding[local] = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#perhetyo "Perhetyö"
* serviceType[0].coding[national].system = "urn:oid:1.2.246.537.6.49"
* serviceType[0].coding[national].code.extension[+].url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
* serviceType[0].coding[national].code.extension[=].valueCode = #unknown
* serviceType[0].coding[national].display = "Perhetyö"
* start = "2026-12-11T09:00:00+02:00"
* end = "2026-12-11T10:00:00+02:00"
* created = "2026-11-23T09:12:00+02:00"
* participant[+].actor = Reference(asiakas-aino)
* participant[=].required = #required
* participant[=].status = #accepted
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #accepted

Instance: varaus-tarjottu-sarja
InstanceOf: FiSocialAppointment
Usage: #example
Title: "A series that is offered"
Description: "Tarjottu kahden ajan sarja"
* extension[occurrence].valuePeriod.start = "2027-01-20T12:00:00+02:00"
* extension[occurrence].valuePeriod.end = "2027-01-20T13:30:00+02:00"
* status = #proposed
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#perhetyo "Perhetyö"
* start = "2027-01-13T12:00:00+02:00"
* end = "2027-01-13T13:30:00+02:00"
* participant[+].actor = Reference(asiakas-aino)
* participant[=].required = #required
* participant[=].status = #needs-action
* participant[+].actor = Reference(ammattilainen-liisa)
* participant[=].required = #required
* participant[=].status = #needs-action

// What the second of two gets who want the same time. It claims no profile: R4's OperationOutcome is what clients read.
Instance: evatty-varaus
InstanceOf: OperationOutcome
Usage: #example
Title: "A booking refused"
Description: "Evätty varaus: joku muu ehti ensin"
* issue.severity = #error
* issue.code = #conflict
* issue.details = https://ajanvaraus.example/fhir/CodeSystem/rule#slot-unavailable "The time is taken"
* issue.details.text = "Aika on jo varattu; valitse toinen aika."
* issue.expression = "Appointment.slot[0]"
