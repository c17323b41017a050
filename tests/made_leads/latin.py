"""Names in plain letters, as mailboxes, domains and forms without accents have them."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_LETTERS = {"ß": "ss", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "đ": "d", "'": ""}
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue"}
_UKRAINIAN = dict(
    zip(
        "абвгґдежзиійклмнопрстуфхьєїюяцчшщ",
        [*"abvhgdezzyiiklmnoprstuf", "kh", "", *("ie", "i", "iu", "ia", "ts", "ch", "sh", "shch")],
        strict=True,
    )
) | {"ж": "zh"}
# As people who came by other tables write themselves.
_UKRAINIAN_TOO = _UKRAINIAN | {"г": "g", "и": "i", "й": "y", "є": "ye", "ю": "yu", "я": "ya"}
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψως",
        [*"avgdezi", "th", *"iklmn", "x", *"oprstyf", "ch", "ps", "o", "s"],
        strict=True,
    )
)
_GREEK_TOO = _GREEK | {"η": "e", "υ": "u", "χ": "h", "β": "b", "φ": "ph"}
_WAYS = (_UKRAINIAN | _GREEK, _UKRAINIAN_TOO | _GREEK_TOO)


@lru_cache(maxsize=1 << 14)
def in_latin(text: str, *, way: int = 0) -> str:
    """Give a text in plain letters, its case kept where it can be; there are two ways."""
    letters = _WAYS[way % 2] | _LETTERS | (_GERMAN if way % 2 else {})
    whole = unicodedata.normalize("NFC", text).replace("ου", "ou").replace("ού", "ou")
    return "".join(_letter(letter, letters) for letter in whole)


def is_plain(text: str) -> bool:
    """Whether a text has plain letters only."""
    return text.isascii()


def slug(text: str, *, way: int = 0) -> str:
    """Give a text's letters and digits alone, small and plain."""
    return "".join(filter(str.isalnum, in_latin(text, way=way).lower()))


def _letter(letter: str, letters: Mapping[str, str]) -> str:
    if letter.isascii() and letter != "'":
        return letter
    small = letter.lower()
    plain = letters.get(small)
    if plain is None:
        base = unicodedata.normalize("NFKD", small)[0]
        plain = letters.get(base, base if base.isascii() else "")
    return plain.capitalize() if letter != small else plain
