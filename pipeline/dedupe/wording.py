"""Reasons, guards and what would change a verdict, in plain English."""

from collections.abc import Mapping, Sequence

from pipeline.dedupe.compare import Comparison, Reason
from pipeline.dedupe.decide import MERGE_BITS, REVIEW_BITS, Band, band_of

_FIELDS: Mapping[str, str] = {
    "given_name": "first name",
    "surname": "surname",
    "middle_name": "middle name",
    "suffix": "suffix",
    "mailbox": "mailbox",
    "shared_mailbox": "family mailbox",
    "role_mailbox": "desk's mailbox",
    "phone": "phone",
    "shared_phone": "shared phone",
    "business_phone": "business phone",
    "id_number": "identity number",
    "birth_date": "date of birth",
    "family_birth_date": "date of birth in one family",
    "title": "job title",
    "company": "company",
    "business_name": "business name",
    "domain": "domain",
    "house": "house number",
    "street": "street",
    "site": "site",
    "city": "city",
    "postcode": "postcode",
    "region": "region",
    "country": "country",
}
_WHOLE: Mapping[str, str] = {
    "prior": "Two leads taken at random are hardly ever one",
    "bias": "What reviewers have taught about all pairs",
    "names_swapped": "First name and surname stand the other way round",
    "local_part": "Same name before the @ at two providers: {left}, {right}",
    "mailbox_masked": "The masked mailbox may be the other: {left}, {right}",
    "mailbox_number_differs": "Mailboxes that differ in their number: {left}, {right}",
    "mailbox_beside": "Two mailboxes of one domain: {left}, {right}",
    "mailbox_of_another": "Two mailboxes of one domain, one in another's name: {left}, {right}",
    "mail_given_name": "The first name {left} is in the other's mailbox {right}",
    "mail_surname": "The surname {left} is in the other's mailbox {right}",
    "company_domain": "The domain {right} fits the company {left}",
    "home_cap": "One household's details say little more together than each alone",
    "org_cap": "One company's details say little more together than each alone",
    "brand_cap": "One brand's details say little more together than each alone",
    "members_differ": "Other records of these leads contradict",
}
_GRADES: Mapping[str, str] = {
    "differs": "Different {field}: {left}, {right}",
    "alike": "Only similar {field}: {left}, {right}",
    "other_initial": "Another initial as {field}: {left}, {right}",
    "close": "Nearly the same {field}: {left}, {right}",
    "spelling": "Two spellings of one {field}: {left}, {right}",
    "nickname": "Forms of one {field}: {left}, {right}",
    "part": "A part of the {field} is the same: {left}",
    "initial": "The initial fits the {field}: {left}, {right}",
    "prefix": "One {field} begins the other: {left}, {right}",
    "contained": "One {field} holds the other: {left}, {right}",
    "shortened": "One {field} is the other cut short: {left}, {right}",
    "shared": "Words in common in the {field}: {left}, {right}",
}
_SOME = "Partly the same {field}: {left}, {right}"
_GUARDS: Mapping[str, str] = {
    "business_and_person": "A business and a person are never one lead",
    "suffixes_differ": "Junior and senior are two people",
    "names_differ": "Both first name and surname differ",
    "given_names_differ": "The first names differ, and no own mailbox or identity number is shared",
    "surnames_differ": "The surnames differ, and no own mailbox or identity number is shared",
    "mailbox_of_another": "Of two mailboxes at one firm, one is in another's name",
    "name_only": "Nothing but the name speaks for it",
}


def sentence_of(reason: Reason) -> str:
    """Say one piece of evidence: ``Same phone 442079460018, borne by 3 leads``."""
    if reason.code in _WHOLE:
        return _WHOLE[reason.code].format(left=reason.left, right=reason.right)
    field, grade = _split(reason.code)
    name = _FIELDS.get(field, field.replace("_", " "))
    if grade:
        pattern = _GRADES.get(grade, _SOME)
        told = pattern.format(field=name, left=reason.left, right=reason.right)
    else:
        told = f"Same {name} {reason.left}".rstrip()
    return told + _borne_by(reason.count)


def guard_in_words(code: str) -> str:
    """Say a rule that keeps a pair from being merged without a person."""
    return _GUARDS.get(code, code.replace("_", " ").capitalize())


def turning_points(comparison: Comparison) -> Sequence[str]:
    """Say what would have changed the verdict: the guards, and each reason that alone decided it.

    A pair that is far from both thresholds gives how far it is.
    """
    told = [f"Without the rule “{guard_in_words(code)}”" for code in comparison.guards]
    if told and comparison.bits >= MERGE_BITS:
        return [f"{one} it would have been merged: the score is sure enough." for one in told]
    band = band_of(comparison)
    lost = MERGE_BITS if band is Band.MERGE else REVIEW_BITS
    points = [
        f"Without “{sentence_of(one)}” ({one.bits:+.1f}) it would have been {_below(band)}."
        for one in _strongest(comparison)
        if one.bits > 0 and band is not Band.NEW and comparison.bits - one.bits < lost
    ]
    gained = REVIEW_BITS if band is Band.NEW else MERGE_BITS
    points += [
        f"Without “{sentence_of(one)}” ({one.bits:+.1f}) it would have been {_above(band)}."
        for one in _strongest(comparison)
        if one.bits < 0 and band is not Band.MERGE and comparison.bits - one.bits >= gained
    ]
    return points or [_distance(comparison, band, lost, gained)]


def _split(code: str) -> tuple[str, str]:
    """Part a code into its field and the grade of agreement, which is empty for equal values."""
    if code in _FIELDS:
        return code, ""
    field = max((one for one in _FIELDS if code.startswith(one + "_")), key=len, default=code)
    return field, code[len(field) + 1 :]


def _borne_by(count: int | None) -> str:
    if count is None or count < 1:
        return ""
    return f", borne by {count:,} lead{'s' if count > 1 else ''}"


def _strongest(comparison: Comparison) -> Sequence[Reason]:
    told = (one for one in comparison.reasons if one.code not in ("prior", "bias"))
    return sorted(told, key=lambda one: (-abs(one.bits), one.code))


def _below(band: Band) -> str:
    return "left to a person" if band is Band.MERGE else "taken for two"


def _above(band: Band) -> str:
    return "left to a person" if band is Band.NEW else "merged"


def _distance(comparison: Comparison, band: Band, lost: float, gained: float) -> str:
    if band is Band.NEW:
        return f"It lacks {gained - comparison.bits:.1f} bits to be left to a person."
    if band is Band.MERGE:
        return f"No single reason decided: it has {comparison.bits - lost:.1f} bits to spare."
    return f"It lacks {gained - comparison.bits:.1f} bits to be merged."
