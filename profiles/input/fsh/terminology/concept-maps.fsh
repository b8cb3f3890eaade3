// Maps to national and R4 codes: only where the national code is known.

RuleSet: Head(id, type)
* id = "{id}"
* url = "https://ajanvaraus.example/fhir/{type}/{id}"
* name = "{id}"
* status = #active

// On an element of an instance: the same in Finnish.
RuleSet: Translated(text)
* extension[+].url = "http://hl7.org/fhir/StructureDefinition/translation"
* extension[=].extension[0].url = "lang"
* extension[=].extension[0].valueCode = #fi
* extension[=].extension[1].url = "content"
* extension[=].extension[1].valueString = "{text}"

Instance: AppointmentStateToStatus
InstanceOf: ConceptMap
Usage: #definition
* insert Head(AppointmentStateToStatus, ConceptMap)
* title = "National appointment state to R4 status"
* title insert Translated([[Ajanvarauksen tila R4-statukseksi]])
* description = "As the maps of HL7 Finland have it, with the OID as the source system."
* description insert Translated([[Kuten HL7 Finlandin kuvauksissa, lähdekoodistona OID.]])
* sourceUri = "https://ajanvaraus.example/fhir/ValueSet/ajanvarauksen-tila"
* targetUri = "http://hl7.org/fhir/ValueSet/appointmentstatus"
* group[+].source = "urn:oid:1.2.246.537.6.881"
* group[=].target = "http://hl7.org/fhir/appointmentstatus"
* group[=].element[+].code = #1
* group[=].element[=].display = "Suunniteltu"
* group[=].element[=].target[+].code = #waitlist
* group[=].element[=].target[=].equivalence = #equivalent
* group[=].element[+].code = #2
* group[=].element[=].display = "Tilattu"
* group[=].element[=].target[+].code = #proposed
* group[=].element[=].target[=].equivalence = #equivalent
* group[=].element[+].code = #3
* group[=].element[=].display = "Varattu"
* group[=].element[=].target[+].code = #booked
* group[=].element[=].target[=].equivalence = #equal
* group[=].element[+].code = #4
* group[=].element[=].display = "Peruttu"
* group[=].element[=].target[+].code = #cancelled
* group[=].element[=].target[=].equivalence = #equal
* group[=].element[+].code = #5
* group[=].element[=].display = "Siirretty"
* group[=].element[=].target[+].code = #cancelled
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #6
* group[=].element[=].display = "Alkanut"
* group[=].element[=].target[+].code = #fulfilled
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #7
* group[=].element[=].display = "Toteutunut"
* group[=].element[=].target[+].code = #fulfilled
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #8
* group[=].element[=].display = "Ehdotettu"
* group[=].element[=].target[+].code = #pending
* group[=].element[=].target[=].equivalence = #equal
* group[=].element[+].code = #9
* group[=].element[=].display = "Saapumatta"
* group[=].element[=].target[+].code = #noshow
* group[=].element[=].target[=].equivalence = #equal
* group[=].element[+].code = #10
* group[=].element[=].display = "Ilmoittautunut"
* group[=].element[=].target[+].code = #checked-in
* group[=].element[=].target[=].equivalence = #equal

