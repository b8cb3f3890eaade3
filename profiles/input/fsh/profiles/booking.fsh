// The right to book, what is said about a booking, and the questions around it.

Invariant: fse-1
Description: "An entitlement allows a whole number of bookings, one at least."
Severity: #error
Expression: "quantity.empty() or (quantity.value >= 1 and quantity.value = quantity.value.truncate())"

Profile: FiSocialEntitlement
Parent: ServiceRequest
Id: fi-social-entitlement
Title: "Booking entitlement"
Description: "A right that a professional grants to a client to book times of a service within a period (varausoikeus)."
* insert InFinnish([[Varausoikeus]], [[Oikeus, jonka ammattilainen antaa asiakkaalle varata palvelun aikoja tiettynä aikana.]])
* obeys fse-1
* extension contains EntitlementStatus named state 0..1
* insert Note(status, [[active while it may be used]], [[active, kun oikeutta voi käyttää]])
* intent = #order
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains entitlement 1..1
* category[entitlement] = https://ajanvaraus.example/fhir/CodeSystem/service-request-category#entitlement
* insert Note(category[entitlement], [[Says that it is an entitlement]], [[Kertoo, että kyse on varausoikeudesta]])
* insert Note(code, [[The social service]], [[Sosiaalipalvelu]])
* code from SocialService (extensible)
* subject only Reference(Patient or Group)
* insert Note(subject, [[Who may book: a client, or a Group of clients]], [[Kuka saa varata: asiakas tai asiakkaiden ryhmä]])
* occurrence[x] only Period
* insert Note(occurrence[x], [[When the booked times may be]], [[Milloin varattavat ajat voivat olla]])
* quantity[x] only Quantity
* insert Note(quantity[x], [[How many bookings]], [[Montako varausta]])
* insert Note(requester, [[Who granted it]], [[Kuka oikeuden antoi]])
* requester 1..1
* insert Note(performer, [[With whom; anybody of the service without it]], [[Kenen luo; ilman tätä kenen tahansa]])
* insert Note(authoredOn, [[When it was granted]], [[Milloin oikeus annettiin]])

Invariant: fsr-1
Description: "A message to be sent is about an appointment or has a text of its own."
Severity: #error
Expression: "about.exists() or payload.exists()"

Profile: FiSocialCommunicationRequest
Parent: CommunicationRequest
Id: fi-social-communication-request
Title: "Message to be sent"
Description: "A reminder, confirmation or other message that is due."
* insert InFinnish([[Lähetettävä viesti]], [[Muistutus, vahvistus tai muu viesti, joka on lähdössä.]])
* obeys fsr-1
* insert Note(status, [[active until it is sent]], [[active, kunnes viesti on lähetetty]])
* insert Note(category, [[Why it is sent]], [[Miksi viesti lähetetään]])
* category 1..1
* category from ReminderKind (required)
* insert Note(medium, [[By which channel]], [[Mitä kanavaa]])
* medium 1..*
* medium from ReminderChannel (required)
* insert Note(about, [[The appointment]], [[Ajanvaraus]])
* occurrence[x] only dateTime
* insert Note(occurrence[x], [[When it is due]], [[Milloin viesti lähtee]])
* occurrence[x] 1..1
* insert Note(recipient, [[To whom]], [[Kenelle]])
* recipient 1..*

Profile: FiSocialCommunication
Parent: Communication
Id: fi-social-communication
Title: "Message that was sent"
Description: "What was sent to whom, when and how. It names no service and no address unless the client has allowed it."
* insert InFinnish([[Lähetetty viesti]], [[Mitä lähetettiin kenelle, milloin ja miten. Viesti ei nimeä palvelua eikä osoitetta, ellei asiakas ole sitä sallinut.]])
* insert Note(status, [[completed when sent, not-done when it could not be]], [[completed, kun lähetetty; not-done, kun ei voitu]])
* insert Note(basedOn, [[The message that was due]], [[Lähetettävä viesti]])
* insert Note(category, [[Why it was sent]], [[Miksi viesti lähetettiin]])
* category 1..1
* category from ReminderKind (required)
* insert Note(medium, [[By which channel]], [[Mitä kanavaa]])
* medium 1..*
* medium from ReminderChannel (required)
* insert Note(about, [[The appointment]], [[Ajanvaraus]])
* insert Note(sent, [[When]], [[Milloin]])
* insert Note(recipient, [[To whom]], [[Kenelle]])
* recipient 1..*
* insert Note(payload, [[The text as it was sent]], [[Teksti sellaisena kuin se lähetettiin]])

