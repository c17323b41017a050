"""The parts that a lead's values fall into: what is one thing moves as one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.leads.keys import email_hash
from pipeline.leads.values import RESTORABLE
from pipeline.merge import phone_identity
from pipeline.normalize.phones import normalize_phone
from pipeline.operations.folding import Values

Told = Mapping[str, Any]
"""A lead's values, those of a snapshot."""

Contacts = dict[int | str, str]
"""Contacts by what tells them apart."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Fields that are one thing: the contact that is shown, what goes with it, the other ones."""

    fields: tuple[str, ...]
    identity: Callable[[str], int | str]

    @property
    def shown(self) -> str:
        """The field of the contact that is shown."""
        return self.fields[0]

    @property
    def with_shown(self) -> tuple[str, ...]:
        """The field of the contact that is shown, and those of what goes with it."""
        return self.fields[:-1]

    @property
    def others(self) -> str:
        """The field of the other contacts."""
        return self.fields[-1]

    def named(self, values: Told) -> Contacts:
        """Give all contacts by what tells them apart, the shown one first."""
        found: Contacts = {}
        for text in (values[self.shown], *values[self.others]):
            if text:
                found.setdefault(self.identity(text), text)
        return found

    def arrange(self, values: Values, contacts: Contacts) -> None:
        """Let a lead have these contacts besides the one it shows; the first one if it shows none.

        One that is shown stays, also where it is not among them.
        """
        if not values[self.shown] and contacts:
            self._show(values, next(iter(contacts.values())))
        shown = self.identity(values[self.shown]) if values[self.shown] else None
        values[self.others] = [text for key, text in contacts.items() if key != shown]

    def hide(self, values: Values, contacts: Contacts) -> None:
        """Let a lead show nothing if what it shows is none of these contacts any more."""
        shown = values[self.shown]
        if shown and self.identity(shown) not in contacts:
            values[self.shown] = None
            if "phone_verified" in self.fields:
                values["phone_verified"] = False

    def _show(self, values: Values, text: str) -> None:
        values[self.shown] = text
        origin = values["origins"].get(self.others)
        if origin:
            values["origins"] = {**values["origins"], self.shown: origin}
        if "phone_verified" in self.fields:
            values["phone_verified"] = normalize_phone(text, "").verified


UNITS = (
    Unit(("email", "other_emails"), email_hash),
    Unit(("phone", "phone_verified", "other_phones"), phone_identity),
)
_IN_UNITS = {name for unit in UNITS for name in unit.fields}
PLAIN = tuple(name for name in RESTORABLE if name not in _IN_UNITS and name != "custom")
"""The fields that stand for themselves."""


def plain(values: Told) -> Values:
    """Give a copy of values whose origins are only those that there are."""
    origins = {name: origin for name, origin in values["origins"].items() if origin}
    return {**values, "origins": origins}


def changed_customs(old: Told, new: Told) -> set[str]:
    """Give the names of the custom fields in which two leads differ."""
    mine, other = old["custom"], new["custom"]
    return {name for name in {**mine, **other} if mine.get(name) != other.get(name)}


def take(values: Values, other: Told, name: str) -> None:
    """Let a field be as it is in ``other``, with its origin."""
    values[name] = other[name]
    take_origin(values, other, name)


def take_origin(values: Values, other: Told, name: str) -> None:
    """Let a field have the origin that it has in ``other``."""
    origin = other["origins"].get(name)
    if origin:
        values["origins"][name] = origin
    else:
        values["origins"].pop(name, None)


def put(values: Values, other: Told, name: str, text: str | None) -> None:
    """Give a custom field a value, or none, with the origin that it has in ``other``."""
    if text is None:
        values["custom"] = {key: kept for key, kept in values["custom"].items() if key != name}
    else:
        values["custom"] = {**values["custom"], name: text}
    take_origin(values, other, f"custom.{name}")
