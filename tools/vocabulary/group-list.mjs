// Groups of persons: id | English | French | Arabic | labels in the sources, as in theme-list.mjs.

export const groupList = `
women-and-girls | Women and girls | Femmes et filles | النساء والفتيات | 2:women ~ 3:Women ~ 3:girls ~ 4:Women & girls
children | Children | Enfants | الأطفال | 2:children ~ 3:Children ~ 4:Children
children-at-risk | Children in vulnerable situations | Enfants en situation de vulnérabilité | الأطفال في أوضاع هشة | 3:Children in vulnerable situations (abused, living on the street, institutionalized, indigenous, migrant children etc.) ~ 4:Children in vulnerable situations (abused, living on the street, institutionalized, indigenous, migrant children etc.)
youth | Youth and juveniles | Jeunes et mineurs | الشباب والأحداث | 3:youth ~ 4:Youth & juveniles
persons-with-disabilities | Persons with disabilities | Personnes handicapées | الأشخاص ذوو الإعاقة | 2:persons with disabilities ~ 3:persons with disabilities ~ 4:Persons with disabilities
older-persons | Older persons | Personnes âgées | كبار السن | 3:older persons ~ 4:Older persons
minorities | Minorities and racial, ethnic, linguistic, religious or descent-based groups | Minorités et groupes raciaux, ethniques, linguistiques, religieux ou fondés sur l'ascendance | الأقليات والجماعات العرقية أو الإثنية أو اللغوية أو الدينية أو القائمة على النسب | 2:minorities/ racial, ethnic, linguistic, religious or descent-based groups ~ 3:minorities/ racial, ethnic, linguistic, religious or descent-based groups ~ 4:Minorities/ racial, ethnic, linguistic, religious or descent-based groups
roma | Roma, Gypsies, Sinti and Travellers | Roms, Gitans, Sintis et Gens du voyage | الروما والغجر والسنتي والرحل | 3:Roma, Gypsies, Sinti & Travellers ~ 4:Roma, Gypsies, Sinti & Travellers
indigenous-peoples | Indigenous peoples | Peuples autochtones | الشعوب الأصلية | 4:Indigenous peoples
migrants | Migrants | Migrants | المهاجرون | 2:migrants ~ 3:Migrants & domestic workers ~ 4:Migrants
refugees | Refugees and asylum seekers | Réfugiés et demandeurs d'asile | اللاجئون وملتمسو اللجوء | 2:refugees & asylum seekers ~ 3:refugees & asylum seekers ~ 4:Refugees & asylum seekers
displaced-persons | Internally displaced persons | Personnes déplacées dans leur propre pays | المشردون داخليا | 4:Internally displaced persons
stateless-persons | Stateless persons | Apatrides | عديمو الجنسية | 2:stateless persons ~ 3:stateless persons ~ 4:Stateless persons
non-citizens | Non-citizens | Non-ressortissants | غير المواطنين | 2:non-citizens ~ 3:non-citizens
lgbti | Lesbian, gay, bisexual, transgender and intersex persons | Personnes lesbiennes, gays, bisexuelles, transgenres et intersexes | المثليات والمثليون ومزدوجو الميل الجنسي ومغايرو الهوية الجنسانية وحاملو صفات الجنسين | 2:lesbian, gay, bisexual, transgender and intersex persons (LGBTI) ~ 3:lesbian, gay, bisexual and transgender and intersex persons (LGBTI) ~ 4:Lesbian, gay, bisexual and transgender and intersex persons (LGBTI)
detainees | Persons deprived of their liberty and detainees | Personnes privées de liberté et détenus | الأشخاص المحرومون من حريتهم والمحتجزون | 3:Persons deprived of their liberty & detainees ~ 4:Persons deprived of their liberty & detainees ~ h:Persons deprived of their liberty
trafficked-persons | Trafficked persons and persons in slavery | Victimes de la traite et de l'esclavage | ضحايا الاتجار بالأشخاص والرق | h:Persons in slavery/trafficked persons
disappeared-persons | Disappeared persons | Personnes disparues | الأشخاص المختفون | 2:disappeared persons ~ 3:Disappeared persons
poverty | Persons living in poverty | Personnes vivant dans la pauvreté | الأشخاص الذين يعيشون في فقر | 2:persons living in poverty ~ 3:persons living in poverty ~ 4:Persons living in poverty
rural | Persons living in rural areas | Personnes vivant en milieu rural | سكان المناطق الريفية | 3:persons living in rural areas
persons-with-hiv | Persons living with HIV/AIDS | Personnes vivant avec le VIH/sida | الأشخاص المتعايشون مع فيروس نقص المناعة البشرية | 3:persons living with HIV/AIDS
vulnerable-persons | Vulnerable persons and groups | Personnes et groupes vulnérables | الأشخاص والفئات المستضعفة | 3:vulnerable persons/groups ~ 4:Vulnerable persons/groups
homeless-persons | Persons experiencing homelessness | Personnes sans domicile | المشردون بلا مأوى | h:Persons experiencing homelessness
defenders | Human rights defenders | Défenseurs des droits de l'homme | المدافعون عن حقوق الإنسان | h:Human rights defenders
civil-society | Civil society | Société civile | المجتمع المدني | 3:Civil society ~ 4:Civil society
media | Media | Médias | وسائط الإعلام | 3:media ~ 4:Media
judiciary | Judges, lawyers and prosecutors | Juges, avocats et procureurs | القضاة والمحامون والمدعون العامون | 2:judges, lawyers and prosecutors ~ 3:judges, lawyers and prosecutors ~ 4:Judges, lawyers and prosecutors
law-enforcement | Law enforcement, police and prison officials | Forces de l'ordre, policiers et agents pénitentiaires | موظفو إنفاذ القانون والشرطة والسجون | 3:Law enforcement / police & prison officials ~ 4:Law enforcement / police & prison officials
public-officials | Public officials | Agents publics | الموظفون العموميون | 3:public officials ~ 4:Public officials
educational-staff | Educational staff and students | Personnel enseignant et élèves | العاملون في التعليم والطلاب | 3:Educational staff & students ~ 4:Educational staff & students
medical-staff | Medical staff and health professionals | Personnel médical et professionnels de la santé | العاملون في الطب والمهنيون الصحيون | 4:Medical staff / health professionals
private-security | Private security | Sécurité privée | شركات الأمن الخاصة | h:Private security
mercenaries | Mercenaries | Mercenaires | المرتزقة | h:Mercenaries
general | General population | Population générale | عامة السكان | 2:general
`;
