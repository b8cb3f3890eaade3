// Customer guidance, acting on behalf, statistics, and the trail of what was done.

Profile: FiSocialTask
Parent: Task
Id: fi-social-task
Title: "Task for a client"
Description: "Something that is to be done for a client: a guidance task, or a place in a queue."
* insert InFinnish([[Asiakkaan hyväksi tehtävä työ]], [[Ohjaustehtävä tai paikka jonossa.]])
* code 1..1
* code from TaskKind (required)
* insert Note(code, [[Guidance or waiting]], [[Ohjaus tai jono]])
* insert Note(status, [[How far it is]], [[Missä vaiheessa]])
* insert Note(for, [[The client]], [[Asiakas]])
* insert Note(authoredOn, [[Since when]], [[Mistä lähtien]])
* authoredOn 1..1
* insert Note(owner, [[Who sees to it]], [[Kuka hoitaa]])

Profile: FiSocialGuidanceTask
Parent: FiSocialTask
Id: fi-social-guidance-task
Title: "Guidance task"
Description: "Customer guidance is to see to a client's matter."
* insert InFinnish([[Ohjaustehtävä]], [[Asiakasohjaus hoitaa asiakkaan asiaa.]])
* code = https://ajanvaraus.example/fhir/CodeSystem/task-kind#guidance
* owner 1..1
* description 1..1 MS

Profile: FiSocialWaitingTask
Parent: FiSocialTask
Id: fi-social-waiting-task
Title: "Place in a queue"
Description: "A client waits for a time; the focus is the appointment with the status waitlist."
* insert InFinnish([[Jonopaikka]], [[Asiakas odottaa aikaa; focus on waitlist-tilassa oleva ajanvaraus.]])
* code = https://ajanvaraus.example/fhir/CodeSystem/task-kind#waiting
* for 1..1
* focus 1..1 MS
* focus only Reference(Appointment)

Profile: FiSocialGuidanceEncounter
Parent: Encounter
Id: fi-social-guidance-encounter
Title: "Guidance contact"
Description: "A contact of a client with customer guidance, and how it ended."
* insert InFinnish([[Ohjauskontakti]], [[Asiakkaan yhteydenotto asiakasohjaukseen ja sen tulos.]])
* extension contains EncounterOutcome named outcome 1..1
* insert Note(extension[outcome], [[How it ended]], [[Miten yhteydenotto päättyi]])
* insert Note(type, [[What kind of contact]], [[Millainen yhteydenotto]])
* type 1..*
* type from GuidanceContact (required)
* insert Note(period, [[When]], [[Milloin]])
* period 1..1
* insert Note(reasonCode, [[What it was about]], [[Mitä asia koski]])
* insert Note(appointment, [[The appointment that was booked]], [[Varattu aika]])
* insert Note(serviceProvider, [[The unit]], [[Yksikkö]])
* serviceProvider 1..1
* insert Note(subject, [[The client; none where nobody gave a name]], [[Asiakas; ei ole, jos nimeä ei kerrottu]])

Profile: FiSocialActingConsent
Parent: Consent
Id: fi-social-acting-consent
Title: "Right to act on behalf"
Description: "Who may act for a client, on what basis and until when (puolesta-asiointi)."
* insert InFinnish([[Puolesta-asioinnin oikeus]], [[Kuka saa asioida asiakkaan puolesta, millä perusteella ja mihin asti.]])
* insert Note(status, [[active while it is in force]], [[active, kun voimassa]])
* insert Note(category, [[The basis]], [[Peruste]])
* category from ActingBasis (required)
* insert Note(patient, [[The client]], [[Asiakas]])
* patient 1..1
* insert Note(provision, [[Who may, and until when]], [[Kuka saa ja mihin asti]])
* provision 1..1
* provision.actor 1..*
* insert Note(provision.period, [[From when to when]], [[Voimassaoloaika]])

Profile: FiSocialMeasure
Parent: Measure
Id: fi-social-measure
Title: "Statistic"
Description: "What is counted of bookings, and how."
* insert InFinnish([[Tunnusluku]], [[Mitä varauksista lasketaan ja miten.]])
* insert Note(url, [[Address]], [[Osoite]])
* url 1..1
* insert Note(title, [[Title]], [[Otsikko]])
* title 1..1
* insert Note(group, [[What is counted]], [[Mitä lasketaan]])
* group 1..*
* group.code 1..1
* group.code from Statistic (required)

