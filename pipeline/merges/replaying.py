"""A lead's state from its ledger: each change in order, the merges that stand folded in again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.leads.values import BLANKS, parse_moment
from pipeline.merges.carrying import carry
from pipeline.merges.families import Family, Recorded
from pipeline.merges.folding import Sources, fold
from pipeline.merges.giving_back import Sides, Undone, give_back
from pipeline.merges.units import plain
from pipeline.operations.folding import Values, fold_back


@dataclass(frozen=True, slots=True)
class Step:
    """A change that was no part of a merge or split, with the lead's values before and after.

    These are the values as if only the merges that stand had ever been; None before the creation.
    """

    change: Recorded
    before: Values | None
    after: Values


Loser = tuple[int, Values]
"""A merged lead and its values."""


@dataclass(slots=True)
class Replayed:
    """A lead as its ledger tells it, with the merges that stand and without those taken back.

    ``folded`` are the leads that were folded in, each with the number of steps before that.
    """

    values: Values
    updated_at: datetime
    steps: list[Step] = field(default_factory=list)
    folded: list[tuple[int, Loser]] = field(default_factory=list)


def replay(family: Family) -> Mapping[int, Replayed]:
    """Give the state of each member of a family; of a merged one, its last on its own."""
    replayed: dict[int, Replayed] = {}
    for lead_id in _losers_first(family):
        replayed[lead_id] = _replay_one(family, lead_id, replayed)
    return replayed


def _losers_first(family: Family) -> Iterator[int]:
    """Give all members, each after those that live on in it. Chains may be of any length."""
    losers = family.standing()
    done: set[int] = set()
    waiting = list(family.changes)
    while waiting:
        lead_id = waiting[-1]
        ahead = [one for one in losers.get(lead_id, ()) if one not in done]
        waiting += ahead
        if not ahead:
            waiting.pop()
            if lead_id not in done:
                done.add(lead_id)
                yield lead_id


def _replay_one(family: Family, lead_id: int, replayed: Mapping[int, Replayed]) -> Replayed:
    changes = family.changes[lead_id]
    states = _states(family, lead_id)
    created = states[1] if len(states) > 1 else {}
    state = Replayed(created, parse_moment(created["created_at"]))
    folded: set[int] = set()
    for place, change in enumerate(changes):
        if change.merge_id is not None:
            loser = _find_loser(family, change, folded)
            if loser is not None:
                other = loser, replayed[loser].values
                state.folded.append((len(state.steps), other))
                state.values = fold((lead_id, state.values), other, family.sources)
                state.updated_at = change.at
            continue
        before = state.values if place else None
        if place and change.action == "update":
            state.values = _apply(change, states[place : place + 2], state, family.sources)
        if place and change.action != "delete":
            state.updated_at = change.at
        state.steps.append(Step(change, before, state.values))
    return state


def _states(family: Family, lead_id: int) -> Sequence[Values]:
    """Give a lead's values before and after each of its changes, as they were; {} for none."""
    living = family.living.get(lead_id)
    values = living.values if living else None
    states = [values]
    for change in reversed(family.changes[lead_id]):
        values = fold_back(values, change)
        states.append(values)
    return [plain({**BLANKS, **one}) if one else {} for one in reversed(states)]


def _apply(change: Recorded, sides: Sequence[Values], state: Replayed, sources: Sources) -> Values:
    """Give a lead's values after a change, as it was recorded, that is no part of a merge."""
    old, new = sides
    mine = [
        place
        for place, step in enumerate(state.steps)
        if step.change.operation_id == change.undoes and step.before is not None
    ]
    if not mine:
        return carry(old, new, state.values)
    since = [other for place, other in state.folded if place > mine[0]]
    if not since and state.values == old:
        return plain(new)
    first = state.steps[mine[0]]
    start = first.before or {}
    for other in since:
        start = fold((change.lead_id, start), other, sources)
    effects = [_sides(state.steps[place]) for place in mine]
    later = [_sides(step) for step in state.steps[mine[-1] + 1 :]]
    return give_back(Undone((old, new), effects, later, start), state.values)


def _sides(step: Step) -> Sides:
    return step.before or {}, step.after


def _find_loser(family: Family, change: Recorded, folded: set[int]) -> int | None:
    """Give the lead that a change folded in, if its merge stands: the first such change does so.

    Later ones of the same merge tell of its splits and of its coming back.
    """
    merge = family.merges.get(change.merge_id or 0)
    if merge is None or merge.winner_id != change.lead_id or change.action != "update":
        return None
    if merge.id in folded:
        return None
    folded.add(merge.id)
    return merge.loser_id if merge.split_by is None else None
