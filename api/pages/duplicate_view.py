"""A match as its page shows it: the waterfall as bars, the fields side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.review.explanation import Explanation, Step

WIDTH = 1_000.0
LABELS = {
    "name": "Name",
    "email": "Email",
    "phone": "Phone",
    "company": "Company",
    "title": "Title",
    "website": "Website",
    "status": "Status",
    "source": "Source",
    "other_emails": "More emails",
    "other_phones": "More phones",
}
AGREEMENTS = {"same": "same", "differs": "differs", "one_sided": "one has it"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One reason: what it adds, and the stretch from the score before it to the one after it."""

    step: Step
    start: float
    width: float
    speaks: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """All reasons as bars on one scale, with the places of the two thresholds, in thousandths."""

    bars: Sequence[Bar]
    merge_at: float
    review_at: float


def draw_waterfall(explained: Explanation) -> Waterfall:
    """Give the bars of an explanation."""
    totals = [0.0, *(step.total for step in explained.steps)]
    low = min(*totals, explained.review_bits)
    high = max(*totals, explained.merge_bits)

    def place(bits: float) -> float:
        return round(WIDTH * (bits - low) / (high - low), 1)

    bars = []
    for before, step in zip(totals, explained.steps, strict=False):
        ends = sorted((place(before), place(step.total)))
        speaks = "for" if step.reason.bits > 0 else "against"
        bars.append(Bar(step, ends[0], max(round(ends[1] - ends[0], 1), 4.0), speaks))
    return Waterfall(bars, place(explained.merge_bits), place(explained.review_bits))


def label_of(field: str) -> str:
    """Give a field's name as people read it."""
    return LABELS.get(field) or field.removeprefix("custom.")
