// Whose identifiers are met where.

Instance: HenkilotunnusId
InstanceOf: NamingSystem
Usage: #definition
* id = "HenkilotunnusId"
* name = "HenkilotunnusId"
* status = #active
* kind = #identifier
* date = "2026-11-22"
* publisher = "Ajanvaraus.Fhir"
* description = "Personal identity code (henkilötunnus). The official identifier of a person in Finland."
* description insert Translated([[Väestörekisterin henkilötunnus]])
* uniqueId.type = #oid
* uniqueId.value = "1.2.246.21"
* uniqueId.preferred = true

Instance: SoteOrganisationId
InstanceOf: NamingSystem
Usage: #definition
* id = "SoteOrganisationId"
* name = "SoteOrganisationId"
* status = #active
* kind = #identifier
* date = "2026-11-22"
* publisher = "Ajanvaraus.Fhir"
* description = "SOTE organisation register. OIDs of the organisations and units of social and health care, without a version in the system."
* description insert Translated([[SOTE-organisaatiorekisteri]])
* uniqueId.type = #oid
* uniqueId.value = "1.2.246.537.6.202"
* uniqueId.preferred = true

Instance: TerhikkiId
InstanceOf: NamingSystem
Usage: #definition
* id = "TerhikkiId"
* name = "TerhikkiId"
* status = #active
* kind = #identifier
* date = "2026-11-22"
* publisher = "Ajanvaraus.Fhir"
* description = "Terhikki number. Registration number of a health-care professional."
* description insert Translated([[Terhikki-numero]])
* uniqueId.type = #oid
* uniqueId.value = "1.2.246.537.26"
* uniqueId.preferred = true

Instance: TemplateSlotId
InstanceOf: NamingSystem
Usage: #definition
* id = "TemplateSlotId"
* name = "TemplateSlotId"
* status = #active
* kind = #identifier
* date = "2026-11-22"
* publisher = "Ajanvaraus.Fhir"
* description = "Origin of a Slot in a week template. The key of the template entry and day, then the Schedule."
* description insert Translated([[Viikkopohjasta tehdyn ajan alkuperä]])
* uniqueId.type = #uri
* uniqueId.value = "https://ajanvaraus.example/fhir/sid/template-slot"
* uniqueId.preferred = true

Instance: ProfessionalId
InstanceOf: NamingSystem
Usage: #definition
* id = "ProfessionalId"
* name = "ProfessionalId"
* status = #active
* kind = #identifier
* date = "2026-11-22"
* publisher = "Ajanvaraus.Fhir"
* description = "Professional's local id. The employer's own identifier of a professional."
* description insert Translated([[Ammattilaisen paikallinen tunnus]])
* uniqueId.type = #uri
* uniqueId.value = "https://ajanvaraus.example/fhir/NamingSystem/ammattilainen"
* uniqueId.preferred = true
