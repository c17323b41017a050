"""A rule says when something happens again: cron expressions, or every so many seconds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from pipeline.errors import InvalidInput
from pipeline.schedules.words import read_words

AND = ";"
"""Between several cron expressions of one rule: it is due whenever one of them is."""

SHORTEST_SECONDS = 60
LONGEST_SECONDS = 31_536_000

_FIELDS = 5
_CRON = re.compile(r"[\d*@;]")
_MACROS: Mapping[str, str] = MappingProxyType(
    {
        "@hourly": "0 * * * *",
        "@daily": "0 0 * * *",
        "@midnight": "0 0 * * *",
        "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *",
        "@yearly": "0 0 1 1 *",
        "@annually": "0 0 1 1 *",
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Either ``cron``, one expression or several joined by ``;``, or ``every_seconds``.

    ``timezone`` is the one that the rule itself named, or nothing. ``words`` is the rule as it was
    put, where it was put in words.
    """

    cron: str | None = None
    every_seconds: int | None = None
    timezone: str = ""
    words: str | None = None

    def expressions(self) -> list[str]:
        """Give the single cron expressions."""
        return [one.strip() for one in (self.cron or "").split(AND) if one.strip()]


def read_rule(text: str) -> Rule:
    """Read a rule from plain words, English or German, or from a cron expression.

    Raises:
        InvalidInput: it is neither; the text says which word could not be read, with examples.
    """
    given = " ".join(text.split()).removeprefix("cron ")
    given = _MACROS.get(given.lower(), given)
    if _is_cron(given):
        return cron_rule(given)
    said = read_words(given)
    rule = interval_rule(said.every_seconds) if said.every_seconds else cron_rule(said.cron)
    return replace(rule, timezone=said.timezone, words=given)


def cron_rule(cron: str) -> Rule:
    """Make a rule of cron expressions.

    Raises:
        InvalidInput: one of them means nothing, or is never due.
    """
    rule = Rule(cron=f"{AND} ".join(one.strip() for one in cron.split(AND)))
    if len(rule.expressions()) != cron.count(AND) + 1:
        raise InvalidInput(f"Not a cron expression: {cron!r}. Write five fields, as 0 6 * * 1-5.")
    for one in rule.expressions():
        if len(one.split()) != _FIELDS:
            raise InvalidInput(f"Not a cron expression: {one!r}. Write five fields, as 0 6 * * 1.")
        try:
            next(CronSim(one, datetime.now(UTC)))
        except CronSimError as error:
            raise InvalidInput(f"Not a cron expression: {one!r}: {error}.") from None
        except StopIteration:
            raise InvalidInput(f"This cron expression is never due: {one!r}.") from None
    return rule


def interval_rule(every_seconds: int) -> Rule:
    """Make a rule of an interval.

    Raises:
        InvalidInput: it is shorter than a minute, or longer than a year.
    """
    if not SHORTEST_SECONDS <= every_seconds <= LONGEST_SECONDS:
        raise InvalidInput("`every_seconds` must be from 60, a minute, to 31536000, a year.")
    return Rule(every_seconds=every_seconds)


def require_zone(name: str) -> ZoneInfo:
    """Give a time zone by its name in the IANA database, as Europe/Zurich.

    Raises:
        InvalidInput: there is none of this name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(
            f"Not a time zone: {name!r}. Name one as Europe/Zurich or UTC."
        ) from None


def _is_cron(text: str) -> bool:
    """Whether a text means to be cron: five fields, the first two of them without a letter."""
    fields = text.partition(AND)[0].split()
    digits = all(_CRON.match(one) and not re.search("[A-Za-z:]", one) for one in fields[:2])
    return len(fields) == _FIELDS and digits
