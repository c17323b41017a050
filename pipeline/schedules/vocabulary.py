"""The words in which a rule may be put, English and German, and what each of them means."""

import re
from collections.abc import Mapping
from types import MappingProxyType

WEEKDAYS: Mapping[str, int] = MappingProxyType(
    {name: n for n, name in enumerate(("sunday", "monday", "tuesday", "wednesday", "thursday"))}
    | {"friday": 5, "saturday": 6}
)
"""The days of the week as cron numbers them."""

DAY_GROUPS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"weekday": (1, 2, 3, 4, 5), "weekend": (6, 0)}
)

MONTHS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, name in enumerate(
            (
                *("january", "february", "march", "april", "may", "june"),
                *("july", "august", "september", "october", "november", "december"),
            ),
            start=1,
        )
    }
)

UNITS: Mapping[str, str] = MappingProxyType(
    {unit: unit for unit in ("minute", "hour", "day", "week", "month", "year")}
    | {"2nd-unit": "second"}
)

ORDINALS: Mapping[str, int] = MappingProxyType(
    {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
    | {f"{number}.": number for number in range(1, 100)}
)

_SAME: Mapping[str, str] = MappingProxyType(
    {
        "every": "each per a an once jede jeden jeder jedes jedem alle einmal",
        "day": "days tag tage tagen tags",
        "every day": "daily täglich",
        "every hour": "hourly stündlich",
        "every week": "weekly wöchentlich",
        "every month": "monthly monatlich",
        "every year": "yearly annually jährlich",
        "weekday": "weekdays workday workdays werktag werktage werktags werktäglich arbeitstag",
        "weekend": "weekends wochenende wochenenden",
        "monday": "mondays mon mo montag montags",
        "tuesday": "tuesdays tue tues di dienstag dienstags",
        "wednesday": "wednesdays wed mi mittwoch mittwochs",
        "thursday": "thursdays thu thur thurs do donnerstag donnerstags",
        "friday": "fridays fri fr freitag freitags",
        "saturday": "saturdays sat sa samstag samstags sonnabend sonnabends",
        "sunday": "sundays sun so sonntag sonntags",
        "january": "jan januar jänner",
        "february": "feb februar",
        "march": "mar märz",
        "april": "apr",
        "may": "mai",
        "june": "jun juni",
        "july": "jul juli",
        "august": "aug",
        "september": "sep sept",
        "october": "oct okt oktober",
        "november": "nov",
        "december": "dec dez dezember",
        "2nd-unit": "seconds sec secs s sekunde sekunden",
        "minute": "minutes min mins minuten",
        "hour": "hours hr hrs h stunde stunden std",
        "week": "weeks woche wochen",
        "month": "months monat monate monats",
        "year": "years jahr jahre jahres",
        "first": "erste ersten erster",
        "second": "zweite zweiten zweiter",
        "third": "dritte dritten dritter",
        "fourth": "vierte vierten vierter",
        "fifth": "fünfte fünften fünfter",
        "last": "letzte letzten letzter",
        "noon": "midday mittag mittags",
        "midnight": "mitternacht mitternachts",
        "between": "zwischen from von",
        "to": "bis until till through",
        "and": "und",
        "at": "um @",
        "on": "am an",
        "of": "in im des vom",
        "the": "der dem den",
        "oclock": "o'clock uhr",
    }
)
_CANONICAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        said: tuple(meant.split())
        for meant, all_said in _SAME.items()
        for said in (meant, *all_said.split())
    }
)
_COUNTS = (
    "one two three four five six seven eight nine ten eleven twelve",
    "eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
)
_NUMBERS: Mapping[str, str] = MappingProxyType(
    {name: str(n) for names in _COUNTS for n, name in enumerate(names.split(), start=1)}
)
_TOKEN = re.compile(
    r"(?P<ordinal>\d{1,2})(?:st|nd|rd|th|\.(?![\d.]))|\d{1,2}[:.h]\d{2}(?!\d)|:\d{2}|\d+|[^\W\d]+"
    r"(?:'[a-z]+)?|\S"
)
_HALF_OF_DAY = re.compile(r"(?<![^\W\d])([ap])\.?m\b\.?")
_JOIN = re.compile(r"[,&+]")
_RANGE = re.compile(r"(?<=\w)\s*[-\N{EN DASH}]\s*(?=\w)")


def tokenize(text: str) -> list[str]:
    """Cut a text into words of one language; numbers and clock times stay as they are."""
    lowered = _RANGE.sub(" to ", _JOIN.sub(" and ", text.lower().strip().rstrip(".!")))
    marked = _HALF_OF_DAY.sub(r" \1m ", lowered)
    tokens: list[str] = []
    for found in _TOKEN.finditer(marked):
        word = found.group()
        if found["ordinal"]:
            tokens.append(f"{int(found['ordinal'])}.")
        elif word == "am" and tokens and _is_clock(tokens[-1]):
            # German "am" is English "on"; after a number it is the half of the day.
            tokens.append(word)
        else:
            tokens += _CANONICAL.get(word, (_NUMBERS.get(word, word),))
    return tokens


def _is_clock(word: str) -> bool:
    return word[0].isdecimal() and not word.endswith(".")
