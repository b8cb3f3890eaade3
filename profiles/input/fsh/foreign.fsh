// Definitions of others that our profiles build on, restated as bare structure: address, place, type of value.
// The facts are those of HL7 Finland's guides (Finnish Scheduling 2.0.0-rc2 and 0.2.0), of SMART Scheduling Links and of
// HL7's extensions pack. They are compiled against and embedded, and are no part of our package: whoever has the
// publishers' own loads those, and they take precedence.

RuleSet: Restated(url)
* ^url = "{url}"
* ^description = "The structure of an extension of another publisher, restated. Their own definition takes its place when it is loaded."

Extension: AdditionalInformationURL
Id: additional-information-url
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/additional-information-url)
* value[x] only url

Extension: AjanvarauksenTila
Id: ajanvarauksen-tila
Context: Appointment.status
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/ajanvarauksen-tila)
* value[x] only Coding
* valueCoding.system = "urn:oid:1.2.246.537.6.881"

Extension: AppointmentMutability
Id: mutable
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/mutable)
* extension contains Cancellable 0..1 and Reschedulable 0..1 and NotAfter 0..1
* extension[Cancellable].value[x] only boolean
* extension[Cancellable].value[x] 1..1
* extension[Reschedulable].value[x] only boolean
* extension[Reschedulable].value[x] 1..1
* extension[NotAfter].value[x] only dateTime
* extension[NotAfter].value[x] 1..1

Extension: CareplanIdentifier
Id: careplan-identifier
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/careplan-identifier)
* value[x] only Identifier

Extension: ChildAppointment
Id: child-appointment
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/child-appointment)
* value[x] only Identifier

Extension: CustomerJourney
Id: customer-journey
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/customer-journey)
* extension contains CustomerJourneyId 0..1 and CustomerJourneyName 0..1
* extension[CustomerJourneyId].value[x] only Identifier
* extension[CustomerJourneyId].value[x] 1..1
* extension[CustomerJourneyName].value[x] only string
* extension[CustomerJourneyName].value[x] 1..1

Extension: NotificationInfo
Id: notification-info
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/notification-info)
* value[x] only ContactPoint

Extension: NotificationMedium
Id: notification-medium
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/notification-medium)
* value[x] only Coding
* valueCoding.system = "urn:oid:1.2.246.537.6.883"

Extension: PatientInstructionURL
Id: patient-instruction-url
Context: Appointment.patientInstruction
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/patient-instruction-url)
* value[x] only url

Extension: PractitionerGender
Id: practitioner-gender
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/practitioner-gender)
* value[x] only Coding
* valueCoding.system = "urn:oid:1.2.246.537.5.1"

Extension: QueueNumber
Id: queue-number
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/queue-number)
* value[x] only string

Extension: RequestedService
Id: requested-service-info
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/requested-service-info)
* extension contains RequestedServiceId 0..1 and RequestedServiceName 0..1
* extension[RequestedServiceId].value[x] only Identifier
* extension[RequestedServiceId].value[x] 1..1
* extension[RequestedServiceName].value[x] only string
* extension[RequestedServiceName].value[x] 1..1

Extension: ResourceCalendar
Id: resource-calendar
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/resource-calendar)
* extension contains ResourceCalendarId 0..* and ResourceCalendarName 0..1
* extension[ResourceCalendarId].value[x] only Identifier
* extension[ResourceCalendarId].value[x] 1..1
* extension[ResourceCalendarName].value[x] only string
* extension[ResourceCalendarName].value[x] 1..1

Extension: SelfServiceInfo
Id: self-service-info
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/self-service-info)
* extension contains URL 1..1 and SupportsMinor 0..1 and SupportsProxy 0..1 and SupportsRegister 0..1
* extension[URL].value[x] only url
* extension[URL].value[x] 1..1
* extension[SupportsMinor].value[x] only boolean
* extension[SupportsMinor].value[x] 1..1
* extension[SupportsProxy].value[x] only boolean
* extension[SupportsProxy].value[x] 1..1
* extension[SupportsRegister].value[x] only boolean
* extension[SupportsRegister].value[x] 1..1

Extension: ServiceAdditionalInformation
Id: service-additional-information
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/service-additional-information)
* value[x] only string or url

Extension: TicketNumber
Id: ticket-number
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/ticket-number)
* value[x] only string
* value[x] 1..1

Extension: TopicId
Id: topic-id
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/topic-id)
* value[x] only Identifier
* value[x] 1..1

Extension: MunicipalityCode
Id: municipality-code
Context: Patient
* insert Restated(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/municipality-code)
* value[x] only Coding
* value[x] 1..1
* valueCoding.system = "urn:oid:1.2.246.537.6.21"

Extension: CareGuaranteeDetails
Id: care-guarantee-details
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/care-guarantee-details)
* value[x] only string

Extension: ReferralId
Id: referral-id
Context: Appointment
* insert Restated(https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/referral-id)
* value[x] only string

Extension: ServiceEvent
Id: service-event
Context: Element
* insert Restated(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/service-event)
* value[x] only oid
* value[x] 1..1

Extension: PatientProfession
Id: patient-profession
Context: Patient
* insert Restated(https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/patient-profession)
* value[x] only Coding
* value[x] 1..1
* valueCoding.system = "urn:oid:1.2.246.537.6.74"

// The generation of 2020 and 2021: read, and not written.

Extension: OldAdditionalInformationURL
Id: AdditionalInformationURLExtension
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/AdditionalInformationURLExtension)
* value[x] only url

