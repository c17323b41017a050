"""vCards as a table, under the headers of an address book's own export."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.readers.card_lines import Property, iter_properties
from pipeline.readers.own_cards import is_own_card, read_own_card
from pipeline.readers.own_export import LIST_SEPARATOR
from pipeline.readers.tables import BadRecord, Record, copy_records

_NAME = ("Last Name", "First Name", "Middle Name", "Name Prefix", "Name Suffix")
_ADDRESS = ("PO Box", "Extended Address", "Street", "City", "Region", "Postal Code", "Country")
_SINGLE = {
    "FN": "Name",
    "TITLE": "Title",
    "ROLE": "Role",
    "NICKNAME": "Nickname",
    "NOTE": "Notes",
    "BDAY": "Birthday",
    "CATEGORIES": "Categories",
    "URL": "Website",
}
_LEFT_OUT = frozenset(
    {"BEGIN", "END", "VERSION", "PRODID", "REV", "PHOTO", "LOGO", "SOUND", "KEY", "AGENT"}
    | {"X-ABLABEL", "X-ABADR"}
)
_UNTOLD = frozenset({"INTERNET", "VOICE"})
_NO_PHONES = {"FAX": "Fax", "PAGER": "Pager"}
_SCHEMES = ("tel:", "mailto:")


def copy_cards(source: Path, target: Path, encoding: str) -> None:
    """Copy a file's cards to ``target`` as plain CSV.

    Raises:
        UnreadableFile: it holds no card.
    """
    copy_records(lambda: read_cards(source, encoding), target)


def read_cards(source: Path, encoding: str) -> Iterator[Record]:
    """Give each card by its columns; a card cut off is a :class:`BadRecord`."""
    card: list[Property] | None = None
    depth = 0
    with source.open(encoding=encoding, errors="replace") as file:
        for one in iter_properties(file):
            if isinstance(one, str):
                if card is None and one.strip():
                    yield BadRecord(one, "a vCard, which begins with BEGIN:VCARD")
                elif card and one.strip():
                    card[-1] = _continued(card[-1], one)
            elif one.name == "BEGIN" and card is None:
                card, depth = [one], 1
            elif card is None:
                yield BadRecord(f"{one.name}:{one.value}", "a vCard, which begins with BEGIN:VCARD")
            else:
                card.append(one)
                depth += (one.name == "BEGIN") - (one.name == "END")
                if depth == 0:
                    yield _record(card)
                    card = None
    if card is not None:
        yield BadRecord(_summary(card), "END:VCARD before the end of the file")


def _continued(one: Property, line: str) -> Property:
    """Give a property whose value went on in a line that was not folded as it should be."""
    if one.name in _LEFT_OUT:
        return one
    return Property(one.name, f"{one.value}\n{line}", one.group, one.types, one.preferred)


def _summary(card: Sequence[Property]) -> str:
    return LIST_SEPARATOR.join(f"{one.name}:{one.text}" for one in card[1:] if one.text)


def _record(card: Sequence[Property]) -> Record:
    if is_own_card(card):
        return read_own_card(card)
    labels = {one.group: _label(one.text) for one in card if one.name == "X-ABLABEL"}
    found: dict[str, str] = {}
    places: dict[str, int] = defaultdict(int)
    # What is preferred comes first, as the first valid one is shown.
    for one in sorted(card, key=lambda one: not one.preferred and one.name in {"EMAIL", "TEL"}):
        if one.name not in _LEFT_OUT and one.value.strip(" ;,"):
            _take(one, labels.get(one.group, "") if one.group else "", found, places)
    return found


def _take(one: Property, label: str, found: dict[str, str], places: dict[str, int]) -> None:
    if one.name == "N":
        _put_parts(found, one.parts, _NAME)
    elif one.name == "ORG":
        _put_parts(found, one.parts, ("Company", "Department"))
    elif one.name == "ADR":
        places["ADR"] += 1
        _put_parts(found, one.parts, [f"Address {places['ADR']} - {part}" for part in _ADDRESS])
    elif one.name == "EMAIL":
        _put_labelled(found, places, "E-mail", one, label)
    elif one.name == "TEL":
        kind = next((name for word, name in _NO_PHONES.items() if word in one.types), None)
        if kind and not {"CELL", "VOICE"} & set(one.types):
            _put(found, kind, _bare(one.text))
        else:
            _put_labelled(found, places, "Phone", one, label)
    else:
        places[one.name] += 1
        name = _SINGLE.get(one.name, one.name)
        if one.name == "URL" and places["URL"] > 1:
            name = f"Website {places['URL']}"
        _put(found, name, one.text.strip())


def _put_labelled(
    found: dict[str, str], places: dict[str, int], name: str, one: Property, label: str
) -> None:
    places[name] += 1
    words = [word.capitalize() for word in one.types if word not in _UNTOLD]
    if told := label or ", ".join(words):
        found[f"{name} {places[name]} - Label"] = told
    found[f"{name} {places[name]} - Value"] = _bare(one.text)


def _put_parts(found: dict[str, str], parts: Sequence[str], names: Sequence[str]) -> None:
    for name, part in zip(names, parts, strict=False):
        _put(found, name, part.strip())
    for part in parts[len(names) :]:
        _put(found, names[-1], part.strip())


def _put(found: dict[str, str], name: str, value: str) -> None:
    """Keep a value; a further one of the same name stands beside it."""
    if value and name in found:
        found[name] += LIST_SEPARATOR + value
    elif value:
        found[name] = value


def _bare(value: str) -> str:
    """Give an address or a phone without the scheme of its URI."""
    value = value.strip()
    for scheme in _SCHEMES:
        if value[: len(scheme)].lower() == scheme:
            value = value[len(scheme) :]
    return value.replace(";ext=", " ext. ")


def _label(text: str) -> str:
    """Give the label of an address book of Apple: ``_$!<Work>!$_`` is one of its own."""
    return text.removeprefix("_$!<").removesuffix(">!$_").strip()
