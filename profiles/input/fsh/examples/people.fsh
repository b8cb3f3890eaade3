// The people of the story. The identity codes are of the range for tests.

Instance: asiakas-aino
InstanceOf: FiSocialPatient
Usage: #example
Title: "Aino, a mother"
Description: "Aino Esimerkki, äiti"
* extension[municipality].valueCoding = urn:oid:1.2.246.537.6.21#564 "Oulu"
* identifier.use = #official
* identifier.type = http://terminology.hl7.org/CodeSystem/v2-0203#NNFIN
* identifier.system = "urn:oid:1.2.246.21"
* identifier.value = "081181-9984"
* active = true
* birthDate = "1981-11-08"
* telecom.system = #phone
* telecom.value = "+358 50 4244 111"
* name.use = #official
* name.family = "Esimerkki"
* name.given = "Aino"
* gender = #female
* communication.language = urn:ietf:bcp:47#fi

Instance: asiakas-eetu
InstanceOf: FiSocialPatient
Usage: #example
Title: "Eetu, her son"
Description: "Eetu Esimerkki, poika"
* identifier.use = #official
* identifier.type = http://terminology.hl7.org/CodeSystem/v2-0203#NNFIN
* identifier.system = "urn:oid:1.2.246.21"
* identifier.value = "020516C903K"
* active = true
* birthDate = "2016-05-02"
* name.use = #official
* name.family = "Esimerkki"
* name.given = "Eetu"
* gender = #male
* communication.language = urn:ietf:bcp:47#fi

Instance: asiakas-suojattu
InstanceOf: FiSocialPatient
Usage: #example
Title: "A client under a non-disclosure order"
Description: "Asiakas, jolla on turvakielto"
* meta.security = https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs#TURVAKIELTO "Turvakielto"
* identifier.use = #temp
* identifier.system = "urn:oid:1.2.246.10.99999999.22.2026"
* identifier.value = "17"
* active = true
* name.use = #official
* name.family = "Esimerkki"
* name.given = "Tuisku"
* gender = #male
* communication.language = urn:ietf:bcp:47#sv

Instance: huoltaja-aino
InstanceOf: FiSocialRelatedPerson
Usage: #example
Title: "Aino as Eetu's guardian"
Description: "Aino Eetun huoltajana"
* active = true
* patient = Reference(asiakas-eetu)
* relationship = http://terminology.hl7.org/CodeSystem/v3-RoleCode#GUARD "guardian"
* name.family = "Esimerkki"
* name.given = "Aino"

Instance: huoltaja-huostaanotetun
InstanceOf: FiSocialRelatedPerson
Usage: #example
Title: "The guardian of a child in the care of the county"
Description: "Huostaan otetun lapsen huoltaja; lapsen asioista päättää hyvinvointialue"
* meta.security = https://ajanvaraus.example/fhir/CodeSystem/security-label#taken-into-care "Otettu huostaan"
* active = true
* patient = Reference(asiakas-suojattu)
* relationship = http://terminology.hl7.org/CodeSystem/v3-RoleCode#GUARD "guardian"
* name.family = "Esimerkki"
* name.given = "Ilta"

Instance: valtuutettu-helmi
InstanceOf: FiSocialRelatedPerson
Usage: #example
Title: "Helmi, a mandate holder"
Description: "Helmi, valtuutettu isoäiti"
* active = true
* patient = Reference(asiakas-aino)
* relationship = http://terminology.hl7.org/CodeSystem/v3-RoleCode#MTH "mother"
* name.family = "Esimerkki"
* name.given = "Helmi"
* telecom.system = #phone
* telecom.value = "+358 50 4244 112"

Instance: ammattilainen-liisa
InstanceOf: FiSocialPractitioner
Usage: #example
Title: "Liisa, a social worker"
Description: "Liisa Laine, sosiaalityöntekijä"
* identifier.system = "https://ajanvaraus.example/fhir/NamingSystem/ammattilainen"
* identifier.value = "liisa"
* active = true
* name.family = "Laine"
* name.given = "Liisa"
* gender = #female
* communication = urn:ietf:bcp:47#fi

Instance: ammattilainen-kalle
InstanceOf: FiSocialPractitioner
Usage: #example
Title: "Kalle of customer guidance"
Description: "Kalle Korpi, palveluohjaaja"
* identifier.system = "https://ajanvaraus.example/fhir/NamingSystem/ammattilainen"
* identifier.value = "kalle"
* active = true
* name.family = "Korpi"
* name.given = "Kalle"
* gender = #male
* communication = urn:ietf:bcp:47#fi

Instance: tulkki-noor
InstanceOf: FiSocialPractitioner
Usage: #example
Title: "Noor, an interpreter"
Description: "Noor Nieminen, tulkki"
* identifier.system = "https://ajanvaraus.example/fhir/NamingSystem/ammattilainen"
* identifier.value = "noor"
* active = true
* name.family = "Nieminen"
* name.given = "Noor"
* gender = #female
* communication = urn:ietf:bcp:47#ar

Instance: tehtava-liisa
InstanceOf: FiSocialPractitionerRole
Usage: #example
Title: "Role of -Liisa"
Description: "-Liisa: sosiaalityöntekijä"
* active = true
* practitioner = Reference(ammattilainen-liisa)
* organization = Reference(perhekeskus)
* code.text = "sosiaalityöntekijä"
* location = Reference(perhekeskuksen-toimisto)
* healthcareService[+] = Reference(palvelu-sosiaaliohjaus)
* healthcareService[+] = Reference(palvelu-perhetyo)

Instance: tehtava-kalle
InstanceOf: FiSocialPractitionerRole
Usage: #example
Title: "Role of -Kalle"
Description: "-Kalle: palveluohjaaja"
* active = true
* practitioner = Reference(ammattilainen-kalle)
* organization = Reference(asiakasohjaus)
* code.text = "palveluohjaaja"
* location = Reference(ohjauksen-toimisto)

Instance: ainon-tiimi
InstanceOf: FiSocialCareTeam
Usage: #example
Title: "Aino's team"
Description: "Ainon omatyöntekijä ja tiimi"
* status = #active
* subject = Reference(asiakas-aino)
* participant[+].role.text = "omatyöntekijä"
* participant[=].member = Reference(ammattilainen-liisa)
* participant[+].role.text = "palveluohjaaja"
* participant[=].member = Reference(ammattilainen-kalle)
* managingOrganization = Reference(perhekeskus)

Instance: perhetyon-tiimi
InstanceOf: FiSocialCareTeam
Usage: #example
Title: "The family-work team"
Description: "Perhetyön tiimi"
* status = #active
* name = "Perhetyön tiimi"
* participant.member = Reference(ammattilainen-liisa)
* managingOrganization = Reference(perhekeskus)
