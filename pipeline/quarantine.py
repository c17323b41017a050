"""Batches whose workers keep dying: cut in two until the record that kills them stands alone."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.crawl.fetching import abandon_pages
from pipeline.errors import InvalidInput
from pipeline.imports import text_path
from pipeline.ingest import write_records
from pipeline.prepare import prepare_records
from pipeline.readers.delimited import RowRange
from pipeline.readers.dialect import Dialect
from pipeline.readers.halves import halve_range
from pipeline.records import Issue, Outcome, RawRecord
from pipeline.runs.models import Batch, Run
from pipeline.runs.service import SEQ_STEP
from pipeline.steps import Commit, Work

POISON = "a row that can be read; workers died on this one again and again"


def give_up_on(work: Work) -> Commit:
    """Decide what becomes of a batch that was tried too often.

    Raises:
        InvalidInput: the batch cannot be made smaller, so the run must end.
    """
    claim = work.claim
    if claim.kind == "pages":
        return abandon_pages(work)
    if claim.kind != "rows":
        raise InvalidInput(f"Given up after {claim.attempt - 1} attempts: workers died at it.")
    if claim.rows > 1:
        batch = RowRange(claim.byte_lo, claim.byte_hi, claim.row_lo, claim.rows)
        dialect = Dialect.from_json(work.run.params["dialect"])
        halves = halve_range(text_path(work.run, work.settings), batch, dialect)
        return lambda db, run: _write_halves(db, run, claim.seq, halves)
    issue = Issue("poison_row", "", "", POISON)
    records = prepare_records(
        [RawRecord(fields={}, row=claim.row_lo, issues=(issue,))], source="", region="US"
    )
    return lambda db, run: write_records(db, run, records)


def _write_halves(db: Session, run: Run, seq: int, halves: list[RowRange]) -> Mapping[Outcome, int]:
    following = db.scalar(
        select(func.min(Batch.seq)).where(Batch.run_id == run.id, Batch.seq > seq)
    )
    room = (following or seq + SEQ_STEP) - seq
    for number, half in enumerate(halves, start=1):
        place = seq + number * room // (len(halves) + 1)
        db.add(Batch(run_id=run.id, seq=place, kind="rows", **half._asdict()))
    db.flush()
    return {}
