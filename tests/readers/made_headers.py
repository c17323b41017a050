"""Headers made up with the truth about each: systems, languages, ways of writing, typing errors."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping

Truth = list[tuple[str, str]]
"""The columns of one file: what each is called, and what it holds ("" for a custom field)."""

_KINDS = (
    "given_name|surname|name|email|phone|company|title|website|address|city|postcode|region"
    "|country|source|status|notes"
)
KINDS = _KINDS.split("|")

EVERYDAY: Mapping[str, str] = {
    "en": (
        "First name|Last name|Full name|Email address|Phone number|Company|Job title|Website"
        "|Street address|City|Postal code|State|Country|Lead source|Lead status|Comments"
    ),
    "de": (
        "Vorname|Nachname|Ansprechpartner|E-Mail-Adresse|Telefonnummer|Firma|Position|Webseite"
        "|Straße|Stadt|Postleitzahl|Bundesland|Land|Quelle|Leadstatus|Bemerkungen"
    ),
    "fr": (
        "Prénom|Nom de famille|Nom complet|Adresse e-mail|Téléphone|Entreprise|Fonction|Site web"
        "|Adresse|Ville|Code postal|Région|Pays|Source|Statut|Commentaires"
    ),
    "es": (
        "Nombre de pila|Apellidos|Nombre completo|Correo electrónico|Teléfono|Empresa|Cargo"
        "|Sitio web|Dirección|Ciudad|Código postal|Provincia|País|Fuente|Estado del lead|Notas"
    ),
    "it": (
        "Nome proprio|Cognome|Nome completo|Indirizzo email|Telefono|Azienda|Ruolo|Sito web"
        "|Indirizzo|Città|Codice postale|Regione|Paese|Fonte|Stato del lead|Note"
    ),
    "nl": (
        "Voornaam|Achternaam|Volledige naam|E-mailadres|Telefoonnummer|Bedrijf|Functie|Website"
        "|Straat|Woonplaats|Postcode|Provincie|Land|Bron|Leadstatus|Opmerkingen"
    ),
    "pt": (
        "Primeiro nome|Sobrenome|Nome completo|Endereço de e-mail|Telefone|Empresa|Cargo|Site"
        "|Endereço|Cidade|Código postal|Distrito|País|Origem|Situação|Observações"
    ),
    "pl": (
        "Imię|Nazwisko|Imię i nazwisko|Adres e-mail|Telefon|Firma|Stanowisko|Strona internetowa"
        "|Ulica|Miasto|Kod pocztowy|Województwo|Kraj|Źródło|Status|Uwagi"
    ),
    "sv": (
        "Förnamn|Efternamn|Fullständigt namn|E-postadress|Telefon|Företag|Befattning|Webbplats"
        "|Gatuadress|Stad|Postnummer|Län|Land|Källa|Status|Anteckningar"
    ),
    "no": (
        "Fornavn|Etternavn|Fullt navn|E-postadresse|Telefon|Bedrift|Stilling|Nettsted"
        "|Gateadresse|Poststed|Postnummer|Fylke|Land|Kilde|Status|Notater"
    ),
    "da": (
        "Fornavn|Efternavn|Fulde navn|E-mailadresse|Telefon|Virksomhed|Stilling|Hjemmeside"
        "|Adresse|By|Postnummer|Region|Land|Kilde|Status|Bemærkninger"
    ),
    "fi": (
        "Etunimi|Sukunimi|Koko nimi|Sähköposti|Puhelin|Yritys|Titteli|Verkkosivusto"
        "|Katuosoite|Kaupunki|Postinumero|Maakunta|Maa|Lähde|Tila|Muistiinpanot"
    ),
    "cs": (
        "Křestní jméno|Příjmení|Celé jméno|E-mail|Telefon|Společnost|Pozice|Webová stránka"
        "|Ulice|Město|PSČ|Okres|Země|Zdroj|Stav|Poznámky"
    ),
    "tr": (
        "Ad|Soyad|Tam ad|E-posta|Telefon|Şirket|Ünvan|Web sitesi"
        "|Adres|Şehir|Posta kodu|Bölge|Ülke|Kaynak|Durum|Notlar"
    ),
    "ru": (
        "Имя|Фамилия|ФИО|Электронная почта|Телефон|Компания|Должность|Сайт"
        "|Адрес|Город|Почтовый индекс|Область|Страна|Источник|Статус|Комментарий"
    ),
    "ar": (
        "الاسم الأول|اسم العائلة|الاسم الكامل|البريد الإلكتروني|رقم الهاتف|الشركة|المسمى الوظيفي"
        "|الموقع الإلكتروني|العنوان|المدينة|الرمز البريدي|المنطقة|الدولة|المصدر|الحالة|ملاحظات"
    ),
    "hi": (
        "पहला नाम|उपनाम|पूरा नाम|ईमेल|फ़ोन नंबर|कंपनी|पद|वेबसाइट"
        "|पता|शहर|पिन कोड|राज्य|देश|स्रोत|स्थिति|टिप्पणी"
    ),
    "zh": "名|姓|姓名|电子邮件|电话|公司|职位|网站|地址|城市|邮编|省份|国家|来源|状态|备注",
    "ja": (
        "名|姓|氏名|メールアドレス|電話番号|会社名|役職|ウェブサイト"
        "|住所|市区町村|郵便番号|都道府県|国|リードソース|ステータス|備考"
    ),
}
"""What the columns of :data:`KINDS` are called, in their order."""

SYSTEMS: Mapping[str, str] = {
    "a newer Google Contacts": (
        "First Name=given_name|Middle Name=|Last Name=surname|Phonetic First Name=|Name Prefix="
        "|Nickname=|File As=|Organization Name=company|Organization Title=title"
        "|Organization Department=|Birthday=|Notes=notes|Photo=|Labels=|E-mail 1 - Label=-"
        "|E-mail 1 - Value=email|E-mail 2 - Label=-|E-mail 2 - Value=email|Phone 1 - Label=-"
        "|Phone 1 - Value=phone|Address 1 - Label=-|Address 1 - Country=country"
        "|Address 1 - Street=address|Address 1 - City=city|Address 1 - Region=region"
        "|Address 1 - Postal Code=postcode|Website 1 - Label=-|Website 1 - Value=website"
    ),
    "an older Google Contacts": (
        "Name=name|Given Name=given_name|Additional Name=|Family Name=surname|Yomi Name="
        "|Given Name Yomi=|Name Prefix=|Initials=|Short Name=|Gender=|Location=|Mileage=|Hobby="
        "|Priority=|Subject=|Notes=notes|Language=|Group Membership=|E-mail 1 - Type=-"
        "|E-mail 1 - Value=email|Phone 1 - Type=-|Phone 1 - Value=phone"
        "|Organization 1 - Name=company|Organization 1 - Title=title"
    ),
    "Outlook": (
        "Title=|First Name=given_name|Middle Name=|Last Name=surname|Suffix=|Company=company"
        "|Department=|Job Title=title|Business Street=address|Business City=city"
        "|Business State=region|Business Postal Code=postcode|Business Country/Region=country"
        "|Business Fax=|Business Phone=phone|Home Phone=phone|Mobile Phone=phone|Pager="
        "|E-mail Address=email|E-mail Type=-|E-mail Display Name=|E-mail 2 Address=email"
        "|Web Page=website|Notes=notes|Categories=|Assistant's Name=|Manager's Name="
    ),
    "a German Outlook": (
        "Anrede=|Titel=|Vorname=given_name|Weitere Vornamen=|Nachname=surname|Suffix=|Firma=company"
        "|Abteilung=|Position=title|Straße geschäftlich=address|Ort geschäftlich=city"
        "|Region geschäftlich=region|Postleitzahl geschäftlich=postcode"
        "|Land/Region geschäftlich=country|Fax geschäftlich=|Telefon geschäftlich=phone"
        "|Telefon geschäftlich 2=phone|Telefon privat=phone|Mobiltelefon=phone"
        "|E-Mail-Adresse=email|E-Mail-Typ=-|E-Mail: Angezeigter Name=|Notizen=notes|Kategorien="
        "|Webseite=website"
    ),
    "a French Outlook": (
        "Titre=|Prénom=given_name|Deuxième prénom=|Nom=surname|Suffixe=|Société=company"
        "|Rue (bureau)=address|Ville (bureau)=city|Code postal (bureau)=postcode"
        "|Pays/Région (bureau)=country|Télécopie (bureau)=|Téléphone (bureau)=phone"
        "|Tél. mobile=phone|Adresse de messagerie=email|Type de messagerie=-|Page Web=website"
    ),
    "LinkedIn": (
        "First Name=given_name|Last Name=surname|URL=|Email Address=email|Company=company"
        "|Position=title|Connected On="
    ),
    "HubSpot": (
        "Record ID=|First Name=given_name|Last Name=surname|Email=email|Phone Number=phone"
        "|Mobile Phone Number=phone|Contact owner=|Associated Company=company|Job Title=title"
        "|Lead Status=status|Lifecycle Stage=|Original Source=source|Create Date="
        "|Last Activity Date=|Country/Region=country|State/Region=region|Postal Code=postcode"
        "|Email Domain=|Marketing contact status=|Number of Form Submissions="
    ),
    "a Salesforce report": (
        "Salutation=|First Name=given_name|Last Name=surname|Title=title"
        "|Company / Account=company|Lead Source=source|Email=email|Phone=phone|Mobile=phone|Fax="
        "|Street=address|City=city|State/Province=region|Zip/Postal Code=postcode|Country=country"
        "|Lead Status=status|Lead Owner=|Owner Alias=|Created Date=|Rating=|Email Opt Out="
    ),
    "Salesforce's names": (
        "Id=|FirstName=given_name|LastName=surname|Company=company|Email=email|Phone=phone"
        "|MobilePhone=phone|Fax=|LeadSource=source|Status=status|PostalCode=postcode|City=city"
        "|State=region|Country=country|OwnerId=|IsConverted=|HasOptedOutOfEmail=|Shoe_Size__c="
        "|Work_Email__c=email|NumberOfEmployees=|EmailBouncedReason=|CreatedDate="
    ),
    "Pipedrive": (
        "Person - ID=|Person - Name=name|Person - Email=email|Person - Phone=phone"
        "|Organization - Name=company|Person - Owner=|Person - Last activity date=|Deal - Title="
    ),
    "Zoho": (
        "Lead Id=|Lead Owner=|Company=company|First Name=given_name|Last Name=surname"
        "|Designation=title|Email=email|Secondary Email=email|Phone=phone|Mobile=phone|Fax="
        "|Website=website|Lead Source=source|Lead Status=status|Industry=|No. of Employees="
        "|Annual Revenue=|Rating=|Street=address|City=city|State=region|Zip Code=postcode"
        "|Country=country|Description=notes|Email Opt Out=|Skype ID=|Tag="
    ),
    "Apollo": (
        "First Name=given_name|Last Name=surname|Title=title|Company Name=company"
        "|Company Name for Emails=|Email=email|Email Status=|Primary Email Source="
        "|Email Confidence=|Primary Email Catch-all Status=|Seniority=|Departments=|Contact Owner="
        "|Work Direct Phone=phone|Home Phone=phone|Corporate Phone=phone|Stage=status|Lists="
        "|# Employees=|Industry=|Keywords=|Person Linkedin Url=|Website=website|Facebook Url="
        "|City=city|State=region|Country=country|Company Address=address|Company Phone=phone"
        "|Technologies=|Annual Revenue=|Latest Funding Amount=|Secondary Email=email"
    ),
    "Mailchimp": (
        "Email Address=email|First Name=given_name|Last Name=surname|Phone Number=phone"
        "|MEMBER_RATING=|OPTIN_TIME=|OPTIN_IP=|LATITUDE=|TIMEZONE=|CC=country|REGION=region"
        "|LAST_CHANGED=|LEID=|EUID=|NOTES=notes|TAGS="
    ),
    "Mailchimp's merge tags": "EMAIL=email|FNAME=given_name|LNAME=surname|PHONE=phone",
    "Brevo": (
        "EMAIL=email|LASTNAME=surname|FIRSTNAME=given_name|SMS=phone|EMAIL_BLACKLISTED="
        "|SMS_BLACKLISTED=|ADDED_TIME=|DOUBLE_OPT-IN="
    ),
    "Facebook": (
        "id=|created_time=|ad_id=|ad_name=|adset_name=|campaign_name=|form_name=|is_organic="
        "|platform=|what_is_your_budget?=|when_should_we_call_you?=|full_name=name"
        "|phone_number=phone|email=email|work_email=email|street_address=address|city=city"
        "|zip_code=postcode|company_name=company|job_title=title|inbox_url=|lead_status=status"
    ),
    "Google Ads": (
        "GCLID=|Google Click ID=|Lead Email=email|Lead Phone=phone|User Email=email"
        "|Conversion Name=|Conversion Time=|Keyword=|Device=|Campaign="
    ),
    "a list of participants": (
        "Nr.=|Name (required)=name|E-mail (work)=email|Tel. / Mobile=phone|Phone 2:=phone"
        "|Email*=email"
        "|Contact Details - Phone 2=phone|phone_3=phone|Firm / Company=company|Shoe size=|T-shirt="
    ),
}
"""The columns of exports, each with what it holds."""

_ODD_ONES = (
    "Male|Female|Contract|Count|Form|Size|Node|Paid|Post|Born|Language|Lead score|Last date"
    "|Notice|Start date|Fax|Invoice|Amount|Discount|Department|Industry|Birthday|Gender"
    "|Nickname|Tags|Owner|Email status|Email opt-in|Phone verified|Phone extension"
    "|Contact owner|Company size|Photo|Campaign|Score|Rank|Call|Called|Member|Number|Priority"
    "|Value|Villa|Date|Revenue|Session|Middle name|Created at|Updated at|User ID|Product"
    "|Color|Weight|Height|Order|Quantity|Segment|List|Event|Meeting|Deadline|Employees|Budget"
    "|Timezone|Currency|Payment|Delivery date|Statue|Cite|Mall|Meal|Tile|Table|Rating"
    "|Feedback|Website visits|Last email date|IMEI|Serial|Version"
)
ODD_ONES = _ODD_ONES.split("|")
"""Columns that are no field of ours; many come near to the name of one."""


def read_system(name: str) -> Truth:
    """Give the columns of a system's export with what each holds."""
    pairs = (column.rpartition("=") for column in SYSTEMS[name].split("|"))
    return [(header, kind) for header, _, kind in pairs]


