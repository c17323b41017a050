"""A file's columns are told from its header, in the words of many systems and languages."""

import pytest

from pipeline.readers.guessing import guess_mapping
from pipeline.readers.header_words import header_words, read_header


def _kinds(header: str, *rows: str) -> dict[str, str]:
    names = header.split(",")
    mapping = guess_mapping(names, [row.split(",") for row in rows])
    return {name: kind for name, kind in zip(names, mapping.kinds, strict=True) if kind}


@pytest.mark.parametrize(
    ("header", "kinds"),
    [
        (
            (
                "First Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,"
                "Phone 1 - Label,Phone 1 - Value,Organization Name,Organization Title,Nickname"
            ),
            "given_name,surname,,-,email,email,-,phone,company,title,",
        ),
        (
            (
                "Name,Given Name,Given Name Yomi,Family Name,E-mail 1 - Type,E-mail 1 - Value,"
                "Organization 1 - Name,Organization 1 - Title,Group Membership"
            ),
            "name,given_name,,surname,-,email,company,title,",
        ),
        (
            (
                "Title,First Name,Last Name,E-mail Address,E-mail 2 Address,Home Fax,"
                "Business Phone 2,Mobile Phone,Job Title,Business Street,"
                "Business Postal Code,Web Page"
            ),
            ",given_name,surname,email,email,,phone,phone,title,address,postcode,website",
        ),
        (
            (
                "Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Original Source,"
                "Associated Company,Contact owner"
            ),
            ",given_name,surname,email,phone,status,source,company,",
        ),
        ("Id,FirstName,LastName,MobilePhone,LeadSource", ",given_name,surname,phone,source"),
        ("Lead Source,Company / Account,Email,Mobile", "source,company,email,phone"),
        (
            "Person - ID,Person - Name,Person - Email,Person - Phone,Organization - Name",
            ",name,email,phone,company",
        ),
        (
            (
                "Title,Company Name,Company Name for Emails,Email,Email Status,Work Direct Phone,"
                "Corporate Phone,# Employees,Secondary Email,Primary Email Source"
            ),
            "title,company,,email,,phone,phone,,email,",
        ),
        ("EMAIL,FNAME,LNAME,PHONE,OPTIN_TIME", "email,given_name,surname,phone,"),
        ("EMAIL,LASTNAME,SMS,EMAIL_BLACKLISTED,SMS_BLACKLISTED", "email,surname,phone,,"),
        (
            "id,created_time,ad_name,form_name,full_name,phone_number,work_email,lead_status",
            ",,,,name,phone,email,status",
        ),
        ("GCLID,Lead Email,User Phone,Campaign", ",email,phone,"),
        ("Email Address [Required],Org Unit Path [Required]", "email,"),
        ("Vorname,Nachname,E-Mail-Adresse,Telefon,Firma,PLZ,Ort,Land", None),
        ("Anrede,Name,Vorname,Straße,Webseite", ",surname,given_name,address,website"),
        ("Prénom,Nom,Courriel,Téléphone portable,Société,Fonction", None),
        ("Nom,Téléphone", "name,phone"),
        ("Nombre,Apellidos,Correo electrónico,Móvil,Empresa,Cargo", None),
        ("Nombre,Correo", "name,email"),
        ("Nome,Cognome,E-mail,Cellulare,Azienda", "given_name,surname,email,phone,company"),
        ("Voornaam,Achternaam,E-mailadres,Telefoonnummer,Bedrijfsnaam", None),
        ("Nome,Sobrenome,Telemóvel,Empresa,Cidade", "given_name,surname,phone,company,city"),
        ("الاسم,البريد,الهاتف", "name,email,phone"),
        ("नाम,फ़ोन,ईमेल", "name,phone,email"),
        ("Nmae,Emial,Phne,Compny", "name,email,phone,company"),
        ("Frist Name,Last Nmae,Telephnoe", "given_name,surname,phone"),
        ("Email / Phone,Favourite colour", "contact,"),
        ("Billing contact email,Backup phone", "email,phone"),
        ("WhatsApp Number,E-mal,Lats name,Comapny Nmae", "phone,email,surname,company"),
        ("Tel.-Nr.,Ansprechpartner Name,Straße/Nr.,PLZ/Ort", "phone,name,address,"),
        ("Phone (incl. country code),Email (opt-in),Job tile", "phone,,title"),
        (
            "Vorname / First name,公司名称 (Company),メールアドレス(必須)",
            "given_name,company,email",
        ),
        ("Company type,Phone - Type,Phone 2:,SM,Departments", ",-,phone,,"),
        ("CC,LEID,ST,Ad,Email", "country,,,,email"),
        ("Ad,Soyad,E-posta", "given_name,surname,email"),
    ],
)
def test_the_columns_of_known_exports_are_told(header: str, kinds: str | None) -> None:
    given = guess_mapping(header.split(","), []).kinds
    if kinds is None:
        assert "" not in given
        assert len(set(given)) == len(given)
    else:
        assert ",".join(given) == kinds


def test_a_column_of_addresses_is_told_without_a_known_header() -> None:
    assert _kinds("Person,Where to write", "Ann,ann@x.com", "Bob,bob@x.com") == {
        "Person": "name",
        "Where to write": "email",
    }


def test_numbers_alone_do_not_make_a_phone() -> None:
    assert _kinds("Name,Invoice", "Ann,1234567", "Bob,2345678") == {"Name": "name"}
    assert _kinds("Name,Reach", "Ann,+1 415 555 2671")["Reach"] == "phone"


def test_a_column_of_contacts_may_hold_addresses() -> None:
    assert _kinds("Contact,Company", "ann@x.com,Acme")["Contact"] == "email"
    assert _kinds("Contact,Company", "Ann Lee,Acme")["Contact"] == "name"


def test_a_column_of_dates_is_no_phone() -> None:
    assert _kinds("column_1,column_2", "2024-05-01,ann@x.com") == {"column_2": "email"}


def test_a_profile_is_no_website() -> None:
    assert _kinds("Email,URL", "ann@x.com,https://www.linkedin.com/in/ann") == {"Email": "email"}
    assert _kinds("Email,URL", "ann@x.com,https://acme.com")["URL"] == "website"


def test_without_a_header_columns_are_told_by_content() -> None:
    header = "column_1,column_2,column_3,column_4"
    rows = ("7,Ann Lee,ann@x.com,415-555-2671", "8,Bob Ray,bob@x.com,415-555-2672")
    assert _kinds(header, *rows) == {
        "column_2": "name",
        "column_3": "email",
        "column_4": "phone",
    }


def test_the_surest_column_wins_a_single_field() -> None:
    assert _kinds("Source,Lead Source,Name,Name 2") == {"Lead Source": "source", "Name": "name"}


def test_header_words_are_free_of_numbers_and_punctuation() -> None:
    assert header_words("E-mail 1 - Value") == ("email", "value")
    assert header_words("MobilePhone") == ("mobile", "phone")
    assert header_words("") == ()
    assert read_header("").field == ""
