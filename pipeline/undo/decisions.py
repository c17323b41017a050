"""What an undo does with one lead: the inverse where ``after`` still holds, else a reason."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce

from pipeline.leads.values import BLANKS, RESTORABLE
from pipeline.merges.units import UNITS, Unit
from pipeline.operations.folding import Recorded, Values, created_values, overlay
from pipeline.operations.reversals import Reversal

_NOTHING: Values = {"origins": {}}


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one lead that an operation changed.

    ``mine`` are the operation's changes of it; of a lead that it created, ``history`` are these and
    all later ones. Both are the oldest first. ``present`` are its values now, None where it is
    gone, and ``seen_by`` is another run that has shown it since. ``hindered`` says why
    a lead that is gone is not to come back.
    """

    lead_id: int
    mine: Sequence[Recorded]
    history: Sequence[Recorded]
    present: Values | None
    seen_by: int | None
    hindered: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one lead: its values before and after, and why it is not as it was."""

    lead_id: int
    reversal: Reversal
    before: Values | None = None
    after: Values | None = None
    reason: str = ""


def decide(case: Case) -> Decision:
    """Decide what an undo does with one lead."""
    created, deleted = case.mine[0].action == "create", case.mine[-1].action == "delete"
    if created and deleted:
        return Decision(case.lead_id, Reversal.RESTORED)
    if deleted:
        return _recreate(case)
    if case.present is None:
        return _keep(case, "deleted since")
    return _remove(case, case.present) if created else _restore(case, case.present)


def _remove(case: Case, present: Values) -> Decision:
    end = _end_of_creation(case, present)
    # A change written before a field existed says nothing of it: the field was blank then.
    differing = [name for name in RESTORABLE if (present[name] or None) != (end.get(name) or None)]
    if differing:
        return _keep(case, _changed(differing))
    if case.seen_by is not None:
        return _keep(case, f"seen since by run {case.seen_by} too")
    return Decision(case.lead_id, Reversal.REMOVED, before=present)


def _end_of_creation(case: Case, present: Values) -> Values:
    """Give what the operation alone made of a lead that it created."""
    if len(case.history) == len(case.mine) and case.mine[0].after is None:
        return present
    created = created_values(present, case.history)
    return reduce(overlay, (one.after for one in case.mine[1:] if one.after), created)


def _recreate(case: Case) -> Decision:
    if case.present is not None:
        return _keep(case, "it exists again")
    if case.hindered:
        return _keep(case, case.hindered)
    start = {**BLANKS, **_start(case.mine)}
    start["origins"] = _without_blanks(start["origins"])
    return Decision(case.lead_id, Reversal.RECREATED, after=start)


def _restore(case: Case, present: Values) -> Decision:
    start = _start(case.mine)
    end = reduce(overlay, (one.after for one in case.mine if one.after), _NOTHING)
    after = {**present, "origins": dict(present["origins"])}
    differing = [name for name in RESTORABLE if name in end and present[name] != end[name]]
    torn = [unit for unit in UNITS if _is_torn(unit, end, differing)]
    in_torn = {name for unit in torn for name in unit.fields}
    for name in RESTORABLE:
        if name in end and name not in differing and name not in in_torn:
            _take(after, start, end, name)
    for unit in torn:
        kept = _give_contacts_back(after, unit, start, end)
        differing = [name for name in differing if name not in unit.fields or name in kept]
    after["origins"] = _without_blanks(after["origins"])
    if differing:
        return Decision(case.lead_id, Reversal.KEPT, present, after, _changed(differing))
    return Decision(case.lead_id, Reversal.RESTORED, present, after)


def _is_torn(unit: Unit, end: Values, differing: Collection[str]) -> bool:
    """Whether an operation changed contacts, and others have come or may have come since."""
    mine = [name for name in unit.fields if name in end]
    return bool(mine) and (unit.others not in mine or not set(mine).isdisjoint(differing))


def _give_contacts_back(after: Values, unit: Unit, start: Values, end: Values) -> Collection[str]:
    """Take back which contacts were brought; give the fields of the one that is shown since."""
    was, became = ({unit.shown: None, unit.others: [], **side} for side in (start, end))
    old, new = unit.named(was), unit.named(became)
    contacts = {
        key: text for key, text in unit.named(after).items() if key in old or key not in new
    }
    contacts.update((key, text) for key, text in old.items() if key not in new)
    mine = [name for name in unit.with_shown if name in end]
    kept = mine if any(after[name] != end[name] for name in mine) else []
    if not kept:
        for name in mine:
            _take(after, start, end, name)
        unit.hide(after, contacts)
    unit.arrange(after, contacts)
    return kept


def _take(after: Values, start: Values, end: Values, name: str) -> None:
    after[name] = start[name]
    for key in (key for key in end["origins"] if key.partition(".")[0] == name):
        after["origins"][key] = start["origins"].get(key)


def _start(mine: Sequence[Recorded]) -> Values:
    return reduce(overlay, (one.before for one in reversed(mine) if one.before), _NOTHING)


def _keep(case: Case, reason: str) -> Decision:
    return Decision(case.lead_id, Reversal.KEPT, reason=reason)


def _changed(names: Sequence[str]) -> str:
    return f"changed since: {', '.join(names)}"


def _without_blanks(origins: Values) -> Values:
    return {name: origin for name, origin in origins.items() if origin}
