"""What columns are called in English and by the systems that contacts are exported from.

Written as in :mod:`pipeline.readers.languages`: the surest words of a field first, so that a
"Job Title" outranks a "Title".
"""

from collections.abc import Mapping

from pipeline.normalize.text import fold_text, word_set
from pipeline.readers.languages import LATIN
from pipeline.readers.scripts import OTHER_SCRIPTS

ENGLISH = """
name full name, name, display name, person name, contact name, lead name, client name
name customer name, your name, complete name, contact, user name, person, contact person
name first and last name, first last name, first name last name, last name first name
name name of contact, contact full name, deal contact person, prospect name, attendee name
name formatted name, contact person name, primary contact, person in charge
given_name first name, given name, fname, f name, forename, first, fn, person first name
given_name christian name, legal first name, preferred first name
surname last name, surname, family name, lname, l name, last, ln, second name, legal last name
surname sur name
email email, email address, work email, business email, personal email, primary email, email value
email mail, emails, email addresses, email id, home email, other email, secondary email
email tertiary email, contact email, lead email, user email, user principal name, mail address
email alternate email, alternative email, email work, email home, company email, corporate email
email professional email, additional emails, office email, emailid, mail id
phone phone, phone number, mobile phone, mobile, mobile number, mobile phone number, work phone
phone business phone, primary phone, home phone, other phone, work direct phone, direct phone
phone corporate phone, company phone, company main phone, office phone, phone value, phones, cell
phone cell phone, cell number, telephone, telephone number, tel, tel no, phone no, contact number
phone contact no, contact phone, lead phone, user phone, direct dial, landline, sms, whatsapp
phone whatsapp number, whats app, whats app number, fone, assistants phone, car phone, radio phone
phone phone home, phone work, phone mobile, direct line, switchboard, ph, ph no, mob, mob no
phone mobile no, tel number, telephone no, cell phone number, work number, home number
phone office number, daytime phone, evening phone, main phone, callback number, phone numbers
phone direct number, handphone
company company, company name, organization name, organisation name, company account, account name
company organization, organisation, associated company, account, business name, employer, org, firm
company current company, business, name of company, company organization, company organisation
company name of organization, employer name, current employer, workplace, firm name, agency
company name company, company legal name, institution, org name, company or organization
company legal name
title job title, title, position, job, role, job role, job position, organization title, occupation
title designation, headline, function, current title, professional title, position title
title job function, current position, profession, title position, title role, work title
website website, web site, web page, company website, company website url, website url
website website value, homepage, home page, url, web, domain, company domain, company domain name
website site, company url, web address, domain name, company web site, organization website, www
website websites, webpage, homepage url, corporate website
address address, street, street address, address line, business street, mailing street
address address street, company address, mailing address, home street, address formatted
address postal address, full address, business address, home address, work address, addr
address street name, address line one, street address line, street line, location address
address mail address line, street number and name
city city, town, business city, mailing city, address city, home city, locality, city town, suburb
city town city, village, municipality, city name
postcode postal code, zip code, postcode, zip, zipcode, post code, business postal code
postcode mailing postal code, address postal code, home postal code, zip postal code, mailing zip
postcode postal, zip or postal code, pin code, pincode, eircode, address zip
region state, state region, state province, province, region, business state, mailing state
region address region, home state, county, state or province, state code, province state
region prefecture, administrative area
country country, country region, business country region, mailing country, address country
country home country, country code, country name, nation, country territory, country of residence
source lead source, source, original source, lead origin, origin, acquisition source, channel
source utm source, referral source, how did you hear about us, original traffic source
source marketing channel, source of lead, lead channel, where did you hear about us, heard about us
source how did you find us, traffic source, source name, referrer
status lead status, status, lead stage, stage, contact status, status of lead, pipeline stage
status sales stage, prospect status
notes notes, note, comments, comment, description, remarks, remark, message, additional notes
notes internal notes, contact notes, lead notes, additional information, questions or comments
notes additional info, your message, about, bio, free text
contact email phone, phone email, email or phone, phone or email, email and phone, contact info
contact contact information, contact details, contact data, phone or mail, how to reach
custom email status, email confidence, primary email source, email blacklisted, sms blacklisted
custom email opt in, email opt out, email domain, email sent, email verified, company size
custom has opted out of email, do not call, phone status, company linkedin url, person linkedin url
custom linkedin url, campaign name, ad name, adset name, ad set name, form name, user id, nickname
custom middle name, maiden name, file as, list, lists, tags, labels, id, uuid, email bounced
custom unsubscribed, mobile country, contact owner, lead owner, owner, owner alias, account owner
custom contact id, lead id, company id, record id, external id, phonetic first name
custom phonetic last name, phonetic middle name, yomi name, given name yomi, family name yomi
custom additional name yomi, given yomi, surname yomi, additional name, name prefix, name suffix
custom prefix, suffix, short name, billing information, fax, home fax, business fax, other fax
custom pager, fax number, photo, created at, updated at, created time, department
custom organization department, industry, keywords, salutation, lifecycle stage, platform
custom seniority, language, company name for emails, org unit path, owner name, created by
custom last modified by, username, account id, account type, lead title, deal title, lead type
custom job number, page name, page url, referral code, account number, account manager
custom account status, name pronunciation, gender, conversion name, middle initial, initials
custom location, role id, inbox url, profile url, photo url, image url, avatar url, source id
custom source url, source detail, campaign source, customer number, client id, customer id
custom company number, company registration number, vat id, company type, company phone type
custom contact type, customer type, user type, event name, product name, file name, form id
custom list name, sheet name, spouse name, assistant name, manager, managers name, parent company
custom previous company, previous title, former company, former title, birth name, birthday
custom date of birth, dob, birth city, birth country, stage name, state of mind, citizenship
custom nationality, status date, status reason, region code, time zone, timezone
"""


