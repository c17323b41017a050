"""Writing what a plan would do with a batch, instead of doing it."""

from itertools import compress
from typing import Any

import orjson
from sqlalchemy.orm import Session

from pipeline.accounts import insert_accounts
from pipeline.database.dialects import bulk_delete, bulk_insert, table_of
from pipeline.dedupe.exact import KnownLead
from pipeline.outcomes import Decisions
from pipeline.plans.models import PlannedChange, PlannedKey, PlannedLead
from pipeline.runs.models import Run


def write_plan(db: Session, run: Run, decisions: Decisions) -> None:
    """Write outcomes, issues, differences, and the leads as the plan would have them by now.

    A lead that would be created has minus its row as id, so that later batches find it.
    """
    table = decisions.table
    for one in decisions.others:
        if one.lead is not None and one.lead.id is None:
            one.lead.id = -one.row
    fresh_ids = [-row for row in compress(table.row, decisions.fresh)]
    _write_leads(db, run, decisions, fresh_ids)
    _write_keys(db, run, decisions, fresh_ids)
    changes = [
        (run.id, one.row, one.lead.id, _json(one.before), _json(one.after))
        for one in decisions.others
        if one.after and one.lead is not None and one.lead.id is not None and one.lead.id > 0
    ]
    columns = ("run_id", "row", "lead_id", "before", "after")
    bulk_insert(db, table_of(PlannedChange), columns, changes)
    insert_accounts(db, run, decisions, fresh_ids)


def _write_leads(db: Session, run: Run, decisions: Decisions, fresh_ids: list[int]) -> None:
    leads = [lead for lead in decisions.leads.values() if _is_news(lead)]
    met_before = [(run.id, lead.id) for lead in leads if lead.is_planned]
    bulk_delete(db, table_of(PlannedLead), ("run_id", "lead_id"), met_before)
    rows: list[tuple[Any, ...]] = [(run.id, lead.id, _values(lead)) for lead in leads]
    fresh = decisions.table.plain.chosen(decisions.fresh)
    rows += [
        (run.id, lead_id, _json(values))
        for lead_id, values in zip(fresh_ids, fresh.values(), strict=True)
    ]
    rows.sort(key=lambda row: row[1])
    bulk_insert(db, table_of(PlannedLead), ("run_id", "lead_id", "values"), rows)


def _write_keys(db: Session, run: Run, decisions: Decisions, fresh_ids: list[int]) -> None:
    table, fresh = decisions.table, decisions.fresh
    chosen = zip(
        fresh_ids, compress(table.emails, fresh), compress(table.phones, fresh), strict=True
    )
    rows: list[tuple[Any, ...]] = [
        (run.id, key, lead_id) for lead_id, *both in chosen for keys in both for key in keys
    ]
    rows += [(run.id, key, lead.id) for lead in decisions.leads.values() for key in lead.new_keys]
    rows.sort()
    bulk_insert(db, table_of(PlannedKey), ("run_id", "key", "lead_id"), rows)


def _is_news(lead: KnownLead) -> bool:
    return not lead.is_planned or (bool(lead.values) and lead.values != lead.before)


def _values(lead: KnownLead) -> str | None:
    """Give a lead's values as JSON; None for one that was known and is left as it is."""
    if not lead.values or lead.values == lead.before:
        return None
    return _json({**lead.values, "origins": _plain_origins(lead.values["origins"])})


def _plain_origins(origins: dict[str, Any]) -> dict[str, str]:
    # A sighting that is only planned has no id; what matters is that no person said it.
    return {name: o if isinstance(o, str) else "s:0" for name, o in origins.items()}


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
