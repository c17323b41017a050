"""A labelled set as it becomes leads: imported file by file, and matched by the real batches."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.leads.models import Sighting
from pipeline.settings import Settings
from tests.benchmarks.labelled_sets import LabelledSet
from tests.benchmarks.our_import import import_file

FILES = 8
"""So many files the set comes in: later ones meet leads that have been merged before."""


def can_be_leads(one: LabelledSet) -> bool:
    """Whether nearly all records of a set can be reached, as leads must be."""
    reached = sum(bool(record.get("email") or record.get("phone")) for record in one.records)
    return reached > 0.9 * len(one.records)


def find_leads(one: LabelledSet, folder: Path, order: int) -> Sequence[str]:
    """Import a set, its rows in the order of a seed, and tell the lead that each record belongs to.

    A record that is refused belongs to none but itself.
    """
    settings = Settings(data_dir=folder)
    folder.mkdir()
    numbers = one.in_order(order)
    with closing(Database(settings.database)) as database:
        migrate(database)
        for part in range(FILES):
            file = folder / f"part-{part}.csv"
            one.write(file, numbers[part::FILES])
            import_file(database, settings, file)
        return _leads_of(database, len(numbers))


def _leads_of(database: Database, count: int) -> Sequence[str]:
    leads = [f"none, {number}" for number in range(count)]
    with database.read() as db:
        for lead_id, raw in db.execute(select(Sighting.lead_id, Sighting.raw)):
            leads[int(raw[0])] = str(lead_id)
    return leads
