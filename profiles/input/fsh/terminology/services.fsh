// Service tasks and social services. The names are those of the counties' lists; the national codes under
// 1.2.246.537.6.1221 and .1222 are loaded from the code server when somebody has them, and are never made up.
// Paternity and maternity became parentage with the Parenthood Act (775/2022), in force from 1 January 2023.

CodeSystem: ServiceTaskCodes
Id: palvelutehtava
Title: "Service task"
Description: "Service tasks of social care by local codes made of their Finnish names."
* insert InFinnish([[Palvelutehtävä]], [[Sosiaalihuollon palvelutehtävät paikallisin koodein, jotka on tehty suomenkielisistä nimistä.]])
* insert LocalCodes
* insert Code(lapsiperheiden-palvelut, Lapsiperheiden palvelut, Tjänster för barnfamiljer, Services for families with children)
* insert Code(lastensuojelu, Lastensuojelu, Barnskydd, Child welfare)
* insert Code(perheoikeudelliset-palvelut, Perheoikeudelliset palvelut, Familjerättsliga tjänster, Family law services)
* insert Code(tyoikaisten-palvelut, Työikäisten palvelut, Tjänster för personer i arbetsför ålder, Services for people of working age)
* insert Code(vammaispalvelut, Vammaispalvelut, Tjänster för personer med funktionsnedsättning, Services for people with disabilities)
* insert Code(paihdehuolto, Päihdehuolto, Missbrukarvård, Substance abuse services)
* insert Code(iakkaiden-palvelut, Iäkkäiden palvelut, Tjänster för äldre, Services for older people)

