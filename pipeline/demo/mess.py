"""How values get spoilt on their way through spreadsheets, forms and mail programs."""

from collections.abc import Callable
from random import Random

from pipeline.demo.people import Person, write_internationally

PLACEHOLDER_EMAILS = ("n/a", "-", "none", "keine", "unknown", "test@example.com", "noemail")
PLACEHOLDER_PHONES = ("n/a", "-", "000000", "0000000000", "1234", "see notes", "tba", "999999999")

Spelling = Callable[[str], str]
PhoneSpelling = Callable[[str, Person, Random], str]


def spoil_email(rng: Random, email: str) -> str:
    """Spell an address in another way that still reaches the same mailbox."""
    return rng.choice(EMAIL_SPELLINGS)(email)


def break_email(rng: Random, email: str) -> str:
    """Make an address one that no mail server takes."""
    return rng.choice(BROKEN_EMAILS)(email)


def spell_phone(rng: Random, phone: str, person: Person) -> str:
    """Spell a national number as people type it, mostly in full, sometimes for locals only."""
    return rng.choices(*PHONE_SPELLINGS)[0](phone, person, rng)


def damage_phone(rng: Random, phone: str, person: Person) -> str:
    """Do to a number what a spreadsheet or a hasty typist does; not all of it can be mended."""
    return rng.choice(PHONE_DAMAGES)(phone, person, rng)


def spoil_name(rng: Random, name: str) -> str:
    """Write a name with the wrong case or with stray blanks."""
    return rng.choice(NAME_SPELLINGS)(name)


def _tag(email: str) -> str:
    local, domain = email.split("@")
    return f"{local}+newsletter@{domain}"


def _dot_like_gmail(email: str) -> str:
    """Drop the dots where Gmail ignores them; elsewhere they count, so there change only case."""
    local, domain = email.split("@")
    return f"{local.replace('.', '')}@{domain}" if domain == "gmail.com" else email.capitalize()


def _digits(phone: str) -> str:
    return "".join(mark for mark in phone if mark.isdigit())


def _international(phone: str, person: Person, _: Random) -> str:
    return write_internationally(phone, person.country)


def _national(phone: str, _: Person, __: Random) -> str:
    return phone


def _idd(phone: str, person: Person, _: Random) -> str:
    return write_internationally(phone, person.country).replace("+", "00")


def _bracketed_trunk(phone: str, person: Person, rng: Random) -> str:
    if not person.country.trunk:
        return _international(phone, person, rng)
    code = f"+{person.country.calling_code}"
    return _international(phone, person, rng).replace(f"{code} ", f"{code} (0)")


def _compact(phone: str, person: Person, rng: Random) -> str:
    return "+" + _digits(_international(phone, person, rng))


def _dotted(phone: str, person: Person, rng: Random) -> str:
    return _international(phone, person, rng).replace(" ", ".").replace("-", ".")


def _labelled(phone: str, person: Person, rng: Random) -> str:
    return f"Tel: {_international(phone, person, rng)}"


def _extended(phone: str, person: Person, rng: Random) -> str:
    word = rng.choice(("ext.", "x", "ext"))
    return f"{_international(phone, person, rng)} {word} {rng.randint(10, 499)}"


def _apostrophe(phone: str, person: Person, rng: Random) -> str:
    return "'" + _international(phone, person, rng)


def _without_leading_zero(phone: str, _: Person, __: Random) -> str:
    return _digits(phone).lstrip("0")


def _scientific(phone: str, person: Person, rng: Random) -> str:
    digits = _digits(_international(phone, person, rng))
    return f"{digits[0]},{digits[1:6]}E+{len(digits) - 1}"


def _as_float(phone: str, person: Person, rng: Random) -> str:
    return _digits(_international(phone, person, rng)) + ".0"


def _cut_short(phone: str, person: Person, rng: Random) -> str:
    return _international(phone, person, rng)[:-4]


def _twice(phone: str, person: Person, rng: Random) -> str:
    return f"{_international(phone, person, rng)} / {person.mobile}"


EMAIL_SPELLINGS: tuple[Spelling, ...] = (
    str.upper,
    str.title,
    lambda email: f"mailto:{email}",
    lambda email: f"{email} ",
    lambda email: f" {email}\xa0",
    lambda email: f"<{email}>",
    lambda email: f"{email};",
    _tag,
    _dot_like_gmail,
)
BROKEN_EMAILS: tuple[Spelling, ...] = (
    lambda email: email.replace("@", ""),
    lambda email: email.replace("@", "@@"),
    lambda email: email.split("@")[0] + "@",
    lambda email: email.replace(".", " "),
    lambda email: email.replace("@", "@-"),
    lambda email: email.split("@")[0] + "@localhost",
    lambda email: email.replace("@", "(at]"),
)
PHONE_SPELLINGS: tuple[tuple[PhoneSpelling, ...], tuple[int, ...]] = (
    (
        _international,
        _national,
        _idd,
        _bracketed_trunk,
        _compact,
        _dotted,
        _labelled,
        _extended,
        _apostrophe,
        _twice,
    ),
    (34, 26, 8, 8, 10, 4, 3, 4, 2, 1),
)
PHONE_DAMAGES: tuple[PhoneSpelling, ...] = (
    _without_leading_zero,
    _scientific,
    _as_float,
    _cut_short,
    lambda _phone, _person, rng: rng.choice(PLACEHOLDER_PHONES),
)
NAME_SPELLINGS: tuple[Spelling, ...] = (
    str.upper,
    str.lower,
    lambda name: f"  {name}",
    lambda name: f"{name} ",
    lambda name: name.replace(" ", "  "),
)
