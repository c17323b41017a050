"""Numbering plans compiled from phonenumbers' own metadata, to judge plain numbers fast.

Each judgement follows the library's steps on digits alone; where a step is rare (a dialled
international prefix, a number that must be rewritten), :data:`UNDECIDED` leaves it to the library.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from phonenumbers import PhoneMetadata, PhoneNumberDesc
from phonenumbers.data import _COUNTRY_CODE_TO_REGION_CODE

UNDECIDED: Final = ""
REGIONS: Final = _COUNTRY_CODE_TO_REGION_CODE
"""The regions of each calling code, the main one first."""
_KINDS = (
    *("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip"),
    *("personal_number", "pager", "uan", "voicemail"),
)
MIN_NSN, MAX_NSN = 2, 17


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How one region writes its national numbers."""

    code: str
    general: re.Pattern[str]
    lengths: frozenset[int]
    local_lengths: frozenset[int]
    trunk: re.Pattern[str] | None
    rewrites: bool
    dialled_out: re.Pattern[str] | None
    leading: re.Pattern[str] | None
    kinds: dict[int, str]

    def accepts(self, number: str) -> bool:
        """Whether some kind of number matches in full."""
        size = len(number)
        return size in self.kinds and _valid(self, size).fullmatch(number) is not None

    def too_long(self, size: int) -> bool:
        """Whether so many digits are more than any number of the region has."""
        return size > max(self.lengths) and size not in self.local_lengths

    def admits(self, size: int) -> bool:
        """Whether a number may have so many digits left without its trunk prefix."""
        return size in self.lengths or self.too_long(size)

    def without_trunk(self, number: str) -> str:
        """Drop the national prefix as the library does; UNDECIDED if it would rewrite more."""
        found = self.trunk.match(number) if self.trunk and number else None
        if found is None:
            return number
        if self.rewrites and found.groups()[-1] is not None:
            return UNDECIDED
        rest = number[found.end() :]
        if self.general.fullmatch(number) and not self.general.fullmatch(rest):
            return number
        return rest or UNDECIDED


def judge_international(digits: str) -> str | None:
    """Judge digits that followed a plus: E.164 if valid, None if not, or :data:`UNDECIDED`."""
    code = calling_code(digits)
    return _judge(plans_of(code), digits[len(code) :]) if code else UNDECIDED


def calling_code(digits: str) -> str:
    """Give the calling code that digits begin with, or an empty text."""
    for size in (1, 2, 3):
        if (code := digits[:size]) and code[0] != "0" and int(code) in REGIONS:
            return code
    return ""


def judge_national(digits: str, region: str) -> str | None:
    """Judge digits dialled in a region: E.164 if valid, None if not, or :data:`UNDECIDED`."""
    plan = plan_of(region)
    if plan is None or (plan.dialled_out and plan.dialled_out.match(digits)):
        return UNDECIDED
    if digits.startswith(plan.code):
        rest = plan.without_trunk(digits[len(plan.code) :])
        if not rest:
            return UNDECIDED
        gained = not plan.general.fullmatch(digits) and plan.general.fullmatch(rest)
        if gained or plan.too_long(len(digits)):
            return _judge(plans_of(plan.code), rest)
    return _judge(plans_of(plan.code), digits, plan)


def _judge(plans: tuple[Plan, ...], number: str, home: Plan | None = None) -> str | None:
    """Judge a national number; ``home`` is the region it was dialled in, else the main one."""
    if not plans:
        return UNDECIDED
    home = home or plans[0]
    stripped = home.without_trunk(number)
    if not stripped:
        return UNDECIDED
    if home.admits(len(stripped)):
        number = stripped
    if not MIN_NSN <= len(number) <= MAX_NSN or number.strip("0") == "":
        return UNDECIDED
    owner = _owner(plans, number)
    return f"+{owner.code}{number}" if owner and owner.accepts(number) else None


def _owner(plans: tuple[Plan, ...], number: str) -> Plan | None:
    """Find the region a number belongs to, among those that share its calling code."""
    if len(plans) == 1:
        return plans[0]
    for plan in plans:
        if plan.leading.match(number) if plan.leading else plan.accepts(number):
            return plan
    return None


@cache
def plans_of(code: str) -> tuple[Plan, ...]:
    """Give the plans of all regions sharing a calling code, the main one first."""
    plans = [plan_of(region) for region in REGIONS[int(code)]]
    return tuple(plan for plan in plans if plan) if all(plans) else ()


@cache
def plan_of(region: str) -> Plan | None:
    """Compile a region's plan; None for what is not a region (``001``, a typo)."""
    meta = PhoneMetadata.metadata_for_region(region, None)
    if meta is None or meta.general_desc is None:
        return None
    general = meta.general_desc
    trunk = meta.national_prefix_for_parsing
    return Plan(
        code=str(meta.country_code),
        general=re.compile(general.national_number_pattern or "(?!)"),
        lengths=frozenset(general.possible_length),
        local_lengths=frozenset(general.possible_length_local_only),
        trunk=re.compile(trunk) if trunk else None,
        rewrites=bool(meta.national_prefix_transform_rule),
        dialled_out=re.compile(meta.international_prefix) if meta.international_prefix else None,
        leading=re.compile(meta.leading_digits) if meta.leading_digits else None,
        kinds=_kinds(meta, general),
    )


def _kinds(meta: PhoneMetadata, general: PhoneNumberDesc) -> dict[int, str]:
    """Merge the patterns of all kinds of number, by length."""
    merged = {}
    for size in general.possible_length:
        kinds = [
            kind.national_number_pattern
            for kind in (getattr(meta, name) for name in _KINDS)
            if kind is not None and kind.national_number_pattern
            if not kind.possible_length or size in kind.possible_length
        ]
        if kinds:
            merged[size] = "|".join(f"(?:{kind})" for kind in dict.fromkeys(kinds))
    return merged


@cache
def _valid(plan: Plan, size: int) -> re.Pattern[str]:
    """Compile the patterns of all kinds of one size under the general one."""
    return re.compile(rf"(?=(?:{plan.general.pattern})\Z)(?:{plan.kinds[size]})")
