"""The lines of vCards 2.1, 3.0 and 4.0: unfolded, decoded and cut into properties."""

import quopri
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, TextIO, cast

MAX_VALUE = 1 << 20
"""Longer values are pictures and sounds; they are cut off."""

_HEAD = re.compile(
    r"(?:(?P<group>[\w-]+)\.)?(?P<name>[A-Za-z][\w-]*)"
    r'(?P<parameters>(?:;[^=:;"]*(?:=(?:"[^"]*"|[^;:"])*)?)*):'
)
_PARAMETER = re.compile(r';([^=:;"]*)(?:=((?:"[^"]*"|[^;:"])*))?')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "N": "\n"}
_PART = re.compile(r"((?:[^\\;]|\\.)*)(?:;|$)", re.DOTALL)
_BINARY = ("BASE64", "B")


class Head(NamedTuple):
    """What stands before the value of a property: its name, group, and parameters."""

    name: str
    group: str
    types: tuple[str, ...]
    preferred: bool
    binary: bool
    charsets: tuple[str, ...]
    """Of a value in quoted-printable: what its bytes may be decoded by; empty for any other."""


class Property(NamedTuple):
    """One property of a card: its name in capitals, its types, and its value as written."""

    name: str
    value: str
    group: str = ""
    types: tuple[str, ...] = ()
    preferred: bool = False

    @property
    def text(self) -> str:
        """The value as a text."""
        return unescape(self.value)

    @property
    def parts(self) -> list[str]:
        """The values of a structured property, as of a name or an address."""
        found = _PART.findall(self.value)
        return [unescape(part) for part in found[: max(1, len(found) - 1)]]


def iter_properties(file: TextIO) -> Iterator[Property | str]:
    """Give each property, or a line that is none as it stands."""
    for line in _unfold(file):
        yield _read_property(line) or line


def unescape(text: str) -> str:
    """Take the backslashes out of a value."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), text)


def _unfold(file: TextIO) -> Iterator[str]:
    """Give whole lines: folded ones joined, those of quoted-printable too."""
    whole: list[str] = []
    size = 0
    for line in file:
        text = line.rstrip("\r\n")
        soft = bool(whole) and whole[-1].endswith("=") and _is_quoted_printable(whole[0])
        if whole and (soft or text[:1] in {" ", "\t"}):
            size += len(text)
            if soft:
                whole[-1] = whole[-1][:-1]
            if size < MAX_VALUE:
                whole.append(text if soft else text[1:])
        else:
            if whole:
                yield "".join(whole)
            whole, size = [text], len(text)
    if whole:
        yield "".join(whole)


def _is_quoted_printable(line: str) -> bool:
    return "QUOTED-PRINTABLE" in line.partition(":")[0].upper()


def _read_property(line: str) -> Property | None:
    name, colon, value = line.partition(":")
    if colon and name.isalpha():
        return Property(name.upper(), value)
    found = _HEAD.match(line)
    if not found:
        return None
    head, value = _read_head(found[0]), line[found.end() :]
    if head.binary:
        value = ""
    elif head.charsets:
        value = _decode(value, head.charsets)
    return Property(head.name, value, head.group, head.types, head.preferred)


@lru_cache(maxsize=1_024)
def _read_head(text: str) -> Head:
    parameters: dict[str, list[str]] = {}
    found = cast("re.Match[str]", _HEAD.match(text))
    for name, values in _PARAMETER.findall(found["parameters"]):
        # In vCard 2.1 a bare word is a type, an encoding, or a character set.
        key, given = (name, values) if values else ("TYPE", name)
        words = [word.strip() for word in given.replace('"', "").split(",")]
        parameters.setdefault(key.upper(), []).extend(filter(None, words))
    types = [word.upper() for word in parameters.get("TYPE", ())]
    encodings = {*types, *(word.upper() for word in parameters.get("ENCODING", ()))}
    charsets = (*parameters.get("CHARSET", ()), "utf-8", "cp1252")
    return Head(
        found["name"].upper(),
        (found["group"] or "").lower(),
        tuple(word for word in types if word != "PREF"),
        preferred="PREF" in types or parameters.get("PREF") == ["1"],
        binary=not encodings.isdisjoint(_BINARY),
        charsets=charsets if "QUOTED-PRINTABLE" in encodings else (),
    )


def _decode(value: str, charsets: Iterable[str]) -> str:
    data = quopri.decodestring(value.encode("utf-8"))
    for charset in charsets:
        try:
            return data.decode(charset)
        except (LookupError, ValueError):
            continue
    return data.decode("utf-8", errors="replace")
