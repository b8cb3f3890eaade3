// What times are for, and how people meet. The list is that of the server's own time-types.csv; a test compares them.

CodeSystem: TimeTypeCodes
Id: aikatyyppi
Title: "Time type"
Description: "What a time in a calendar is for: a meeting with a client, or the organisation's own work. Where a source tells the usual length or our templates use one it is given in minutes."
* insert InFinnish([[Aikatyyppi]], [[Mitä varten kalenterin aika on: asiakkaan tapaamista tai organisaation omaa työtä. Tavallinen pituus on minuutteina siellä, missä lähde tai viikkopohjat sen kertovat.]])
* insert LocalCodes
* insert CodeProperty(kind, [[client: a time with a client; internal: the organisation's own]])
* insert CodeProperty(mode, [[The usual contact mode: a code of yhteystapa.]])
* ^property[+].code = #minutes
* ^property[=].description = "Usual length in minutes."
* ^property[=].type = #integer
* insert Validity
* insert Code(asiakasneuvottelu, [[Asiakasneuvottelu]], [[Klientförhandling]], [[Client negotiation]])
* #asiakasneuvottelu ^property[0].code = #kind
* #asiakasneuvottelu ^property[0].valueCode = #client
* #asiakasneuvottelu ^property[1].code = #mode
* #asiakasneuvottelu ^property[1].valueCode = #office
* #asiakasneuvottelu ^property[2].code = #minutes
* #asiakasneuvottelu ^property[2].valueInteger = 60
* insert Code(asiakasneuvottelu-etayhteydella, [[Asiakasneuvottelu etäyhteydellä]], [[Klientförhandling på distans]], [[Client negotiation by remote connection]])
* #asiakasneuvottelu-etayhteydella ^property[0].code = #kind
* #asiakasneuvottelu-etayhteydella ^property[0].valueCode = #client
* #asiakasneuvottelu-etayhteydella ^property[1].code = #mode
* #asiakasneuvottelu-etayhteydella ^property[1].valueCode = #video
* #asiakasneuvottelu-etayhteydella ^property[2].code = #minutes
* #asiakasneuvottelu-etayhteydella ^property[2].valueInteger = 60
* insert Code(asiakastapaaminen-etayhteydella, [[Asiakastapaaminen etäyhteydellä]], [[Klientmöte på distans]], [[Client meeting by remote connection]])
* #asiakastapaaminen-etayhteydella ^property[0].code = #kind
* #asiakastapaaminen-etayhteydella ^property[0].valueCode = #client
* #asiakastapaaminen-etayhteydella ^property[1].code = #mode
* #asiakastapaaminen-etayhteydella ^property[1].valueCode = #video
* #asiakastapaaminen-etayhteydella ^property[2].code = #minutes
* #asiakastapaaminen-etayhteydella ^property[2].valueInteger = 60
* insert Code(asiakastapaaminen-muualla, [[Asiakastapaaminen muualla]], [[Klientmöte på annan plats]], [[Client meeting elsewhere]])
* #asiakastapaaminen-muualla ^property[0].code = #kind
* #asiakastapaaminen-muualla ^property[0].valueCode = #client
* #asiakastapaaminen-muualla ^property[1].code = #mode
* #asiakastapaaminen-muualla ^property[1].valueCode = #home
* #asiakastapaaminen-muualla ^property[2].code = #minutes
* #asiakastapaaminen-muualla ^property[2].valueInteger = 90
* insert Code(asiakastapaaminen-toimistolla, [[Asiakastapaaminen toimistolla]], [[Klientmöte på kontoret]], [[Client meeting at the office]])
* #asiakastapaaminen-toimistolla ^property[0].code = #kind
* #asiakastapaaminen-toimistolla ^property[0].valueCode = #client
* #asiakastapaaminen-toimistolla ^property[1].code = #mode
* #asiakastapaaminen-toimistolla ^property[1].valueCode = #office
* #asiakastapaaminen-toimistolla ^property[2].code = #minutes
* #asiakastapaaminen-toimistolla ^property[2].valueInteger = 60
* insert Code(asiakastyon-kirjaaminen, [[Asiakastyön kirjaaminen]], [[Dokumentation av klientarbete]], [[Documentation of client work]])
* #asiakastyon-kirjaaminen ^property[0].code = #kind
* #asiakastyon-kirjaaminen ^property[0].valueCode = #internal
* #asiakastyon-kirjaaminen ^property[1].code = #minutes
* #asiakastyon-kirjaaminen ^property[1].valueInteger = 30
* insert Code(lapset-puheeksi-menetelma, [[Lapset puheeksi -menetelmä]], [[Metoden Föra barnen på tal]], [[Let’s Talk about Children method]])
* #lapset-puheeksi-menetelma ^property[0].code = #kind
* #lapset-puheeksi-menetelma ^property[0].valueCode = #client
* #lapset-puheeksi-menetelma ^property[1].code = #mode
* #lapset-puheeksi-menetelma ^property[1].valueCode = #office
* insert Code(matka-aika, [[Matka-aika]], [[Restid]], [[Travel time]])
* #matka-aika ^property[0].code = #kind
* #matka-aika ^property[0].valueCode = #internal
* #matka-aika ^property[1].code = #minutes
* #matka-aika ^property[1].valueInteger = 30
* insert Code(moniammatillinen-asiantuntijatyoryhma, [[Moniammatillinen asiantuntijatyöryhmä]], [[Multiprofessionell sakkunniggrupp]], [[Multiprofessional expert group]])
* #moniammatillinen-asiantuntijatyoryhma ^property[0].code = #kind
* #moniammatillinen-asiantuntijatyoryhma ^property[0].valueCode = #internal
* insert Code(muu-kirjallinen-tyo, [[Muu kirjallinen työ]], [[Annat skriftligt arbete]], [[Other written work]])
* #muu-kirjallinen-tyo ^property[0].code = #kind
* #muu-kirjallinen-tyo ^property[0].valueCode = #internal
* insert Code(muualla-asiakastyossa, [[Muualla asiakastyössä]], [[I klientarbete på annan plats]], [[In client work elsewhere]])
* #muualla-asiakastyossa ^property[0].code = #kind
* #muualla-asiakastyossa ^property[0].valueCode = #client
* #muualla-asiakastyossa ^property[1].code = #mode
* #muualla-asiakastyossa ^property[1].valueCode = #home
* insert Code(olosuhdeselvitys, [[Olosuhdeselvitys]], [[Utredning av förhållanden]], [[Assessment of circumstances]])
* #olosuhdeselvitys ^property[0].code = #kind
* #olosuhdeselvitys ^property[0].valueCode = #client
* #olosuhdeselvitys ^property[1].code = #mode
* #olosuhdeselvitys ^property[1].valueCode = #home
* insert Code(palaveri, [[Palaveri]], [[Internt möte]], [[Staff meeting]])
* #palaveri ^property[0].code = #kind
* #palaveri ^property[0].valueCode = #internal
* #palaveri ^property[1].code = #minutes
* #palaveri ^property[1].valueInteger = 60
* insert Code(poissa-asiakastyosta, [[Poissa asiakastyöstä]], [[Borta från klientarbetet]], [[Away from client work]])
* #poissa-asiakastyosta ^property[0].code = #kind
* #poissa-asiakastyosta ^property[0].valueCode = #internal
* insert Code(puhelinaika, [[Puhelinaika]], [[Telefontid]], [[Telephone hour]])
* #puhelinaika ^property[0].code = #kind
* #puhelinaika ^property[0].valueCode = #client
* #puhelinaika ^property[1].code = #mode
* #puhelinaika ^property[1].valueCode = #phone
* insert Code(puhelu, [[Puhelu]], [[Telefonsamtal]], [[Phone call]])
* #puhelu ^property[0].code = #kind
* #puhelu ^property[0].valueCode = #client
* #puhelu ^property[1].code = #mode
* #puhelu ^property[1].valueCode = #phone
* #puhelu ^property[2].code = #minutes
* #puhelu ^property[2].valueInteger = 30
* insert Code(ryhmatoiminta, [[Ryhmätoiminta]], [[Gruppverksamhet]], [[Group activity]])
* #ryhmatoiminta ^property[0].code = #kind
* #ryhmatoiminta ^property[0].valueCode = #client
* #ryhmatoiminta ^property[1].code = #mode
* #ryhmatoiminta ^property[1].valueCode = #office
* #ryhmatoiminta ^property[2].code = #minutes
* #ryhmatoiminta ^property[2].valueInteger = 60
* insert Code(ryhmatoiminta-jalkautuvat-tyo, [[Ryhmätoiminta, jalkautuvat työ]], [[Gruppverksamhet, uppsökande arbete]], [[Group activity, outreach work]])
* #ryhmatoiminta-jalkautuvat-tyo ^property[0].code = #kind
* #ryhmatoiminta-jalkautuvat-tyo ^property[0].valueCode = #client
* #ryhmatoiminta-jalkautuvat-tyo ^property[1].code = #mode
* #ryhmatoiminta-jalkautuvat-tyo ^property[1].valueCode = #home
* insert Code(systeeminen-tiimikokous, [[Systeeminen tiimikokous]], [[Systemiskt teammöte]], [[Systemic team meeting]])
* #systeeminen-tiimikokous ^property[0].code = #kind
* #systeeminen-tiimikokous ^property[0].valueCode = #internal
* insert Code(sahkoinen-asiointi, [[Sähköinen asiointi]], [[Elektronisk ärendehantering]], [[Electronic service]])
* #sahkoinen-asiointi ^property[0].code = #kind
* #sahkoinen-asiointi ^property[0].valueCode = #client
* #sahkoinen-asiointi ^property[1].code = #mode
* #sahkoinen-asiointi ^property[1].valueCode = #video
* insert Code(tuettu-valvottu-tapaaminen, [[Tuettu/valvottu tapaaminen]], [[Stött/övervakat umgänge]], [[Supported or supervised meeting]])
* #tuettu-valvottu-tapaaminen ^property[0].code = #kind
* #tuettu-valvottu-tapaaminen ^property[0].valueCode = #client
* #tuettu-valvottu-tapaaminen ^property[1].code = #mode
* #tuettu-valvottu-tapaaminen ^property[1].valueCode = #office
* insert Code(tuettu-valvottu-vaihto, [[Tuettu/valvottu vaihto]], [[Stött/övervakat byte]], [[Supported or supervised handover]])
* #tuettu-valvottu-vaihto ^property[0].code = #kind
* #tuettu-valvottu-vaihto ^property[0].valueCode = #client
* #tuettu-valvottu-vaihto ^property[1].code = #mode
* #tuettu-valvottu-vaihto ^property[1].valueCode = #office
* insert Code(typ-tapaaminen, [[Typ-tapaaminen]], [[TYP-möte]], [[Meeting of the employment promotion service (TYP)]])
* #typ-tapaaminen ^property[0].code = #kind
* #typ-tapaaminen ^property[0].valueCode = #client
* #typ-tapaaminen ^property[1].code = #mode
* #typ-tapaaminen ^property[1].valueCode = #office
* insert Code(viranomaisneuvottelu, [[Viranomaisneuvottelu]], [[Myndighetsförhandling]], [[Meeting of authorities]])
* #viranomaisneuvottelu ^property[0].code = #kind
* #viranomaisneuvottelu ^property[0].valueCode = #client
* #viranomaisneuvottelu ^property[1].code = #mode
* #viranomaisneuvottelu ^property[1].valueCode = #office
* insert Code(neuvonta-aika, [[Neuvonta-aika]], [[Rådgivningstid]], [[Advice time]])
* #neuvonta-aika ^property[0].code = #kind
* #neuvonta-aika ^property[0].valueCode = #client
* #neuvonta-aika ^property[1].code = #mode
* #neuvonta-aika ^property[1].valueCode = #phone
* #neuvonta-aika ^property[2].code = #minutes
* #neuvonta-aika ^property[2].valueInteger = 15
* insert Code(eroaika, [[Eroaika]], [[Tid vid skilsmässa]], [[Separation appointment]])
* #eroaika ^property[0].code = #kind
* #eroaika ^property[0].valueCode = #client
* #eroaika ^property[1].code = #mode
* #eroaika ^property[1].valueCode = #office
* #eroaika ^property[2].code = #minutes
* #eroaika ^property[2].valueInteger = 90
* insert Code(elatussopimuksen-jatkoaika, [[Elatussopimuksen jatkoaika]], [[Tid för fortsättning av underhållsavtal]], [[Continuation of a maintenance agreement]])
* #elatussopimuksen-jatkoaika ^property[0].code = #kind
* #elatussopimuksen-jatkoaika ^property[0].valueCode = #client
* #elatussopimuksen-jatkoaika ^property[1].code = #mode
* #elatussopimuksen-jatkoaika ^property[1].valueCode = #office
* #elatussopimuksen-jatkoaika ^property[2].code = #minutes
* #elatussopimuksen-jatkoaika ^property[2].valueInteger = 60
* insert Code(elatussopimuksen-muutosaika, [[Elatussopimuksen muutosaika]], [[Tid för ändring av underhållsavtal]], [[Change of a maintenance agreement]])
* #elatussopimuksen-muutosaika ^property[0].code = #kind
* #elatussopimuksen-muutosaika ^property[0].valueCode = #client
* #elatussopimuksen-muutosaika ^property[1].code = #mode
* #elatussopimuksen-muutosaika ^property[1].valueCode = #office
* #elatussopimuksen-muutosaika ^property[2].code = #minutes
* #elatussopimuksen-muutosaika ^property[2].valueInteger = 60
* insert Code(henkilokohtaisen-avun-tyonantajan-infoaika, [[Henkilökohtaisen avun työnantajan infoaika]], [[Infotid för arbetsgivare inom personlig assistans]], [[Information for employers in personal assistance]])
* #henkilokohtaisen-avun-tyonantajan-infoaika ^property[0].code = #kind
* #henkilokohtaisen-avun-tyonantajan-infoaika ^property[0].valueCode = #client
* #henkilokohtaisen-avun-tyonantajan-infoaika ^property[1].code = #mode
* #henkilokohtaisen-avun-tyonantajan-infoaika ^property[1].valueCode = #office
* #henkilokohtaisen-avun-tyonantajan-infoaika ^property[2].code = #minutes
* #henkilokohtaisen-avun-tyonantajan-infoaika ^property[2].valueInteger = 60

CodeSystem: ContactModeCodes
Id: yhteystapa
Title: "Contact mode"
Description: "How client and professional meet. The national codes are those of THL's Asiointitapa (1.2.246.537.6.884); only a few of them are known here."
* insert InFinnish([[Yhteystapa]], [[Miten asiakas ja ammattilainen tapaavat. Kansalliset koodit ovat THL:n Asiointitavassa (1.2.246.537.6.884), josta tässä tunnetaan vain muutama.]])
* insert LocalCodes
* insert Code(office, Toimistolla, På kontoret, At the office)
* insert Code(phone, Puhelu, Telefonsamtal, By phone)
* insert Code(video, Etäyhteys, Distanskontakt, By video)
* insert Code(home, Kotona tai muualla, Hemma eller på annan plats, At home or elsewhere)
