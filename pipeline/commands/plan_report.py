"""How a plan is reported: what would happen, why not, what would help, and how to do it."""

import shlex
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from pipeline.commands.context import Context
from pipeline.commands.import_choices import write_fix
from pipeline.commands.run_report import run_document
from pipeline.commands.tables import format_facts
from pipeline.database.engine import Database
from pipeline.plans.reasons import IssueGroup, IssueValue, group_issues
from pipeline.plans.service import keep_plan_hash
from pipeline.readers.mapping import Column
from pipeline.records import Outcome
from pipeline.runs.models import Run

SHOWN_VALUES = 5


def report_plan(
    context: Context, database: Database, run: Run, columns: list[Column], seconds: float
) -> None:
    """Answer with a finished plan."""
    with database.read() as db:
        groups = group_issues(db, run)
    found = keep_plan_hash(database, run.id)
    document: dict[str, Any] = {
        **run_document(run),
        "plan": True,
        "hash": found,
        "columns": [asdict(column) for column in columns],
        "rules": run.params.get("rules", {}),
        "reasons": [asdict(group) for group in groups],
        "seconds": round(seconds, 3),
    }
    context.answer(document, lambda: _describe(run, found, columns, groups))


def _describe(run: Run, found: str, columns: list[Column], groups: list[IssueGroup]) -> str:
    counts = [("read", run.read), *((str(o), getattr(run, o.value)) for o in Outcome)]
    read_as = ", ".join(f"{_plain(column.name)} → {column.kind}" for column in columns)
    lines = [
        f"Plan {run.id}: what importing {run.file_name} would do. Nothing was changed.",
        format_facts(counts),
        f"Columns:  {read_as}",
        *(line for group in groups for line in _describe_group(group)),
        f"To do exactly this:  leads apply {run.id} --hash {found}",
    ]
    return "\n".join(lines)


def _describe_group(group: IssueGroup) -> Iterator[str]:
    cause = group.code.replace("_", " ")
    rejected = f", {group.rejected:,} of them rejected" if group.rejected else ""
    yield f"{group.rows:,} rows{rejected}: {cause}; expected {group.expected}"
    for one in group.values[:SHOWN_VALUES]:
        if one.value:
            yield f"  {one.rows:>7,}  {_plain(one.value)}{_describe_offer(group.field, one)}"
    more = group.distinct - min(SHOWN_VALUES, len(group.values))
    if more > 0:
        yield f"           and {more:,} other values"
    for region, count in group.regions[:1]:
        yield f"           {count:,} of the values are valid in {region}:  --region {region}"


def _describe_offer(field: str, one: IssueValue) -> str:
    if one.offer is None:
        return ""
    if not one.offer.replacement:
        return f"  --fix {shlex.quote(write_fix((field, one.value, '')))}…  {_or(one)}"
    fix = write_fix((field, one.value, one.offer.replacement))
    return f"  --fix {shlex.quote(_plain(fix))}"


def _or(one: IssueValue) -> str:
    return " or ".join(one.offer.choices) if one.offer else ""


def _plain(text: str) -> str:
    """Give text that moves no cursor and colours nothing."""
    return "".join(c if c.isprintable() else "�" for c in text)
