// Guidance, rights to act, statistics, and the trail.

Instance: tehtava-takaisinsoitto
InstanceOf: FiSocialGuidanceTask
Usage: #example
Title: "Takaisinsoitto"
Description: "Takaisinsoitto"
* status = #requested
* intent = #order
* code = https://ajanvaraus.example/fhir/CodeSystem/task-kind#guidance
* description = "Soita Ainolle takaisin ennen kello kahtatoista."
* for = Reference(asiakas-aino)
* authoredOn = "2026-11-23T08:40:00+02:00"
* owner = Reference(ammattilainen-kalle)

Instance: tehtava-selvitys
InstanceOf: FiSocialGuidanceTask
Usage: #example
Title: "Omatyöntekijän selvitys"
Description: "Omatyöntekijän selvitys"
* status = #completed
* intent = #order
* code = https://ajanvaraus.example/fhir/CodeSystem/task-kind#guidance
* description = "Selvitä, kuka on omatyöntekijä."
* for = Reference(asiakas-aino)
* authoredOn = "2026-11-23T08:40:00+02:00"
* owner = Reference(ammattilainen-kalle)

Instance: jonopaikka-eetu
InstanceOf: FiSocialWaitingTask
Usage: #example
Title: "Place in a queue: Eetu"
Description: "Jonopaikka"
* status = #requested
* intent = #order
* code = https://ajanvaraus.example/fhir/CodeSystem/task-kind#waiting
* focus = Reference(varaus-jonossa)
* for = Reference(asiakas-eetu)
* authoredOn = "2026-11-23T09:20:00+02:00"

Instance: jonopaikka-aino
InstanceOf: FiSocialWaitingTask
Usage: #example
Title: "Place in a queue: Aino"
Description: "Jonopaikka"
* status = #requested
* intent = #order
* code = https://ajanvaraus.example/fhir/CodeSystem/task-kind#waiting
* focus = Reference(varaus-jonossa-2)
* for = Reference(asiakas-aino)
* authoredOn = "2026-11-23T09:20:00+02:00"

Instance: ohjaus-puhelu
InstanceOf: FiSocialGuidanceEncounter
Usage: #example
Title: "Aino calls guidance"
Description: "Aino soittaa asiakasohjaukseen, aika varataan saman puhelun aikana"
* extension[outcome].valueCoding = https://ajanvaraus.example/fhir/CodeSystem/guidance-outcome#booked
* status = #finished
* class = http://terminology.hl7.org/CodeSystem/v3-ActCode#VR "virtual"
* type = https://ajanvaraus.example/fhir/CodeSystem/guidance-contact#first-contact
* period.start = "2026-11-23T09:05:00+02:00"
* period.end = "2026-11-23T09:13:00+02:00"
* serviceProvider = Reference(asiakasohjaus)
* subject = Reference(asiakas-aino)
* participant.individual = Reference(ammattilainen-kalle)
* reasonCode.text = "Tuki arkeen"
* appointment = Reference(varaus-ensitapaaminen)

Instance: ohjaus-nimeton
InstanceOf: FiSocialGuidanceEncounter
Usage: #example
Title: "A caller without a name"
Description: "Nimetön soittaja, asia ratkesi"
* extension[outcome].valueCoding = https://ajanvaraus.example/fhir/CodeSystem/guidance-outcome#solved
* status = #finished
* class = http://terminology.hl7.org/CodeSystem/v3-ActCode#VR "virtual"
* type = https://ajanvaraus.example/fhir/CodeSystem/guidance-contact#follow-up
* period.start = "2026-11-23T09:05:00+02:00"
* period.end = "2026-11-23T09:13:00+02:00"
* serviceProvider = Reference(asiakasohjaus)
* reasonCode.text = "Aukioloajat"

Instance: valta-huoltaja
InstanceOf: FiSocialActingConsent
Usage: #example
Title: "Aino asioi Eetun puolesta"
Description: "Aino asioi Eetun puolesta"
* status = #active
* scope = http://terminology.hl7.org/CodeSystem/consentscope#patient-privacy
* category = https://ajanvaraus.example/fhir/CodeSystem/acting-basis#guardian
* patient = Reference(asiakas-eetu)
* dateTime = "2026-11-01"
* policyRule.text = "Puolesta-asiointi ajanvarauksessa"
* provision.type = #permit
* provision.period.start = "2026-11-01"
* provision.period.end = "2027-10-31"
* provision.actor.role = http://terminology.hl7.org/CodeSystem/v3-RoleCode#GUARD
* provision.actor.reference = Reference(huoltaja-aino)

