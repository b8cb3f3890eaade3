// Calendars, their times, and templates.

Instance: kalenteri-liisa
InstanceOf: FiSocialSchedule
Usage: #example
Title: "Liisa's calendar"
Description: "Liisan kalenteri"
* extension[timeZone].valueCode = #Europe/Helsinki
* extension[leadTime].valueDuration = 2 'h' "tuntia"
* extension[openness].valueCode = #times-and-places
* extension[bufferBefore].valueDuration = 10 'min' "minuuttia"
* extension[bufferAfter].valueDuration = 5 'min' "minuuttia"
* extension[bookingLimitDay].valuePositiveInt = 6
* extension[visitLength][0].valueDuration = 45 'min' "minuuttia"
* extension[visitLength][1].valueDuration = 90 'min' "minuuttia"
* active = true
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaaliohjaus "Sosiaaliohjaus"
* actor[+] = Reference(ammattilainen-liisa)
* actor[+] = Reference(tehtava-liisa)
* planningHorizon.start = "2026-11-01T00:00:00+02:00"
* planningHorizon.end = "2027-05-31T00:00:00+03:00"

Instance: kalenteri-koivu
InstanceOf: FiSocialSchedule
Usage: #example
Title: "Calendar of a room"
Description: "Huoneen Koivu kalenteri"
* extension[availabilityTemplate].valueReference = Reference(viikkopohja-neuvonta)
* active = true
* actor = Reference(huone-koivu)

Instance: aika-torstai
InstanceOf: FiSocialSlot
Usage: #example
Title: "The booked time"
Description: "Varattu aika torstaina"
* extension[audience].valueCode = #guidance
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaaliohjaus "Sosiaaliohjaus"
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#asiakastapaaminen-toimistolla "Asiakastapaaminen toimistolla"
* appointmentType.coding[contactMode] = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#office "Toimistolla"
* schedule = Reference(kalenteri-liisa)
* status = #busy
* start = "2026-11-26T09:00:00+02:00"
* end = "2026-11-26T10:00:00+02:00"

Instance: aika-varauksen-tekema
InstanceOf: FiSocialSlot
Usage: #example
Title: "A time that a booking made"
Description: "Aika, jonka palaveri varasi kalenterista: paikalla ei ollut valmista aikaa"
* meta.tag = https://ajanvaraus.example/fhir/CodeSystem/slot-tag#filler "Varauksen tekemä aika"
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#palaveri "Palaveri"
* schedule = Reference(kalenteri-liisa)
* status = #busy
* start = "2026-11-27T08:00:00+02:00"
* end = "2026-11-27T09:00:00+02:00"

Instance: aika-valmistelu
InstanceOf: FiSocialSlot
Usage: #example
Title: "A time beside a booking"
Description: "Aika, joka jää vapaaksi varauksen valmistelua varten"
* meta.tag = https://ajanvaraus.example/fhir/CodeSystem/slot-tag#buffer "Varauksen vieressä suljettu aika"
* schedule = Reference(kalenteri-liisa)
* status = #busy-unavailable
* start = "2026-11-26T08:30:00+02:00"
* end = "2026-11-26T09:00:00+02:00"

Instance: aika-vapaa
InstanceOf: FiSocialSlot
Usage: #example
Title: "A free time for citizens"
Description: "Kansalaisille avoin aika"
* extension[audience].valueCode = #citizen
* extension[opensAt].valueInstant = "2026-11-17T00:00:00+02:00"
* identifier.system = "https://ajanvaraus.example/fhir/sid/template-slot"
* identifier.value = "neuvonta|2026-12-01T09:00|kalenteri-liisa"
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaaliohjaus "Sosiaaliohjaus"
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#neuvonta-aika "Neuvonta-aika"
* appointmentType.coding[contactMode] = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#phone "Puhelu"
* schedule = Reference(kalenteri-liisa)
* status = #free
* start = "2026-12-01T09:00:00+02:00"
* end = "2026-12-01T09:15:00+02:00"

