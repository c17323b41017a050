"""``leads undo`` of much, ``pause`` and ``resume``, on both databases."""

from pathlib import Path

import pytest

from pipeline.database.engine import Database
from pipeline.leads.service import update_lead_status
from pipeline.settings import Settings
from tests.cli.conftest import Leads
from tests.imports import find_leads, request_text

MANY = 1_200


@pytest.fixture
def operation(leads: Leads, tmp_path: Path, database: Database) -> int:
    """The operation of an import too large to be taken back at once."""
    rows = "".join(f"Person {n},p{n}@acme-tools.com\n" for n in range(MANY))
    (tmp_path / "many.csv").write_text(f"name,email\n{rows}")
    return int(leads("import", tmp_path / "many.csv", "--json").json["operation"])


def test_a_large_undo_is_followed_to_its_end(
    leads: Leads, operation: int, database: Database
) -> None:
    with database.write() as db:
        for lead in find_leads(db)[:30]:
            update_lead_status(db, lead.id, "qualified")

    answer = leads("undo", operation)

    assert answer.status == 0
    assert f"{MANY - 30:,} leads removed" in answer.out
    assert "30 kept" in answer.out
    assert "and 10 more" in answer.out
    runs = leads("runs", "--json").json
    assert (runs[0]["kind"], runs[0]["state"], runs[0]["removed"]) == (
        *("undo", "finished"),
        MANY - 30,
    )


def test_as_json_it_lists_all_that_was_kept_and_is_undone_like_any_other(
    leads: Leads, operation: int, database: Database
) -> None:
    with database.write() as db:
        for lead in find_leads(db)[:30]:
            update_lead_status(db, lead.id, "qualified")
    undo = leads("undo", operation, "--json").json
    assert (undo["removed"], len(undo["kept"])) == (MANY - 30, 30)

    redo = leads("undo", undo["operation"], "--json").json

    assert (redo["recreated"], redo["kept"]) == (MANY - 30, [])
    with database.read() as db:
        assert len(find_leads(db)) == MANY
    assert leads("doctor").status == 0


def test_a_paused_run_is_resumed_and_followed(
    leads: Leads, database: Database, settings: Settings
) -> None:
    run = request_text(database, settings, "name,email\nAnn,ann@acme-tools.com\n")

    paused = leads("pause", run)

    assert (paused.status, f"leads resume {run}" in paused.out) == (0, True)
    assert leads("pause", run).status != 0
    assert leads("runs", run, "--json").json["state"] == "paused"
    resumed = leads("resume", run, "--json").json
    assert (resumed["state"], resumed["created"]) == ("finished", 1)
