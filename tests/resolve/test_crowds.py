"""Many workers that meet the same new person at the same moment make one lead of them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from pipeline.database.engine import Database
from pipeline.leads.models import Sighting
from pipeline.merges.models import Merge
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from pipeline.work import work_on_run
from tests.imports import HEADER, find_leads, request_text

WRITERS = 16
FORMS = (
    "Katharine Oyelaran,k.oyelaran@brightwater-pumps.com,+44 20 7946 0018,Brightwater Pumps",
    "Kate Oyelaran,kate.oyelaran@gmail.com,+44 20 7946 0018,Brightwater Pumps Ltd",
    '"OYELARAN, Katharine",,020 7946 0018,Brightwater Pumps',
    "Katharine Oyelaran,katharine@brightwater-pumps.com,+442079460018,Brightwater Pumps Limited",
)


def test_sixteen_files_about_one_person_make_one_lead(
    database: Database, settings: Settings, strangers: int
) -> None:
    runs = [
        request_text(
            database, settings, f"{HEADER}\n{FORMS[n % len(FORMS)]},,,,web {n}\n", region="GB"
        )
        for n in range(WRITERS)
    ]

    def work(run_id: int) -> None:
        while work_on_run(database, settings, run_id):
            pass

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(work, runs))

    with database.read() as db:
        assert {require_run(db, run_id).state for run_id in runs} == {"finished"}
        (lead,) = find_leads(db)[strangers:]
        seen = Sighting.last_run_id.in_(runs)
        assert list(db.scalars(select(Sighting.lead_id).where(seen))) == [lead.id] * WRITERS
        addresses = {lead.email, *lead.other_emails}
        assert addresses == {
            "k.oyelaran@brightwater-pumps.com",
            "kate.oyelaran@gmail.com",
            "katharine@brightwater-pumps.com",
        }
        winners = db.scalars(select(Merge.winner_id).where(Merge.winner_id >= lead.id))
        assert set(winners) <= {lead.id}


@pytest.mark.parametrize("way", ["merge", "reject"])
def test_sixteen_requests_about_one_person_make_one_lead(
    client: TestClient, strangers: int, way: str
) -> None:
    def enter(number: int) -> int:
        name = ("Katharine Oyelaran", "OYELARAN, Katharine")[number % 2]
        email = f"katharine{number % 3}@brightwater-pumps.com"
        given = {"name": name, "email": email, "phone": "+44 20 7946 0018", "source": "form"}
        return client.post(f"/api/leads?on_duplicate={way}", json=given).status_code

    with ThreadPoolExecutor(WRITERS) as writers:
        statuses = sorted(writers.map(enter, range(WRITERS)))

    assert statuses == sorted([201] + [200 if way == "merge" else 409] * (WRITERS - 1))
    assert len(client.get("/api/leads?limit=1000").json()) == strangers + 1
