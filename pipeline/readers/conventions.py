"""What columns are called: the words other systems and languages use for each of our fields.

Words are folded (lower case, ASCII, no punctuation, no numbers); the first words of a field are
the surest, so that a "Job Title" outranks a "Title".
"""

from collections.abc import Mapping

from pipeline.normalize.text import fold_text, word_set

_WORDS: Mapping[str, str] = {
    "name": (
        "full name|name|display name|person name|contact name|lead name|client name|customer name"
        "|your name|complete name|fullname|contact|user name|person|contact person"
        "|vollstandiger name|vor und nachname|ansprechpartner|kontakt|kontaktname"
        "|nom|nom complet|nom et prenom|nom prenom|prenom et nom|contact nom|interlocuteur"
        "|nombre|nombre completo|nombre y apellido|nombre y apellidos|contacto|nome completo"
        "|nome e cognome|nominativo|volledige naam|naam|nome|contactpersoon"
        "|الاسم|الاسم الكامل|اسم|नाम|पूरा नाम"
    ),
    "given_name": (
        "first name|given name|firstname|fname|forename|first|fn|person first name|vorname|prenom"
        "|nombre de pila|primer nombre|nombres|voornaam|primeiro nome|nome proprio|imie"
        "|الاسم الأول|पहला नाम"
    ),
    "surname": (
        "last name|surname|family name|lastname|lname|last|ln|second name|nachname|familienname"
        "|zuname|nom de famille|apellido|apellidos|primer apellido|cognome|achternaam|familienaam"
        "|sobrenome|apelido|nazwisko|اسم العائلة|اللقب|उपनाम|अंतिम नाम"
    ),
    "email": (
        "email|email address|work email|business email|personal email|primary email|email value"
        "|mail|emails|email addresses|email id|home email|other email|secondary email"
        "|tertiary email|contact email|lead email|user email|user principal name|mail address"
        "|email adresse|emailadresse|mailadresse|e post|adresse email|adresse mail"
        "|adresse electronique|courriel|mel|adresse de messagerie|correo|correo electronico"
        "|direccion de correo|direccion de correo electronico|email corporativo|posta elettronica"
        "|indirizzo email|indirizzo mail|indirizzo di posta elettronica|mailadres|emailadres"
        "|endereco de email|correio eletronico|البريد|البريد الإلكتروني|بريد إلكتروني|ईमेल|ई मेल"
    ),
    "phone": (
        "phone|phone number|mobile phone|mobile|mobile number|mobile phone number|work phone"
        "|business phone|primary phone|home phone|other phone|work direct phone|direct phone"
        "|corporate phone|company phone|company main phone|office phone|phone value|phones|cell"
        "|cell phone|cellphone|telephone|telephone number|tel|tel no|phone no|contact number"
        "|contact phone|lead phone|user phone|direct dial|landline|sms|whatsapp|whatsapp number"
        "|assistants phone|car phone|radio phone|phone home|phone work|phone mobile"
        "|telefon|telefonnummer|rufnummer|handy|handynummer|mobil|mobilnummer|mobiltelefon"
        "|telefon geschaftlich|telefon privat|festnetz|tel nr"
        "|telephone portable|portable|numero de telephone|tel portable|telephone fixe|tel fixe"
        "|telephone mobile|telephone professionnel"
        "|telefono|telefono movil|movil|celular|numero de telefono|telefono fijo|telefono celular"
        "|cellulare|numero di telefono|telefono cellulare|recapito telefonico"
        "|telefoon|telefoonnummer|mobiel|gsm|mobiele telefoon|mobiel nummer"
        "|telefone|telemovel|numero de telefone|telefone celular|telefone fixo"
        "|الهاتف|رقم الهاتف|هاتف|جوال|الجوال|رقم الجوال|फ़ोन|फोन|मोबाइल|फ़ोन नंबर|मोबाइल नंबर"
    ),
    "company": (
        "company|company name|organization name|organisation name|company account|account name"
        "|organization|organisation|associated company|account|business name|employer|org|firm"
        "|current company|company name for emails|business|firma|firmenname|unternehmen"
        "|organisationsname|arbeitgeber|entreprise|societe|nom de l entreprise|raison sociale"
        "|nom de la societe|organisme|empresa|compania|nombre de la empresa|razon social"
        "|organizacion|azienda|societa|ragione sociale|nome azienda|ditta|bedrijf|bedrijfsnaam"
        "|organisatie|nome da empresa|razao social|organizacao|الشركة|اسم الشركة|कंपनी|कंपनी का नाम"
    ),
    "title": (
        "job title|title|position|job|role|job role|job position|organization title|occupation"
        "|designation|headline|function|berufsbezeichnung|stellenbezeichnung|beruf|funktion"
        "|jobtitel|poste|fonction|intitule du poste|titre|titre du poste|cargo|puesto"
        "|puesto de trabajo|titulo|ruolo|qualifica|posizione|mansione|functie|functietitel"
        "|المسمى الوظيفي|الوظيفة|पद"
    ),
    "website": (
        "website|web site|web page|company website|company website url|website url|website value"
        "|homepage|home page|url|web|domain|company domain|company domain name|site|company url"
        "|webseite|internetseite|internet|site web|site internet|sitio web|pagina web|sito web"
        "|sito|sito internet|site da empresa|الموقع|الموقع الإلكتروني|वेबसाइट"
    ),
    "address": (
        "address|street|street address|address line|business street|mailing street|address street"
        "|company address|mailing address|home street|address formatted|adresse|strasse|anschrift"
        "|adresse postale|rue|direccion|calle|domicilio|indirizzo|via|adres|straat|endereco|rua"
        "|morada|العنوان|पता"
    ),
    "city": (
        "city|town|business city|mailing city|address city|home city|ct|locality|stadt|ort"
        "|wohnort|ville|commune|ciudad|localidad|poblacion|municipio|citta|comune|localita|stad"
        "|woonplaats|plaats|cidade|المدينة|शहर"
    ),
    "postcode": (
        "postal code|zip code|postcode|zip|zipcode|post code|business postal code"
        "|mailing postal code|address postal code|home postal code|zip postal code|mailing zip"
        "|plz|postleitzahl|code postal|codigo postal|cap|codice postale|cep|codigo de endereco"
        "|الرمز البريدي|पिन कोड"
    ),
    "region": (
        "state|state region|state province|province|region|business state|mailing state"
        "|address region|home state|county|st|bundesland|kanton|departement|provincia|estado"
        "|comunidad autonoma|regione|provincie|distrito|المنطقة|राज्य"
    ),
    "country": (
        "country|country region|business country region|mailing country|address country"
        "|home country|country code|country name|land|pays|pais|paese|nazione|nazionalita"
        "|الدولة|البلد|देश"
    ),
    "source": (
        "lead source|source|original source|lead origin|origin|acquisition source|channel"
        "|utm source|referral source|how did you hear about us|quelle|herkunft|leadquelle|origine"
        "|provenance|source du lead|fuente|origen|fuente del lead|fonte|provenienza|bron|origem"
        "|المصدر|स्रोत"
    ),
    "status": (
        "lead status|status|lead stage|stage|contact status|leadstatus|statut|estado del lead"
        "|stato|situacao|estado do lead|estatus|الحالة|स्थिति"
    ),
    "notes": (
        "notes|note|comments|comment|description|remarks|remark|message|notizen|notiz|bemerkung"
        "|bemerkungen|kommentar|anmerkungen|remarques|commentaire|commentaires|notas|comentarios"
        "|observaciones|nota|commenti|osservazioni|opmerkingen|notities|observacoes|comentario"
        "|ملاحظات|टिप्पणी"
    ),
    "contact": (
        "email phone|phone email|email or phone|phone or email|email and phone|contact info"
        "|contact information|contact details|kontaktdaten|coordonnees|contatti|email telefon"
        "|email telephone|email telefono|contactgegevens"
    ),
    "": (
        "email status|email confidence|primary email source|email blacklisted|sms blacklisted"
        "|email opt in|email opt out|email domain|email sent|email verified|has opted out of email"
        "|do not call|phone status|company linkedin url|person linkedin url|linkedin url"
        "|campaign name|ad name|adset name|form name|user id|nickname|middle name|maiden name"
        "|file as|list|lists|tags|labels|id|uuid|email bounced|unsubscribed|mobile country"
        "|contact owner|lead owner|owner|owner alias|account owner|contact id|lead id|company id"
        "|phonetic first name|phonetic last name|phonetic middle name|yomi name|given name yomi"
        "|family name yomi|given yomi|surname yomi|additional name|name prefix|name suffix"
        "|short name|billing information|fax|home fax|business fax|other fax|pager|fax number"
        "|photo|created at|updated at|department|organization department|industry|keywords"
        "|salutation|anrede|civilite|titel|email type|lifecycle stage|platform|seniority"
    ),
}

