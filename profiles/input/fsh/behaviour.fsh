// Search parameters of the server beyond R4's, and what a server of this guide must do.

Instance: Appointment-period
InstanceOf: SearchParameter
Usage: #definition
* id = "Appointment-period"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-period"
* name = "AppointmentPeriod"
* status = #active
* description = "Appointments that overlap the period."
* description insert Translated([[Ajanvaraus osuu ajanjaksoon.]])
* code = #period
* base = #Appointment
* type = #date
* expression = "Appointment.start | Appointment.end"

Instance: Appointment-end
InstanceOf: SearchParameter
Usage: #definition
* id = "Appointment-end"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-end"
* name = "AppointmentEnd"
* status = #active
* description = "When the appointment ends."
* description insert Translated([[Ajanvaraus päättyy.]])
* code = #end
* base = #Appointment
* type = #date
* expression = "Appointment.end"

Instance: Appointment-start
InstanceOf: SearchParameter
Usage: #definition
* id = "Appointment-start"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-start"
* name = "AppointmentStart"
* status = #active
* description = "When the appointment starts: date under the name that Slot has."
* description insert Translated([[Ajanvaraus alkaa.]])
* code = #start
* base = #Appointment
* type = #date
* expression = "Appointment.start"

Instance: Slot-period
InstanceOf: SearchParameter
Usage: #definition
* id = "Slot-period"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Slot-period"
* name = "SlotPeriod"
* status = #active
* description = "Slots that overlap the period."
* description insert Translated([[Aika osuu ajanjaksoon.]])
* code = #period
* base = #Slot
* type = #date
* expression = "Slot.start | Slot.end"

Instance: Slot-end
InstanceOf: SearchParameter
Usage: #definition
* id = "Slot-end"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Slot-end"
* name = "SlotEnd"
* status = #active
* description = "When the Slot ends."
* description insert Translated([[Aika päättyy.]])
* code = #end
* base = #Slot
* type = #date
* expression = "Slot.end"

Instance: Schedule-availability-template
InstanceOf: SearchParameter
Usage: #definition
* id = "Schedule-availability-template"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Schedule-availability-template"
* name = "ScheduleAvailabilityTemplate"
* status = #active
* description = "A week template that opens the times of the calendar."
* description insert Translated([[Viikkopohja, joka avaa kalenterin ajat.]])
* code = #availability-template
* base = #Schedule
* type = #reference
* target = #Basic
* expression = "Schedule.extension('https://ajanvaraus.example/fhir/StructureDefinition/availability-template').value"

Instance: Appointment-group-deadline
InstanceOf: SearchParameter
Usage: #definition
* id = "Appointment-group-deadline"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-group-deadline"
* name = "AppointmentGroupDeadline"
* status = #active
* description = "When it is decided whether a group takes place, while it is not."
* description insert Translated([[Milloin ryhmän toteutumisesta päätetään.]])
* code = #group-deadline
* base = #Appointment
* type = #date
* expression = "Appointment.extension.where(url = 'https://ajanvaraus.example/fhir/StructureDefinition/group-minimum' and extension.where(url = 'decided').empty()).extension.where(url = 'deadline').value"

Instance: Slot-group-deadline
InstanceOf: SearchParameter
Usage: #definition
* id = "Slot-group-deadline"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Slot-group-deadline"
* name = "SlotGroupDeadline"
* status = #active
* description = "When it is decided whether a group takes place, while it is not."
* description insert Translated([[Milloin ryhmän toteutumisesta päätetään.]])
* code = #group-deadline
* base = #Slot
* type = #date
* expression = "Slot.extension.where(url = 'https://ajanvaraus.example/fhir/StructureDefinition/group-minimum' and extension.where(url = 'decided').empty()).extension.where(url = 'deadline').value"

Instance: Appointment-meeting
InstanceOf: SearchParameter
Usage: #definition
* id = "Appointment-meeting"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-meeting"
* name = "AppointmentMeeting"
* status = #active
* description = "Travel and documentation by the meeting that they are for."
* description insert Translated([[Matka- ja kirjaamisajat tapaamisen mukaan.]])
* code = #meeting
* base = #Appointment
* type = #reference
* target = #Appointment
* expression = "Appointment.extension.where(url = 'https://ajanvaraus.example/fhir/StructureDefinition/travel-for').value | Appointment.extension.where(url = 'https://ajanvaraus.example/fhir/StructureDefinition/documentation-for').value"

