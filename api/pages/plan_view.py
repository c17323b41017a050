"""A plan as its page shows it: how the file was read, what would happen, what would help."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from api.pages.run_view import Slice, slice_counts
from api.plan_out import read_reading
from api.run_out import RunOut
from pipeline.fixes import SEPARATOR
from pipeline.planning import find_applied, read_columns
from pipeline.plans.offers import FixKind, Offer
from pipeline.plans.reasons import IssueGroup, IssueValue, group_issues
from pipeline.plans.service import FINISHED, PlannedRow, find_planned_rows
from pipeline.readers.mapping import Column
from pipeline.records import Outcome
from pipeline.rules import OVERWRITE, RULE_FIELDS
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Run
from pipeline.settings import Settings

SHOWN_VALUES = 8
SHOWN_ROWS = 5
_WORDS = {
    FixKind.TRIM: "Read as",
    FixKind.SPLIT: "Split into",
    FixKind.COUNTRY: "Read as",
    FixKind.WORD: "Means",
    FixKind.TYPO: "Correct to",
}


@dataclass(frozen=True, slots=True)
class FixButton:
    """A button that takes fixes: what it says, and the fixes as the form sends them."""

    words: str
    value: str


@dataclass(frozen=True, slots=True)
class ValueView:
    """A value that could not be used, and the buttons that mend it."""

    value: str
    rows: int
    expected: str
    buttons: Sequence[FixButton]


@dataclass(frozen=True, slots=True)
class ReasonView:
    """A cause with its values; ``all_of_them`` takes every single fix that is offered here.

    ``more`` counts the values that are not shown.
    """

    group: IssueGroup
    words: str
    values: Sequence[ValueView]
    more: int
    all_of_them: FixButton | None


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan and what its page says about it."""

    run: Run
    shown: RunOut
    is_open: bool
    is_finished: bool
    slices: Sequence[Slice]
    plan_hash: str
    applied: Sequence[int]
    reading: Mapping[str, Any]
    columns: Sequence[Column]
    rules: Mapping[str, str]
    fixes: Sequence[tuple[FixButton, str, str, str]]
    reasons: Sequence[ReasonView]
    samples: Mapping[str, Sequence[PlannedRow]]


def view_plan(db: Session, run: Run, *, plan_hash: str, settings: Settings) -> PlanView:
    """Gather what a plan's page says. While the plan is made, that is how far it is."""
    finished = run.state == FINISHED
    outcomes = [outcome for outcome in Outcome if finished and getattr(run, outcome.value)]
    return PlanView(
        run=run,
        shown=RunOut.of(run),
        is_open=run.state in OPEN_STATES,
        is_finished=finished,
        slices=slice_counts(run),
        plan_hash=plan_hash,
        applied=find_applied(db, run.id),
        reading=read_reading(run),
        columns=read_columns(db, run, settings),
        rules=dict.fromkeys(RULE_FIELDS, OVERWRITE) | run.params.get("rules", {}),
        fixes=[_taken(*fix) for fix in run.params.get("fixes", ())],
        reasons=[_reason(group) for group in group_issues(db, run)] if finished else [],
        samples={
            outcome.value: find_planned_rows(db, run.id, outcome=outcome, limit=SHOWN_ROWS)
            for outcome in outcomes
        },
    )


def _reason(group: IssueGroup) -> ReasonView:
    offered = [
        (group.field, one.value, one.offer.replacement)
        for one in group.values
        if one.offer and one.offer.replacement
    ]
    several = len(offered) > 1
    values = [one for one in group.values if one.value]
    blanks = len(group.values) - len(values)
    return ReasonView(
        group=group,
        words=group.code.replace("_", " ").capitalize(),
        values=[_value(group.field, one) for one in values[:SHOWN_VALUES]],
        more=group.distinct - blanks - min(len(values), SHOWN_VALUES),
        all_of_them=_button(f"Take all {len(offered)} fixes", *offered) if several else None,
    )


def _value(field: str, one: IssueValue) -> ValueView:
    offer = one.offer
    if offer is None:
        buttons = []
    elif offer.choices:
        buttons = [_button(word, (field, one.value, word)) for word in _in_order(offer)]
    else:
        shown = offer.replacement.replace(SEPARATOR, " and ")
        buttons = [_button(f"{_WORDS[offer.kind]} {shown}", (field, one.value, offer.replacement))]
    return ValueView(one.value, one.rows, one.expected, buttons)


def _in_order(offer: Offer) -> list[str]:
    """Give the words to choose from, the likely one first."""
    return sorted(offer.choices, key=lambda word: word != offer.replacement)


def _taken(field: str, value: str, replacement: str) -> tuple[FixButton, str, str, str]:
    return _button("Take back", (field, value, value)), field, value, replacement


def _button(words: str, *fixes: tuple[str, str, str]) -> FixButton:
    return FixButton(words, json.dumps(fixes))
