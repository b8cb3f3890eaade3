// What belongs to the bookings: rights, messages, answers, questionnaires.

Instance: oikeus-perhetyo
InstanceOf: FiSocialEntitlement
Usage: #example
Title: "Aino saa varata neljä perhetyön aikaa"
Description: "Aino saa varata neljä perhetyön aikaa"
* extension[state].valueCode = #valid
* status = #active
* intent = #order
* category[entitlement] = https://ajanvaraus.example/fhir/CodeSystem/service-request-category#entitlement
* code = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#perhetyo "Perhetyö"
* subject = Reference(asiakas-aino)
* occurrencePeriod.start = "2026-12-01"
* occurrencePeriod.end = "2027-02-28"
* quantityQuantity.value = 4
* requester = Reference(ammattilainen-liisa)
* performer = Reference(ammattilainen-liisa)
* authoredOn = "2026-11-26T10:05:00+02:00"

Instance: oikeus-kaytetty
InstanceOf: FiSocialEntitlement
Usage: #example
Title: "Käytetty varausoikeus"
Description: "Käytetty varausoikeus"
* extension[state].valueCode = #used
* status = #completed
* intent = #order
* category[entitlement] = https://ajanvaraus.example/fhir/CodeSystem/service-request-category#entitlement
* code = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#perhetyo "Perhetyö"
* subject = Reference(asiakas-aino)
* occurrencePeriod.start = "2026-12-01"
* occurrencePeriod.end = "2027-02-28"
* quantityQuantity.value = 1
* requester = Reference(ammattilainen-liisa)
* performer = Reference(ammattilainen-liisa)
* authoredOn = "2026-11-26T10:05:00+02:00"

Instance: viesti-muistutus
InstanceOf: FiSocialCommunicationRequest
Usage: #example
Title: "Muistutus Ainolle"
Description: "Muistutus Ainolle"
* status = #active
* category = https://ajanvaraus.example/fhir/CodeSystem/reminder-kind#reminder "Muistutus"
* medium = https://ajanvaraus.example/fhir/CodeSystem/reminder-channel#sms
* subject = Reference(asiakas-aino)
* about = Reference(varaus-ensitapaaminen)
* occurrenceDateTime = "2026-11-25T09:00:00+02:00"
* recipient = Reference(asiakas-aino)

Instance: viesti-kutsu
InstanceOf: FiSocialCommunicationRequest
Usage: #example
Title: "Kutsukirje"
Description: "Kutsukirje"
* status = #active
* category = https://ajanvaraus.example/fhir/CodeSystem/reminder-kind#invitation "Kutsu"
* medium = https://ajanvaraus.example/fhir/CodeSystem/reminder-channel#letter
* subject = Reference(asiakas-aino)
* about = Reference(varaus-ensitapaaminen)
* occurrenceDateTime = "2026-11-24T08:00:00+02:00"
* recipient = Reference(asiakas-aino)

Instance: lahetetty-muistutus
InstanceOf: FiSocialCommunication
Usage: #example
Title: "Lähetetty muistutus"
Description: "Lähetetty muistutus"
* status = #completed
* category = https://ajanvaraus.example/fhir/CodeSystem/reminder-kind#reminder
* medium = https://ajanvaraus.example/fhir/CodeSystem/reminder-channel#sms
* about = Reference(varaus-ensitapaaminen)
* recipient = Reference(asiakas-aino)
* payload.contentString = "Muistutus: sinulla on aika 26.11. klo 9.00."
* basedOn = Reference(viesti-muistutus)
* sent = "2026-11-25T09:00:03+02:00"

Instance: lahettamatta
InstanceOf: FiSocialCommunication
Usage: #example
Title: "Viesti, jota ei voitu lähettää"
Description: "Viesti, jota ei voitu lähettää"
* status = #not-done
* category = https://ajanvaraus.example/fhir/CodeSystem/reminder-kind#manual
* medium = https://ajanvaraus.example/fhir/CodeSystem/reminder-channel#sms
* about = Reference(varaus-ensitapaaminen)
* recipient = Reference(asiakas-aino)
* payload.contentString = "Tuothan mukanasi paperit."
* statusReason.text = "Numero ei ole käytössä"

Instance: vastaus-tulkki
InstanceOf: FiSocialAppointmentResponse
Usage: #example
Title: "The interpreter accepts"
Description: "Tulkki hyväksyy"
* appointment = Reference(varaus-ensitapaaminen)
* actor = Reference(tulkki-noor)
* participantStatus = #accepted

Instance: vastaus-aino
InstanceOf: FiSocialAppointmentResponse
Usage: #example
Title: "Aino declines"
Description: "Aino torjuu ehdotetun ajan"
* appointment = Reference(varaus-peruttu)
* actor = Reference(asiakas-aino)
* participantStatus = #declined
* comment = "Olen kipeänä."

