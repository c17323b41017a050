"""Likely countries: in which of them the phones of a file, written without one, are valid."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from phonenumbers import country_code_for_region

from pipeline.normalize.countries import country_code
from pipeline.normalize.phones import normalize_phone

_CODES = "US GB DE FR IT ES NL CH AT BE SE DK NO FI PL PT IE CZ AU CA IN BR MX ZA JP"
REGIONS = tuple(_CODES.split())
"""The countries that are tried for a phone without one; where several fit, the first counts."""

_ENDINGS: Mapping[str, str] = {"UK": "GB"}
_CALLING_CODES = [
    (f"+{country_code_for_region(region)}", region) for region in REGIONS if region != "CA"
]
_NO_HINTS: Mapping[str, int] = {}

MIN_SHARE = 0.3
MAX_TRIED = 150


def likely_regions(
    phones: Iterable[str], hints: Mapping[str, int] = _NO_HINTS
) -> list[tuple[str, int]]:
    """Give the countries in which a good part of these phones is valid, the likeliest first.

    With each comes how many of the phones it makes valid. Where several make as many valid,
    ``hints`` decides: how often something else in the file spoke for a country.
    """
    tried = list(islice(phones, MAX_TRIED))
    votes = Counter(
        region for phone in tried for region in REGIONS if normalize_phone(phone, region).verified
    )
    likely = [pair for pair in votes.items() if pair[1] >= MIN_SHARE * len(tried)]
    return sorted(likely, key=lambda pair: (-pair[1], -hints.get(pair[0], 0)))


def region_hints(leads: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Count for which countries the values of leads speak: e-mail endings, countries, phones."""
    hints: Counter[str] = Counter()
    for values in leads:
        ending = str(values.get("email") or "").rpartition(".")[2].upper()
        said = country_code(str((values.get("custom") or {}).get("country", "")))
        code = str(values.get("phone") or "")
        hints.update(region for region in (_ENDINGS.get(ending, ending), said) if region)
        hints.update(region for prefix, region in _CALLING_CODES if code.startswith(prefix))
    return hints
