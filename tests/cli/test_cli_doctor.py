"""``leads doctor``: content with what is well, and loud about each thing that is not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from pipeline.cli import run
from pipeline.database.engine import Database
from pipeline.leads.models import LeadKey
from pipeline.runs.models import RowOutcome, Run
from pipeline.settings import Settings
from tests.cli.conftest import Answer, Leads
from tests.imports import request_text


@pytest.mark.usefixtures("database")
def test_all_is_well_after_an_import(leads: Leads, people: Path) -> None:
    leads("import", people)

    answer = leads("doctor")

    assert (answer.status, answer.out.splitlines()[-1]) == (0, "All is well.")
    assert "exact keys: 2 leads" in answer.out


def test_a_folder_that_does_not_exist_yet_is_well_and_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "later"

    assert run(["doctor", "--data", str(folder)], {}) == 0
    assert not folder.exists()


def _lose_a_key(db: Session) -> None:
    db.execute(delete(LeadKey).where(LeadKey.lead_id == 1))


def _leave_a_stray_key(db: Session) -> None:
    db.add(LeadKey(key=1, lead_id=99))


def _miscount(db: Session) -> None:
    db.execute(update(Run).values(created=1))


def _lose_an_outcome(db: Session) -> None:
    db.execute(delete(RowOutcome).where(RowOutcome.row == 1))


def _age_the_schema(db: Session) -> None:
    db.execute(text("UPDATE alembic_version SET version_num = '0000'"))


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (_lose_a_key, "exact keys"),
        (_leave_a_stray_key, "exact keys"),
        (_miscount, "accounting"),
        (_lose_an_outcome, "accounting"),
        (_age_the_schema, "database"),
    ],
)
def test_what_does_not_hold_together_is_found(
    leads: Leads, people: Path, database: Database, spoil: Callable[[Session], None], name: str
) -> None:
    leads("import", people)
    database.transact(spoil)

    answer = leads("doctor", "--json")

    assert answer.status == 1
    assert _wrong(answer) == [name]


def test_a_run_that_nobody_works_on_is_found(
    leads: Leads, database: Database, settings: Settings
) -> None:
    request_text(database, settings, "name,email\nAnn,ann@example.com\n")

    answer = leads("doctor")

    assert answer.status == 1
    assert "leads resume 1" in answer.out


def test_an_upload_that_is_gone_is_found(
    leads: Leads, database: Database, settings: Settings
) -> None:
    request_text(database, settings, "name,email\nAnn,ann@example.com\n")
    for path in settings.spool.iterdir():
        path.unlink()

    assert _wrong(leads("doctor", "--json")) == ["open runs", "spool"]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"LEADS_PORT": "many"}, "settings"),
        ({"LEADS_DATABASE_URL": "mysql://localhost/leads"}, "database"),
        ({"LEADS_DATABASE_URL": "postgresql+psycopg://x@127.0.0.1:1/x"}, "database"),
        ({"LEADS_REDIS_URL": "redis://127.0.0.1:1/0"}, "broker"),
        ({"LEADS_DATA_DIR": __file__}, "data folder"),
    ],
)
def test_what_cannot_work_is_found(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, changes: dict[str, str], name: str
) -> None:
    status = run(["doctor", "--json"], {"LEADS_DATA_DIR": str(tmp_path), **changes})

    assert status == 1
    assert _wrong(Answer(status, *capsys.readouterr())) == [name]


def _wrong(answer: Answer) -> list[str]:
    return [one["name"] for one in answer.json["findings"] if not one["ok"] and one["advice"]]
