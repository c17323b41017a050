"""Gathering evidence: each piece weighed by rarity, what tells only where to find one capped."""

from collections.abc import Callable, Sequence
from math import log2
from typing import NamedTuple, TypeVar

from pipeline.dedupe.agreement import MISSING, Agreement, Level
from pipeline.dedupe.frequencies import Frequencies, term_hash
from pipeline.dedupe.weights import BEYOND_CAP, KNOWN, ODDS, SCALES, SHARES, Group, Weights

LEAST = 0.2
"""What agreeing on the commonest value is worth, in bits."""

_CAPPED = [(group, group.name.lower(), usual) for group, usual in ODDS.items()]

Value = TypeVar("Value")


class Reason(NamedTuple):
    """One piece of evidence: its kind, what it adds to the score in bits, the two values.

    ``base`` are the bits before the weights' factor of this kind, so that other weights can be
    applied later; ``bits = base * factor``. ``count`` of the records bear the value.
    """

    code: str
    bits: float
    base: float
    left: str = ""
    right: str = ""
    count: int | None = None  # type: ignore[assignment]  # a reason is no sequence to count in


class Tally:
    """The evidence on one pair of records, as it is gathered.

    ``size`` are the bits it takes to tell one record from all others; ``levels`` hold how far the
    fields that were weighed so far agree.
    """

    def __init__(self, frequencies: Frequencies, weights: Weights) -> None:
        self.size = log2(frequencies.records + 2)
        self._known = log2(frequencies.records + KNOWN)
        self.reasons: list[Reason] = []
        self.levels: dict[str, Level] = {}
        self._sums = [0.0, 0.0, 0.0, 0.0]
        self._count = frequencies.count
        self._factors = weights.factors
        self._odds = weights.odds
        self.add("prior", -self.size, Group.WHO)

    def add(  # noqa: PLR0917 - the parts of a reason
        self,
        code: str,
        base: float,
        group: Group,
        left: str = "",
        right: str = "",
        count: int | None = None,
    ) -> None:
        """Add one piece of evidence of ``base`` bits."""
        bits = base * self._factors.get(code, 1.0)
        self.reasons.append(Reason(code, bits, base, left, right, count))
        self._sums[group] += bits

    def rarity(self, term: str, other: str = "") -> tuple[float, int]:
        """Give the bits that sharing the commoner of two terms is worth, and its count.

        What is seen is taken together with what is known of the world beforehand, as if a further
        :data:`KNOWN` records had been counted: a first name is not rare for being in a small file.
        """
        count = self._count(term_hash(term)) or 1
        if other and other != term:
            count = max(count, self._count(term_hash(other)))
        bits = self._known - log2(count + 1 + KNOWN * SHARES[term[0]])
        return max(bits, LEAST), count

    def weigh(  # noqa: PLR0917 - the parts of a reason
        self, field: str, agreement: Agreement, group: Group, mark: str, left: str, right: str
    ) -> None:
        """Add what an agreement is worth by the scale of its field and the rarity of its values."""
        level = agreement.level
        self.levels[field] = level
        if level is Level.MISSING:
            return
        scale = SCALES[field]
        if level is Level.CONFLICT:
            self.add(field + "_differs", scale.conflict, group, left, right)
            return
        bits, count = self.rarity(mark + left, mark + right)
        bits = min(bits, scale.cap)
        code = field
        if level is Level.CLOSE:
            code, bits = field + "_close", max(bits - scale.slip, LEAST)
        elif level is Level.PARTIAL:
            code, bits = f"{field}_{agreement.detail or 'partial'}", bits * scale.part
        self.add(code, bits, group, left, right, count)

    def agrees(self, field: str, least: Level = Level.CLOSE) -> bool:
        """Whether a field that was weighed agrees at least so well."""
        return self.levels.get(field, Level.MISSING) >= least

    def conflicts(self, field: str) -> bool:
        """Whether both records have the field, and it differs."""
        return self.levels.get(field) is Level.CONFLICT

    def has_more_than(self, bits: float, group: Group) -> bool:
        """Whether the evidence of a group sums up to more than some bits."""
        return self._sums[group] > bits

    def cap(self) -> None:
        """Lower what only tells where: the odds within a household or an organisation are its cap.

        Each cap is a reason of its own, so that the reasons still add up.
        """
        for group, name, usual in _CAPPED:
            odds = self._odds.get(name, usual)
            if (beyond := self._sums[group] - self.size - odds) > 0:
                self.add(f"{name}_cap", (BEYOND_CAP - 1) * beyond, Group.WHO)


def find_best(
    compare: Callable[[Value, Value], Agreement], ours: Sequence[Value], theirs: Sequence[Value]
) -> tuple[Agreement, Value, Value] | None:
    """Give the best agreement among the values of two records, and the two values.

    None if either has none, or none of them can be compared.
    """
    if len(ours) == len(theirs) == 1:
        found = compare(ours[0], theirs[0])
        return (found, ours[0], theirs[0]) if found.level is not Level.MISSING else None
    best = MISSING
    pair = None
    for a in ours:
        for b in theirs:
            found = compare(a, b)
            if found[:2] > best[:2]:
                best, pair = found, (a, b)
    return (best, *pair) if pair else None
