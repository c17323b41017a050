"""A lead as matching sees it: its own features, and those of each lead merged into it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.dialects import in_values
from pipeline.dedupe.features import Features, describe
from pipeline.dedupe.frequencies import terms_of
from pipeline.dedupe.keys import BlockingKey, blocking_keys
from pipeline.dedupe.people import Person
from pipeline.leads.models import Lead
from pipeline.leads.service import DEFAULT_REGION
from pipeline.merges.models import Merge

_COLUMNS = ("name", "email", "phone", "company", "title", "website")
_LISTS = ("other_emails", "other_phones")
_FROM_CUSTOM = ("address", "city", "postcode", "region", "country", "birth_date", "id_number")
_NAMES = (*_COLUMNS, *_LISTS, "custom")
_LEAD = [getattr(Lead, name) for name in ("id", "version", *_NAMES)]

MEMBERS = 8
"""So many different forms of one lead take part in comparisons."""

Values = Mapping[str, Any]


class Entity(Protocol):
    """A living lead as it is found and compared: by all its forms, its own first."""

    @property
    def lead_id(self) -> int:
        """The lead's number."""

    @property
    def version(self) -> int:
        """The version of the lead that it was made from."""

    @property
    def people(self) -> Sequence[Sequence[Person]]:
        """The people that each form names."""

    @property
    def members(self) -> Sequence[Features]:
        """The features of each form."""

    @property
    def keys(self) -> Sequence[BlockingKey]:
        """The blocking keys of all forms, each once, strong ones first."""

    @property
    def terms(self) -> Sequence[int]:
        """The terms of all forms, each once."""


@dataclass(frozen=True, slots=True)
class Described:
    """An entity made from what its lead says now."""

    lead_id: int
    version: int
    members: Sequence[Features]
    keys: Sequence[BlockingKey]
    terms: Sequence[int]

    @property
    def people(self) -> Sequence[Sequence[Person]]:
        """The people that each form names."""
        return [one.people for one in self.members]

    @classmethod
    def of(cls, lead_id: int, version: int, members: Sequence[Features]) -> Self:
        """Make the keys and terms of some forms."""
        if len(members) == 1:
            return cls(lead_id, version, members, blocking_keys(members[0]), terms_of(members[0]))
        keys = {key: None for one in members for key in blocking_keys(one)}
        terms = {term for one in members for term in terms_of(one)}
        ordered = sorted(keys, key=lambda key: key.kind)
        return cls(lead_id, version, members, ordered, sorted(terms))


def find_entities(db: Session, lead_ids: Iterable[int]) -> Mapping[int, Described]:
    """Describe the living ones of some leads, from what they and their merged leads say now."""
    wanted = sorted(set(lead_ids))
    query = select(*_LEAD).where(in_values(db, Lead.id, wanted)).order_by(Lead.id)
    rows = {
        lead_id: (version, dict(zip(_NAMES, values, strict=True)))
        for lead_id, version, *values in db.execute(query)
    }
    merged = _find_merged(db, list(rows))
    region = db.info.get("region", DEFAULT_REGION)
    return {
        lead_id: Described.of(lead_id, version, _describe_all([values, *merged[lead_id]], region))
        for lead_id, (version, values) in rows.items()
    }


def describe_alone(db: Session, lead: Lead) -> Described:
    """Describe a lead that no other has been merged into."""
    values = {name: getattr(lead, name) for name in _NAMES}
    region = db.info.get("region", DEFAULT_REGION)
    return Described.of(lead.id, lead.version, _describe_all([values], region))


def matched_values(values: Values) -> dict[str, str | Sequence[str]]:
    """Give what matching looks at of a lead's values, by the names of its fields."""
    given: dict[str, str | Sequence[str]] = {
        "email": _filled(values["email"], *values["other_emails"]),
        "phone": _filled(values["phone"], *values["other_phones"]),
    }
    given |= {name: values[name] or "" for name in ("company", "title", "website")}
    # A company's lead bears the company's name, which is no person's.
    if values["name"] != values["company"]:
        given["name"] = values["name"]
    given |= {name: values["custom"].get(name, "") for name in _FROM_CUSTOM}
    return given


def _describe_all(all_values: Sequence[Values], region: str) -> tuple[Features, ...]:
    described: dict[bytes, Features] = {}
    for values in all_values:
        country = str(values["custom"].get("country", ""))
        own = describe(matched_values(values), region=_region_of(country) or region)
        described.setdefault(own.to_json(), own)
    return tuple(described.values())[:MEMBERS]


def _region_of(country: str) -> str:
    return country.upper() if len(country) == len("US") else ""


def _filled(*values: str | None) -> list[str]:
    return [value for value in values if value]


def _find_merged(db: Session, lead_ids: list[int]) -> Mapping[int, Sequence[Values]]:
    """Give the values of all leads that live on in these, directly or by way of others."""
    found: dict[int, list[Values]] = defaultdict(list)
    roots = {lead_id: lead_id for lead_id in lead_ids}
    while roots:
        query = (
            select(Merge.winner_id, Merge.loser_id, Merge.loser_values)
            .where(in_values(db, Merge.winner_id, sorted(roots)), Merge.split_by.is_(None))
            .order_by(Merge.id)
        )
        following = {}
        for winner_id, loser_id, values in db.execute(query):
            found[roots[winner_id]].append(values)
            following[loser_id] = roots[winner_id]
        roots = following
    return found
