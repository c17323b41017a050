"""Verdicts on plain numbers by their first digits, wherever these already decide.

Most numbers need no more than a look into a table: that of their size and home, for the few
digits they begin with. The tables fill themselves from the numbering plans as numbers come by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple, Self

from pipeline.normalize.digit_patterns import DigitPattern, UndecidedError
from pipeline.normalize.numbering import (
    MAX_NSN,
    MIN_NSN,
    REGIONS,
    Plan,
    calling_code,
    plan_of,
)

START: Final = 6
"""So many digits of a number are looked up."""
INVALID: Final = ()
_SHORTEST = 4
# What the tables hold together, or somewhat more while their number grows.
_MAX_ENTRIES = 60_000
_MAX_TABLES = 600


class Spelling(NamedTuple):
    """How E.164 is made of a valid number's digits: ``head + digits[cut:]``."""

    head: str
    cut: int


_spelling = cache(Spelling)

Verdict = Spelling | tuple[()] | None
"""How a number is spelt, :data:`INVALID`, or None where the first digits do not decide."""


class Table(dict[str, Verdict]):
    """Verdicts on numbers of one size and home, by the :data:`START` digits they begin with."""

    def __init__(self, region: str | None, size: int) -> None:
        super().__init__()
        self._region = region
        self._size = size

    def __missing__(self, start: str) -> Verdict:
        verdict = self[start[:-1]] if len(start) > _SHORTEST else None
        if verdict is None:
            verdict = _decide(_Number(start, self._size), self._region)
        if len(self) >= _MAX_ENTRIES // max(1, table_of.cache_info().currsize):
            self.clear()
        self[start] = verdict
        return verdict


@lru_cache(maxsize=_MAX_TABLES)
def table_of(region: str | None, size: int) -> Table:
    """Give the table of numbers of ``size`` digits: dialled in a region, or after a plus."""
    return Table(region, size)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of which only the first digits are known."""

    start: str
    size: int

    def without(self, count: int) -> Self:
        return type(self)(self.start[count:], self.size - count)

    def fits(self, pattern: DigitPattern | None) -> bool | None:
        return pattern.decides(self.start, self.size - len(self.start)) if pattern else False


class _Patterns:
    """A plan's patterns as automata; the methods are the plan's, for half-known numbers.

    Raises:
        ValueError: a pattern cannot be made into an automaton.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._general = DigitPattern(plan.general.pattern)
        self._kinds: dict[int, DigitPattern] = {}
        self._leading, self._dialled_out = (
            DigitPattern(pattern.pattern, open_end=True) if pattern else None
            for pattern in (plan.leading, plan.dialled_out)
        )
        self._trunk = (
            DigitPattern(plan.trunk.pattern, open_end=True, traps=plan.rewrites)
            if plan.trunk
            else None
        )

    def accepts(self, number: _Number) -> bool:
        size = number.size
        if size in self.plan.kinds and size not in self._kinds:
            self._kinds[size] = DigitPattern(self.plan.kinds[size])
        verdicts = (number.fits(self._general), number.fits(self._kinds.get(size)))
        return False not in verdicts and all(map(_sure, verdicts))

    def owns(self, number: _Number) -> bool:
        return _sure(number.fits(self._leading)) if self._leading else self.accepts(number)

    def dials_out(self, number: _Number) -> bool:
        return _sure(number.fits(self._dialled_out))

    def without_trunk(self, number: _Number) -> _Number:
        more = number.size - len(number.start)
        end = self._trunk.match_end(number.start, more) if self._trunk else None
        if end is None:
            return number
        rest = number.without(end)
        if rest.start and (number.fits(self._general) is False or rest.fits(self._general)):
            return rest
        raise UndecidedError

    def without_code(self, number: _Number) -> _Number | None:
        """Take off the region's own calling code; None where it is part of the number."""
        code = self.plan.code
        if not number.start.startswith(code):
            return None
        rest = self.without_trunk(number.without(len(code)))
        if self.plan.too_long(number.size):
            return rest
        gained = not _sure(number.fits(self._general)) and _sure(rest.fits(self._general))
        return rest if gained else None


def _sure(verdict: bool | None) -> bool:  # noqa: FBT001 - three-valued, not a flag
    if verdict is None:
        raise UndecidedError
    return verdict


def _decide(number: _Number, region: str | None) -> Verdict:
    """Follow the steps of :mod:`numbering` as far as the known digits lead."""
    try:
        code, rest, home = _addressed(number, region)
        plans = [_patterns_of(name) for name in REGIONS[int(code)]]
        valid = _judged(rest, plans, home or plans[0])
    except (UndecidedError, ValueError):
        return None
    return _spelling(f"+{code}", number.size - valid.size) if valid else INVALID


def _addressed(number: _Number, region: str | None) -> tuple[str, _Number, _Patterns | None]:
    """Split off the calling code; the last value is the region it was dialled in."""
    if region is None:
        code = calling_code(number.start)
        return code, number.without(len(code)), None
    home = _patterns_of(region)
    if home.dials_out(number):
        raise UndecidedError
    rest = home.without_code(number)
    return (home.plan.code, rest, None) if rest else (home.plan.code, number, home)


def _judged(number: _Number, plans: Sequence[_Patterns], home: _Patterns) -> _Number | None:
    """Give the national number if it is valid in one of the regions, else None."""
    stripped = home.without_trunk(number)
    if home.plan.admits(stripped.size):
        number = stripped
    if not MIN_NSN <= number.size <= MAX_NSN or number.start.strip("0") == "":
        raise UndecidedError
    for plan in plans:
        if len(plans) == 1 or plan.owns(number):
            return number if plan.accepts(number) else None
    return None


@cache
def _patterns_of(region: str) -> _Patterns:
    plan = plan_of(region)
    if plan is None:
        raise UndecidedError
    return _Patterns(plan)
