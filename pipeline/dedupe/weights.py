"""How much each kind of evidence counts: the shipped defaults, and what reviewers have taught."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Weights:
    """Multipliers of the bits of each kind of evidence; a kind that is not named counts once.

    ``bias`` is added to every score, in bits. ``version`` is 0 for the shipped defaults. ``odds``
    are those of :data:`ODDS` by the names of their groups, where others hold.
    """

    version: int = 0
    bias: float = 0.0
    factors: Mapping[str, float] = field(default_factory=dict)
    odds: Mapping[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Give the weights as plain values."""
        return {
            "version": self.version,
            "bias": self.bias,
            "factors": {**self.factors},
            "odds": {**self.odds},
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Weights":
        """Read what :meth:`to_json` gave."""
        return cls(given["version"], given["bias"], given["factors"], given.get("odds", {}))


DEFAULTS = Weights(
    factors={
        "birth_date_near": 1.3,
        "business_name": 1.15,
        "business_name_contained": 1.3,
        "business_phone_differs": 1.2,
        "city": 0.85,
        "country": 0.5,
        "given_name_differs": 1.25,
        "given_name_nickname": 0.6,
        "mailbox_differs": 1.3,
        "phone": 0.8,
        "phone_differs": 1.4,
        "shared_phone": 0.7,
        "surname_differs": 1.3,
    }
)
"""Where the scales below promise too much or too little, as labelled sets of all kinds agree."""


class Group(IntEnum):
    """What a piece of evidence tells: who somebody is, or merely where to find them."""

    WHO = 0
    HOME = 1
    """The household: what a family has in common, or the tenants of one building."""
    ORG = 2
    """The organisation: what colleagues have in common."""
    BRAND = 3
    """The brand: what the branches of one business have in common."""


class Scale(NamedTuple):
    """What the grades of agreement on a field are worth, in bits.

    Equal values give what their rarity says, at most ``cap``. Close ones give ``slip`` bits less,
    partly equal ones ``part`` of it. Values that differ give ``conflict``: log2 of how seldom two
    records of one person differ so.
    """

    cap: float
    slip: float
    part: float
    conflict: float


SCALES: Mapping[str, Scale] = {
    "given_name": Scale(11.0, 3.0, 0.5, -6.0),
    "surname": Scale(13.0, 3.0, 0.5, -5.5),
    "mailbox": Scale(18.0, 3.0, 0.5, -1.0),
    "shared_mailbox": Scale(10.0, 3.0, 0.5, 0.0),
    "role_mailbox": Scale(10.0, 3.0, 0.5, 0.0),
    "phone": Scale(15.0, 5.0, 0.5, -0.6),
    "shared_phone": Scale(9.0, 6.0, 0.5, 0.0),
    "business_phone": Scale(13.0, 5.0, 0.5, -3.5),
    "id_number": Scale(20.0, 4.0, 0.4, -5.0),
    "birth_date": Scale(14.0, 4.0, 0.35, -5.0),
    "title": Scale(6.0, 2.0, 0.4, -0.7),
    "company": Scale(10.0, 3.0, 0.5, -1.5),
    "business_name": Scale(13.0, 3.0, 0.6, -6.0),
    "domain": Scale(10.0, 3.0, 0.5, -0.5),
    "house": Scale(8.0, 3.0, 0.3, -2.0),
    "street": Scale(11.0, 2.0, 0.5, -1.5),
    "city": Scale(7.0, 2.0, 0.3, -0.7),
    "postcode": Scale(9.0, 3.0, 0.3, -0.7),
    "region": Scale(4.0, 1.0, 0.3, -0.7),
    "country": Scale(4.0, 1.0, 0.3, -1.5),
}
"""The scale of each field."""

ODDS: Mapping[Group, float] = {Group.HOME: -1.5, Group.ORG: -3.0, Group.BRAND: -1.0}
"""The odds, in bits, that two records are one where all is known is that they share a household
(of some three), an organisation (of some eight on file) or a brand."""

BEYOND_CAP = 0.2
"""The part of the bits beyond a group's cap that still counts."""

KNOWN = 300.0
"""What is known of values in general weighs as much as so many records."""

SHARES: Mapping[str, float] = {
    "g": 1 / 250,
    "s": 1 / 2_000,
    "m": 0.0,
    "l": 1 / 20_000,
    "p": 0.0,
    "d": 0.0,
    "c": 0.0,
    "w": 1 / 500,
    "h": 1 / 100,
    "a": 1 / 2_000,
    "y": 1 / 100,
    "z": 1 / 1_000,
    "r": 1 / 10,
    "n": 1 / 3,
    "b": 1 / 15_000,
    "i": 0.0,
    "t": 1 / 50,
}
"""How large a part of all records bears a usual value of each kind of term, by its letter."""
