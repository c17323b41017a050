"""What an undo does with one lead: the inverse where ``after`` still holds, else a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from pipeline.leads.values import BLANKS, RESTORABLE
from pipeline.operations.folding import Recorded, Values, created_values, overlay
from pipeline.operations.reversals import Reversal

_NOTHING: Values = {"origins": {}}


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one lead that an operation changed.

    ``mine`` are the operation's changes of it; of a lead that it created, ``history`` are these and
    all later ones. Both are the oldest first. ``present`` are its values now, None where it is
    gone, and ``seen_by`` is another run that has shown it since.
    """

    lead_id: int
    mine: Sequence[Recorded]
    history: Sequence[Recorded]
    present: Values | None
    seen_by: int | None


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
    start = {**BLANKS, **_start(case.mine)}
    start["origins"] = _without_blanks(start["origins"])
    return Decision(case.lead_id, Reversal.RECREATED, after=start)


def _restore(case: Case, present: Values) -> Decision:
    start = _start(case.mine)
    end = reduce(overlay, (one.after for one in case.mine if one.after), _NOTHING)
    after, origins, differing = dict(present), dict(present["origins"]), []
    for name in (name for name in RESTORABLE if name in end):
        if present[name] != end[name]:
            differing.append(name)
            continue
        after[name] = start[name]
        for key in (key for key in end["origins"] if key.partition(".")[0] == name):
            origins[key] = start["origins"].get(key)
    after["origins"] = _without_blanks(origins)
    if differing:
        return Decision(case.lead_id, Reversal.KEPT, present, after, _changed(differing))
    return Decision(case.lead_id, Reversal.RESTORED, present, after)


def _start(mine: Sequence[Recorded]) -> Values:
    return reduce(overlay, (one.before for one in reversed(mine) if one.before), _NOTHING)


def _keep(case: Case, reason: str) -> Decision:
    return Decision(case.lead_id, Reversal.KEPT, reason=reason)


def _changed(names: Sequence[str]) -> str:
    return f"changed since: {', '.join(names)}"


def _without_blanks(origins: Values) -> Values:
    return {name: origin for name, origin in origins.items() if origin}
