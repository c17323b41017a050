"""A lead's state from its ledger: each change in order, the merges that stand folded in again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.leads.values import BLANKS, parse_moment
from pipeline.merges.carrying import carry, give_back, plain
from pipeline.merges.families import Family, Recorded
from pipeline.merges.folding import fold
from pipeline.operations.folding import Values, fold_back


@dataclass(frozen=True, slots=True)
class Step:
    """A change that was no part of a merge or split, with the lead's values before and after.

    These are the values as if only the merges that stand had ever been; None before the creation.
    """

    change: Recorded
    before: Values | None
    after: Values


@dataclass(slots=True)
class Replayed:
    """A lead as its ledger tells it, with the merges that stand and without those taken back."""

    values: Values
    updated_at: datetime
    steps: list[Step] = field(default_factory=list)


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
    starts: dict[int, Values] = {}
    folded: set[int] = set()
    for place, change in enumerate(changes):
        if change.merge_id is not None:
            loser = _find_loser(family, change, folded)
            if loser is not None:
                other = loser, replayed[loser].values
                state.values = fold((lead_id, state.values), other, family.sources)
                state.updated_at = change.at
            continue
        before = state.values if place else None
        if place and change.action == "update":
            state.values = _apply(change, states[place : place + 2], state.values, starts)
        if place and change.action != "delete":
            state.updated_at = change.at
        if before is not None:
            starts.setdefault(change.operation_id, before)
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


def _apply(
    change: Recorded, sides: Sequence[Values], values: Values, starts: Mapping[int, Values]
) -> Values:
    old, new = sides
    start = starts.get(change.undoes) if change.undoes is not None else None
    return carry(old, new, values) if start is None else give_back(old, new, values, start)


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
