"""The lines of vCards 2.1, 3.0 and 4.0: unfolded, decoded and cut into properties."""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

MAX_VALUE = 1 << 20
"""Longer values are pictures and sounds; they are cut off."""

_PROPERTY = re.compile(
    r"(?:(?P<group>[\w-]+)\.)?(?P<name>[A-Za-z][\w-]*)"
    r'(?P<parameters>(?:;[^=:;"]*(?:=(?:"[^"]*"|[^;:"])*)?)*):(?P<value>.*)',
    re.DOTALL,
)
_PARAMETER = re.compile(r';([^=:;"]*)(?:=((?:"[^"]*"|[^;:"])*))?')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "N": "\n"}
_PART = re.compile(r"((?:[^\\;]|\\.)*)(?:;|$)", re.DOTALL)
_BINARY = ("BASE64", "B")


@dataclass(frozen=True, slots=True)
class Property:
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
    found = _PROPERTY.fullmatch(line)
    if not found:
        return None
    parameters: dict[str, list[str]] = {}
    for name, values in _PARAMETER.findall(found["parameters"]):
        # In vCard 2.1 a bare word is a type, an encoding, or a character set.
        key, given = (name, values) if values else ("TYPE", name)
        words = [word.strip() for word in given.replace('"', "").split(",")]
        parameters.setdefault(key.upper(), []).extend(filter(None, words))
    types = [word.upper() for word in parameters.get("TYPE", ())]
    value = _decode(found["value"], parameters, types)
    return Property(
        found["name"].upper(),
        value,
        (found["group"] or "").lower(),
        tuple(word for word in types if word != "PREF"),
        preferred="PREF" in types or parameters.get("PREF") == ["1"],
    )


def _decode(value: str, parameters: dict[str, list[str]], types: list[str]) -> str:
    encodings = [word.upper() for word in parameters.get("ENCODING", ())]
    if any(word in _BINARY for word in (*encodings, *types)):
        return ""
    if "QUOTED-PRINTABLE" not in (*encodings, *types):
        return value
    data = quopri.decodestring(value.encode("utf-8"))
    for charset in (*parameters.get("CHARSET", ()), "utf-8", "cp1252"):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", errors="replace")
