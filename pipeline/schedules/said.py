"""What plain words say about when something shall happen: times, days, months, an interval."""

import re
from dataclasses import dataclass, field

from pipeline.errors import InvalidInput
from pipeline.schedules.vocabulary import (
    DAY_GROUPS,
    MONTHS,
    ORDINALS,
    UNITS,
    WEEKDAYS,
    tokenize,
)

EXAMPLES = (
    "every weekday at 6:30",
    "every 2 hours",
    "daily at 7 and 19",
    "every Tuesday and Thursday 08:00",
    "on the first Monday of the month at noon",
    "every 15 minutes between 8 and 18 on weekdays",
)
"""What can be said, for error messages and forms."""

LAST = -1
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})|(\d{1,2})")
_ZONE = re.compile(r"\b(?:UTC|[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?)(?![\w/])")
_HOURS, _MINUTES, _NOON = 24, 60, 12
_MOST_DAYS = 31
_MOST_SHOWN = 80


@dataclass(slots=True)
class Said:
    """What the words said, gathered part by part."""

    times: list[tuple[int, int]] = field(default_factory=list)
    past_hour: list[int] = field(default_factory=list)
    weekdays: set[int] = field(default_factory=set)
    nth: set[tuple[int, int]] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    every: tuple[int, str] | None = None
    window: tuple[int, int] | None = None
    timezone: str = ""


def read_said(text: str) -> Said:
    """Read the parts that the words are made of.

    Raises:
        InvalidInput: a part cannot be read; the text names it, with examples.
    """
    zone = _ZONE.search(text)
    said = _Reader(tokenize(_ZONE.sub(" ", text)), text).read()
    said.timezone = zone.group() if zone else ""
    return said


def not_understood(text: str, why: str) -> InvalidInput:
    """Make the error that says what could not be read, and what can be said instead."""
    examples = "; ".join(f"“{one}”" for one in EXAMPLES)
    shown = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
    return InvalidInput(f"“{shown}” cannot be read: {why}. Say it as in {examples}, or as cron.")


