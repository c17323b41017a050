"""Makes phone numbers of all regions, in all the ways people write them, and slips in them."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import cycle
from random import Random

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from tests.fuzz.answers import Case

DIGITS = "0123456789"
HOMES = (*sorted(phonenumbers.SUPPORTED_REGIONS), "", "XX")
_FORMATS = (
    *(PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL),
    *(PhoneNumberFormat.NATIONAL, PhoneNumberFormat.RFC3966),
)
_EXTENSIONS = (
    *(" x12", " ext. 3", ";ext=007", " extn 45", "x1", " #9", ",5", " int 12", " anexo 4"),
    *(" доб. 7", " ext 1234567890", " x", "ext", " X 77", ";isub=12", ";phone-context=+44"),
)
_SCRIPTS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "०१२३४५६७८९")
_SEPARATORS = ("", "", "", " ", " ", "-", ".", "/", "  ", " - ", ") ", " (", "\u00a0", "\u2013")
_OTHERS = "0123456789+()-./ #*;,xX~\u200b\uff0b\u2013a"


def numbers(seed: int) -> Iterator[Case]:
    """Make numbers without end; the same seed gives the same ones.

    Every third one is an example of a region in a standard format, dialled in another region: in
    every one if it has no plus. All these come before any comes again.
    """
    rng = Random(seed)
    for text, region in cycle(_shuffled_standards(rng)):
        yield Case(text, region)
        yield rng.choice(_KINDS)(rng)
        yield rng.choice(_KINDS)(rng)


def _shuffled_standards(rng: Random) -> list[Case]:
    texts = dict.fromkeys(
        phonenumbers.format_number(example, form)
        for region in HOMES
        for example in _examples(region)
        for form in _FORMATS
    )
    cases = [
        Case(text, home)
        for text in texts
        for home in (rng.sample(HOMES, 5) if "+" in text else HOMES)
    ]
    rng.shuffle(cases)
    return cases


def _written(rng: Random) -> Case:
    """Write a number that differs from an example in some digits, separated at will."""
    region = _region(rng)
    example = rng.choice(_examples(region))
    digits = _changed(rng, phonenumbers.national_significant_number(example))
    code = str(example.country_code)
    head = rng.choice((*_usual_heads(region, code), rng.choice(_odd_heads(region, code))))
    text = head + _separated(rng, digits)
    return Case(text, _home(rng, region))


def _formatted(rng: Random) -> Case:
    """Let the library format a number that differs from an example in some digits."""
    region = _region(rng)
    example = rng.choice(_examples(region))
    digits = _changed(rng, phonenumbers.national_significant_number(example))
    number = PhoneNumber(country_code=example.country_code, national_number=int(digits or 0))
    return Case(phonenumbers.format_number(number, rng.choice(_FORMATS)), _home(rng, region))


def _extended(rng: Random) -> Case:
    case = rng.choice((_written, _formatted))(rng)
    return Case(case.text + rng.choice(_EXTENSIONS), case.region)


def _transcribed(rng: Random) -> Case:
    case = rng.choice((_written, _formatted))(rng)
    return Case(case.text.translate(str.maketrans(DIGITS, rng.choice(_SCRIPTS))), case.region)


def _slipped(rng: Random) -> Case:
    text, region = rng.choice((_written, _written, _formatted, _extended))(rng)
    for _ in range(rng.randint(1, 3)):
        place = rng.randint(0, len(text))
        kept = text[place + rng.randint(0, 1) :]
        text = text[:place] + rng.choice(("", rng.choice(_OTHERS))) + kept
    return Case(text, region)


def _random_digits(rng: Random) -> Case:
    digits = "".join(rng.choices(DIGITS, k=rng.randint(1, 20)))
    return Case(rng.choice(("", "+", "00", "0")) + _separated(rng, digits), rng.choice(HOMES))


def _repeated_digits(rng: Random) -> Case:
    digits = rng.choice(DIGITS) * rng.randint(1, 18) + rng.choice(("", rng.choice(DIGITS)))
    return Case(rng.choice(("", "+", "0", "+1", "+44")) + digits, rng.choice(HOMES))


def _noise(rng: Random) -> Case:
    return Case("".join(rng.choices(_OTHERS, k=rng.randint(0, 18))), rng.choice(HOMES))


@cache
def _examples(region: str) -> tuple[PhoneNumber, ...]:
    """Give a region's examples of all kinds of number; those of Germany where it has none."""
    found = (phonenumbers.example_number_for_type(region, kind) for kind in _types())
    return tuple(number for number in found if number) or _examples("DE")


def _types() -> list[int]:
    return [kind for kind in PhoneNumberType.values() if kind != PhoneNumberType.UNKNOWN]


@cache
def _usual_heads(region: str, code: str) -> tuple[str, ...]:
    trunk = _trunk(region)
    return (f"+{code}", f"+{code} ", f"(+{code}) ", trunk, trunk, f"+{code} ({trunk})")


@cache
def _odd_heads(region: str, code: str) -> tuple[str, ...]:
    trunk = _trunk(region) or "0"
    return (
        *(f"00{code}", f"00 {code} ", f"011{code} ", f"+{code} ({trunk}) ", f"tel:+{code}-"),
        *("", f"({trunk})", "0", "1", "8", code, f"{code}0", f"{code}{trunk}", "(", "+", "++"),
    )


@cache
def _trunk(region: str) -> str:
    meta = PhoneMetadata.metadata_for_region(region, None)
    return (meta.national_prefix if meta else None) or ""


def _region(rng: Random) -> str:
    return rng.choice(HOMES[:-2])


def _home(rng: Random, region: str) -> str:
    return rng.choice((region, region, region, rng.choice(HOMES)))


def _changed(rng: Random, digits: str) -> str:
    changed = list(digits)
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 4, 8))):
        changed[rng.randrange(len(changed))] = rng.choice(DIGITS)
    if rng.random() < 0.2:
        changed = rng.choice((changed[:-1], changed[:-2], changed[1:], [*changed, *changed[-1:]]))
    return "".join(changed)


def _separated(rng: Random, digits: str) -> str:
    likely = rng.choice((("",), ("", "", " "), ("", "-", ""), _SEPARATORS))
    return "".join(digit + rng.choice(likely) for digit in digits[:-1]) + digits[-1:]


_KINDS: tuple[Callable[[Random], Case], ...] = (
    *(_written, _written, _written, _written, _formatted, _formatted, _extended, _transcribed),
    *(_slipped, _random_digits, _repeated_digits, _noise),
)