Instance: Appointment-service-event
InstanceOf: SearchParameter
Usage: #definition
* id = "Appointment-service-event"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-service-event"
* name = "AppointmentServiceEvent"
* status = #active
* description = "The identifier of the service event (national data content 22), by the extension of either generation."
* description insert Translated([[Palvelutapahtuman tunniste (kansallinen tietosisältö 22), kumman sukupolven laajennuksessa tahansa.]])
* code = #service-event
* base = #Appointment
* type = #token
* expression = "Appointment.extension('https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/service-event').value | Appointment.extension('http://hl7.fi/fhir/StructureDefinition/ServiceEventExt').value"

Instance: Provenance-organiser
InstanceOf: SearchParameter
Usage: #definition
* id = "Provenance-organiser"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Provenance-organiser"
* name = "ProvenanceOrganiser"
* status = #active
* description = "The identifier of the agent that organises the service (role 10 of Kanta)."
* description insert Translated([[Palvelunjärjestäjän tunniste (Kannan rooli 10).]])
* code = #organiser
* base = #Provenance
* type = #token
* expression = "Provenance.agent.where(role.coding.where(system = 'http://gen.kanta.fi/figen-cs-provenancerolecategory' and code = '10').exists()).who.identifier"

Instance: Provenance-recorder-unit
InstanceOf: SearchParameter
Usage: #definition
* id = "Provenance-recorder-unit"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Provenance-recorder-unit"
* name = "ProvenanceRecorderUnit"
* status = #active
* description = "The identifier of the service unit of who recorded it (role 7 of Kanta)."
* description insert Translated([[Tallentajan palveluyksikön tunniste (Kannan rooli 7).]])
* code = #recorder-unit
* base = #Provenance
* type = #token
* expression = "Provenance.agent.where(role.coding.where(system = 'http://gen.kanta.fi/figen-cs-provenancerolecategory' and code = '7').exists()).who.identifier"

Instance: Provenance-register-type-code
InstanceOf: SearchParameter
Usage: #definition
* id = "Provenance-register-type-code"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Provenance-register-type-code"
* name = "ProvenanceRegisterType"
* status = #active
* description = "The type of the register, by Kanta's extension RegisterType."
* description insert Translated([[Rekisterin tyyppi Kannan laajennuksessa RegisterType.]])
* code = #register-type-code
* base = #Provenance
* type = #token
* expression = "Provenance.extension('https://gen.kanta.fi/fhir/StructureDefinition/extension/RegisterType').value"

// Names of other guides for a chain: what a search by them means stands in the description, for R4 has no element for it.

Instance: Slot-healthcareService
InstanceOf: SearchParameter
Usage: #definition
* id = "Slot-healthcareService"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Slot-healthcareService"
* name = "SlotHealthcareService"
* status = #active
* description = "Short for schedule.actor:HealthcareService."
* description insert Translated([[Lyhenne: schedule.actor:HealthcareService.]])
* code = #healthcareService
* base = #Slot
* type = #reference

Instance: Slot-date
InstanceOf: SearchParameter
Usage: #definition
* id = "Slot-date"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Slot-date"
* name = "SlotDate"
* status = #active
* description = "Short for start."
* description insert Translated([[Lyhenne: start.]])
* code = #date
* base = #Slot
* type = #date

Instance: Appointment-service-organiser
InstanceOf: SearchParameter
Usage: #definition
* id = "Appointment-service-organiser"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-service-organiser"
* name = "AppointmentServiceOrganiser"
* status = #active
* description = "Short for _has:Provenance:target:organiser."
* description insert Translated([[Lyhenne: _has:Provenance:target:organiser.]])
* code = #service-organiser
* base = #Appointment
* type = #token

Instance: Appointment-producing-service-provider-unit
InstanceOf: SearchParameter
Usage: #definition
* id = "Appointment-producing-service-provider-unit"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-producing-service-provider-unit"
* name = "AppointmentProducingUnit"
* status = #active
* description = "Short for _has:Provenance:target:recorder-unit."
* description insert Translated([[Lyhenne: _has:Provenance:target:recorder-unit.]])
* code = #producing-service-provider-unit
* base = #Appointment
* type = #token

Instance: Appointment-recorded
InstanceOf: SearchParameter
Usage: #definition
* id = "Appointment-recorded"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-recorded"
* name = "AppointmentRecorded"
* status = #active
* description = "Short for _has:Provenance:target:recorded."
* description insert Translated([[Lyhenne: _has:Provenance:target:recorded.]])
* code = #recorded
* base = #Appointment
* type = #date

Instance: Appointment-register-type-code
InstanceOf: SearchParameter
Usage: #definition
* id = "Appointment-register-type-code"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-register-type-code"
* name = "AppointmentRegisterType"
* status = #active
* description = "Short for _has:Provenance:target:register-type-code."
* description insert Translated([[Lyhenne: _has:Provenance:target:register-type-code.]])
* code = #register-type-code
* base = #Appointment
* type = #token