CodeSystem: SocialServiceCodes
Id: sosiaalipalvelu
Title: "Social service"
Description: "Social services by local codes made of their Finnish names; the property task tells which service tasks offer them."
* insert InFinnish([[Sosiaalipalvelu]], [[Sosiaalipalvelut paikallisin koodein; ominaisuus task kertoo, missä palvelutehtävissä palvelua annetaan.]])
* insert LocalCodes
* insert CodeProperty(task, [[A service task that offers it: a code of palvelutehtava.]])
* insert Validity
* insert Code(adoptioneuvonta, [[Adoptioneuvonta]], [[Adoptionsrådgivning]], [[Adoption counselling]])
* #adoptioneuvonta ^property[0].code = #task
* #adoptioneuvonta ^property[0].valueCode = #perheoikeudelliset-palvelut
* insert Code(ammatillinen-perhehoito, [[Ammatillinen perhehoito]], [[Professionell familjevård]], [[Professional foster care]])
* #ammatillinen-perhehoito ^property[0].code = #task
* #ammatillinen-perhehoito ^property[0].valueCode = #lastensuojelu
* insert Code(asiakkaan-raha-asioiden-hoitaminen, [[Asiakkaan raha-asioiden hoitaminen]], [[Skötsel av klientens penningärenden]], [[Managing a client's money]])
* #asiakkaan-raha-asioiden-hoitaminen ^property[0].code = #task
* #asiakkaan-raha-asioiden-hoitaminen ^property[0].valueCode = #lapsiperheiden-palvelut
* #asiakkaan-raha-asioiden-hoitaminen ^property[1].code = #task
* #asiakkaan-raha-asioiden-hoitaminen ^property[1].valueCode = #lastensuojelu
* #asiakkaan-raha-asioiden-hoitaminen ^property[2].code = #task
* #asiakkaan-raha-asioiden-hoitaminen ^property[2].valueCode = #tyoikaisten-palvelut
* insert Code(asunnon-muutostyo, [[Asunnon muutostyö]], [[Ändringsarbeten i bostaden]], [[Home alteration]])
* #asunnon-muutostyo ^property[0].code = #task
* #asunnon-muutostyo ^property[0].valueCode = #vammaispalvelut
* insert Code(ensikotipalvelu, [[Ensikotipalvelu]], [[Mödrahemstjänst]], [[Mother and child home]])
* #ensikotipalvelu ^property[0].code = #task
* #ensikotipalvelu ^property[0].valueCode = #lapsiperheiden-palvelut
* insert Code(henkilokohtainen-apu, [[Henkilökohtainen apu]], [[Personlig assistans]], [[Personal assistance]])
* #henkilokohtainen-apu ^property[0].code = #task
* #henkilokohtainen-apu ^property[0].valueCode = #vammaispalvelut
* insert Code(isyyden-selvittaminen, [[Isyyden selvittäminen]], [[Utredning av faderskap]], [[Establishing paternity]])
* #isyyden-selvittaminen ^property[0].code = #task
* #isyyden-selvittaminen ^property[0].valueCode = #perheoikeudelliset-palvelut
* #isyyden-selvittaminen ^property[1].code = #inactive
* #isyyden-selvittaminen ^property[1].valueBoolean = true
* #isyyden-selvittaminen ^property[2].code = #replacedBy
* #isyyden-selvittaminen ^property[2].valueCode = #vanhemmuuden-selvittaminen
* #isyyden-selvittaminen ^property[3].code = #validTo
* #isyyden-selvittaminen ^property[3].valueDateTime = "2022-12-31"
* insert Code(kasvatus-ja-perheneuvonta, [[Kasvatus- ja perheneuvonta]], [[Uppfostrings- och familjerådgivning]], [[Child guidance and family counselling]])
* #kasvatus-ja-perheneuvonta ^property[0].code = #task
* #kasvatus-ja-perheneuvonta ^property[0].valueCode = #lapsiperheiden-palvelut
* insert Code(kotihoito, [[Kotihoito]], [[Hemvård]], [[Home care]])
* #kotihoito ^property[0].code = #task
* #kotihoito ^property[0].valueCode = #lapsiperheiden-palvelut
* #kotihoito ^property[1].code = #task
* #kotihoito ^property[1].valueCode = #tyoikaisten-palvelut
* #kotihoito ^property[2].code = #task
* #kotihoito ^property[2].valueCode = #vammaispalvelut
* insert Code(kotipalvelu, [[Kotipalvelu]], [[Hemservice]], [[Home help]])
* #kotipalvelu ^property[0].code = #task
* #kotipalvelu ^property[0].valueCode = #lapsiperheiden-palvelut
* #kotipalvelu ^property[1].code = #task
* #kotipalvelu ^property[1].valueCode = #tyoikaisten-palvelut
* insert Code(kotoutumisen-edistaminen, [[Kotoutumisen edistäminen]], [[Främjande av integration]], [[Promotion of integration]])
* #kotoutumisen-edistaminen ^property[0].code = #task
* #kotoutumisen-edistaminen ^property[0].valueCode = #lapsiperheiden-palvelut
* #kotoutumisen-edistaminen ^property[1].code = #task
* #kotoutumisen-edistaminen ^property[1].valueCode = #tyoikaisten-palvelut
* insert Code(kriisityo, [[Kriisityö]], [[Krisarbete]], [[Crisis work]])
* #kriisityo ^property[0].code = #task
* #kriisityo ^property[0].valueCode = #lapsiperheiden-palvelut
* #kriisityo ^property[1].code = #task
* #kriisityo ^property[1].valueCode = #tyoikaisten-palvelut
* insert Code(kuntouttava-tyotoiminta, [[Kuntouttava työtoiminta]], [[Arbetsverksamhet i rehabiliteringssyfte]], [[Rehabilitative work]])
* #kuntouttava-tyotoiminta ^property[0].code = #task
* #kuntouttava-tyotoiminta ^property[0].valueCode = #tyoikaisten-palvelut
* insert Code(kuntoutusohjaus, [[Kuntoutusohjaus]], [[Rehabiliteringshandledning]], [[Rehabilitation guidance]])
* #kuntoutusohjaus ^property[0].code = #task
* #kuntoutusohjaus ^property[0].valueCode = #vammaispalvelut
* insert Code(laitoshoito, [[Laitoshoito]], [[Institutionsvård]], [[Institutional care]])
* #laitoshoito ^property[0].code = #task
* #laitoshoito ^property[0].valueCode = #lastensuojelu
* insert Code(laitospalvelu, [[Laitospalvelu]], [[Institutionsservice]], [[Institutional service]])
* #laitospalvelu ^property[0].code = #task
* #laitospalvelu ^property[0].valueCode = #vammaispalvelut
* insert Code(lapsen-elatusavun-turvaaminen, [[Lapsen elatusavun turvaaminen]], [[Tryggande av underhållsbidrag för barn]], [[Securing child maintenance]])
* #lapsen-elatusavun-turvaaminen ^property[0].code = #task
* #lapsen-elatusavun-turvaaminen ^property[0].valueCode = #perheoikeudelliset-palvelut
* insert Code(lapsen-huollon-ja-tapaamisoikeuden-turvaaminen, [[Lapsen huollon ja tapaamisoikeuden turvaaminen]], [[Tryggande av vårdnad om barn och umgängesrätt]], [[Securing child custody and right of access]])
* #lapsen-huollon-ja-tapaamisoikeuden-turvaaminen ^property[0].code = #task
* #lapsen-huollon-ja-tapaamisoikeuden-turvaaminen ^property[0].valueCode = #perheoikeudelliset-palvelut
* insert Code(liikkumista-tukeva-palvelu, [[Liikkumista tukeva palvelu]], [[Service som stöder rörlighet]], [[Mobility support]])
* #liikkumista-tukeva-palvelu ^property[0].code = #task
* #liikkumista-tukeva-palvelu ^property[0].valueCode = #lapsiperheiden-palvelut
* #liikkumista-tukeva-palvelu ^property[1].code = #task
* #liikkumista-tukeva-palvelu ^property[1].valueCode = #tyoikaisten-palvelut
* #liikkumista-tukeva-palvelu ^property[2].code = #task
* #liikkumista-tukeva-palvelu ^property[2].valueCode = #vammaispalvelut
* insert Code(lomanviettopalvelu, [[Lomanviettopalvelu]], [[Semesterservice]], [[Holiday service]])
* #lomanviettopalvelu ^property[0].code = #task
* #lomanviettopalvelu ^property[0].valueCode = #lapsiperheiden-palvelut
* #lomanviettopalvelu ^property[1].code = #task
* #lomanviettopalvelu ^property[1].valueCode = #tyoikaisten-palvelut
* #lomanviettopalvelu ^property[2].code = #task
* #lomanviettopalvelu ^property[2].valueCode = #vammaispalvelut
* insert Code(laheistaan-hoitavan-vapaa, [[Läheistään hoitavan vapaa]], [[Ledighet för närståendevårdare]], [[Leave of an informal carer]])
* #laheistaan-hoitavan-vapaa ^property[0].code = #task
* #laheistaan-hoitavan-vapaa ^property[0].valueCode = #lapsiperheiden-palvelut
* #laheistaan-hoitavan-vapaa ^property[1].code = #task
* #laheistaan-hoitavan-vapaa ^property[1].valueCode = #tyoikaisten-palvelut
* insert Code(omaishoidon-tuki, [[Omaishoidon tuki]], [[Stöd för närståendevård]], [[Informal care support]])
* #omaishoidon-tuki ^property[0].code = #task
* #omaishoidon-tuki ^property[0].valueCode = #lapsiperheiden-palvelut
* #omaishoidon-tuki ^property[1].code = #task
* #omaishoidon-tuki ^property[1].valueCode = #tyoikaisten-palvelut
* #omaishoidon-tuki ^property[2].code = #task
* #omaishoidon-tuki ^property[2].valueCode = #vammaispalvelut
* insert Code(palveluasuminen, [[Palveluasuminen]], [[Serviceboende]], [[Service housing]])
* #palveluasuminen ^property[0].code = #task
* #palveluasuminen ^property[0].valueCode = #tyoikaisten-palvelut
* #palveluasuminen ^property[1].code = #task
* #palveluasuminen ^property[1].valueCode = #vammaispalvelut
* insert Code(perheasioiden-sovittelu, [[Perheasioiden sovittelu]], [[Medling i familjefrågor]], [[Family mediation]])
* #perheasioiden-sovittelu ^property[0].code = #task
* #perheasioiden-sovittelu ^property[0].valueCode = #perheoikeudelliset-palvelut
* insert Code(perhehoito, [[Perhehoito]], [[Familjevård]], [[Foster care]])
* #perhehoito ^property[0].code = #task
* #perhehoito ^property[0].valueCode = #lastensuojelu
* #perhehoito ^property[1].code = #task
* #perhehoito ^property[1].valueCode = #tyoikaisten-palvelut
* #perhehoito ^property[2].code = #task
* #perhehoito ^property[2].valueCode = #vammaispalvelut
* insert Code(perhekuntoutus, [[Perhekuntoutus]], [[Familjerehabilitering]], [[Family rehabilitation]])
* #perhekuntoutus ^property[0].code = #task
* #perhekuntoutus ^property[0].valueCode = #lastensuojelu
* insert Code(perhetyo, [[Perhetyö]], [[Familjearbete]], [[Family work]])
* #perhetyo ^property[0].code = #task
* #perhetyo ^property[0].valueCode = #lapsiperheiden-palvelut
* insert Code(puolison-elatusavun-turvaaminen, [[Puolison elatusavun turvaaminen]], [[Tryggande av underhållsbidrag för make]], [[Securing spousal maintenance]])
* #puolison-elatusavun-turvaaminen ^property[0].code = #task
* #puolison-elatusavun-turvaaminen ^property[0].valueCode = #perheoikeudelliset-palvelut
* insert Code(paivatoiminta, [[Päivätoiminta]], [[Dagverksamhet]], [[Day activities]])
* #paivatoiminta ^property[0].code = #task
* #paivatoiminta ^property[0].valueCode = #tyoikaisten-palvelut
* #paivatoiminta ^property[1].code = #task
* #paivatoiminta ^property[1].valueCode = #vammaispalvelut
* insert Code(sijaishoito, [[Sijaishoito]], [[Avlösarvård]], [[Respite care]])
* #sijaishoito ^property[0].code = #task
* #sijaishoito ^property[0].valueCode = #lapsiperheiden-palvelut
* #sijaishoito ^property[1].code = #task
* #sijaishoito ^property[1].valueCode = #tyoikaisten-palvelut
* #sijaishoito ^property[2].code = #task
* #sijaishoito ^property[2].valueCode = #vammaispalvelut
* insert Code(sopeutumisvalmennus, [[Sopeutumisvalmennus]], [[Anpassningsträning]], [[Adaptation training]])
* #sopeutumisvalmennus ^property[0].code = #task
* #sopeutumisvalmennus ^property[0].valueCode = #vammaispalvelut
* insert Code(sosiaalinen-kuntoutus, [[Sosiaalinen kuntoutus]], [[Social rehabilitering]], [[Social rehabilitation]])
* #sosiaalinen-kuntoutus ^property[0].code = #task
* #sosiaalinen-kuntoutus ^property[0].valueCode = #lapsiperheiden-palvelut
* #sosiaalinen-kuntoutus ^property[1].code = #task
* #sosiaalinen-kuntoutus ^property[1].valueCode = #tyoikaisten-palvelut
* insert Code(sosiaalinen-luototus, [[Sosiaalinen luototus]], [[Social kreditgivning]], [[Social credit]])
* #sosiaalinen-luototus ^property[0].code = #task
* #sosiaalinen-luototus ^property[0].valueCode = #lapsiperheiden-palvelut
* #sosiaalinen-luototus ^property[1].code = #task
* #sosiaalinen-luototus ^property[1].valueCode = #tyoikaisten-palvelut
* insert Code(sosiaaliohjaus, [[Sosiaaliohjaus]], [[Social handledning]], [[Social guidance]])
* #sosiaaliohjaus ^property[0].code = #task
* #sosiaaliohjaus ^property[0].valueCode = #lapsiperheiden-palvelut
* #sosiaaliohjaus ^property[1].code = #task
* #sosiaaliohjaus ^property[1].valueCode = #lastensuojelu
* #sosiaaliohjaus ^property[2].code = #task
* #sosiaaliohjaus ^property[2].valueCode = #tyoikaisten-palvelut
* #sosiaaliohjaus ^property[3].code = #task
* #sosiaaliohjaus ^property[3].valueCode = #vammaispalvelut
* insert Code(sosiaalipaivystys, [[Sosiaalipäivystys]], [[Socialjour]], [[Social emergency services]])
* #sosiaalipaivystys ^property[0].code = #task
* #sosiaalipaivystys ^property[0].valueCode = #lapsiperheiden-palvelut
* #sosiaalipaivystys ^property[1].code = #task
* #sosiaalipaivystys ^property[1].valueCode = #lastensuojelu
* #sosiaalipaivystys ^property[2].code = #task
* #sosiaalipaivystys ^property[2].valueCode = #tyoikaisten-palvelut
* #sosiaalipaivystys ^property[3].code = #task
* #sosiaalipaivystys ^property[3].valueCode = #vammaispalvelut
* insert Code(sosiaalityo, [[Sosiaalityö]], [[Socialt arbete]], [[Social work]])
* #sosiaalityo ^property[0].code = #task
* #sosiaalityo ^property[0].valueCode = #lapsiperheiden-palvelut
* #sosiaalityo ^property[1].code = #task
* #sosiaalityo ^property[1].valueCode = #lastensuojelu
* #sosiaalityo ^property[2].code = #task
* #sosiaalityo ^property[2].valueCode = #tyoikaisten-palvelut
* #sosiaalityo ^property[3].code = #task
* #sosiaalityo ^property[3].valueCode = #vammaispalvelut
* insert Code(tapaamisten-valvonta, [[Tapaamisten valvonta]], [[Övervakning av umgänge]], [[Supervised contact]])
* #tapaamisten-valvonta ^property[0].code = #task
* #tapaamisten-valvonta ^property[0].valueCode = #perheoikeudelliset-palvelut
* insert Code(tehostettu-palveluasuminen, [[Tehostettu palveluasuminen]], [[Serviceboende med heldygnsomsorg]], [[Round-the-clock service housing]])
* #tehostettu-palveluasuminen ^property[0].code = #task
* #tehostettu-palveluasuminen ^property[0].valueCode = #tyoikaisten-palvelut
* #tehostettu-palveluasuminen ^property[1].code = #task
* #tehostettu-palveluasuminen ^property[1].valueCode = #vammaispalvelut
* insert Code(tehostettu-perhetyo, [[Tehostettu perhetyö]], [[Intensifierat familjearbete]], [[Intensified family work]])
* #tehostettu-perhetyo ^property[0].code = #task
* #tehostettu-perhetyo ^property[0].valueCode = #lastensuojelu
* insert Code(tilapainen-asuminen, [[Tilapäinen asuminen]], [[Tillfälligt boende]], [[Temporary housing]])
* #tilapainen-asuminen ^property[0].code = #task
* #tilapainen-asuminen ^property[0].valueCode = #lapsiperheiden-palvelut
* #tilapainen-asuminen ^property[1].code = #task
* #tilapainen-asuminen ^property[1].valueCode = #tyoikaisten-palvelut
* insert Code(toimeentulotukipalvelu, [[Toimeentulotukipalvelu]], [[Utkomststödstjänst]], [[Social assistance service]])
* #toimeentulotukipalvelu ^property[0].code = #task
* #toimeentulotukipalvelu ^property[0].valueCode = #lapsiperheiden-palvelut
* #toimeentulotukipalvelu ^property[1].code = #task
* #toimeentulotukipalvelu ^property[1].valueCode = #tyoikaisten-palvelut
* insert Code(tuettu-asuminen, [[Tuettu asuminen]], [[Stödboende]], [[Supported housing]])
* #tuettu-asuminen ^property[0].code = #task
* #tuettu-asuminen ^property[0].valueCode = #lastensuojelu
* #tuettu-asuminen ^property[1].code = #task
* #tuettu-asuminen ^property[1].valueCode = #tyoikaisten-palvelut
* #tuettu-asuminen ^property[2].code = #task
* #tuettu-asuminen ^property[2].valueCode = #vammaispalvelut
* insert Code(tukisuhdetoiminta, [[Tukisuhdetoiminta]], [[Stödrelationsverksamhet]], [[Support person activity]])
* #tukisuhdetoiminta ^property[0].code = #task
* #tukisuhdetoiminta ^property[0].valueCode = #lapsiperheiden-palvelut
* #tukisuhdetoiminta ^property[1].code = #task
* #tukisuhdetoiminta ^property[1].valueCode = #lastensuojelu
* #tukisuhdetoiminta ^property[2].code = #task
* #tukisuhdetoiminta ^property[2].valueCode = #tyoikaisten-palvelut
* #tukisuhdetoiminta ^property[3].code = #task
* #tukisuhdetoiminta ^property[3].valueCode = #vammaispalvelut
* insert Code(turvakotipalvelu, [[Turvakotipalvelu]], [[Skyddshemstjänst]], [[Shelter service]])
* #turvakotipalvelu ^property[0].code = #task
* #turvakotipalvelu ^property[0].valueCode = #lapsiperheiden-palvelut
* #turvakotipalvelu ^property[1].code = #task
* #turvakotipalvelu ^property[1].valueCode = #tyoikaisten-palvelut
* insert Code(vammaisten-henkiloiden-tyollistymista-tukeva-toiminta, [[Vammaisten henkilöiden työllistymistä tukeva toiminta]], [[Verksamhet som stöder sysselsättning av personer med funktionsnedsättning]], [[Employment support for people with disabilities]])
* #vammaisten-henkiloiden-tyollistymista-tukeva-toiminta ^property[0].code = #task
* #vammaisten-henkiloiden-tyollistymista-tukeva-toiminta ^property[0].valueCode = #tyoikaisten-palvelut
* insert Code(vammaisten-henkiloiden-tyohonvalmennus, [[Vammaisten henkilöiden työhönvalmennus]], [[Arbetsträning för personer med funktionsnedsättning]], [[Job coaching for people with disabilities]])
* #vammaisten-henkiloiden-tyohonvalmennus ^property[0].code = #task
* #vammaisten-henkiloiden-tyohonvalmennus ^property[0].valueCode = #vammaispalvelut
* insert Code(vammaisten-henkiloiden-tyotoiminta, [[Vammaisten henkilöiden työtoiminta]], [[Arbetsverksamhet för personer med funktionsnedsättning]], [[Work activities for people with disabilities]])
* #vammaisten-henkiloiden-tyotoiminta ^property[0].code = #task
* #vammaisten-henkiloiden-tyotoiminta ^property[0].valueCode = #tyoikaisten-palvelut
* #vammaisten-henkiloiden-tyotoiminta ^property[1].code = #task
* #vammaisten-henkiloiden-tyotoiminta ^property[1].valueCode = #vammaispalvelut
* insert Code(vanhemmuuden-selvittaminen, [[Vanhemmuuden selvittäminen]], [[Utredning av föräldraskap]], [[Establishing parentage]])
* #vanhemmuuden-selvittaminen ^property[0].code = #task
* #vanhemmuuden-selvittaminen ^property[0].valueCode = #perheoikeudelliset-palvelut
* #vanhemmuuden-selvittaminen ^property[1].code = #validFrom
* #vanhemmuuden-selvittaminen ^property[1].valueDateTime = "2023-01-01"
* insert Code(vertaistukitoiminta, [[Vertaistukitoiminta]], [[Kamratstödsverksamhet]], [[Peer support]])
* #vertaistukitoiminta ^property[0].code = #task
* #vertaistukitoiminta ^property[0].valueCode = #lapsiperheiden-palvelut
* #vertaistukitoiminta ^property[1].code = #task
* #vertaistukitoiminta ^property[1].valueCode = #lastensuojelu
* insert Code(aitiyden-selvittaminen, [[Äitiyden selvittäminen]], [[Utredning av moderskap]], [[Establishing maternity]])
* #aitiyden-selvittaminen ^property[0].code = #task
* #aitiyden-selvittaminen ^property[0].valueCode = #perheoikeudelliset-palvelut
* #aitiyden-selvittaminen ^property[1].code = #inactive
* #aitiyden-selvittaminen ^property[1].valueBoolean = true
* #aitiyden-selvittaminen ^property[2].code = #replacedBy
* #aitiyden-selvittaminen ^property[2].valueCode = #vanhemmuuden-selvittaminen
* #aitiyden-selvittaminen ^property[3].code = #validTo
* #aitiyden-selvittaminen ^property[3].valueDateTime = "2022-12-31"
