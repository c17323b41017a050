"""A change carried over to other values than those it was made to: what it did, and no more.

A change made after a merge is recorded as it befell the merged lead. Once the merge is taken back,
it befalls a lead without the other's values; lists then take what it added and removed.
"""

from pipeline.merge import ADDRESS, is_tags, split_tags
from pipeline.merges.units import (
    PLAIN,
    UNITS,
    Told,
    Unit,
    changed_customs,
    plain,
    put,
    take,
    take_origin,
)
from pipeline.operations.folding import Values


def carry(old: Told, new: Told, base: Told) -> Values:
    """Give ``base`` after the change that made ``new`` of ``old``."""
    if base == old:
        return plain(new)
    values = plain(base)
    for name in PLAIN:
        if old[name] != new[name]:
            take(values, new, name)
    for unit in UNITS:
        if all(old[name] == new[name] for name in unit.fields):
            continue
        if all(old[name] == base[name] for name in unit.fields):
            for name in unit.fields:
                take(values, new, name)
        else:
            _carry_contacts(values, unit, old, new)
    if old["custom"] != new["custom"]:
        _carry_custom(values, old, new)
    return values


def _carry_contacts(values: Values, unit: Unit, old: Told, new: Told) -> None:
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
                take(values, new, name)
    if values[unit.shown] not in everything.values():
        values[unit.shown] = None
    others = values[unit.others]
    unit.arrange(values, everything)
    if values[unit.others] != others:
        take_origin(values, new, unit.others)


def _carry_custom(values: Values, old: Told, new: Told) -> None:
    changed = changed_customs(old, new)
    if not changed.isdisjoint(ADDRESS):
        changed |= {name for name in ADDRESS if name in {**values["custom"], **new["custom"]}}
    for name in {**new["custom"], **values["custom"], **old["custom"]}:
        if name in changed:
            text = new["custom"].get(name)
            if text and is_tags(name) and old["custom"].get(name):
                text = _carry_tags(values["custom"].get(name, ""), old["custom"][name], text)
            put(values, new, name, text)


def _carry_tags(own: str, old: str, new: str) -> str | None:
    before, after, tags = (
        {tag.casefold(): tag for tag in split_tags(text)} for text in (old, new, own)
    )
    if tags == before:
        return new
    kept = [tag for key, tag in tags.items() if key in after or key not in before]
    added = [tag for key, tag in after.items() if key not in before and key not in tags]
    return ", ".join([*kept, *added]) or None