Instance: valta-valtuutus
InstanceOf: FiSocialActingConsent
Usage: #example
Title: "Helmi asioi Ainon puolesta"
Description: "Helmi asioi Ainon puolesta"
* status = #active
* scope = http://terminology.hl7.org/CodeSystem/consentscope#patient-privacy
* category = https://ajanvaraus.example/fhir/CodeSystem/acting-basis#mandate
* patient = Reference(asiakas-aino)
* dateTime = "2026-11-01"
* policyRule.text = "Puolesta-asiointi ajanvarauksessa"
* provision.type = #permit
* provision.period.start = "2026-11-01"
* provision.period.end = "2027-10-31"
* provision.actor.role = http://terminology.hl7.org/CodeSystem/v3-RoleCode#POWATT
* provision.actor.reference = Reference(valtuutettu-helmi)

Instance: mittari-varaukset
InstanceOf: FiSocialMeasure
Usage: #example
Title: "Varaukset palvelutehtävittäin"
Description: "Varaukset palvelutehtävittäin"
* url = "https://ajanvaraus.example/fhir/Measure/mittari-varaukset"
* name = "Mittari_Varaukset"
* title = "Varaukset palvelutehtävittäin"
* status = #active
* group.code = https://ajanvaraus.example/fhir/CodeSystem/statistic#bookings

Instance: luvut-varaukset
InstanceOf: FiSocialMeasureReport
Usage: #example
Title: "Figures: Varaukset palvelutehtävittäin"
Description: "Luvut: Varaukset palvelutehtävittäin"
* status = #complete
* type = #summary
* measure = "https://ajanvaraus.example/fhir/Measure/mittari-varaukset"
* reporter = Reference(hyvinvointialue)
* period.start = "2026-10-01"
* period.end = "2026-10-31"
* group.code = https://ajanvaraus.example/fhir/CodeSystem/statistic#bookings
* group.measureScore.value = 212

Instance: mittari-odotus
InstanceOf: FiSocialMeasure
Usage: #example
Title: "Päiviä kolmanteen vapaaseen aikaan"
Description: "Päiviä kolmanteen vapaaseen aikaan"
* url = "https://ajanvaraus.example/fhir/Measure/mittari-odotus"
* name = "Mittari_Odotus"
* title = "Päiviä kolmanteen vapaaseen aikaan"
* status = #active
* group.code = https://ajanvaraus.example/fhir/CodeSystem/statistic#third-next

Instance: luvut-odotus
InstanceOf: FiSocialMeasureReport
Usage: #example
Title: "Figures: Päiviä kolmanteen vapaaseen aikaan"
Description: "Luvut: Päiviä kolmanteen vapaaseen aikaan"
* status = #complete
* type = #summary
* measure = "https://ajanvaraus.example/fhir/Measure/mittari-odotus"
* reporter = Reference(hyvinvointialue)
* period.start = "2026-10-01"
* period.end = "2026-10-31"
* group.code = https://ajanvaraus.example/fhir/CodeSystem/statistic#third-next
* group.measureScore.value = 9

Instance: loki-varaus
InstanceOf: FiSocialAuditEvent
Usage: #example
Title: "Varauksen teko"
Description: "Varauksen teko"
* type = http://terminology.hl7.org/CodeSystem/audit-event-type#rest "RESTful Operation"
* subtype = http://hl7.org/fhir/restful-interaction#create "create"
* action = #C
* recorded = "2026-11-23T09:12:00.100+02:00"
* outcome = #0
* agent.who = Reference(ammattilainen-kalle)
* agent.requestor = true
* agent.extension[unit].valueReference = Reference(perhekeskus)
* source.observer.display = "Ajanvaraus.Fhir"
* entity.what = Reference(varaus-ensitapaaminen)

