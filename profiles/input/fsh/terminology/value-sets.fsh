// Value sets over our code systems; a coding of a national system may always stand beside one of ours.

RuleSet: AllOf(system)
* include codes from system {system}

ValueSet: ServiceTask
Id: service-task
Title: "Service tasks"
Description: "All codes of the code system ServiceTaskCodes."
* insert InFinnish([[Palvelutehtävät]], [[Koodiston ServiceTaskCodes kaikki koodit.]])
* insert AllOf(ServiceTaskCodes)

ValueSet: SocialService
Id: social-service
Title: "Social services"
Description: "All codes of the code system SocialServiceCodes."
* insert InFinnish([[Sosiaalipalvelut]], [[Koodiston SocialServiceCodes kaikki koodit.]])
* insert AllOf(SocialServiceCodes)

ValueSet: TimeType
Id: time-type
Title: "Time types"
Description: "All codes of the code system TimeTypeCodes."
* insert InFinnish([[Aikatyypit]], [[Koodiston TimeTypeCodes kaikki koodit.]])
* insert AllOf(TimeTypeCodes)

ValueSet: ContactMode
Id: contact-mode
Title: "Contact modes"
Description: "All codes of the code system ContactModeCodes."
* insert InFinnish([[Yhteystavat]], [[Koodiston ContactModeCodes kaikki koodit.]])
* insert AllOf(ContactModeCodes)

ValueSet: Audience
Id: audience
Title: "Audiences"
Description: "All codes of the code system AudienceCodes."
* insert InFinnish([[Kohderyhmät]], [[Koodiston AudienceCodes kaikki koodit.]])
* insert AllOf(AudienceCodes)

ValueSet: CancellationReason
Id: cancelation-reason
Title: "Reasons of cancellation"
Description: "All codes of the code system CancellationReasonCodes."
* insert InFinnish([[Peruutuksen syyt]], [[Koodiston CancellationReasonCodes kaikki koodit.]])
* insert AllOf(CancellationReasonCodes)

ValueSet: CancelledBy
Id: cancelled-by
Title: "Who cancelled"
Description: "All codes of the code system CancelledByCodes."
* insert InFinnish([[Kuka perui]], [[Koodiston CancelledByCodes kaikki koodit.]])
* insert AllOf(CancelledByCodes)

ValueSet: AdditionalService
Id: additional-service
Title: "Additional services"
Description: "All codes of the code system AdditionalServiceCodes."
* insert InFinnish([[Lisäpalvelut]], [[Koodiston AdditionalServiceCodes kaikki koodit.]])
* insert AllOf(AdditionalServiceCodes)

ValueSet: AbsenceKind
Id: absence-kind
Title: "Kinds of absence"
Description: "All codes of the code system AbsenceKindCodes."
* insert InFinnish([[Poissaolon lajit]], [[Koodiston AbsenceKindCodes kaikki koodit.]])
* insert AllOf(AbsenceKindCodes)

ValueSet: FinnishHoliday
Id: finnish-holiday
Title: "Finnish holidays"
Description: "All codes of the code system FinnishHolidayCodes."
* insert InFinnish([[Suomen pyhät]], [[Koodiston FinnishHolidayCodes kaikki koodit.]])
* insert AllOf(FinnishHolidayCodes)

ValueSet: CalendarOpenness
Id: calendar-openness
Title: "Openness of calendars"
Description: "All codes of the code system CalendarOpennessCodes."
* insert InFinnish([[Kalenterin avoimuus]], [[Koodiston CalendarOpennessCodes kaikki koodit.]])
* insert AllOf(CalendarOpennessCodes)

ValueSet: EntitlementState
Id: entitlement-state
Title: "States of an entitlement"
Description: "All codes of the code system EntitlementStateCodes."
* insert InFinnish([[Varausoikeuden tilat]], [[Koodiston EntitlementStateCodes kaikki koodit.]])
* insert AllOf(EntitlementStateCodes)

ValueSet: HoldState
Id: hold-state
Title: "States of a hold"
Description: "All codes of the code system HoldStateCodes."
* insert InFinnish([[Varauksen pidon tilat]], [[Koodiston HoldStateCodes kaikki koodit.]])
* insert AllOf(HoldStateCodes)

ValueSet: ReminderKind
Id: reminder-kind
Title: "Kinds of messages"
Description: "All codes of the code system ReminderKindCodes."
* insert InFinnish([[Viestin lajit]], [[Koodiston ReminderKindCodes kaikki koodit.]])
* insert AllOf(ReminderKindCodes)

ValueSet: ReminderChannel
Id: reminder-channel
Title: "Channels of messages"
Description: "All codes of the code system ReminderChannelCodes."
* insert InFinnish([[Viestin kanavat]], [[Koodiston ReminderChannelCodes kaikki koodit.]])
* insert AllOf(ReminderChannelCodes)

ValueSet: GuidanceContact
Id: guidance-contact
Title: "Guidance contacts"
Description: "All codes of the code system GuidanceContactCodes."
* insert InFinnish([[Ohjauskontaktit]], [[Koodiston GuidanceContactCodes kaikki koodit.]])
* insert AllOf(GuidanceContactCodes)

ValueSet: GuidanceOutcome
Id: guidance-outcome
Title: "Outcomes of guidance"
Description: "All codes of the code system GuidanceOutcomeCodes."
* insert InFinnish([[Ohjauksen tulokset]], [[Koodiston GuidanceOutcomeCodes kaikki koodit.]])
* insert AllOf(GuidanceOutcomeCodes)

