"""An undo in a replay: what it gave back, with what merges have brought since left in its place.

An undo was recorded as it befell the lead without the merges in its way, or with others than those
that stand now. It takes back what its operation does in the replay at hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.leads.values import RESTORABLE
from pipeline.merge import ADDRESS
from pipeline.merges.units import (
    PLAIN,
    UNITS,
    Contacts,
    Told,
    Unit,
    changed_customs,
    plain,
    put,
    take,
    take_origin,
)
from pipeline.operations.folding import Values

Sides = tuple[Told, Told]
"""A lead's values before and after a change."""


@dataclass(frozen=True, slots=True)
class Undone:
    """An undo as it was recorded, and what its operation is in a replay.

    ``effects`` are what the operation did to the lead in the replay, ``later`` what others did
    since. ``start`` is what it found, with all that has been folded in since.
    """

    recorded: Sides
    effects: Sequence[Sides]
    later: Sequence[Sides]
    start: Told

    def restored(self) -> set[str]:
        """Give the fields that it gives back; custom ones are ``custom.NAME``.

        Those that it gave back when it was done, and those in which the operation had no effect
        then and has one here, unless they were changed since. Of contacts, the one that is shown.
        """
        here = set[str]().union(*(_differing(*sides) for sides in self.effects))
        since = set[str]().union(*(_differing(*sides) for sides in self.later))
        recorded = _differing(*self.recorded)
        names = recorded | (here - since)
        for unit in UNITS:
            if not since.isdisjoint(unit.with_shown):
                names -= set(unit.with_shown) - recorded
            if not here.isdisjoint(unit.fields):
                names.add(unit.others)
        return names

    def give_back(self, unit: Unit, own: Contacts) -> Contacts:
        """Give these contacts without those that the operation brought, with those it took.

        What merges have brought as well stays.
        """
        start = unit.named(self.start)
        for before, after in self.effects:
            was, became = unit.named(before), unit.named(after)
            brought = became.keys() - was.keys() - start.keys()
            own = {key: text for key, text in own.items() if key not in brought}
            own |= {key: text for key, text in was.items() if key not in became}
        return {key: text for key, text in start.items() if key in own} | own


def give_back(undone: Undone, base: Told) -> Values:
    """Give ``base`` after an undo; no contact is lost but those that its operation brought."""
    values, start, names = plain(base), undone.start, undone.restored()
    for name in names.intersection(PLAIN):
        take(values, start, name)
    for unit in UNITS:
        if not names.isdisjoint(unit.fields):
            _give_contacts_back(values, unit, undone, names)
    customs = {name.removeprefix("custom.") for name in names if name.startswith("custom.")}
    if not customs.isdisjoint(ADDRESS):
        customs.update(ADDRESS)
    for name in customs:
        put(values, start, name, start["custom"].get(name))
    return values


def _give_contacts_back(values: Values, unit: Unit, undone: Undone, names: set[str]) -> None:
    start = undone.start
    contacts = undone.give_back(unit, unit.named(values))
    if unit.shown in names:
        names = {*names, *unit.with_shown}
    elif values[unit.shown] != start[unit.shown]:
        names = names.difference(unit.with_shown)
    for name in names.intersection(unit.with_shown):
        take(values, start, name)
    before = values[unit.others]
    if unit.shown in names:
        unit.hide(values, contacts)
    unit.arrange(values, contacts)
    if values[unit.others] != before:
        take_origin(values, start, unit.others)


def _differing(before: Told, after: Told) -> set[str]:
    names = {name for name in RESTORABLE if name != "custom" and before[name] != after[name]}
    return names | {f"custom.{name}" for name in changed_customs(before, after)}
