"""Content: what the values of a column look like, whatever its header says."""

import re
from collections.abc import Callable, Mapping, Sequence

from pipeline.normalize.companies import has_legal_form
from pipeline.normalize.countries import country_code
from pipeline.normalize.phones import looks_like_phone
from pipeline.normalize.statuses import normalize_status
from pipeline.normalize.text import fold_text, word_set

MOST, NEARLY_ALL, HARDLY_ANY = 0.6, 0.9, 0.1

_DATE = re.compile(
    r"\d{4}[-/.]\d\d?[-/.]\d\d?.*|\d\d?[./-]\d\d?[./-]\d{2,4}(?: .*)?|\d+[.,]\d{1,2}"
)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SITE = re.compile(
    r"(?:https?://|www\.)\S+\.\S+"
    r"|[a-z0-9][a-z0-9.-]*\.(?:com|net|org|io|co|de|fr|uk|ch|at|it|es|nl|pl|eu|us|ca|info|biz|app"
    r"|dev|ai|se|dk|no|fi|cz|pt|be|ru|jp|cn|in|br|mx|au)(?:/\S*)?",
    re.IGNORECASE,
)
_PROFILES = ("linkedin.com/", "facebook.com/", "twitter.com/", "/x.com/", "xing.com/")
_NAME = re.compile(r"[^\W\d_][^\d@_/\\<>{}|=+*#$%&:;!?]{0,79}")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{2,6}")
_JOBS = word_set(
    "manager director engineer officer president ceo cto cfo coo cmo vp head chief lead founder"
    " owner partner consultant developer analyst assistant sales marketing buyer specialist"
    " designer coordinator executive supervisor accountant administrator teacher nurse lawyer"
    " attorney architect scientist technician representative secretary geschaftsfuhrer leiter"
    " directeur directrice gerente directora responsable direttore hr it product account intern"
    " student"
)
_COMPANY_WORDS = word_set(
    "group holding holdings solutions systems technologies consulting services industries labs"
    " studio studios bank university partners ventures capital media software international"
    " logistics pharma foundation institute associates bakery works trading"
)
_TITLES = word_set(
    "mr mrs ms miss mx dr prof sir herr frau hr fr mme mlle m sr sra dra srta sig dhr mevr ing dipl"
)
_WORDS_OF_A_NAME = range(2, 5)


def values_at(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """Give the values of one column, trimmed, without the blank ones."""
    cells = (row[place].strip() for row in rows if place < len(row))
    return [cell for cell in cells if cell]


def share(values: Sequence[str], test: Callable[[str], object]) -> float:
    """Give the share of values that pass a test; of none it is 0."""
    return sum(bool(test(value)) for value in values) / len(values) if values else 0.0


def is_address(value: str) -> bool:
    """Whether a value is an e-mail address, or begins a list of them."""
    return "@" in value and bool(_ADDRESS.search(value))


def is_phone(value: str) -> bool:
    """Whether a value may be a phone number, and is no date or amount."""
    return looks_like_phone(value) and not _DATE.fullmatch(value)


def is_surely_phone(value: str) -> bool:
    """Whether a value is written as phone numbers are, and bare numbers are not."""
    return is_phone(value) and (value[0] in "+(" or any(c in value for c in " -./()"))


def is_site(value: str) -> bool:
    """Whether a value is a web address; the name of a domain will do."""
    return bool(_SITE.fullmatch(value))


def is_profile(value: str) -> bool:
    """Whether a value is a person's page on a social network."""
    return any(site in value.lower() for site in _PROFILES)


def is_honorific(value: str) -> bool:
    """Whether a value is nothing but a title before a name."""
    words = fold_text(value).split()
    return bool(words) and _TITLES.issuperset(words)


def is_company(value: str) -> bool:
    """Whether a value bears a legal form or another word of companies."""
    return has_legal_form(value) or not _COMPANY_WORDS.isdisjoint(fold_text(value).split())


def is_job(value: str) -> bool:
    """Whether a value holds a word of positions."""
    return not _JOBS.isdisjoint(fold_text(value).split())


def is_name(value: str) -> bool:
    """Whether a value may be a person's whole name, as far as its form tells."""
    words = value.split()
    if len(words) not in _WORDS_OF_A_NAME:
        return _is_unspaced(value)
    plain = bool(_NAME.fullmatch(value)) and not is_company(value) and not is_job(value)
    return plain and not value.islower()


def is_words(value: str) -> bool:
    """Whether a value holds letters and no digits, as a part of a name does."""
    return bool(_NAME.fullmatch(value))


def is_country(value: str) -> bool:
    """Whether a value names a country; codes of two letters may mean something else."""
    return country_code(value) is not None and (len(value) > 2 or value.isupper())  # noqa: PLR2004 - a code's length


def _is_unspaced(value: str) -> bool:
    """Whether a value is as long as a name in a script that sets no spaces."""
    return _UNSPACED.fullmatch(value) is not None


FITS: Mapping[str, Callable[[str], object]] = {
    "email": lambda value: "@" in value,
    "phone": lambda value: looks_like_phone(value) or any(map(str.isdecimal, value[:4])),
    "website": lambda value: "." in value and "@" not in value,
    "name": lambda value: "@" not in value and any(map(str.isalpha, value)) and not is_site(value),
    "country": lambda value: any(map(str.isalpha, value)) and "@" not in value,
    "status": normalize_status,
}
"""For some fields, whether a value may belong to it at all: the least that can be asked."""
