"""Header hints: columns that only matching looks at, told by their headers and their values.

What an import knows of columns is told by :mod:`pipeline.readers`; dates of birth, numbers of
persons and the parts of an address are custom fields to it.
"""

import re
from collections.abc import Sequence

from pipeline.normalize.text import fold_text
from pipeline.readers.content import MOST, share
from pipeline.readers.header_words import header_words

_DATE = re.compile(
    r"\d{4}[-/. ]?\d\d?[-/. ]?\d\d?(?:[T ].*)?|\d\d?[-/. ]\d\d?[-/. ]\d{2,4}(?: .*)?"
    r"|\d\d?[- .][^\W\d]{3,}\.?[- .,]{0,2}\d{2,4}|[^\W\d]{3,}\.? \d\d?,? \d{2,4}"
)
_FEW = 0.02


def _fold_all(text: str) -> frozenset[str]:
    """Read words written with commas; a joined spelling counts as well."""
    folded = {fold_text(word) for word in text.replace("\n", ",").split(",")} - {""}
    return frozenset(folded | {word.replace(" ", "") for word in folded})


_BIRTH = _fold_all("""
dob, d o b, date of birth, birth date, birthday, day of birth, date birth, born, born on, birth
Geburtsdatum, Geburtstag, Geb. Datum, Geboren, Geboren am, date de naissance, naissance, né le
fecha de nacimiento, fecha nacimiento, nacimiento, data di nascita, nascita, nato il, geboortedatum
data de nascimento, nascimento, födelsedatum, fødselsdato, fødselsdag, syntymäaika, data urodzenia
doğum tarihi, datum narození, születési dátum, data nașterii, дата рождения, дата народження
生年月日, 出生日期, 생년월일, ημερομηνία γέννησης, תאריך לידה, تاريخ الميلاد, 誕生日, 生日
""")
_PERSON_NUMBER = _fold_all("""
ssn, social security number, social security no, social security id, social security, soc sec id
soc sec no, soc sec number, soc sec, social insurance number, sin number, national id
national id number, national id no, national identity number, national insurance number, nino
ni number, ni no, nhs number, nhs no, passport, passport number, passport no, id number
identity number, identity no, identity card, identity card number, id card, id card number
personal id number, personal identity number, tax id, tax id number, taxpayer id, tin, itin
driver license, drivers license, driving licence, driver license number, drivers license number
driving licence number, medicare number, medicare no, medicare, aadhaar, aadhaar number, pan number
personnummer, personnr, Personalausweis, Personalausweisnummer, Ausweisnummer, Steuer-ID
Steuernummer, Sozialversicherungsnummer, AHV-Nummer, numéro de sécurité sociale, nir
codice fiscale, dni, nie, nif, curp, cpf, pesel, bsn, rodné číslo, henkilötunnus, cnp, tc kimlik no
""")
_ADDRESS_PARTS = _fold_all("""
street number, street no, house number, house no, house nr, building number, number, no
unit, unit number, apt, apt number, apartment, apartment number, suite, flat, flat number
address line
address line two, street line, street line two, street type, street name, street address line two
Hausnummer, Hausnr, Haus Nr, Nr, Adresszusatz, numéro de rue, n° de rue, complément d'adresse
número, num, número exterior, complemento, numero civico, civico, huisnummer, toevoeging
""")
_PARTS_OF_BIRTH = (
    _fold_all("birth year, year of birth, yob, by, dob year, Geburtsjahr"),
    _fold_all("birth month, month of birth, mob, bm, dob month, Geburtsmonat"),
    _fold_all("birth day, day of birth, bd, dob day"),
)
_AROUND = frozenset({"person", "patient", "customer", "client", "contact", "member", "applicant"})


def is_birth_date(header: str, values: Sequence[str]) -> bool:
    """Whether a column holds dates of birth: its header says so, and its values may be."""
    return _says(header, _BIRTH) and share(values, _is_date) > MOST


def says_person_number(header: str) -> bool:
    """Whether a header speaks of a number that one person has: of insurance, tax, a passport."""
    return _says(header, _PERSON_NUMBER)


def is_person_number(values: Sequence[str]) -> bool:
    """Whether all values of such a column may be that.

    Numbers that no two rows share tell nothing of duplicates; a few values are a category.
    """
    different = len(set(values))
    return len(values) * _FEW < different < len(values)


def is_address_part(header: str) -> bool:
    """Whether a column beside an address holds a part of it, such as the number of the house."""
    return _says(header, _ADDRESS_PARTS)


def find_birth_parts(headers: Sequence[str]) -> list[int]:
    """Find the columns of the year, month and day of birth, in this order; none if one lacks."""
    found = [
        next((place for place, header in enumerate(headers) if _says(header, words)), -1)
        for words in _PARTS_OF_BIRTH
    ]
    return [] if -1 in found or len(set(found)) < len(found) else found


def _says(header: str, words: frozenset[str]) -> bool:
    told = header_words(header)
    bare = " ".join(word for word in told if word not in _AROUND)
    return " ".join(told) in words or bare in words


def _is_date(value: str) -> bool:
    return bool(_DATE.fullmatch(value)) and sum(map(str.isdecimal, value)) >= 3  # noqa: PLR2004 - a day and a year's two digits
