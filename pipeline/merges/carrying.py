"""A change carried over to other values than those it was made to: what it did, and no more.

A change made after a merge is recorded as it befell the merged lead. Once the merge is taken back,
it befalls a lead without the other's values; lists then take what it added and removed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.leads.keys import email_hash
from pipeline.leads.values import RESTORABLE
from pipeline.merge import ADDRESS, is_tags, phone_identity, split_tags
from pipeline.operations.folding import Values

Told = Mapping[str, Any]
"""A lead's values, those of a snapshot."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """Fields that are one thing: the contact that is shown, what goes with it, the other ones."""

    fields: tuple[str, ...]
    identity: Callable[[str], int | str]

    @property
    def shown(self) -> str:
        return self.fields[0]

    @property
    def others(self) -> str:
        return self.fields[-1]

    def named(self, values: Told) -> dict[int | str, str]:
        """Give all contacts by what tells them apart, the shown one first."""
        found: dict[int | str, str] = {}
        for text in (values[self.shown], *values[self.others]):
            if text:
                found.setdefault(self.identity(text), text)
        return found


_UNITS = (
    _Unit(("email", "other_emails"), email_hash),
    _Unit(("phone", "phone_verified", "other_phones"), phone_identity),
)
_IN_UNITS = {name for unit in _UNITS for name in unit.fields}
_PLAIN = tuple(name for name in RESTORABLE if name not in _IN_UNITS and name != "custom")


def carry(old: Told, new: Told, base: Told) -> Values:
    """Give ``base`` after the change that made ``new`` of ``old``."""
    if base == old:
        return plain(new)
    values = plain(base)
    for name in _PLAIN:
        if old[name] != new[name]:
            _take(values, new, name)
    for unit in _UNITS:
        if all(old[name] == new[name] for name in unit.fields):
            continue
        if all(old[name] == base[name] for name in unit.fields):
            for name in unit.fields:
                _take(values, new, name)
        else:
            _carry_contacts(values, unit, old, new)
    if old["custom"] != new["custom"]:
        _carry_custom(values, old, new)
    return values


def give_back(old: Told, new: Told, base: Told, start: Told) -> Values:
    """Give ``base`` after an undo that made ``new`` of ``old``; ``start`` is what it undid to."""
    values = plain(base)
    for name in RESTORABLE:
        if name != "custom" and old[name] != new[name]:
            _take(values, start, name)
    for name in _changed(old["custom"], new["custom"]):
        _put(values, start, name, start["custom"].get(name))
    return values


def plain(values: Told) -> Values:
    """Give a copy of values whose origins are only those that there are."""
    origins = {name: origin for name, origin in values["origins"].items() if origin}
    return {**values, "origins": origins}


def _carry_contacts(values: Values, unit: _Unit, old: Told, new: Told) -> None:
    before, after, own = unit.named(old), unit.named(new), unit.named(values)
    everything = {
        key: after.get(key, text) for key, text in own.items() if key in after or key not in before
    }
    everything.update((key, text) for key, text in after.items() if key not in before)
    if old[unit.shown] != new[unit.shown] and new[unit.shown]:
        key = unit.identity(new[unit.shown])
        # What came with the merge goes with the split, unless a person has chosen it since.
        if key in everything or str(new["origins"].get(unit.shown)).startswith("o:"):
            everything = {key: new[unit.shown], **everything}
            for name in unit.fields[:-1]:
                _take(values, new, name)
    texts = list(everything.values())
    if values[unit.shown] not in texts:
        values[unit.shown] = texts[0] if texts else None
    others = [text for text in texts if text != values[unit.shown]]
    if others != values[unit.others]:
        values[unit.others] = others
        _take_origin(values, new, unit.others)


def _carry_custom(values: Values, old: Told, new: Told) -> None:
    changed = _changed(old["custom"], new["custom"])
    if not changed.isdisjoint(ADDRESS):
        changed |= {name for name in ADDRESS if name in {**values["custom"], **new["custom"]}}
    for name in {**new["custom"], **values["custom"], **old["custom"]}:
        if name in changed:
            text = new["custom"].get(name)
            if text and is_tags(name) and old["custom"].get(name):
                text = _carry_tags(values["custom"].get(name, ""), old["custom"][name], text)
            _put(values, new, name, text)


def _carry_tags(own: str, old: str, new: str) -> str | None:
    before, after, tags = (
        {tag.casefold(): tag for tag in split_tags(text)} for text in (old, new, own)
    )
    if tags == before:
        return new
    kept = [tag for key, tag in tags.items() if key in after or key not in before]
    added = [tag for key, tag in after.items() if key not in before and key not in tags]
    return ", ".join([*kept, *added]) or None


def _changed(old: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    return {name for name in {**old, **new} if old.get(name) != new.get(name)}


def _put(values: Values, other: Told, name: str, text: str | None) -> None:
    """Give a custom field a value, or none, with the origin that it has in ``other``."""
    if text is None:
        values["custom"] = {key: kept for key, kept in values["custom"].items() if key != name}
    else:
        values["custom"] = {**values["custom"], name: text}
    _take_origin(values, other, f"custom.{name}")


def _take(values: Values, other: Told, name: str) -> None:
    values[name] = other[name]
    _take_origin(values, other, name)


def _take_origin(values: Values, other: Told, name: str) -> None:
    origin = other["origins"].get(name)
    if origin:
        values["origins"][name] = origin
    else:
        values["origins"].pop(name, None)
