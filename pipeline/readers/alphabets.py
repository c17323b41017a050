"""Alphabets: how names are spelt in the languages whose files come in an older encoding.

A few dozen names and places of each language are enough to tell which pairs of letters are usual.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Language:
    """A language: where it is spoken, as files say it, and words with its usual letters."""

    places: str
    words: str


LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        "de": Language(
            "de at ch germany deutschland austria österreich switzerland schweiz",
            "Müller Jürgen Björn Jörg Günther Käthe Schröder Krämer Köhler König Krüger"
            " Schäfer Weiß Böhm Jäger Voß Großmann Straße Köln München Düsseldorf Zürich"
            " Nürnberg Lübeck Österreich Geschäftsführer Bärbel Sören Götz Löwe Hübner"
            " Förster Kästner Häußler Rößler Fußball Äußere Übersee Österle Röhm Dörte"
            " Münster Thüringen Küche Büro Gebäude Größe Vögel",
        ),
        "fr": Language(
            "fr be ca france belgique belgium suisse canada",
            "François Hélène Jérôme Benoît Zoé Chloé Noël Gaëlle Anaïs Loïc Lefèvre Béranger"
            " Dupré Mélanie Frédéric Gérard Étienne Cécile Stéphane Hervé Geneviève Éric"
            " Éloïse Françoise Besançon Orléans Nîmes Saint-Étienne Côte Crêpe Société"
            " Générale Directeur délégué à où Légère Rhône-Alpes Guérin Bénédicte Aurélie"
            " Désiré Thérèse Joël Raphaël Maïté Lemaître Château Pâtisserie Hôtel Évêque"
            " Forêt Île Garçon Façade Leçon Brûlé Sœur Cœur Œuvre André René Agnès Irène"
            " Célia Amélie Héloïse Mickaël Citroën Maëlle Théo Léa Léo",
        ),
        "es": Language(
            "es mx ar co cl pe spain españa mexico méxico argentina colombia chile",
            "José María García González Rodríguez Hernández Martínez López Pérez Sánchez"
            " Ramírez Álvarez Gutiérrez Núñez Muñoz Peña Ibáñez Íñigo Óscar Ángel Raúl Jesús"
            " Andrés Tomás Sofía Lucía Inés Concepción Asunción Belén Málaga Córdoba Cádiz"
            " Logroño A Coruña Bogotá México Perú España Castañeda Ordóñez Zúñiga Begoña"
            " Dueñas Vázquez Suárez Jiménez Díaz Gómez Mónica Verónica Adrián Iván Rubén"
            " Víctor Benítez Domínguez Méndez Marín Avilés Compañía Niño Año Señor Ñuñoa"
            " Yáñez Montañés Cañizares Piñeiro Güell Agüero Érica",
        ),
        "pt": Language(
            "pt br portugal brazil brasil",
            "João José Conceição Assunção Gonçalves Simões Guimarães Magalhães Falcão Leitão"
            " Brandão Luís António Antônio Tânia Cátia Sílvia Lúcia Flávio Márcio Fábio"
            " Fernão Sebastião Inês São Paulo Brasília Goiânia Florianópolis Ceará Pará"
            " Maranhão Évora Setúbal Bragança Araújo Júlio César Patrícia Letícia Mônica"
            " Verônica Ângela Vitória Água Câmara Licença Camões Corrêa Mendonça Lourenço"
            " França Açores Coração Mãe Irmãos Condições Informação",
        ),
        "it": Language(
            "it italy italia",
            "Nicolò Niccolò Città Università Società Forlì Cantù Mondovì Libertà Verità"
            " Perché Caffè Mosè Noè Giosuè Salomè Desirée Località Qualità Attività Virtù Più"
            " Così Lunedì Dalmà",
        ),
        "nordic": Language(
            "se no dk fi is sweden norway denmark finland iceland sverige norge danmark suomi",
            "Åse Bjørn Jørgen Søren Håkon Pål Kåre Øystein Øyvind Bård Tråsdahl Sørensen"
            " Jørgensen Nygård Østergård Møller Kjær Væver Ødegård Åberg Ängström Öberg"
            " Sjöberg Lindström Söderberg Håkansson Åkesson Björk Sjögren Nyström Malmö"
            " Göteborg Örebro Västerås Umeå Tromsø Ålesund Århus Ærø Færøyene Hämäläinen"
            " Mäkinen Räsänen Jyväskylä Järvinen Väisänen Lähteenmäki Seppälä Töölö Pöyry"
            " Hyvönen Sigurður Þór Guðmundsdóttir Ólafur Jóhannsson Björgvin Reykjavík Ásgeir"
            " Ægir Kópavogur André Västergård Smålänning Tørring",
        ),
        "pl": Language(
            "pl poland polska",
            "Łukasz Paweł Michał Wałęsa Małgorzata Grażyna Bożena Żaneta Władysław Stanisław"
            " Jarosław Kowalczyk Wójcik Wiśniewski Dąbrowski Kozłowski Jabłoński Krawczyk"
            " Piątek Kamiński Zieliński Szymański Woźniak Król Wróbel Głowacki Gałązka Pająk"
            " Zając Mróz Źródło Świątek Śliwa Łódź Kraków Gdańsk Poznań Wrocław Częstochowa"
            " Rzeszów Białystok Toruń Sławomir Świętochłowice Księżyc Gęsia Chrząszcz Żółw"
            " Bąk Sienkiewicz Przemysław Zbigniew Błażej Agnieszka Cieśla Maślanka Kościuszko"
            " Jaśmina Ćwik Kołodziej Stępień Pawłowski Górski",
        ),
        "cs": Language(
            "cz sk czechia czech slovakia česko slovensko",
            "Jiří Tomáš Lukáš Ondřej Šárka Zdeněk Růžena Božena Dvořák Novák Černý Procházka"
            " Kučera Veselý Horák Němec Pokorný Růžička Beneš Fiala Kříž Hájek Král Jelínek"
            " Šťastný Brno Plzeň Olomouc Děčín Třinec Příbram Žďár Kroměříž Uherské Hradiště"
            " České Budějovice Ľuboš Ľudovít Ján Štefan Žilina Košice Prešov Hruška Mečiar"
            " Kováč Hudák Šťava Ťažký Ďuro Vojtěch Štěpán Věra Květa Matěj Eliška Tereza"
            " Kateřina Lenka Jiřina Vávra Blažek Říha",
        ),
        "hu": Language(
            "hu hungary magyarország",
            "László Zoltán Gábor Győző Ödön Ágnes Erzsébet József Péter Tamás Balázs Ákos Örs"
            " Tünde Szabó Kovács Tóth Nagy Horváth Németh Farkas Székely Győri Szűcs Fülöp"
            " Csűrös Lőrinc Győr Pécs Székesfehérvár Kecskemét Érd Erdős Gergő Dezső Rezső"
            " Jenő Ernő Mohácsi Fehér Török Vörös Zöld Kékes Hűség Főnök Igazgató Ügyvezető"
            " Őszi Kőszeg Bőr Hős Nők Köves",
        ),
        "ro": Language(
            "ro md romania românia moldova",
            "Ştefan Ionuţ Constanţa Braşov Bucureşti Iaşi Timişoara Piteşti Galaţi Ploieşti"
            " Mureş Mihăilescu Brătianu Crăciun Bălan Vlăduţ Ilinca Cătălin Mădălina Răzvan"
            " Sânziana Pătraşcu Dănuţ Băsescu Năstase Ceauşescu Tănase Preşedinte Vânzări"
            " Însă Înainte Român",
        ),
        "balkan": Language(
            "hr si rs ba croatia slovenia serbia hrvatska slovenija srbija",
            "Željko Živković Đorđe Đoković Petrović Jovanović Nikolić Marković Kovačević"
            " Šimić Babić Jurić Perić Šarić Božić Ćosić Ćiro Čačić Matić Tomašić Žarko Miloš"
            " Saša Nataša Maja Zagreb Šibenik Čakovec Niš Vršac Maribor Škofja Loka Črnomelj"
            " Novak Krajnc Žagar Đurić",
        ),
        "tr": Language(
            "tr turkey türkiye turkiye",
            "Çağlar Gökhan Oğuz Işık İsmail İbrahim Şahin Şükrü Yıldız Yılmaz Kılıç Çelik"
            " Aydın Arslan Doğan Öztürk Kaya Özdemir Güneş Gül Ayşe Fatma Hüseyin Müjde Tuğba"
            " Buğra Tuğçe Çiğdem İstanbul İzmir Diyarbakır Eskişehir Muğla Şanlıurfa"
            " Balıkesir Aydın Kırşehir Iğdır Ağrı Erdoğan Davutoğlu Kılıçdaroğlu Bağcılar"
            " Beşiktaş Kadıköy Üsküdar Çankaya Müdür Satış Mehmet Barış Savaş Sarı Uğur Yiğit"
            " Çakır Koç Şimşek Avcı Türk Ünal Özkan Demirtaş",
        ),
        "baltic": Language(
            "lt lv ee lithuania latvia estonia lietuva latvija eesti",
            "Jānis Bērziņš Kalniņš Ozoliņš Liepiņš Krūmiņš Zariņš Pētersons Balodis Eglītis"
            " Kārlis Pēteris Andris Māris Valdis Ilze Līga Inese Zanda Rīga Liepāja Jūrmala"
            " Daugavpils Žydrūnas Šarūnas Kęstutis Rūta Jūratė Eglė Daiva Živilė Kazlauskienė"
            " Jankauskas Petrauskaitė Stankevičius Žukauskas Butkutė Paulauskas Urbonavičius"
            " Šiauliai Panevėžys Mažeikiai Klaipėda Jõgeva Põltsamaa Tõnu Jüri Mõis Õunapuu"
            " Rõõmus Jaan Tamm Kõiv Võru Ģirts Ķemeri Ļaudona Ņina Grigorjevs Šķēle Čaks"
            " Vējonis Zatlers Gailītis Lācis Kļaviņš Brazauskas Grybauskaitė Nausėda Ąžuolas"
            " Įmonė Ąsotis Žąsis Dūdėnas Sąjunga",
        ),
        "ru": Language(
            "ru by kz bg ua russia россия belarus ukraine bulgaria",
            "Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров"
            " Морозов Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев"
            " Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев"
            " Романов Воробьёв Александр Дмитрий Сергей Андрей Алексей Максим Евгений Михаил"
            " Владимир Наталья Ольга Елена Татьяна Ирина Екатерина Анна Мария Светлана Юлия"
            " Людмила Галина Москва Пётр Санкт-Петербург Новосибирск Екатеринбург Казань"
            " Нижний Новгород Челябинск Самара Омск Ростов Уфа Красноярск Воронеж Пермь"
            " Волгоград менеджер директор отдел продаж улица дом Шевченко Коваленко"
            " Бондаренко Ткаченко Кравченко Киев Харьков Одесса Минск София Георги",
        ),
        "el": Language(
            "gr cy greece cyprus ελλάδα",
            "Γιώργος Γεώργιος Δημήτρης Κωνσταντίνος Νίκος Ιωάννης Παναγιώτης Χρήστος Βασίλης"
            " Αθανάσιος Μαρία Ελένη Αικατερίνη Σοφία Αναστασία Ευαγγελία Παπαδόπουλος"
            " Παπαδοπούλου Βλάχος Αγγελόπουλος Νικολάου Γεωργίου Οικονόμου Δημητρίου"
            " Κωνσταντίνου Παππάς Ιωάννου Αθήνα Θεσσαλονίκη Πάτρα Ηράκλειο Λάρισα Βόλος"
            " Ιωάννινα Χανιά Ρόδος Καλαμάτα Εταιρεία Διευθυντής Στέφανος Ανδρέας Σπύρος"
            " Μιχάλης Ζωή Ειρήνη Θεόδωρος Καραγιάννης Μακρής Αλέξανδρος",
        ),
        "he": Language(
            "il israel ישראל",
            "משה דוד יוסף אברהם יעקב שלמה חיים שרה רחל לאה מרים אסתר רבקה כהן לוי מזרחי פרץ"
            " ביטון דהן אברהם פרידמן מלכה אזולאי כץ יוסף עמר אוחיון חדד גבאי בן ירושלים תל"
            " אביב חיפה באר שבע נתניה אשדוד ראשון לציון פתח תקווה רמת גן חולון הרצליה נועה"
            " תמר יעל מיכל איתן דניאל נועם",
        ),
        "ar": Language(
            "sa ae eg ma dz iq jo sy saudi egypt emirates morocco algeria",
            "محمد أحمد علي حسن حسين عبد الله عبدالله خالد عمر إبراهيم يوسف مصطفى محمود سعيد"
            " فاطمة عائشة مريم خديجة زينب سارة نور ليلى هدى القاهرة الرياض دبي بغداد دمشق"
            " بيروت الجزائر تونس الدار البيضاء جدة مكة المدينة شركة المدير العام سليمان صالح"
            " ناصر سالم الشمري العتيبي الغامدي القحطاني الحربي الزهراني المالكي الدوسري حمد"
            " راشد سلطان فهد تركي بدر ماجد وليد",
        ),
        "ja": Language(
            "jp japan 日本",
            "佐藤鈴木高橋田中伊渡辺山本村小林加吉々口松井上斎清水崎森池阿部石川下島前岡長谷後"
            "近遠青坂斉福太西金子原三浦野竹内郎次一花健翔大輔直樹和恵洋幸久美由陽明東京都阪市"
            "府北海道名古屋横浜神戸札幌仙台広千葉埼玉県区町株式会社課営業開発総務人事経理新宿"
            "渋品港央誠智代真香織裕介拓也達哲隆浩之豊博史",
        ),
        "zh": Language(
            "cn sg china 中国",
            "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
            "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
            "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰"
            "霞平刚桂芝玉萍红梅建国华志小晓海北京上广州深圳天津重庆成都汉西安南杭青岛大连厦门"
            "市省区路号公司有限科技贸经理总销售部春雪琳晨宇浩然子涵",
        ),
        "zh-tw": Language(
            "tw hk taiwan hongkong 台灣",
            "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈"
            "余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓馬董唐溫藍蔣石古紀姚連馮歐程湯田康姜白"
            "汪鄒尤巫鐘黎涂龔嚴韓袁金童淑芬美玲雅婷怡君志明俊傑家豪建宏宗翰冠宇承恩品妍詩涵台"
            "北市雄中新竹桃園南基隆嘉義縣區路號股份有限公司經理業務總部國際科技貿易臺灣香港九"
            "龍華麗雪玉秀英惠珍慧文信德榮輝鳳春桂",
        ),
        "ko": Language(
            "kr korea 한국",
            "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민"
            "진지나엄원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국은편용"
            "예봉사부영수호준희경숙미순자철재동상태훈규환형빈아람솔별울산대광시군읍면로층식회"
            "팀과리무업관개발획총계늘슬보라다혜",
        ),
    }
)
"""The languages, by a short name."""
