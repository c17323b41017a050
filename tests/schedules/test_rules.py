"""Rules in plain words: what is understood, what is said back, what is refused and how."""

import random

import pytest

from pipeline.errors import InvalidInput
from pipeline.schedules import read_rule, tell
from pipeline.schedules.said import EXAMPLES

SPOKEN = {
    "every weekday at 6:30": "30 6 * * 1-5",
    "Every weekday at 6.30 am": "30 6 * * 1-5",
    "daily at 7 and 19": "0 7,19 * * *",
    "once a day at 6pm": "0 18 * * *",
    "every Tuesday and Thursday 08:00": "0 8 * * 2,4",
    "Mon-Fri 8:00, 12:30 and 17:45": "0 8 * * 1-5; 30 12 * * 1-5; 45 17 * * 1-5",
    "from Friday to Monday at noon": "0 12 * * 0,1,5,6",
    "every weekend at 12 am": "0 0 * * 0,6",
    "on the first Monday of the month at noon": "0 12 * * 1#1",
    "the last Friday of the month, 5:30 p.m.": "30 17 * * 5L",
    "on the 1st and 15th at 8": "0 8 1,15 * *",
    "on the last day of the month at 23:00": "0 23 L * *",
    "every 3 months on the 15th at 8": "0 8 15 */3 *",
    "every January 1st at 8 o'clock": "0 8 1 1 *",
    "in March and June on Mondays at 6": "0 6 * 3,6 1",
    "every hour at :15": "15 * * * *",
    "every 15 minutes between 8 and 18 on weekdays": "*/15 8-17 * * 1-5",
    "every 2 hours between 8 and midnight": "0 8-23/2 * * *",
    "jeden Werktag um 6:30 Uhr": "30 6 * * 1-5",
    "täglich um 7 und 19 Uhr": "0 7,19 * * *",
    "montags und donnerstags um 8": "0 8 * * 1,4",
    "am ersten Montag im Monat um 12 Uhr": "0 12 * * 1#1",
    "am 15. jedes Monats um 8 Uhr": "0 8 15 * *",
    "alle 30 Minuten zwischen 8 und 18 Uhr": "*/30 8-17 * * *",
    "0 6 * * MON-FRI": "0 6 * * MON-FRI",
    "@daily": "0 0 * * *",
}
INTERVALS = {
    "every 2 hours": 7_200,
    "hourly": 3_600,
    "every 90 minutes": 5_400,
    "every other day": 172_800,
    "every second day": 172_800,
    "weekly": 604_800,
    "every three weeks": 1_814_400,
    "alle zwei Stunden": 7_200,
    "stündlich": 3_600,
    "jeden zweiten Tag": 172_800,
}
REFUSED = {
    "": "neither a time",
    "now and then": "“now” is not understood",
    "every morning": "“morning” is not understood",
    "every 15": "needs a unit",
    "every 0 hours": "interval of 0",
    "every 30 seconds": "from 60",
    "every 400 days": "a year",
    "at 25:00": "25 is no time",
    "at 7:75": "75 is no time",
    "at 13 pm": "no hour 13 pm",
    "on the 32nd at 8": "no month has a day 32",
    "on the 30th in February": "Bad day-of-month",
    "every second Monday at 9": "of the month",
    "every other Monday": "of the month",
    "every 3 days at 6:00": "cannot be bound",
    "every 7 minutes on weekdays": "do not divide a whole hour",
    "every 2 hours at 8": "two rules",
    "every 5 minutes at :15": "two rules",
    "weekly at 6": "which day of the week",
    "every 15 minutes between 18 and 8": "end later",
    "every 15 minutes between 8:30 and 18": "full hours",
    "every day between 8 and 18": "needs an interval",
    "on the first weekday of the month": "which weekday",
    "61 * * * *": "Bad minute",
    "0 6 * * 1; ": "five fields",
}


@pytest.mark.parametrize(("text", "cron"), SPOKEN.items())
def test_plain_words_mean_a_cron_expression(text: str, cron: str) -> None:
    assert read_rule(text).cron == cron


@pytest.mark.parametrize(("text", "seconds"), INTERVALS.items())
def test_plain_words_mean_an_interval(text: str, seconds: int) -> None:
    assert read_rule(text).every_seconds == seconds


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_what_cannot_be_read_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        read_rule(text)


def test_a_refusal_gives_examples_that_can_be_read() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_rule("whenever you like")

    for example in EXAMPLES:
        assert f"“{example}”" in str(refusal.value)
        assert read_rule(example).words == example


@pytest.mark.parametrize("text", [*SPOKEN, *INTERVALS, "*/7 3 1-5 * 2"])
def test_what_is_said_back_means_the_same(text: str) -> None:
    rule = read_rule(text)

    again = read_rule(tell(rule))

    expressions = {frozenset(one.expressions()) for one in (rule, again)}
    assert len(expressions) == 1
    assert again.every_seconds == rule.every_seconds


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("30 6 * * 1-5", "every weekday at 06:30"),
        ("täglich um 19 und 7 Uhr", "every day at 07:00 and 19:00"),
        ("0 12 * * 1#1,3L", "on the first Monday and last Wednesday of the month at 12:00"),
        ("on the 22nd, 2nd and 11th", "on the 2nd, 11th and 22nd of the month at 00:00"),
        ("*/15 8-17 * * 1-5", "every 15 minutes between 08:00 and 18:00 on weekdays"),
        ("every hour on Sundays", "every hour on Sunday"),
        ("@hourly", "every hour"),
        ("every 1440 minutes", "every 24 hours"),
        ("every 150 seconds", "every 150 seconds"),
        ("5 4 1-7 * 2", "cron 5 4 1-7 * 2"),
    ],
)
def test_a_rule_is_said_in_words(text: str, said: str) -> None:
    assert tell(read_rule(text)) == said


WORDS = """
every each daily alle jeden other first last second 1st 15. day hours minutes weeks month of
the on at um am pm uhr between to and , - weekday monday mondays fri märz may 7 0 12:30 :15 2
noon midnight weekend ; * / 99 UTC Europe/Berlin ' \N{SUPERSCRIPT TWO} \N{ARABIC-INDIC DIGIT THREE}
"""


def test_whatever_is_said_is_either_refused_or_said_back_the_same() -> None:
    chance, words = random.Random(5), WORDS.split()
    understood = 0
    for _ in range(4_000):
        text = " ".join(chance.choice(words) for _ in range(chance.randint(1, 8)))
        try:
            rule = read_rule(text)
        except InvalidInput:
            continue
        understood += 1
        again = read_rule(tell(rule))
        assert set(again.expressions()) == set(rule.expressions()), text
        assert again.every_seconds == rule.every_seconds, text

    assert understood > 400


def test_words_may_name_their_time_zone() -> None:
    rule = read_rule("every weekday 06:00 Europe/Berlin")

    assert (rule.cron, rule.timezone) == ("0 6 * * 1-5", "Europe/Berlin")
