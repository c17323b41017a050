"""A labelled set as an analyst would clean it before matching: one recipe for every set.

Neither Splink nor recordlinkage cleans anything itself; their manuals ask for plain columns.
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

Row = dict[str, str | None]

_TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "jr", "sr", "ii", "iii"}
_LEGAL = {
    *("inc", "llc", "ltd", "limited", "corp", "co", "plc", "llp", "gmbh", "ag", "kg", "ug", "ek"),
    *("sarl", "sas", "sa", "sasu", "eurl", "sl", "slu", "srl", "spa", "spzoo", "ltda", "me", "as"),
    *("eireli", "ab", "hb", "bv", "nv", "oy", "kft", "company", "corporation"),
}
_HOST = re.compile(r"(?>https?://)?(?>www\.)?([^/\s]+)")
_PHONE_DIGITS = 9
_SHARED = ("company", "website", "address")


def read_clean(file: Path) -> list[Row]:
    """Read a file of mapped columns and clean each; an empty cell is None.

    A full name of a person is split where the set has firms beside it; else it is a firm's.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    filled = {field for row in rows for field, cell in row.items() if cell}
    split = "name" in filled and "company" in filled
    return [_clean(row, filled, split=split) for row in rows]


def telling_columns(rows: list[Row]) -> list[str]:
    """Give the columns worth comparing: not the id, and none that is mostly one value.

    Where a set has websites, its firms' columns are shared by colleagues and tell no two of them
    apart; without labels a matcher does better without them.
    """
    told = [name for name in rows[0] if name != "id" and _tells([row[name] for row in rows])]
    is_of_firms = "website" in told and "surname" in told
    return [name for name in told if not is_of_firms or name not in _SHARED]


def _tells(cells: list[str | None]) -> bool:
    counts = Counter(cell for cell in cells if cell)
    return bool(counts) and counts.most_common(1)[0][1] * 2 <= counts.total()


def _clean(row: Mapping[str, str], filled: set[str], *, split: bool) -> Row:
    cleaned: Row = {"id": row["id"]}
    for field in sorted(filled - {"id", "name"}):
        cleaned[field] = _CLEANERS.get(field, _plain)(row[field]) or None
    if "name" in filled:
        if split:
            cleaned["given_name"], cleaned["surname"] = _split_name(row["name"])
        else:
            cleaned["name"] = _plain(row["name"]) or None
    return cleaned


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(one for one in decomposed if not unicodedata.combining(one))
    return " ".join("".join(one if one.isalnum() else " " for one in letters).split())


def _split_name(text: str) -> tuple[str | None, str | None]:
    last, comma, first = text.partition(",")
    words = [word for word in _plain(f"{first} {last}" if comma else text).split() if _counts(word)]
    if not words:
        return None, None
    return words[0], words[-1] if len(words) > 1 else None


def _counts(word: str) -> bool:
    return word not in _TITLES


def _email(text: str) -> str:
    address = text.strip().lower().removeprefix("mailto:")
    return address if "@" in address else ""


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _phone(text: str) -> str:
    digits = _digits(re.split(r"(?i)x|ext|#|;", text)[0])
    return digits[-_PHONE_DIGITS:] if len(digits) >= 7 and len(set(digits)) > 2 else ""


def _company(text: str) -> str:
    words = _plain(text.replace(".", "")).split()
    return " ".join(word for word in words if word not in _LEGAL) or " ".join(words)


def _website(text: str) -> str:
    found = _HOST.match(text.strip().lower())
    return found[1] if found else ""


_CLEANERS: Mapping[str, Callable[[str], str]] = {
    "email": _email,
    "phone": _phone,
    "company": _company,
    "website": _website,
    "birth_date": _digits,
    "id_number": _digits,
}


def write_pairs(file: Path, pairs: Iterator[tuple[str, str, float]]) -> None:
    """Write scored pairs: two ids and the chance that they are one."""
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(pairs)
