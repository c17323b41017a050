"""An operation of many merges is taken back by a run, and brought back by another."""

from pipeline.database.dialects import serialize_writers
from pipeline.database.engine import Database
from pipeline.matches.judgements import find_judgements
from pipeline.merges.service import merge_all
from pipeline.settings import Settings
from tests.imports import import_text
from tests.merges.reading import read_state
from tests.undo.states import undo_by_run

PAIRS = 520


def test_many_merges_are_taken_back_in_batches_and_brought_back(
    database: Database, settings: Settings
) -> None:
    settings = settings.model_copy(update={"matching": "off", "batch_rows": 300})
    rows = "".join(f"Person {n},p{n}@acme-tools.com\n" for n in range(2 * PAIRS))
    run = import_text(database, settings, f"name,email\n{rows}")
    with database.write("test") as db:
        serialize_writers(db)
        before = read_state(db)
        ids = sorted(before.leads)
        pairs = list(zip(ids[:PAIRS], ids[PAIRS:], strict=True))
        operation = merge_all(db, pairs).id
        after = read_state(db)
    assert len(after.leads) == PAIRS

    undo = undo_by_run(database, settings, operation)

    assert (undo.recreated, undo.restored, undo.kept) == (PAIRS, PAIRS, [])
    with database.read() as db:
        assert read_state(db) == before
        judged = find_judgements(db, ids[:5])
        assert [judged[pair] for pair in pairs[:5]] == [False] * 5
    redo = undo_by_run(database, settings, undo.operation_id)
    assert (redo.removed, redo.kept) == (PAIRS, [])
    with database.read() as db:
        assert read_state(db) == after
        assert find_judgements(db, ids[:5]) == {}
    gone = undo_by_run(database, settings, run.operation_id)
    assert (gone.removed, gone.kept) == (2 * PAIRS, [])
    with database.read() as db:
        assert not read_state(db).leads