Profile: FiSocialAppointmentResponse
Parent: AppointmentResponse
Id: fi-social-appointment-response
Title: "Answer to an appointment"
Description: "A client, professional or additional service accepts or declines."
* insert InFinnish([[Vastaus ajanvaraukseen]], [[Asiakas, ammattilainen tai lisäpalvelu hyväksyy tai torjuu.]])
* insert Note(appointment, [[The appointment]], [[Ajanvaraus]])
* insert Note(actor, [[Whose answer]], [[Kenen vastaus]])
* actor 1..1
* insert Note(participantStatus, [[The answer]], [[Vastaus]])
* insert Note(comment, [[Why, or what would suit better]], [[Miksi, tai mikä sopisi paremmin]])

Profile: FiSocialQuestionnaire
Parent: Questionnaire
Id: fi-social-questionnaire
Title: "Questionnaire"
Description: "A needs mapper (kartoitin), a description of the client's situation, or preparation for a meeting."
* insert InFinnish([[Kysely]], [[Palvelutarpeen kartoitin, tilanteen kuvaus tai tapaamiseen valmistautuminen.]])
* insert Note(url, [[Address by which answers name it]], [[Osoite, jolla vastaukset siihen viittaavat]])
* url 1..1
* insert Note(title, [[Title that clients see]], [[Asiakkaalle näkyvä otsikko]])
* title 1..1
* insert Note(code, [[What it is for]], [[Mitä varten]])
* code 1..*
* code from QuestionnaireKind (required)
* insert Note(item, [[The questions]], [[Kysymykset]])
* item 1..*

Profile: FiSocialQuestionnaireResponse
Parent: QuestionnaireResponse
Id: fi-social-questionnaire-response
Title: "Answers"
Description: "What a client has answered. A needs mapper is answered without login and has no subject."
* insert InFinnish([[Vastaukset]], [[Asiakkaan vastaukset. Kartoittimeen vastataan kirjautumatta, eikä siinä ole henkilöä.]])
* insert Note(questionnaire, [[Which questions]], [[Mihin kyselyyn]])
* questionnaire 1..1
* insert Note(subject, [[Whose situation]], [[Kenen tilanne]])
* insert Note(authored, [[When]], [[Milloin]])
* authored 1..1
* insert Note(item, [[The answers]], [[Vastaukset]])
* item 1..*

Invariant: fsn-1
Description: "A condition is an expression in FHIRPath."
Severity: #error
Expression: "condition.expression.language.all($this = 'text/fhirpath')"

Profile: FiSocialNeedsMapper
Parent: PlanDefinition
Id: fi-social-needs-mapper
Title: "Needs mapper"
Description: "Rules that lead from answers to recommended services (kartoitin)."
* insert InFinnish([[Palvelutarpeen kartoitin]], [[Säännöt, jotka johtavat vastauksista suositeltuihin palveluihin.]])
* insert Note(url, [[Address]], [[Osoite]])
* url 1..1
* insert Note(title, [[Title]], [[Otsikko]])
* title 1..1
* insert Note(action, [[A rule: when its condition holds the service is recommended]], [[Sääntö: kun ehto täyttyy, palvelua suositellaan]])
* action 1..*
* action obeys fsn-1
* action.extension contains RecommendedService named service 1..1
* action.condition 1..*
* insert Note(action.textEquivalent, [[Instruction that clients see]], [[Asiakkaalle näkyvä ohje]])
