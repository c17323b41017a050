"""Planning an import again: how its file was read, and the same file treated in another way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.errors import Conflict, InvalidInput
from pipeline.fixes import Fix
from pipeline.imports import SOURCE, ImportChoices, SpooledFile, request_import, text_path
from pipeline.operations.ledger import require_operation
from pipeline.plans.service import FINISHED, is_plan, plan_hash, require_finished_plan
from pipeline.readers.delimited import read_rows
from pipeline.readers.files import FilePlan
from pipeline.readers.mapping import MANY, Column, kind_word, read_kind
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Batch, Run
from pipeline.runs.service import request_run, require_run
from pipeline.settings import Settings

SAMPLE_ROWS = 50
OVERTAKEN = "overtaken"
"""The issue of a row of which a plan no longer holds; it is rejected."""
_APPLIED = ("source", "region", "reading", "rules", "fixes")


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """What shall be otherwise than in the plan before; what is left out stays as it was.

    ``columns``, ``reading`` and ``rules`` change what they name; ``fixes`` come on top, and one
    whose replacement is its value takes an earlier one back.
    """

    source: str | None = None
    region: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    reading: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    fixes: Sequence[Fix] = ()


def request_plan_again(
    db: Session,
    run: Run,
    changes: PlanChanges,
    settings: Settings,
    *,
    request_key: str | None = None,
) -> Run:
    """Write down that a plan's file shall be planned once more, with other choices.

    Raises:
        Conflict: the run is no plan.
        InvalidInput: a choice cannot be, or the file is no longer on disk.
    """
    if not is_plan(run):
        raise Conflict(f"Run {run.id} is no plan; import the file anew, as a plan.")
    return request_import(
        db,
        _spooled_file(run, settings),
        file_name=run.file_name or "",
        settings=settings,
        source=run.params["source"] if changes.source is None else changes.source,
        region=run.params["region"] if changes.region is None else changes.region,
        request_key=request_key,
        choices=_combine(run, changes),
    )


def apply_plan(
    db: Session, plan: Run, wanted: str, settings: Settings, *, request_key: str | None = None
) -> Run:
    """Write down that a plan shall be carried out, and give the import that does it.

    ``wanted`` is the hash that the person has seen. The same ``request_key`` again gives the
    earlier import.

    Raises:
        Conflict: the run is no finished plan, its hash is another, or it is applied already.
        InvalidInput: the file is no longer on disk.
    """
    if request_key and (earlier := db.scalar(select(Run).where(Run.request_key == request_key))):
        if earlier.params.get("planned_by") != plan.id:
            raise Conflict(f"Import {earlier.id} has this Idempotency-Key, but another plan.")
        return earlier
    found = plan_hash(db, require_finished_plan(plan).id)
    if found != wanted:
        raise Conflict(f"Plan {plan.id} has the hash {found}, not {wanted}.")
    for number in find_applied(db, plan.id):
        if _stands(db, require_run(db, number)):
            raise Conflict(f"Plan {plan.id} is applied already, by import {number}.")
    spooled = _spooled_file(plan, settings)
    return request_run(
        db,
        "import",
        SOURCE,
        first_batch="prepare",
        request_key=request_key,
        params={
            **{name: plan.params[name] for name in _APPLIED if name in plan.params},
            # What files like this one are remembered for may have changed since.
            "columns": _read_kinds(plan),
            "planned_by": plan.id,
            "plan_hash": wanted,
        },
        file_name=plan.file_name,
        file_path=spooled.path.name,
        sha256=spooled.sha256,
        bytes=spooled.bytes,
    )


def find_applied(db: Session, plan_id: int) -> list[int]:
    """Give the imports that were made of a plan, the newest first."""
    planned_by = Run.params["planned_by"].as_integer()
    query = select(Run.id).where(Run.kind == "import", Run.id > plan_id, planned_by == plan_id)
    return list(db.scalars(query.order_by(Run.id.desc())))


def read_columns(db: Session, run: Run, settings: Settings) -> list[Column]:
    """Give the columns of an import's file with some of their values, as far as it is on disk."""
    if "mapping" not in run.params:
        return []
    plan = FilePlan.from_json(run.params)
    query = select(Batch).where(Batch.run_id == run.id, Batch.kind == "rows").order_by(Batch.seq)
    first, path = db.scalar(query.limit(1)), text_path(run, settings)
    if first is None or not path.exists():
        return plan.mapping.describe([])
    rows = read_rows(path, first.byte_lo, first.byte_hi, first.row_lo, plan.dialect)
    return plan.mapping.describe([cells for _, cells, _ in islice(rows, SAMPLE_ROWS)])


def _combine(run: Run, changes: PlanChanges) -> ImportChoices:
    params = run.params
    return ImportChoices(
        plan=True,
        mapping="" if changes.columns else params.get("saved_mapping", ""),
        columns={**_columns_before(run, changes), **changes.columns},
        reading={**params.get("reading", {}), **changes.reading},
        rules={**params.get("rules", {}), **changes.rules},
        fixes=_combine_fixes(params.get("fixes", ()), changes.fixes),
    )


def _columns_before(run: Run, changes: PlanChanges) -> Mapping[str, str]:
    """Give the columns as they were, all of them once one is chosen, but for a field it takes.

    Read otherwise, the file may have other columns; then those chosen before mean nothing.
    """
    if changes.reading:
        return {}
    if changes.columns and "mapping" in run.params:
        taken = {read_kind(word) for word in changes.columns.values()} - MANY
        kinds = _read_kinds(run)
        return {name: word for name, word in kinds.items() if read_kind(word) not in taken}
    return dict(run.params.get("columns", {}))


def _read_kinds(run: Run) -> dict[str, str]:
    mapping = run.params["mapping"]
    return dict(zip(mapping["header"], map(kind_word, mapping["kinds"]), strict=True))


def _stands(db: Session, run: Run) -> bool:
    """Whether what an import did, or is doing, was not taken back."""
    is_done = run.state in OPEN_STATES or run.state == FINISHED
    return is_done and require_operation(db, run.operation_id).undone_by is None


def _combine_fixes(before: Sequence[Sequence[str]], new: Sequence[Fix]) -> list[Fix]:
    replacements = {(field, value): replacement for field, value, replacement in (*before, *new)}
    return [
        (field, value, replacement)
        for (field, value), replacement in replacements.items()
        if replacement != value
    ]


def _spooled_file(run: Run, settings: Settings) -> SpooledFile:
    path = settings.spool / str(run.file_path)
    if not path.exists():
        raise InvalidInput("The uploaded file is no longer on disk; upload it again.")
    return SpooledFile(path, run.sha256 or "", run.bytes or 0)
