"""The state of all leads, read whole, and what must hold of it at any moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.leads.keys import lead_hashes
from pipeline.leads.models import Lead, LeadKey, Sighting
from pipeline.leads.values import snapshot
from pipeline.merges.families import find_members, load_family
from pipeline.merges.following import find_canonical
from pipeline.merges.replaying import replay

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """All leads with the moments of their last changes, exact keys, sightings that stand."""

    leads: Mapping[int, Values]
    moments: Mapping[int, datetime]
    keys: frozenset[tuple[int, int]]
    sightings: Mapping[int, tuple[int, int | None]]
    withdrawn: frozenset[int]


def read_state(db: Session) -> State:
    """Read the state of all leads."""
    leads = list(db.scalars(select(Lead).execution_options(populate_existing=True)))
    query = select(Sighting.id, Sighting.lead_id, Sighting.home_id, Sighting.withdrawn_by)
    sightings = list(db.execute(query))
    keys = db.execute(select(LeadKey.key, LeadKey.lead_id))
    return State(
        {lead.id: snapshot(lead) for lead in leads},
        {lead.id: lead.updated_at for lead in leads},
        frozenset((key, lead_id) for key, lead_id in keys),
        {number: (lead_id, home_id) for number, lead_id, home_id, _ in sightings},
        frozenset(number for number, *_, withdrawn_by in sightings if withdrawn_by),
    )


def contacts_of(values: Values) -> set[str]:
    """Give all e-mails and phones of a lead."""
    named = [values["email"], values["phone"], *values["other_emails"], *values["other_phones"]]
    return {text for text in named if text}


def check_state(db: Session, state: State, parents: Mapping[int, int]) -> None:
    """Check what must hold whatever has been done; ``parents`` says who was merged into whom.

    All phones are valid.
    """
    for values in state.leads.values():
        assert values["phone_verified"] == bool(values["phone"])
        for shown, others in (("email", "other_emails"), ("phone", "other_phones")):
            assert values[shown] or not values[others]
            assert len({values[shown], *values[others]}) == 1 + len(values[others])
    keys = {(key, lead) for lead, values in state.leads.items() for key in lead_hashes(values)}
    assert state.keys == keys
    heads = {lead_id: head_of(parents, lead_id) for lead_id in parents}
    assert find_canonical(db, [*parents, *state.leads]) == heads
    assert not parents.keys() & state.leads.keys()
    for lead_id, home_id in state.sightings.values():
        home = lead_id if home_id is None else home_id
        assert lead_id == heads.get(home, home)
        assert (home_id is None) == (lead_id == home)
    standing = {
        lead for number, (lead, _) in state.sightings.items() if number not in state.withdrawn
    }
    assert standing == set(state.leads)
    _check_replays(db, state)


def head_of(parents: Mapping[int, int], lead_id: int) -> int:
    """Follow a lead to the one that lives in its place."""
    while lead_id in parents:
        lead_id = parents[lead_id]
    return lead_id


def _check_replays(db: Session, state: State) -> None:
    family = load_family(db, state.leads)
    replayed, losers = replay(family), family.standing()
    for lead_id, values in state.leads.items():
        for member in find_members(losers, lead_id):
            assert contacts_of(replayed[member].values) <= contacts_of(values)
        told = replayed[lead_id]
        assert (lead_id, told.values) == (lead_id, values)
        assert told.updated_at == state.moments[lead_id]
