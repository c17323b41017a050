"""``leads receipt``, ``leads issues`` and the progress line, on both databases."""

import csv
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from pipeline.commands.progress import describe_progress
from pipeline.database.base import utc_now
from pipeline.database.engine import Database
from pipeline.leads.models import Lead
from pipeline.receipts import issue_receipt
from pipeline.runs.models import Run
from tests.cli.conftest import HEADER, Leads


def test_a_receipt_is_shown_to_people_and_to_scripts(
    leads: Leads, people: Path, database: Database
) -> None:
    run = leads("import", people, "--json").json["run"]

    shown = leads("receipt", run)
    document = leads("receipt", run, "--json").json

    receipt = issue_receipt(database, run)
    assert shown.status == 0
    assert receipt.outcome_sha256 in shown.out
    assert document["outcome_sha256"] == receipt.outcome_sha256
    assert (document["read"], document["rejected"], document["balanced"]) == (4, 1, True)
    assert document["finished_at"].startswith(f"{receipt.finished_at:%Y-%m-%dT%H:%M:%S}")


@pytest.mark.usefixtures("sqlite_url")
def test_what_has_no_receipt_is_refused(leads: Leads) -> None:
    assert leads("receipt", 7).status == 2


def test_rejected_rows_are_corrected_in_their_file_and_imported(
    leads: Leads, people: Path, tmp_path: Path, database: Database
) -> None:
    run = leads("import", people, "--json").json["run"]
    rejected = tmp_path / "rejected.csv"

    told = leads("issues", run, "-o", rejected, "--json").json
    assert leads("issues", run).out == rejected.read_bytes().decode()
    header, row = csv.reader(StringIO(rejected.read_text()))
    row[1] = "nobody@example.com"
    rejected.write_text(f"{','.join(header)}\n{','.join(row[:4])}\n")
    again = leads("import", rejected, "--json").json

    assert (told["rows"], header[:4]) == (1, HEADER.split(","))
    assert (again["read"], again["created"]) == (1, 1)
    with database.read() as db:
        assert db.query(Lead).count() == 3


@pytest.mark.usefixtures("sqlite_url")
def test_a_file_that_cannot_be_written_is_refused(leads: Leads, people: Path) -> None:
    run = leads("import", people, "--json").json["run"]

    assert leads("issues", run, "-o", people / "below-a-file.csv").status == 2
    assert leads("issues", run, "--json").status == 2


def test_progress_tells_the_pace_and_what_is_left() -> None:
    run = Run(kind="import", state="running", read=300, rows_total=900, paused_seconds=50.0)
    run.started_at = utc_now() - timedelta(seconds=60)

    assert describe_progress(run) == "300 rows, 30 a second, 0:00:20 left"
    run.state = "finished"
    assert describe_progress(run) == "300 rows, 30 a second"