Extension: OldAppointmentMutability
Id: AppointmentMutabilityExtension
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/AppointmentMutabilityExtension)
* extension contains Cancellable 0..1 and Reschedulable 0..1 and NotAfter 0..1
* extension[Cancellable].value[x] only boolean
* extension[Cancellable].value[x] 1..1
* extension[Reschedulable].value[x] only boolean
* extension[Reschedulable].value[x] 1..1
* extension[NotAfter].value[x] only dateTime
* extension[NotAfter].value[x] 1..1

Extension: OldCareplanIdentifier
Id: CareplanIdentifierExtension
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/CareplanIdentifierExtension)
* value[x] only Identifier

Extension: OldNotificationInfo
Id: NotificationInfoExtension
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/NotificationInfoExtension)
* value[x] only ContactPoint

Extension: OldNotificationMedium
Id: NotificationMediumExtension
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/NotificationMediumExtension)
* value[x] only Coding

Extension: OldPatientInstructionURL
Id: PatientInstructionURLExtension
Context: Appointment.patientInstruction
* insert Restated(http://hl7.fi/fhir/StructureDefinition/PatientInstructionURLExtension)
* value[x] only url

Extension: OldSelfService
Id: SelfServiceExtension
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/SelfServiceExtension)
* extension contains URL 1..1 and SupportsMinor 0..1 and SupportsProxy 0..1 and SupportsRegister 0..1
* extension[URL].value[x] only url
* extension[URL].value[x] 1..1
* extension[SupportsMinor].value[x] only boolean
* extension[SupportsMinor].value[x] 1..1
* extension[SupportsProxy].value[x] only boolean
* extension[SupportsProxy].value[x] 1..1
* extension[SupportsRegister].value[x] only boolean
* extension[SupportsRegister].value[x] 1..1

Extension: OldTopicId
Id: TopicIdExt
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/TopicIdExt)
* value[x] only Identifier
* value[x] 1..1

Extension: OldCareGuarantee
Id: CareGuaranteeExtension
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/CareGuaranteeExtension)
* value[x] only string
* value[x] 1..1

Extension: OldChildAppointment
Id: ChildAppointment
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/ChildAppointment)
* value[x] only Identifier

Extension: OldCustomerJourney
Id: CustomerJourneyExtension
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/CustomerJourneyExtension)
* extension contains CustomerJourneyId 0..1 and CustomerJourneyName 0..1
* extension[CustomerJourneyId].value[x] only Identifier
* extension[CustomerJourneyId].value[x] 1..1
* extension[CustomerJourneyName].value[x] only string
* extension[CustomerJourneyName].value[x] 1..1

Extension: OldHomeMunicipality
Id: HomeMunicipalityExtension
Context: Patient
* insert Restated(http://hl7.fi/fhir/StructureDefinition/HomeMunicipalityExtension)
* value[x] only Coding
* value[x] 1..1
* valueCoding.system = "urn:oid:1.2.246.537.6.21.2003"
* valueCoding.code 1..1
* valueCoding.display 1..1

Extension: OldMiscAppointmentData
Id: MiscAppointmentDataExtension
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/MiscAppointmentDataExtension)
* value[x] only string

Extension: OldParentAppointment
Id: ParentAppointment
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/ParentAppointment)
* value[x] only Identifier

Extension: OldPractitionerGender
Id: PractitionerGenderExtension
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/PractitionerGenderExtension)
* value[x] only Coding
* valueCoding.system = "urn:oid:1.2.246.537.5.1.1997"

Extension: OldQueueNumber
Id: QueueNoExt
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/QueueNoExt)
* value[x] only string
* value[x] 1..1

Extension: OldReferralId
Id: ReferralIdExtension
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/ReferralIdExtension)
* value[x] only string
* value[x] 1..1

Extension: OldRequestedService
Id: RequestedServiceExtension
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/RequestedServiceExtension)
* extension contains RequestedServiceId 0..1 and RequestedServiceName 0..1
* extension[RequestedServiceId].value[x] only Identifier
* extension[RequestedServiceId].value[x] 1..1
* extension[RequestedServiceName].value[x] only string
* extension[RequestedServiceName].value[x] 1..1

Extension: OldResourceCalendar
Id: ResourceCalendarIdExtension
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/ResourceCalendarIdExtension)
* extension contains ResourceCalendarId 0..* and ResourceCalendarName 0..1
* extension[ResourceCalendarId].value[x] only Identifier
* extension[ResourceCalendarId].value[x] 1..1
* extension[ResourceCalendarName].value[x] only string
* extension[ResourceCalendarName].value[x] 1..1

Extension: OldServiceEvent
Id: ServiceEventExt
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/ServiceEventExt)
* value[x] only Identifier
* value[x] 1..1

Extension: OldTicketNumber
Id: TicketNoExt
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/TicketNoExt)
* value[x] only string
* value[x] 1..1

Extension: OldVisibleToCustodian
Id: VisibleToCustodian
Context: Appointment
* insert Restated(http://hl7.fi/fhir/StructureDefinition/VisibleToCustodian)
* value[x] only string
* value[x] 1..1

Extension: SlotCapacity
Id: slot-capacity
Context: Slot
* insert Restated(http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity)
* value[x] only integer
* value[x] 1..1

Extension: TimezoneCode
Id: timezone
Context: Element
* insert Restated(http://hl7.org/fhir/StructureDefinition/timezone)
* value[x] only code
* value[x] 1..1

Extension: ImposeProfile
Id: structuredefinition-imposeProfile
Context: StructureDefinition
* insert Restated(http://hl7.org/fhir/StructureDefinition/structuredefinition-imposeProfile)
* value[x] only canonical
* value[x] 1..1
