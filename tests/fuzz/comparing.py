"""Compares our answers, one by one and by columns, with those of plain calls of the libraries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from time import process_time
from types import ModuleType
from typing import Any, Generic, TypeVar

from pipeline.normalize import emails, phones
from pipeline.normalize.columns import normalize_emails_plain, normalize_phones_plain
from tests.fuzz.addresses import addresses
from tests.fuzz.answers import (
    REFUSED,
    Case,
    library_email,
    library_phone,
    our_email,
    our_phone,
)
from tests.fuzz.numbers import numbers

Value = TypeVar("Value")

_COLUMN = 50


@dataclass(slots=True)
class Tally:
    """What a comparison found: how many cases a fast way decided, and which came out different.

    ``seconds`` are those of our own processor time.
    """

    side: str
    cases: int = 0
    valid: int = 0
    fast: int = 0
    seconds: float = 0.0
    differences: list[tuple[object, str | None, str | None]] = field(default_factory=list)

    def count(self, case: object, ours: str | None, theirs: str | None) -> None:
        """Take in one case; the answers are to be equal."""
        self.cases += 1
        self.valid += theirs is not None and not theirs.startswith(REFUSED)
        if ours != theirs:
            self.differences.append((case, ours, theirs))


@dataclass(frozen=True, slots=True)
class Side(Generic[Value]):
    """What is compared with what; ``slow_way`` is the function that asks the library for us."""

    name: str
    cases: Callable[[int], Iterator[Value]]
    ours: Callable[[Value], str | None]
    column: Callable[[list[Value]], list[str | None]]
    theirs: Callable[[Value], str | None]
    slow_way: tuple[ModuleType, str]

    def compare(self, cases: int, seed: int) -> tuple[Tally, Tally]:
        """Compare so many cases: each alone, and in columns."""
        single, column = Tally(f"{self.name}, one by one"), Tally(f"{self.name}, by columns")
        for batch in _batches(self.cases(seed), cases):
            theirs = [self.theirs(case) for case in batch]
            with _timed(single), _counted(*self.slow_way) as slow:
                ours = [self._asked(case, slow, single) for case in batch]
            with _timed(column):
                plain = self.column(batch)
            column.fast += len(batch) - plain.count(None)
            for case, our, value, their in zip(batch, ours, plain, theirs, strict=True):
                single.count(case, our, their)
                column.count(case, their if value is None else value, their)
        return single, column

    def _asked(self, case: Value, slow: "_Counter", tally: Tally) -> str | None:
        before = slow.calls
        answer = self.ours(case)
        tally.fast += slow.calls == before
        return answer


@dataclass(slots=True)
class _Counter:
    """A function that counts its calls."""

    function: Callable[..., Any]
    calls: int = 0

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        self.calls += 1
        return self.function(*arguments, **options)


@contextmanager
def _counted(module: ModuleType, name: str) -> Iterator[_Counter]:
    counter = _Counter(getattr(module, name))
    setattr(module, name, counter)
    try:
        yield counter
    finally:
        setattr(module, name, counter.function)


@contextmanager
def _timed(tally: Tally) -> Iterator[None]:
    start = process_time()
    yield
    tally.seconds += process_time() - start


def _batches(source: Iterator[Value], cases: int) -> Iterator[list[Value]]:
    """Give that many cases in short lists."""
    wanted = islice(source, cases)
    while batch := list(islice(wanted, _COLUMN)):
        yield batch


def _phone_column(cases: list[Case]) -> list[str | None]:
    return normalize_phones_plain([case.text for case in cases], [case.region for case in cases])


EMAILS = Side(
    "e-mails", addresses, our_email, normalize_emails_plain, library_email,
    (emails, "validate_email"),
)  # fmt: skip
PHONES = Side("phones", numbers, our_phone, _phone_column, library_phone, (phones, "_verify"))