Instance: Appointment-appointment-service-provider-unit
InstanceOf: SearchParameter
Usage: #definition
* id = "Appointment-appointment-service-provider-unit"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-appointment-service-provider-unit"
* name = "AppointmentProviderUnit"
* status = #active
* description = "Short for actor:HealthcareService.organization:identifier, or the same of a Location."
* description insert Translated([[Lyhenne: actor:HealthcareService.organization:identifier tai sama Locationista.]])
* code = #appointment-service-provider-unit
* base = #Appointment
* type = #token

Instance: Appointment-appointment-service-provider
InstanceOf: SearchParameter
Usage: #definition
* id = "Appointment-appointment-service-provider"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-appointment-service-provider"
* name = "AppointmentProvider"
* status = #active
* description = "Short for actor:HealthcareService.organization.partof:identifier, or the same of a Location."
* description insert Translated([[Lyhenne: actor:HealthcareService.organization.partof:identifier tai sama Locationista.]])
* code = #appointment-service-provider
* base = #Appointment
* type = #token

Instance: Appointment-include-own
InstanceOf: SearchParameter
Usage: #definition
* id = "Appointment-include-own"
* url = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-include-own"
* name = "AppointmentIncludeOwn"
* status = #active
* description = "true: the server's own appointments are found like any others. No other value is served."
* description insert Translated([[true: palvelimen omat ajanvaraukset löytyvät kuten muutkin. Muuta arvoa ei palvella.]])
* code = #include-own
* base = #Appointment
* type = #token