Instance: kysely-kartoitin
InstanceOf: FiSocialQuestionnaire
Usage: #example
Title: "Needs mapper: questions"
Description: "Lapsiperheen palvelutarpeen kartoitin"
* url = "https://ajanvaraus.example/fhir/Questionnaire/kysely-kartoitin"
* name = "Kartoitin"
* title = "Millaista tukea perheesi tarvitsee?"
* status = #active
* code = https://ajanvaraus.example/fhir/CodeSystem/questionnaire-kind#needs-mapper
* item[+].linkId = "lapsia"
* item[=].text = "Onko perheessä alle 18-vuotiaita?"
* item[=].type = #boolean
* item[=].required = true
* item[+].linkId = "arki"
* item[=].text = "Kaipaatko apua arjen sujumiseen?"
* item[=].type = #boolean

Instance: kysely-tilanne
InstanceOf: FiSocialQuestionnaire
Usage: #example
Title: "Description of the situation"
Description: "Tilanteen kuvaus"
* url = "https://ajanvaraus.example/fhir/Questionnaire/kysely-tilanne"
* name = "Tilanne"
* title = "Kerro tilanteestasi"
* status = #active
* code = https://ajanvaraus.example/fhir/CodeSystem/questionnaire-kind#situation
* item[+].linkId = "kuvaus"
* item[=].text = "Mistä haluat puhua?"
* item[=].type = #text

Instance: kysely-valmistautuminen
InstanceOf: FiSocialQuestionnaire
Usage: #example
Title: "Preparation"
Description: "Tapaamiseen valmistautuminen"
* url = "https://ajanvaraus.example/fhir/Questionnaire/kysely-valmistautuminen"
* name = "Valmistautuminen"
* title = "Ennen tapaamista"
* status = #active
* code = https://ajanvaraus.example/fhir/CodeSystem/questionnaire-kind#preparation
* item[+].linkId = "tulkki"
* item[=].text = "Tarvitsetko tulkkia?"
* item[=].type = #boolean

Instance: vastaukset-tilanne
InstanceOf: FiSocialQuestionnaireResponse
Usage: #example
Title: "Aino describes her situation"
Description: "Aino kuvaa tilanteensa"
* questionnaire = "https://ajanvaraus.example/fhir/Questionnaire/kysely-tilanne"
* status = #completed
* subject = Reference(asiakas-aino)
* authored = "2026-11-23T20:15:00+02:00"
* item[+].linkId = "kuvaus"
* item[=].answer.valueString = "Erosimme syksyllä ja arki on raskasta."

Instance: vastaukset-kartoitin
InstanceOf: FiSocialQuestionnaireResponse
Usage: #example
Title: "An anonymous needs mapping"
Description: "Nimetön kartoitus"
* questionnaire = "https://ajanvaraus.example/fhir/Questionnaire/kysely-kartoitin"
* status = #completed
* authored = "2026-11-22T21:00:00+02:00"
* item[+].linkId = "lapsia"
* item[=].answer.valueBoolean = true
* item[+].linkId = "arki"
* item[=].answer.valueBoolean = true

Instance: kartoitin-perhe
InstanceOf: FiSocialNeedsMapper
Usage: #example
Title: "Needs mapper: rules"
Description: "Lapsiperheen kartoittimen säännöt"
* url = "https://ajanvaraus.example/fhir/PlanDefinition/kartoitin-perhe"
* name = "KartoitinPerhe"
* title = "Lapsiperheen kartoitin"
* status = #active
* action[+].title = "Perhetyö"
* action[=].textEquivalent = "Varaa aika perhetyöhön."
* action[=].condition.kind = #applicability
* action[=].condition.expression.language = #text/fhirpath
* action[=].condition.expression.expression = "%resource.item.where(linkId = 'arki').answer.value = true"
* action[=].extension[service].valueReference = Reference(palvelu-perhetyo)
* action[+].title = "Sosiaaliohjaus"
* action[=].textEquivalent = "Varaa neuvonta-aika."
* action[=].condition.kind = #applicability
* action[=].condition.expression.language = #text/fhirpath
* action[=].condition.expression.expression = "%resource.item.where(linkId = 'lapsia').answer.value = true"
* action[=].extension[service].valueReference = Reference(palvelu-sosiaaliohjaus)

Instance: kartoitin-vertaistuki
InstanceOf: FiSocialNeedsMapper
Usage: #example
Title: "Needs mapper with one rule"
Description: "Vertaistuen kartoitin"
* url = "https://ajanvaraus.example/fhir/PlanDefinition/kartoitin-vertaistuki"
* name = "KartoitinVertaistuki"
* title = "Vertaistuen kartoitin"
* status = #draft
* action[+].title = "Vertaistuki"
* action[=].textEquivalent = "Tule ryhmään."
* action[=].condition.kind = #applicability
* action[=].condition.expression.language = #text/fhirpath
* action[=].condition.expression.expression = "%resource.item.where(linkId = 'lapsia').answer.value = true"
* action[=].extension[service].valueReference = Reference(palvelu-vertaistuki)