Instance: StatusToAppointmentState
InstanceOf: ConceptMap
Usage: #definition
* insert Head(StatusToAppointmentState, ConceptMap)
* title = "R4 status to national appointment state"
* title insert Translated([[R4-status ajanvarauksen tilaksi]])
* description = "Where a status has several, the usual one stands first."
* description insert Translated([[Jos statuksella on monta, tavallisin on ensimmäisenä.]])
* sourceUri = "http://hl7.org/fhir/ValueSet/appointmentstatus"
* targetUri = "https://ajanvaraus.example/fhir/ValueSet/ajanvarauksen-tila"
* group[+].source = "http://hl7.org/fhir/appointmentstatus"
* group[=].target = "urn:oid:1.2.246.537.6.881"
* group[=].element[+].code = #waitlist
* group[=].element[=].target[+].code = #1
* group[=].element[=].target[=].display = "Suunniteltu"
* group[=].element[=].target[=].equivalence = #equivalent
* group[=].element[+].code = #proposed
* group[=].element[=].target[+].code = #2
* group[=].element[=].target[=].display = "Tilattu"
* group[=].element[=].target[=].equivalence = #equivalent
* group[=].element[+].code = #pending
* group[=].element[=].target[+].code = #8
* group[=].element[=].target[=].display = "Ehdotettu"
* group[=].element[=].target[=].equivalence = #equal
* group[=].element[+].code = #booked
* group[=].element[=].target[+].code = #3
* group[=].element[=].target[=].display = "Varattu"
* group[=].element[=].target[=].equivalence = #equal
* group[=].element[+].code = #arrived
* group[=].element[=].target[+].code = #3
* group[=].element[=].target[=].display = "Varattu"
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[=].target[=].comment = "Has no national code of its own."
* group[=].element[=].target[+].code = #6
* group[=].element[=].target[=].display = "Alkanut"
* group[=].element[=].target[=].equivalence = #inexact
* group[=].element[=].target[=].comment = "When the meeting begins as the client arrives."
* group[=].element[+].code = #checked-in
* group[=].element[=].target[+].code = #10
* group[=].element[=].target[=].display = "Ilmoittautunut"
* group[=].element[=].target[=].equivalence = #equal
* group[=].element[+].code = #fulfilled
* group[=].element[=].target[+].code = #7
* group[=].element[=].target[=].display = "Toteutunut"
* group[=].element[=].target[=].equivalence = #narrower
* group[=].element[=].target[=].comment = "R4 has one status for a meeting that has begun and one that took place."
* group[=].element[=].target[+].code = #6
* group[=].element[=].target[=].display = "Alkanut"
* group[=].element[=].target[=].equivalence = #narrower
* group[=].element[=].target[=].comment = "R4 has one status for a meeting that has begun and one that took place."
* group[=].element[+].code = #cancelled
* group[=].element[=].target[+].code = #4
* group[=].element[=].target[=].display = "Peruttu"
* group[=].element[=].target[=].equivalence = #equal
* group[=].element[+].code = #noshow
* group[=].element[=].target[+].code = #9
* group[=].element[=].target[=].display = "Saapumatta"
* group[=].element[=].target[=].equivalence = #equal
* group[=].element[+].code = #entered-in-error
* group[=].element[=].target[+].equivalence = #disjoint
* group[=].element[=].target[=].comment = "Has no national code."

Instance: SocialServiceToNational
InstanceOf: ConceptMap
Usage: #definition
* insert Head(SocialServiceToNational, ConceptMap)
* title = "Social service to national codes"
* title insert Translated([[Sosiaalipalvelu kansallisiksi koodeiksi]])
* description = "Only where the national code is known here."
* description insert Translated([[Vain siltä osin kuin kansallinen koodi tunnetaan.]])
* group[+].source = "https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu"
* group[=].target = "urn:oid:1.2.246.537.6.1222"
* group[=].element[+].code = #vanhemmuuden-selvittaminen
* group[=].element[=].display = "Vanhemmuuden selvittäminen"
* group[=].element[=].target[+].code = #82
* group[=].element[=].target[=].display = "Vanhemmuuden selvittäminen"
* group[=].element[=].target[=].equivalence = #equal
* group[+].source = "https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu"
* group[=].target = "urn:oid:1.2.246.537.6.49"
* group[=].element[+].code = #isyyden-selvittaminen
* group[=].element[=].display = "Isyyden selvittäminen"
* group[=].element[=].target[+].code = #NC
* group[=].element[=].target[=].display = "Isyyden selvittämispalvelu"
* group[=].element[=].target[=].equivalence = #equivalent
* group[+].source = "https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu"
* group[=].target = "urn:oid:1.2.246.537.6.50"
* group[=].element[+].code = #isyyden-selvittaminen
* group[=].element[=].display = "Isyyden selvittäminen"
* group[=].element[=].target[+].code = #SOTE19.2
* group[=].element[=].target[=].display = "Isyyden selvittäminen"
* group[=].element[=].target[=].equivalence = #equivalent

Instance: ServiceTaskToNational
InstanceOf: ConceptMap
Usage: #definition
* insert Head(ServiceTaskToNational, ConceptMap)
* title = "Service task to national codes"
* title insert Translated([[Palvelutehtävä kansallisiksi koodeiksi]])
* description = "Only where the national code is known here: none of 1.2.246.537.6.1221 is."
* description insert Translated([[Vain siltä osin kuin kansallinen koodi tunnetaan: koodistosta 1.2.246.537.6.1221 ei yhtään.]])
* group[+].source = "https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava"
* group[=].target = "urn:oid:1.2.246.537.6.50"
* group[=].element[+].code = #perheoikeudelliset-palvelut
* group[=].element[=].display = "Perheoikeudelliset palvelut"
* group[=].element[=].target[+].code = #SOTE19
* group[=].element[=].target[=].display = "Perheoikeudelliset palvelut"
* group[=].element[=].target[=].equivalence = #equivalent