class _Reader:
    """Takes one word after another; each says by itself, or with the next, what it belongs to."""

    def __init__(self, tokens: list[str], text: str) -> None:
        self._rest = tokens
        self._text = text
        self._said = Said()
        self._ordinals: list[int] = []
        self._expects_day = False
        self._is_of_month = False
        self._is_each_nth = False

    def read(self) -> Said:
        while self._rest:
            word = self._rest.pop(0)
            if not (self._read_calendar(word) or self._read_clock(word)):
                raise self._error(f"“{word}” is not understood")
        self._flush_ordinals()
        if self._is_each_nth and not self._is_of_month:
            raise self._error(
                "every other week cannot be said; if you mean once a month, add “of the month”"
            )
        return self._said

    def _read_calendar(self, word: str) -> bool:
        if word in WEEKDAYS or word in DAY_GROUPS:
            self._read_weekday(word)
        elif word in ORDINALS:
            self._ordinals.append(ORDINALS[word])
        elif word in MONTHS:
            self._said.months.add(MONTHS[word])
            self._expects_day = not self._said.days and not self._ordinals
        elif word == "every":
            self._read_every()
        elif word == "month":
            self._is_of_month, self._expects_day = True, False
        elif word == "day" and self._ordinals:
            self._flush_ordinals()
        elif word in {"on", "the", "of"}:
            self._expects_day = True
        else:
            return word == "and" or (word == "between" and self._peek() in WEEKDAYS)
        return True

    def _read_clock(self, word: str) -> bool:
        if word == "at":
            self._expects_day = False
        elif word == "between" and self._peek() not in WEEKDAYS:
            first = self._read_hour()
            self._take({"and", "to"})
            self._said.window = (first, self._read_hour())
        elif re.fullmatch(r":\d{2}", word):
            self._said.past_hour.append(self._check(int(word[1:]), _MINUTES))
        elif word.isdecimal() and self._expects_day and self._peek() not in {"am", "pm", "oclock"}:
            if not 1 <= int(word) <= _MOST_DAYS:
                raise self._error(f"no month has a day {word}")
            self._said.days.add(str(int(word)))
        elif _CLOCK.fullmatch(word) or word in {"noon", "midnight"}:
            self._flush_ordinals()
            self._said.times.append(self._read_time(word))
        else:
            return False
        return True

    def _read_weekday(self, word: str) -> None:
        self._expects_day = False
        days = DAY_GROUPS.get(word) or (WEEKDAYS[word],)
        if self._peek() == "to" and len(self._rest) > 1 and self._rest[1] in WEEKDAYS:
            last = WEEKDAYS[self._rest[1]]
            del self._rest[:2]
            days = tuple((days[0] + step) % 7 for step in range((last - days[0]) % 7 + 1))
        if not self._ordinals:
            self._said.weekdays.update(days)
        elif word == "weekday" and self._ordinals == [LAST]:
            self._said.days.add("LW")
        elif word in DAY_GROUPS:
            raise self._error(f"which {word} of a month is not understood")
        else:
            self._said.nth.update((nth, day) for nth in self._ordinals for day in days)
        self._ordinals.clear()

    def _read_every(self) -> None:
        count, ahead = 1, self._peek()
        if ahead.isdecimal() or ahead == "other" or ORDINALS.get(ahead, LAST) > 1:
            unit = self._rest[1] if len(self._rest) > 1 else ""
            if unit in UNITS and "of" not in self._rest[2:3]:
                count = 2 if ahead == "other" else ORDINALS.get(ahead) or int(ahead)
                del self._rest[0]
            elif ahead.isdecimal():
                raise self._error(f"“every {ahead}” needs a unit, as “every {ahead} hours”")
            else:
                self._is_each_nth = unit in WEEKDAYS
                del self._rest[: ahead == "other"]
        if self._peek() in UNITS:
            if self._said.every is not None:
                raise self._error("it names two intervals")
            if count == 0:
                raise self._error("an interval of 0 is none")
            self._said.every = (count, UNITS[self._rest.pop(0)])

    def _read_time(self, word: str) -> tuple[int, int]:
        if word in {"noon", "midnight"}:
            return (_NOON if word == "noon" else 0), 0
        hour, minute, alone = _CLOCK.fullmatch(word).groups()  # type: ignore[union-attr]
        at = self._check(int(alone or hour), _HOURS + 1)
        half = self._take({"am", "pm"})
        if half and not 1 <= at <= _NOON:
            raise self._error(f"there is no hour {at} {half}")
        if half:
            at = at % _NOON + (_NOON if half == "pm" else 0)
        self._take({"oclock", "hour"})
        return at % _HOURS, self._check(int(minute or 0), _MINUTES)

    def _read_hour(self) -> int:
        word = self._rest.pop(0) if self._rest else ""
        if not (_CLOCK.fullmatch(word) or word in {"noon", "midnight"}):
            raise self._error("“between” needs two hours, as “between 8 and 18”")
        hour, minute = self._read_time(word)
        if minute:
            raise self._error("“between” takes full hours only")
        return hour

    def _flush_ordinals(self) -> None:
        for number in self._ordinals:
            if number > _MOST_DAYS:
                raise self._error(f"no month has a day {number}")
            self._said.days.add("L" if number == LAST else str(number))
        self._ordinals.clear()

    def _peek(self) -> str:
        return self._rest[0] if self._rest else ""

    def _take(self, words: set[str]) -> str:
        return self._rest.pop(0) if self._peek() in words else ""

    def _check(self, number: int, below: int) -> int:
        if number >= below:
            raise self._error(f"{number} is no time of the day")
        return number

    def _error(self, why: str) -> InvalidInput:
        return not_understood(self._text, why)
