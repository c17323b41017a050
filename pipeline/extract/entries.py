"""Entries of a directory: what the list says of each, and what its own page adds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from pydantic import Field, model_validator

from pipeline.errors import UnexpectedPage
from pipeline.extract.contacts import find_contacts
from pipeline.extract.paging import is_same_site
from pipeline.extract.rules import Css, FieldRules, RuleMap, check_fields, read_fields
from pipeline.normalize.names import name_key
from pipeline.records import RawRecord
from pipeline.sources import Link, Node, Page, Params

Values = dict[str, list[str]]
"""The values of each field of an entry."""

_LISTED = "listed on"
_OWN = "custom:"
_MANY = frozenset({"email", "phone"})
_SEPARATOR = "\n"
_MAX_CARRIED = 2_000


class EntryParams(Params):
    """What an entry is, and what its parts are. A rule is `CSS@attribute =~ pattern`."""

    item: Css = Field(min_length=1, description="What each entry matches, such as li.company")
    fields: FieldRules = Field(
        default={}, description="For each field its rule in an entry", examples=[{"company": "h3"}]
    )
    custom: RuleMap = Field(
        default={}, description="The same for values of your own", examples=[{"Branch": ".branch"}]
    )
    required: list[str] = Field(default=[], description="Fields without which it is no entry")
    detail: Css = Field(default="", description="What the link to an entry's own page matches")
    detail_fields: FieldRules = Field(
        default={}, description="For each field its rule there", examples=[{"phone": ".tel"}]
    )
    detail_custom: RuleMap = Field(default={}, description="The same for values of your own")

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        if not (self.fields or self.detail):
            raise ValueError("fields says nothing of where the values of an entry stand")
        check_fields(dict.fromkeys(self.required, ""))
        return self


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of an entry: its fields, and values of the source's own."""

    fields: Values
    custom: Values

    def lacks(self, required: Iterable[str]) -> list[str]:
        """Give the fields that an entry must have and this one has not."""
        return [name for name in required if name not in self.fields]

    def record(self, page: Page[Any]) -> RawRecord:
        """Make its record: of most fields the first value counts, of contacts all do."""
        single = {name: found[0] for name, found in self.fields.items() if name not in _MANY}
        return page.record(
            single,
            emails=self.fields.get("email", ()),
            phones=self.fields.get("phone", ()),
            custom={name: "; ".join(found) for name, found in self.custom.items()},
        )

    def packed(self, page: Page[Any]) -> dict[str, str]:
        """Pack it for the link to its own page, where it is unpacked."""
        pairs = [*self.fields.items(), *((_OWN + name, all_) for name, all_ in self.custom.items())]
        packed = {name: _SEPARATOR.join(found)[:_MAX_CARRIED] for name, found in pairs}
        return {_LISTED: page.final_url, **packed}

    def merged(self, other: "Entry") -> "Entry":
        """Put two views of one entry together."""
        fields = _merge_values(self.fields, other.fields)
        return Entry(fields, _merge_values(self.custom, other.custom))


def read_entries(page: Page[Any], params: EntryParams) -> list[RawRecord | Link]:
    """Give the record of each entry of a list, or the link to its own page where it has one.

    Raises:
        UnexpectedPage: no element is an entry, or none has all that is required.
    """
    items = page.require(params.item)
    found: list[RawRecord | Link] = []
    for item in items:
        entry = _read(page, item, params.fields, params.custom)
        link = _link_of(page, item, params.detail)
        if link:
            found.append(replace(link, carried=entry.packed(page)))
        elif not entry.lacks(params.required):
            found.append(entry.record(page))
    if not found:
        raise UnexpectedPage(f"No entry has {', '.join(params.required)}.")
    return found


def read_own_page(page: Page[Any], params: EntryParams) -> RawRecord:
    """Give the record of an entry: what the list said, its own page by rules, and by itself.

    Raises:
        UnexpectedPage: something required is missing.
    """
    own = _read(page, page.html, params.detail_fields, params.detail_custom)
    entry = _fill_blanks(page, _read_carried(page.carried).merged(own))
    missing = entry.lacks(params.required)
    if missing:
        raise UnexpectedPage(f"The entry has no {', '.join(missing)}.")
    return entry.record(page)


def _read(
    page: Page[Any], node: Node, fields: Mapping[str, str], custom: Mapping[str, str]
) -> Entry:
    return Entry(read_fields(page, node, fields), read_fields(page, node, custom))


def _link_of(page: Page[Any], item: Node, css: str) -> Link | None:
    hrefs = page.values(item, css, "href") if css else ()
    return next((link for link in page.follow_all(hrefs) if is_same_site(page, link)), None)


def _read_carried(carried: Mapping[str, str]) -> Entry:
    """Give what the list said of the entry whose own page this is."""
    values = {name: text.split(_SEPARATOR) for name, text in carried.items() if text.strip()}
    del values[_LISTED]
    custom = {name.removeprefix(_OWN): found for name, found in values.items() if _OWN in name}
    return Entry({name: found for name, found in values.items() if _OWN not in name}, custom)


def _fill_blanks(page: Page[Any], entry: Entry) -> Entry:
    """Complete an entry by what its page says of it by itself: in markup, links and text.

    Taken is the contact that bears the entry's name, or the only one there is.
    """
    values = entry.fields
    if {"email", "phone"} <= values.keys():
        return entry
    contacts = find_contacts(page)
    named = {name_key(text) for name in ("name", "company") for text in values.get(name, ())}
    fitting = [one for one in contacts if _keys(one) & named] if named else contacts
    if len(fitting) != 1:
        fitting = contacts if len(contacts) == 1 else []
    return entry.merged(Entry(_values_of(fitting[0]), {})) if fitting else entry


def _merge_values(first: Values, second: Values) -> Values:
    """Put two views of an entry together; where both name one value, the first stands."""
    merged = {**second, **first}
    for name in _MANY & first.keys() & second.keys():
        merged[name] = list(dict.fromkeys([*first[name], *second[name]]))
    return merged


def _keys(contact: RawRecord) -> set[str]:
    names = (contact.fields.get("name", ""), contact.fields.get("company", ""))
    return {name_key(name) for name in names if name}


def _values_of(contact: RawRecord) -> Values:
    values = {name: [text] for name, text in contact.fields.items()}
    return {**values, "email": [*contact.emails], "phone": [*contact.phones]}
