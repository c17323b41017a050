"""Changes that were written before a field existed can still be taken back."""

from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.leads.models import Lead
from pipeline.leads.service import delete_lead
from pipeline.operations.ledger import find_operations
from pipeline.operations.models import Change
from pipeline.settings import Settings
from tests.imports import find_leads, import_rows
from tests.undo.states import full_ledger, undo_at_once

NEW_FIELDS = ("title", "other_phones")


def _forget_new_fields(db: Session) -> None:
    """Make the ledger look as it did before these fields were added."""
    for change in db.query(Change):
        for side in ("before", "after"):
            values = getattr(change, side)
            if values is not None:
                old = {name: value for name, value in values.items() if name not in NEW_FIELDS}
                setattr(change, side, old)


def test_an_import_from_before_a_field_existed_is_taken_back(
    database: Database, settings: Settings
) -> None:
    run = import_rows(database, settings, ["Ann,ann@acme-tools.com", "Bo,bo@acme-tools.com"])
    with database.write() as db:
        full_ledger(db, run.operation_id)
        _forget_new_fields(db)
        db.query(Lead).filter(Lead.name == "Bo").update({"title": "CEO"})

    with database.write() as db:
        report = undo_at_once(db, run.operation_id)

        (bo,) = find_leads(db)
        assert report.removed == 1
        assert report.kept == [(bo.id, "changed since: title")]


def test_a_lead_deleted_before_a_field_existed_comes_back_with_it_blank(
    database: Database, settings: Settings
) -> None:
    import_rows(database, settings, ["Ann,ann@acme-tools.com"])
    with database.write() as db:
        delete_lead(db, find_leads(db)[0].id)
        _forget_new_fields(db)

    with database.write() as db:
        undo_at_once(db, find_operations(db)[0].id)

        (ann,) = find_leads(db)
        assert (ann.name, ann.title, ann.other_phones) == ("Ann", None, [])
