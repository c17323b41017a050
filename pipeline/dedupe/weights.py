"""How much each kind of evidence counts: the shipped defaults, and what reviewers have taught."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Weights:
    """Multipliers of the bits of each kind of evidence; a kind that is not named counts once.

    ``bias`` is added to every score, in bits. ``version`` is 0 for the shipped defaults.
    """

    version: int = 0
    bias: float = 0.0
    factors: Mapping[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Give the weights as plain values."""
        return {"version": self.version, "bias": self.bias, "factors": {**self.factors}}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Weights":
        """Read what :meth:`to_json` gave."""
        return cls(given["version"], given["bias"], given["factors"])


DEFAULTS = Weights()
