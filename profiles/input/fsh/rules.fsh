// Rule sets that every file uses.

// A text in Finnish beside the English one.
RuleSet: Fi(element, text)
* ^{element}.extension[+].url = "http://hl7.org/fhir/StructureDefinition/translation"
* ^{element}.extension[=].extension[0].url = "lang"
* ^{element}.extension[=].extension[0].valueCode = #fi
* ^{element}.extension[=].extension[1].url = "content"
* ^{element}.extension[=].extension[1].valueString = "{text}"

// Title and description in Finnish.
RuleSet: InFinnish(title, description)
* insert Fi(title, [[{title}]])
* insert Fi(description, [[{description}]])

// An element that must be supported, with what it is in English and Finnish.
RuleSet: Note(element, en, fi)
* {element} MS
* {element} ^short = "{en}"
* {element} ^short.extension[+].url = "http://hl7.org/fhir/StructureDefinition/translation"
* {element} ^short.extension[=].extension[0].url = "lang"
* {element} ^short.extension[=].extension[0].valueCode = #fi
* {element} ^short.extension[=].extension[1].url = "content"
* {element} ^short.extension[=].extension[1].valueString = "{fi}"

// A resource that meets this profile meets that one too.
RuleSet: Imposes(profile)
* ^extension[+].url = "http://hl7.org/fhir/StructureDefinition/structuredefinition-imposeProfile"
* ^extension[=].valueCanonical = "{profile}"

RuleSet: LocalCodes
* ^caseSensitive = true
* ^content = #complete

// A code with its names in Finnish (display), Swedish and English.
RuleSet: Code(code, fi, sv, en)
* #{code} "{fi}"
* #{code} ^designation[0].language = #sv
* #{code} ^designation[0].value = "{sv}"
* #{code} ^designation[1].language = #en
* #{code} ^designation[1].value = "{en}"

// A property of a code system whose values are codes.
RuleSet: CodeProperty(code, description)
* ^property[+].code = #{code}
* ^property[=].description = "{description}"
* ^property[=].type = #code

// From when to when a name is used, and what came in its place.
RuleSet: Validity
* ^property[+].code = #validFrom
* ^property[=].description = "First day on which the code may be chosen."
* ^property[=].type = #dateTime
* ^property[+].code = #validTo
* ^property[=].description = "Last day on which the code may be chosen."
* ^property[=].type = #dateTime
* ^property[+].code = #replacedBy
* ^property[=].description = "The code that came in its place."
* ^property[=].type = #code
* ^property[+].code = #inactive
* ^property[=].uri = "http://hl7.org/fhir/concept-properties#inactive"
* ^property[=].description = "True: stands in old records and is not chosen any more."
* ^property[=].type = #boolean