Instance: EntitlementStateToStatus
InstanceOf: ConceptMap
Usage: #definition
* insert Head(EntitlementStateToStatus, ConceptMap)
* title = "State of an entitlement to request status"
* title insert Translated([[Varausoikeuden tila pyynnön statukseksi]])
* description = "The status of the ServiceRequest that is an entitlement."
* description insert Translated([[Varausoikeutena olevan ServiceRequestin status.]])
* group[+].source = "https://ajanvaraus.example/fhir/CodeSystem/entitlement-state"
* group[=].target = "http://hl7.org/fhir/request-status"
* group[=].element[+].code = #planned
* group[=].element[=].target[+].code = #draft
* group[=].element[=].target[=].equivalence = #equivalent
* group[=].element[+].code = #valid
* group[=].element[=].target[+].code = #active
* group[=].element[=].target[=].equivalence = #equivalent
* group[=].element[+].code = #suspended
* group[=].element[=].target[+].code = #on-hold
* group[=].element[=].target[=].equivalence = #equivalent
* group[=].element[+].code = #used
* group[=].element[=].target[+].code = #completed
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #ended
* group[=].element[=].target[+].code = #completed
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #revoked
* group[=].element[=].target[+].code = #revoked
* group[=].element[=].target[=].equivalence = #equal

Instance: HoldStateToStatus
InstanceOf: ConceptMap
Usage: #definition
* insert Head(HoldStateToStatus, ConceptMap)
* title = "State of a hold to appointment status"
* title insert Translated([[Varauksen pidon tila ajanvarauksen statukseksi]])
* description = "The status of the Appointment that holds the time."
* description insert Translated([[Aikaa pitävän Appointmentin status.]])
* group[+].source = "https://ajanvaraus.example/fhir/CodeSystem/hold-state"
* group[=].target = "http://hl7.org/fhir/appointmentstatus"
* group[=].element[+].code = #held
* group[=].element[=].target[+].code = #pending
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #confirmed
* group[=].element[=].target[+].code = #booked
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #released
* group[=].element[=].target[+].code = #cancelled
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #expired
* group[=].element[=].target[+].code = #cancelled
* group[=].element[=].target[=].equivalence = #wider

Instance: TimeTypeToContactMode
InstanceOf: ConceptMap
Usage: #definition
* insert Head(TimeTypeToContactMode, ConceptMap)
* title = "Time type to contact mode"
* title insert Translated([[Aikatyyppi yhteystavaksi]])
* description = "The contact mode that a time type usually has."
* description insert Translated([[Aikatyypin tavallinen yhteystapa.]])
* group[+].source = "https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi"
* group[=].target = "https://ajanvaraus.example/fhir/CodeSystem/yhteystapa"
* group[=].element[+].code = #asiakasneuvottelu
* group[=].element[=].target[+].code = #office
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #asiakasneuvottelu-etayhteydella
* group[=].element[=].target[+].code = #video
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #asiakastapaaminen-etayhteydella
* group[=].element[=].target[+].code = #video
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #asiakastapaaminen-muualla
* group[=].element[=].target[+].code = #home
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #asiakastapaaminen-toimistolla
* group[=].element[=].target[+].code = #office
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #lapset-puheeksi-menetelma
* group[=].element[=].target[+].code = #office
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #muualla-asiakastyossa
* group[=].element[=].target[+].code = #home
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #olosuhdeselvitys
* group[=].element[=].target[+].code = #home
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #puhelinaika
* group[=].element[=].target[+].code = #phone
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #puhelu
* group[=].element[=].target[+].code = #phone
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #ryhmatoiminta
* group[=].element[=].target[+].code = #office
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #ryhmatoiminta-jalkautuvat-tyo
* group[=].element[=].target[+].code = #home
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #sahkoinen-asiointi
* group[=].element[=].target[+].code = #video
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #tuettu-valvottu-tapaaminen
* group[=].element[=].target[+].code = #office
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #tuettu-valvottu-vaihto
* group[=].element[=].target[+].code = #office
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #typ-tapaaminen
* group[=].element[=].target[+].code = #office
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #viranomaisneuvottelu
* group[=].element[=].target[+].code = #office
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #neuvonta-aika
* group[=].element[=].target[+].code = #phone
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #eroaika
* group[=].element[=].target[+].code = #office
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #elatussopimuksen-jatkoaika
* group[=].element[=].target[+].code = #office
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #elatussopimuksen-muutosaika
* group[=].element[=].target[+].code = #office
* group[=].element[=].target[=].equivalence = #wider
* group[=].element[+].code = #henkilokohtaisen-avun-tyonantajan-infoaika
* group[=].element[=].target[+].code = #office
* group[=].element[=].target[=].equivalence = #wider