def make_files(
    seed: int, styles: Mapping[str, Callable[[str], str]], *, languages: Iterable[str], count: int
) -> Iterator[Truth]:
    """Make up headers of some of a language's columns and some odd ones, in any order."""
    chance = random.Random(seed)
    for language in languages:
        for _ in range(count):
            style = styles[chance.choice(sorted(styles))]
            named = list(zip(EVERYDAY[language].split("|"), KINDS, strict=True))
            whole = chance.random() < 0.5
            unused = {"given_name", "surname"} if whole else {"name"}
            kept = [pair for pair in named if pair[1] not in unused and chance.random() < 0.8]
            odd = [(name, "") for name in chance.sample(ODD_ONES, 4)]
            columns = [*((style(name), kind) for name, kind in kept), *odd]
            chance.shuffle(columns)
            yield columns


STYLES: Mapping[str, Callable[[str], str]] = {
    "as is": str,
    "lower": str.lower,
    "upper": str.upper,
    "snake": lambda name: name.lower().replace(" ", "_").replace("-", "_"),
    "camel": lambda name: "".join(word[:1].upper() + word[1:] for word in name.split()),
    "star": "{}*".format,
    "colon": "{}:".format,
    "required": "{} (required)".format,
    "spaces": "  {} ".format,
}
"""Ways of writing a header."""


CASELESS = ("ar", "hi", "zh", "ja")
"""Languages that know no capitals, and in which people make other typing errors than these."""


def mistype(name: str, chance: random.Random) -> str:
    """Make one typing error in a word of five letters or more, not in its first letter."""
    words = name.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not long:
        return name
    place = chance.choice(long)
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    wrong = chance.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice("aeiorstn") + word[at + 1 :],
        ]
    )
    return " ".join([*words[:place], wrong, *words[place + 1 :]])