def _read_lines(text: str) -> dict[str, tuple[str, int]]:
    """Read a table of words into the field and rank of each; a joined spelling counts as well."""
    found: dict[str, tuple[str, int]] = {}
    ranks: dict[str, int] = {}
    for line in text.strip().splitlines():
        field, _, words = line.partition(" ")
        for word in map(fold_text, words.split(",")):
            rank = ranks[field] = ranks.get(field, -1) + 1
            found.setdefault(word, ("" if field == "custom" else field, rank))
    joined = {word.replace(" ", ""): meaning for word, meaning in found.items()}
    return joined | found


FIELDS_IN: Mapping[str, Mapping[str, tuple[str, int]]] = {
    "en": _read_lines(ENGLISH),
    **{language: _read_lines(text) for language, text in {**LATIN, **OTHER_SCRIPTS}.items()},
}
"""For each language the field ("" for none) and rank of each folded word or words."""

_SHORT = 4
_IN_FIRST: Mapping[str, tuple[str, int]] = {
    word: meaning for known in reversed(list(FIELDS_IN.values())) for word, meaning in known.items()
}
_IN_LATIN = {word for language in ("en", *LATIN) for word in FIELDS_IN[language]}

FIELD_OF: Mapping[str, tuple[str, int]] = {
    word: meaning for word, meaning in _IN_FIRST.items() if word in _IN_LATIN or len(word) > _SHORT
}
"""The field and rank of folded words in the first language that knows them."""

SHORT_FIELD_OF = {word: _IN_FIRST[word] for word in _IN_FIRST.keys() - FIELD_OF.keys()}
"""Those of words of other scripts that are too short to be told from Latin ones once folded."""

NEEDS_COMPANY = {"ad": "tr", "adi": "tr", "by": "da", "il": "tr", "gate": "no", "uf": "pt"}
"""Words too short to be trusted unless another column speaks their language."""

LABEL_WORDS = word_set("label type typ tipo soort rodzaj")
"""Words of columns that describe the value beside them."""

EMAIL_WORDS = word_set(
    "email mail emails correo courriel epost eposta mejl mailadresse emailadresse"
)
PHONE_WORDS = word_set(
    "phone phones telephone telefon telefono telefone telefoon telefonnummer rufnummer mobile cell"
    " celular cellulare movil mobil handy tel telemovel mobiel puhelin puhelinnumero gsm whatsapp"
    " mobiltelefon mobilnummer telefoonnummer handynummer"
)
"""Words that tell a column's kind even among words unknown to us."""

NOT_A_VALUE = word_set(
    "status source confidence opt optin optout blacklisted domain sent verified valid validity"
    " label date time id owner count score bounced bounce consent subscribed unsubscribed provider"
    " quality result preference preferred opened clicked extension ext code carrier country fax"
    " telefax telecopie list marketing allowed permission template campaign catch hash sha md5"
    " notes note name names nom nombre nome weergavenaam angezeigter display total of has is not"
    " never last newsletter model brand plan subject body format greeting signature client replied"
    " reply newsletters frequency rate open opens clicks click queue system type typ tipo enviado"
    " aktiv active validated check bool flag datum fecha data estado linkedin url link calls"
    " called call campaigns tracking assistant used"
)
"""Words that make of a column with such a word something about the value, not the value."""

OF_OTHERS = word_set(
    "fax telefax telecopie pager owner assigned assistant manager referred referrer created"
    " modified updated rep salesperson approver sender recruiter spouse parent emergency besitzer"
    " zustandig verantwortlich betreuer proprietaire responsable propietario proprietario eigenaar"
    " agente"
)
"""Words of columns about someone else than the lead, whose contacts must not become theirs."""

DESCRIBING = word_set(
    "person lead contact user client customer prospect primary main your value required business"
    " work home other mailing the of a e default current new details detail info information data"
    " personal office optional please enter what s hs c pc de du des der die das del della do da"
    " di van von which are you in live dein deine ihr ihre votre tu su il tuo seu geschaftlich"
    " privat dienstlich arbeit buro bureau domicile travail pro professionnel trabajo particular"
    " personale ufficio uff lavoro casa werk thuis prive zakelijk trabalho comercial arbete hem"
    " arbejde jobb praca domowy sluzbowy tyo koti prace domu ev kunde kunden cliente klant klanten"
    " kund gast mitglied member guest attendee candidate participant registrant subscriber billing"
    " shipping delivery invoice additional alternate alternative secondary best general incl"
    " including with official registered"
)
"""Words that may stand around a known one without changing it."""

DESCRIBING_PLACES = DESCRIBING | word_set(
    "company organization organisation account firm corporate headquarters hq mail property store"
    " firma unternehmen entreprise empresa azienda bedrijf foretag location residence residential"
    " rechnung lieferung permanent physical"
)
"""Words that may stand around the known words of a place, which a company has like a person."""

NUMBER_WORDS = word_set("no nr num number numero nummer numer numarasi n nos cislo")
"""Words that may follow a phone's, and mean something else beside all others."""