FIELD_OF: Mapping[str, tuple[str, int]] = {
    fold_text(word): (field, rank)
    for field, words in reversed(list(_WORDS.items()))
    for rank, word in reversed(list(enumerate(words.split("|"))))
}
"""The field (``contact`` for e-mail and phone in one, "" for none) and rank of a folded word."""

LABEL_WORDS = frozenset({"label", "type"})
"""Last words of columns that describe the value beside them."""

EMAIL_WORDS = frozenset(("email", "mail", "correo", "courriel", "emails"))
PHONE_WORDS = word_set(
    "phone telephone telefon telefono telefone telefoon mobile cell celular mobil handy"
)
"""Words that tell a column's kind even among words unknown to us."""

NOT_A_VALUE = word_set(
    "status source confidence opt optin optout blacklisted domain sent verified valid validity"
    " type label date time id owner count score bounced bounce consent subscribed unsubscribed"
    " provider quality result preference opened clicked extension ext code carrier country"
    " fax list marketing allowed permission template campaign catch hash sha md5 notes note"
)
"""Words that make of a column with such a word something about the value, not the value."""

DESCRIBING = word_set(
    "person lead contact user client customer prospect primary main your value required business"
    " work home other mailing the of a e default current new"
)
"""Words that may stand around a known one without changing it."""