Profile: FiSocialMeasureReport
Parent: MeasureReport
Id: fi-social-measure-report
Title: "Figures"
Description: "The figures of a statistic over a period. Sums only: nobody is named."
* insert InFinnish([[Luvut]], [[Tunnusluvun arvot ajanjaksolta. Vain summia: ketään ei nimetä.]])
* type = #summary
* subject 0..0
* insert Note(measure, [[What was counted]], [[Mitä laskettiin]])
* insert Note(period, [[Over which period]], [[Miltä ajalta]])
* insert Note(reporter, [[Of which county or unit]], [[Minkä alueen tai yksikön]])
* reporter 1..1
* insert Note(group, [[The figures]], [[Luvut]])
* group 1..*
* group.code 1..1
* group.code from Statistic (required)

Profile: FiSocialAuditEvent
Parent: AuditEvent
Id: fi-social-audit-event
Title: "Audit event"
Description: "Who did what to whose data, when. Names people by reference. As IHE BALP has it."
* insert InFinnish([[Lokimerkintä]], [[Kuka teki mitä kenenkin tiedoille ja milloin. Viittaa ihmisiin nimiä kertomatta. IHE BALP:n mukainen.]])
* insert Note(type, [[What kind of event]], [[Tapahtuman laji]])
* insert Note(subtype, [[Which interaction]], [[Mikä toiminto]])
* subtype 1..*
* insert Note(action, [[Create, read, update, delete or execute]], [[Luonti, luku, muutos, poisto tai suoritus]])
* action 1..1
* insert Note(recorded, [[When]], [[Milloin]])
* insert Note(outcome, [[Whether it succeeded]], [[Onnistuiko]])
* outcome 1..1
* insert Note(agent, [[Who]], [[Kuka]])
* agent.who 1..1
* agent.extension contains AuditUnit named unit 0..* and AuditActsFor named actsFor 0..1
* insert Note(entity, [[What was touched, of which client, and by what search]], [[Mihin ja kenen tietoihin kohdistui ja millä haulla]])
* entity.name 0..0

Profile: FiSocialProvenance
Parent: Provenance
Id: fi-social-provenance
Title: "Provenance"
Description: "Who made or changed a booking, on whose behalf, and why."
* insert InFinnish([[Alkuperä]], [[Kuka teki tai muutti varauksen, kenen puolesta ja miksi.]])
* insert Note(target, [[What was made or changed, with its version]], [[Mitä tehtiin tai muutettiin, versioineen]])
* insert Note(recorded, [[When]], [[Milloin]])
* insert Note(activity, [[What was done]], [[Mitä tehtiin]])
* activity 1..1
* insert Note(agent, [[Who]], [[Kuka]])
* insert Note(agent.onBehalfOf, [[For whom]], [[Kenen puolesta]])
* insert Note(reason, [[Why]], [[Miksi]])

Invariant: fsb-1
Description: "A subscriber is told over https."
Severity: #error
Expression: "endpoint.startsWith('https://')"

Profile: FiSocialSubscription
Parent: Subscription
Id: fi-social-subscription
Title: "Subscription to changes"
Description: "A system that is told of changes of calendars and bookings. What is sent has no content unless a payload is asked for."
* insert InFinnish([[Muutosten tilaus]], [[Järjestelmä, jolle kerrotaan kalenterien ja varausten muutoksista. Viestissä ei ole sisältöä, ellei sitä pyydetä.]])
* insert Note(status, [[requested until the server turns it on]], [[requested, kunnes palvelin ottaa tilauksen käyttöön]])
* insert Note(reason, [[Why]], [[Miksi]])
* insert Note(criteria, [[A search of what is followed]], [[Haku, jonka muutoksia seurataan]])
* insert Note(end, [[Until when]], [[Mihin asti]])
* end 1..1
* channel.type = #rest-hook
* channel.endpoint 1..1
* channel obeys fsb-1
* insert Note(channel, [[Where to tell]], [[Mihin kerrotaan]])