Instance: booking-server
InstanceOf: CapabilityStatement
Usage: #definition
* id = "booking-server"
* url = "https://ajanvaraus.example/fhir/CapabilityStatement/booking-server"
* name = "BookingServerRequirements"
* title = "What a booking server does"
* title insert Translated([[Mitä ajanvarauspalvelin tekee]])
* status = #active
* date = "2026-11-22"
* description = "Requirements: what clients of these profiles may count on. The server's own statement at /fhir/metadata tells all that it does."
* description insert Translated([[Vaatimukset: mihin näiden profiilien mukaiset ohjelmat voivat luottaa.]])
* kind = #requirements
* fhirVersion = #4.0.1
* format[0] = #json
* format[1] = #xml
* rest.mode = #server
* rest.resource[+].type = #Appointment
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/Appointment"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-appointment"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-client-appointment"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-internal-appointment"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-group-appointment"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-series-appointment"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-waiting-appointment"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-travel-appointment"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-national-appointment"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].interaction[+].code = #create
* rest.resource[=].interaction[+].code = #update
* rest.resource[=].interaction[+].code = #patch
* rest.resource[=].interaction[+].code = #history-instance
* rest.resource[=].searchParam[+].name = "identifier"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "status"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "patient"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "actor"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "date"
* rest.resource[=].searchParam[=].type = #date
* rest.resource[=].searchParam[+].name = "service-type"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "appointment-type"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "slot"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "based-on"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "period"
* rest.resource[=].searchParam[=].definition = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-period"
* rest.resource[=].searchParam[=].type = #date
* rest.resource[=].searchParam[+].name = "end"
* rest.resource[=].searchParam[=].definition = "https://ajanvaraus.example/fhir/SearchParameter/Appointment-end"
* rest.resource[=].searchParam[=].type = #date
* rest.resource[=].operation[+].name = "find"
* rest.resource[=].operation[=].definition = "https://ajanvaraus.example/fhir/OperationDefinition/Appointment-find"
* rest.resource[=].operation[+].name = "hold"
* rest.resource[=].operation[=].definition = "https://ajanvaraus.example/fhir/OperationDefinition/Appointment-hold"
* rest.resource[=].operation[+].name = "book"
* rest.resource[=].operation[=].definition = "https://ajanvaraus.example/fhir/OperationDefinition/Appointment-book"
* rest.resource[=].operation[+].name = "release"
* rest.resource[=].operation[=].definition = "https://ajanvaraus.example/fhir/OperationDefinition/Appointment-release"
* rest.resource[=].operation[+].name = "cancel"
* rest.resource[=].operation[=].definition = "https://ajanvaraus.example/fhir/OperationDefinition/Appointment-cancel"
* rest.resource[=].operation[+].name = "reschedule"
* rest.resource[=].operation[=].definition = "https://ajanvaraus.example/fhir/OperationDefinition/Appointment-reschedule"
* rest.resource[+].type = #Slot
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/Slot"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-slot"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].interaction[+].code = #create
* rest.resource[=].interaction[+].code = #update
* rest.resource[=].searchParam[+].name = "schedule"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "status"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "start"
* rest.resource[=].searchParam[=].type = #date
* rest.resource[=].searchParam[+].name = "service-type"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "appointment-type"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "period"
* rest.resource[=].searchParam[=].definition = "https://ajanvaraus.example/fhir/SearchParameter/Slot-period"
* rest.resource[=].searchParam[=].type = #date
* rest.resource[=].searchParam[+].name = "end"
* rest.resource[=].searchParam[=].definition = "https://ajanvaraus.example/fhir/SearchParameter/Slot-end"
* rest.resource[=].searchParam[=].type = #date
* rest.resource[=].operation[+].name = "find"
* rest.resource[=].operation[=].definition = "https://ajanvaraus.example/fhir/OperationDefinition/Slot-find"
* rest.resource[=].operation[+].name = "hold"
* rest.resource[=].operation[=].definition = "https://ajanvaraus.example/fhir/OperationDefinition/Slot-hold"
* rest.resource[+].type = #Schedule
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/Schedule"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-schedule"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].interaction[+].code = #create
* rest.resource[=].interaction[+].code = #update
* rest.resource[=].searchParam[+].name = "actor"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "active"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "service-type"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "date"
* rest.resource[=].searchParam[=].type = #date
* rest.resource[=].operation[+].name = "apply-template"
* rest.resource[=].operation[=].definition = "https://ajanvaraus.example/fhir/OperationDefinition/Schedule-apply-template"
* rest.resource[+].type = #HealthcareService
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/HealthcareService"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-healthcare-service"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].searchParam[+].name = "service-type"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "organization"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "location"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "name"
* rest.resource[=].searchParam[=].type = #string
* rest.resource[+].type = #AppointmentResponse
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/AppointmentResponse"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-appointment-response"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].interaction[+].code = #create
* rest.resource[=].searchParam[+].name = "appointment"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "actor"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[+].type = #Patient
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/Patient"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-patient"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].searchParam[+].name = "identifier"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "name"
* rest.resource[=].searchParam[=].type = #string
* rest.resource[+].type = #RelatedPerson
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/RelatedPerson"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-related-person"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].searchParam[+].name = "patient"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[+].type = #Practitioner
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/Practitioner"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-practitioner"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].searchParam[+].name = "identifier"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "name"
* rest.resource[=].searchParam[=].type = #string
* rest.resource[+].type = #PractitionerRole
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/PractitionerRole"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-practitioner-role"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].searchParam[+].name = "practitioner"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "organization"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "service"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[+].type = #Organization
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/Organization"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-organization"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].searchParam[+].name = "identifier"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "name"
* rest.resource[=].searchParam[=].type = #string
* rest.resource[=].searchParam[+].name = "partof"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[+].type = #Location
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/Location"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-unit-location"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-room"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-home-location"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].searchParam[+].name = "name"
* rest.resource[=].searchParam[=].type = #string
* rest.resource[=].searchParam[+].name = "organization"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "partof"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[+].type = #Device
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/Device"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-device"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].searchParam[+].name = "organization"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "location"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[+].type = #ServiceRequest
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/ServiceRequest"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-entitlement"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].interaction[+].code = #create
* rest.resource[=].interaction[+].code = #update
* rest.resource[=].searchParam[+].name = "subject"
* rest.resource[=].searchParam[=].type = #reference
* rest.resource[=].searchParam[+].name = "category"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[=].searchParam[+].name = "status"
* rest.resource[=].searchParam[=].type = #token
* rest.resource[+].type = #Basic
* rest.resource[=].profile = "http://hl7.org/fhir/StructureDefinition/Basic"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-week-template"
* rest.resource[=].supportedProfile[+] = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-message-template"
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type
* rest.resource[=].interaction[+].code = #create
* rest.resource[=].interaction[+].code = #update
* rest.resource[=].searchParam[+].name = "code"
* rest.resource[=].searchParam[=].type = #token

Instance: fi.ajanvaraus.social
InstanceOf: ImplementationGuide
Usage: #definition
* id = "fi.ajanvaraus.social"
* url = "https://ajanvaraus.example/fhir/ImplementationGuide/fi.ajanvaraus.social"
* name = "FinnishSocialCareScheduling"
* title = "Finnish social-care scheduling"
* title insert Translated([[Suomen sosiaalihuollon ajanvaraus]])
* status = #active
* description = "Profiles and terminology of appointment scheduling in Finnish social care."
* packageId = "fi.ajanvaraus.social"
* license = #Apache-2.0
* fhirVersion = #4.0.1