Instance: aika-poissa
InstanceOf: FiSocialSlot
Usage: #example
Title: "An absence"
Description: "Liisa on koulutuksessa"
* extension[absence].valueCode = #training
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaaliohjaus "Sosiaaliohjaus"
* schedule = Reference(kalenteri-liisa)
* status = #busy-unavailable
* start = "2026-12-02T08:00:00+02:00"
* end = "2026-12-02T16:00:00+02:00"

Instance: aika-ohjaus-suljettu
InstanceOf: FiSocialSlot
Usage: #example
Title: "A time closed for one service"
Description: "Sosiaaliohjausta ei anneta; muut palvelut ovat avoinna"
* extension[closesServiceOnly].valueBoolean = true
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaaliohjaus "Sosiaaliohjaus"
* schedule = Reference(kalenteri-liisa)
* status = #busy-unavailable
* start = "2026-12-03T08:00:00+02:00"
* end = "2026-12-03T16:00:00+02:00"

Instance: aika-suljettu
InstanceOf: FiSocialSlot
Usage: #example
Title: "A time that an absence closed"
Description: "Poissaolon sulkema aika"
* extension[closedBy].valueReference = Reference(aika-poissa)
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaaliohjaus "Sosiaaliohjaus"
* schedule = Reference(kalenteri-liisa)
* status = #busy-unavailable
* start = "2026-12-02T09:00:00+02:00"
* end = "2026-12-02T10:00:00+02:00"

Instance: aika-ryhma
InstanceOf: FiSocialSlot
Usage: #example
Title: "A time with eight seats"
Description: "Ryhmän aika, kahdeksan paikkaa"
* extension[capacity].valueInteger = 8
* serviceCategory = https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava#lapsiperheiden-palvelut "Lapsiperheiden palvelut"
* serviceType = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaaliohjaus "Sosiaaliohjaus"
* appointmentType.coding[timeType] = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#ryhmatoiminta "Ryhmätoiminta"
* appointmentType.coding[contactMode] = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#office "Toimistolla"
* schedule = Reference(kalenteri-liisa)
* status = #free
* start = "2026-12-03T15:00:00+02:00"
* end = "2026-12-03T16:00:00+02:00"

Instance: viikkopohja-neuvonta
InstanceOf: FiSocialWeekTemplate
Usage: #example
Title: "Advice times"
Description: "Neuvonta-aikojen viikkopohja"
* code = https://ajanvaraus.example/fhir/CodeSystem/basic-type#week-template
* extension[template].extension[name].valueString = "neuvonta"
* extension[template].extension[version].valuePositiveInt = 1
* extension[template].extension[zone].valueCode = #Europe/Helsinki
* extension[template].extension[entry][+].extension[weekday].valueCode = #mon
* extension[template].extension[entry][=].extension[start].valueTime = "09:00:00"
* extension[template].extension[entry][=].extension[end].valueTime = "11:00:00"
* extension[template].extension[entry][=].extension[slotMinutes].valuePositiveInt = 15
* extension[template].extension[entry][=].extension[serviceType].valueCodeableConcept = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaaliohjaus "Sosiaaliohjaus"
* extension[template].extension[entry][=].extension[appointmentType].valueCodeableConcept = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#neuvonta-aika "Neuvonta-aika"
* extension[template].extension[entry][=].extension[mode].valueCoding = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#phone
* extension[template].extension[entry][=].extension[audience].valueCode = #citizen
* extension[template].extension[entry][=].extension[releaseDays].valueUnsignedInt = 14
* extension[template].extension[entry][+].extension[weekday].valueCode = #tue
* extension[template].extension[entry][=].extension[start].valueTime = "09:00:00"
* extension[template].extension[entry][=].extension[end].valueTime = "11:00:00"
* extension[template].extension[entry][=].extension[slotMinutes].valuePositiveInt = 15
* extension[template].extension[entry][=].extension[serviceType].valueCodeableConcept = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#sosiaaliohjaus "Sosiaaliohjaus"
* extension[template].extension[entry][=].extension[appointmentType].valueCodeableConcept = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#neuvonta-aika "Neuvonta-aika"
* extension[template].extension[entry][=].extension[mode].valueCoding = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#video
* extension[template].extension[entry][=].extension[audience].valueCode = #citizen
* extension[template].extension[entry][=].extension[releaseDays].valueUnsignedInt = 14