ValueSet: TaskKind
Id: task-kind
Title: "Kinds of tasks"
Description: "All codes of the code system TaskKindCodes."
* insert InFinnish([[Tehtävän lajit]], [[Koodiston TaskKindCodes kaikki koodit.]])
* insert AllOf(TaskKindCodes)

ValueSet: QuestionnaireKind
Id: questionnaire-kind
Title: "Kinds of questionnaires"
Description: "All codes of the code system QuestionnaireKindCodes."
* insert InFinnish([[Kyselyn lajit]], [[Koodiston QuestionnaireKindCodes kaikki koodit.]])
* insert AllOf(QuestionnaireKindCodes)

ValueSet: ActingBasis
Id: acting-basis
Title: "Bases of acting on behalf"
Description: "All codes of the code system ActingBasisCodes."
* insert InFinnish([[Puolesta-asioinnin perusteet]], [[Koodiston ActingBasisCodes kaikki koodit.]])
* insert AllOf(ActingBasisCodes)

ValueSet: Statistic
Id: statistic
Title: "Statistics"
Description: "All codes of the code system StatisticCodes."
* insert InFinnish([[Tunnusluvut]], [[Koodiston StatisticCodes kaikki koodit.]])
* insert AllOf(StatisticCodes)

ValueSet: ClientTimeType
Id: client-time-type
Title: "Time types with a client"
Description: "Time types that need a client."
* insert InFinnish([[Asiakkaan aikatyypit]], [[Aikatyypit, joissa on asiakas.]])
* include codes from system TimeTypeCodes where kind = "client"

ValueSet: InternalTimeType
Id: internal-time-type
Title: "Internal time types"
Description: "Time types of the organisation's own work."
* insert InFinnish([[Sisäiset aikatyypit]], [[Organisaation oman työn aikatyypit.]])
* include codes from system TimeTypeCodes where kind = "internal"

ValueSet: SocialServiceInUse
Id: social-service-in-use
Title: "Social services in use"
Description: "Services that may be chosen now: those whose name has not been replaced."
* insert InFinnish([[Käytössä olevat sosiaalipalvelut]], [[Palvelut, jotka voi nyt valita: ne, joiden nimeä ei ole korvattu.]])
* include codes from system SocialServiceCodes
* exclude codes from system SocialServiceCodes where inactive = "true"

ValueSet: FamilyServices
Id: services-of-lapsiperheiden-palvelut
Title: "Social services: services for families with children"
Description: "The social services that the service task offers: services for families with children."
* insert InFinnish([[Sosiaalipalvelut: Lapsiperheiden palvelut]], [[Sosiaalipalvelut, joita palvelutehtävässä annetaan: Lapsiperheiden palvelut.]])
* include codes from system SocialServiceCodes where task = "lapsiperheiden-palvelut"

ValueSet: ChildWelfareServices
Id: services-of-lastensuojelu
Title: "Social services: child welfare"
Description: "The social services that the service task offers: child welfare."
* insert InFinnish([[Sosiaalipalvelut: Lastensuojelu]], [[Sosiaalipalvelut, joita palvelutehtävässä annetaan: Lastensuojelu.]])
* include codes from system SocialServiceCodes where task = "lastensuojelu"

ValueSet: FamilyLawServices
Id: services-of-perheoikeudelliset-palvelut
Title: "Social services: family law services"
Description: "The social services that the service task offers: family law services."
* insert InFinnish([[Sosiaalipalvelut: Perheoikeudelliset palvelut]], [[Sosiaalipalvelut, joita palvelutehtävässä annetaan: Perheoikeudelliset palvelut.]])
* include codes from system SocialServiceCodes where task = "perheoikeudelliset-palvelut"

ValueSet: WorkingAgeServices
Id: services-of-tyoikaisten-palvelut
Title: "Social services: services for people of working age"
Description: "The social services that the service task offers: services for people of working age."
* insert InFinnish([[Sosiaalipalvelut: Työikäisten palvelut]], [[Sosiaalipalvelut, joita palvelutehtävässä annetaan: Työikäisten palvelut.]])
* include codes from system SocialServiceCodes where task = "tyoikaisten-palvelut"

ValueSet: DisabilityServices
Id: services-of-vammaispalvelut
Title: "Social services: services for people with disabilities"
Description: "The social services that the service task offers: services for people with disabilities."
* insert InFinnish([[Sosiaalipalvelut: Vammaispalvelut]], [[Sosiaalipalvelut, joita palvelutehtävässä annetaan: Vammaispalvelut.]])
* include codes from system SocialServiceCodes where task = "vammaispalvelut"

ValueSet: NationalAppointmentState
Id: ajanvarauksen-tila
Title: "National appointment states"
Description: "The codes of 1.2.246.537.6.881 (THL). The code 5 is deprecated there."
* insert InFinnish([[Ajanvarauksen tila]], [[Koodiston 1.2.246.537.6.881 (THL) koodit. Koodi 5 on siinä poistuva.]])
* urn:oid:1.2.246.537.6.881#1 "Suunniteltu"
* urn:oid:1.2.246.537.6.881#2 "Tilattu"
* urn:oid:1.2.246.537.6.881#3 "Varattu"
* urn:oid:1.2.246.537.6.881#4 "Peruttu"
* urn:oid:1.2.246.537.6.881#5 "Siirretty"
* urn:oid:1.2.246.537.6.881#6 "Alkanut"
* urn:oid:1.2.246.537.6.881#7 "Toteutunut"
* urn:oid:1.2.246.537.6.881#8 "Ehdotettu"
* urn:oid:1.2.246.537.6.881#9 "Saapumatta"
* urn:oid:1.2.246.537.6.881#10 "Ilmoittautunut"
