"""Importing from a test: the real way, in this process."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.imports import open_spool, request_import
from pipeline.leads.models import Lead
from pipeline.readers.delimited import RowRange
from pipeline.readers.files import FilePlan, read_batch, read_record
from pipeline.records import Outcome, RawRecord
from pipeline.runs.models import Run
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from pipeline.work import work_on_run

HEADER = "name,email,phone,company,title,website,status,source,Team"


def request_text(database: Database, settings: Settings, text: str | bytes, **options: Any) -> int:
    """Upload a text and give the id of the run that shall import it."""
    content = text.encode() if isinstance(text, str) else text
    with open_spool(settings) as spool:
        spool.write(content)
        spooled = spool.finish()
    with database.write("test") as db:
        run = request_import(db, spooled, file_name="people.csv", settings=settings, **options)
        return run.id


def import_text(database: Database, settings: Settings, text: str | bytes, **options: Any) -> Run:
    """Import a text to its end and give the run."""
    run_id = request_text(database, settings, text, **options)
    while work_on_run(database, settings, run_id):
        pass
    with database.read() as db:
        return require_run(db, run_id)


def import_rows(database: Database, settings: Settings, rows: Iterable[str], **options: Any) -> Run:
    """Import rows under the header of :data:`HEADER`; missing cells at the end are blank."""
    width = HEADER.count(",")
    padded = [row + "," * (width - row.count(",")) for row in rows]
    return import_text(database, settings, "\n".join([HEADER, *padded, ""]), **options)


def counts(run: Run) -> dict[str, int]:
    """Give the outcomes of a run that occurred."""
    found = {outcome.value: getattr(run, outcome.value) for outcome in Outcome}
    return {name: count for name, count in found.items() if count}


def find_leads(db: Session) -> list[Lead]:
    """Give all leads in order of id."""
    return list(db.scalars(select(Lead).order_by(Lead.id)))


def read_records(path: Path, plan: FilePlan, batch: RowRange) -> Iterator[RawRecord]:
    """Read a batch of a prepared file as the raw records that the careful way is given."""
    rows = read_batch(path, plan, batch)
    for number, cells in enumerate(rows.cells, start=rows.first):
        yield read_record(plan, number, cells, rows.odd.get(number, ""))