Instance: viikkopohja-perhetyo
InstanceOf: FiSocialWeekTemplate
Usage: #example
Title: "Family work, two weeks in rotation"
Description: "Perhetyön kahden viikon pohja"
* code = https://ajanvaraus.example/fhir/CodeSystem/basic-type#week-template
* extension[template].extension[name].valueString = "perhetyo"
* extension[template].extension[version].valuePositiveInt = 1
* extension[template].extension[zone].valueCode = #Europe/Helsinki
* extension[template].extension[weeks].valuePositiveInt = 2
* extension[template].extension[anchor].valueDate = "2026-01-05"
* extension[template].extension[entry][+].extension[weekday].valueCode = #wed
* extension[template].extension[entry][=].extension[start].valueTime = "12:00:00"
* extension[template].extension[entry][=].extension[end].valueTime = "15:00:00"
* extension[template].extension[entry][=].extension[slotMinutes].valuePositiveInt = 90
* extension[template].extension[entry][=].extension[serviceType].valueCodeableConcept = https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu#perhetyo "Perhetyö"
* extension[template].extension[entry][=].extension[appointmentType].valueCodeableConcept = https://ajanvaraus.example/fhir/CodeSystem/aikatyyppi#asiakastapaaminen-muualla "Asiakastapaaminen muualla"
* extension[template].extension[entry][=].extension[mode].valueCoding = https://ajanvaraus.example/fhir/CodeSystem/yhteystapa#home
* extension[template].extension[entry][=].extension[audience].valueCode = #professional
* extension[template].extension[entry][=].extension[week].valuePositiveInt = 2

Instance: viestipohja-muistutus
InstanceOf: FiSocialMessageTemplate
Usage: #example
Title: "Muistutuksen pohja"
Description: "Muistutuksen pohja"
* code = https://ajanvaraus.example/fhir/CodeSystem/basic-type#message-template
* extension[template].extension[kind].valueCode = #reminder
* extension[template].extension[channel].valueCode = #sms
* extension[template].extension[text][+].extension[language].valueCode = #fi
* extension[template].extension[text][=].extension[body].valueString = "Muistutus: sinulla on aika {time}. Tiedot: {link}"
* extension[template].extension[text][+].extension[language].valueCode = #sv
* extension[template].extension[text][=].extension[body].valueString = "Påminnelse: du har en tid {time}. Uppgifter: {link}"
* extension[template].extension[text][+].extension[language].valueCode = #en
* extension[template].extension[text][=].extension[body].valueString = "Reminder: you have an appointment {time}. Details: {link}"

Instance: viestipohja-peruutus
InstanceOf: FiSocialMessageTemplate
Usage: #example
Title: "Peruutusilmoituksen pohja"
Description: "Peruutusilmoituksen pohja"
* code = https://ajanvaraus.example/fhir/CodeSystem/basic-type#message-template
* extension[template].extension[kind].valueCode = #cancellation
* extension[template].extension[channel].valueCode = #sms
* extension[template].extension[text][+].extension[language].valueCode = #fi
* extension[template].extension[text][=].extension[body].valueString = "Aikasi {time} on peruttu. Tiedot: {link}"
* extension[template].extension[text][+].extension[language].valueCode = #sv
* extension[template].extension[text][=].extension[body].valueString = "Din tid {time} har avbokats. Uppgifter: {link}"