Instance: loki-luku
InstanceOf: FiSocialAuditEvent
Usage: #example
Title: "Varauksen luku"
Description: "Varauksen luku"
* type = http://terminology.hl7.org/CodeSystem/audit-event-type#rest "RESTful Operation"
* subtype = http://hl7.org/fhir/restful-interaction#read "read"
* action = #R
* recorded = "2026-11-23T09:12:00.100+02:00"
* outcome = #0
* agent.who = Reference(ammattilainen-kalle)
* agent.requestor = true
* agent.extension[unit].valueReference = Reference(asiakasohjaus)
* source.observer.display = "Ajanvaraus.Fhir"
* entity[0].what = Reference(varaus-ensitapaaminen)
* entity[1].what = Reference(asiakas-aino)

Instance: loki-haku-puolesta
InstanceOf: FiSocialAuditEvent
Usage: #example
Title: "Huoltaja haki lapsensa varaukset"
Description: "Huoltaja haki lapsensa varaukset"
* type = http://terminology.hl7.org/CodeSystem/audit-event-type#rest "RESTful Operation"
* subtype = http://hl7.org/fhir/restful-interaction#search-type "search-type"
* action = #E
* recorded = "2026-11-23T09:12:00.100+02:00"
* outcome = #0
* agent.who = Reference(asiakas-aino)
* agent.requestor = true
* agent.extension[actsFor].valueReference = Reference(asiakas-eetu)
* source.observer.display = "Ajanvaraus.Fhir"
* entity.what = Reference(asiakas-eetu)

Instance: loki-varaus-puolesta
InstanceOf: FiSocialAuditEvent
Usage: #example
Title: "Huoltaja varasi lapselleen ajan"
Description: "Huoltaja varasi lapselleen ajan"
* type = http://terminology.hl7.org/CodeSystem/audit-event-type#rest "RESTful Operation"
* subtype = http://hl7.org/fhir/restful-interaction#create "create"
* action = #C
* recorded = "2026-11-23T09:12:00.100+02:00"
* outcome = #0
* agent.who = Reference(asiakas-aino)
* agent.requestor = true
* agent.extension[actsFor].valueReference = Reference(asiakas-eetu)
* source.observer.display = "Ajanvaraus.Fhir"
* entity.what = Reference(asiakas-eetu)

Instance: alkupera-varaus
InstanceOf: FiSocialProvenance
Usage: #example
Title: "Kalle varasi Ainon puolesta"
Description: "Kalle varasi Ainon puolesta"
* target = Reference(varaus-ensitapaaminen)
* recorded = "2026-11-23T09:12:00.100+02:00"
* activity = http://terminology.hl7.org/CodeSystem/v3-DataOperation#CREATE "create"
* agent.who = Reference(ammattilainen-kalle)
* agent.onBehalfOf = Reference(asiakas-aino)

Instance: alkupera-siirto
InstanceOf: FiSocialProvenance
Usage: #example
Title: "Liisa siirsi aikaa"
Description: "Liisa siirsi aikaa"
* target = Reference(varaus-ensitapaaminen)
* recorded = "2026-11-23T09:12:00.100+02:00"
* activity = http://terminology.hl7.org/CodeSystem/v3-DataOperation#UPDATE "revise"
* agent.who = Reference(ammattilainen-liisa)
* reason.text = "Sairastuminen"

Instance: tilaus-varaukset
InstanceOf: FiSocialSubscription
Usage: #example
Title: "Varausten muutokset"
Description: "Varausten muutokset"
* status = #requested
* reason = "Varausten muutokset"
* criteria = "Appointment?status=booked,cancelled"
* end = "2027-11-23T00:00:00+02:00"
* channel.type = #rest-hook
* channel.endpoint = "https://asiakastieto.example/ilmoitukset"

Instance: tilaus-vapaat
InstanceOf: FiSocialSubscription
Usage: #example
Title: "Vapaiden aikojen muutokset"
Description: "Vapaiden aikojen muutokset"
* status = #requested
* reason = "Vapaiden aikojen muutokset"
* criteria = "Slot?status=free"
* end = "2027-11-23T00:00:00+02:00"
* channel.type = #rest-hook
* channel.endpoint = "https://asiakastieto.example/ilmoitukset"
