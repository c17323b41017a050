"""Leads entered one by one: whom they resemble is told at once, and a person decides."""

from fastapi.testclient import TestClient
from sqlalchemy import select

from pipeline.database.engine import Database
from pipeline.dedupe.models import LeadFeatures
from pipeline.leads.models import Lead

KATHARINE = {
    "name": "Katharine Oyelaran",
    "email": "katharine.oyelaran@brightwater-pumps.com",
    "phone": "+44 20 7946 0018",
    "source": "fair",
}
KATE = {**KATHARINE, "name": "Kate Oyelaran", "email": "kate.oyelaran@gmail.com"}
SOMEBODY = {"name": "Tomasz Wieczorek", "email": "t@nordwind.pl", "source": "fair"}


def open_pairs(client: TestClient) -> set[tuple[int, int]]:
    queue = client.get("/api/duplicates?limit=200").json()
    return {(one["left_id"], one["right_id"]) for one in queue}


def test_who_is_likely_known_is_created_linked_and_asked_about(
    client: TestClient, strangers: int
) -> None:
    known = client.post("/api/leads", json=KATHARINE).json()["id"]
    client.post("/api/leads", json=SOMEBODY)

    answer = client.post("/api/leads", json=KATE)

    assert answer.status_code == 201
    assert answer.links["duplicate"]["url"] == f"/api/leads/{known}"
    assert (known, answer.json()["id"]) in open_pairs(client)
    assert len(client.get("/api/leads?limit=1000").json()) == strangers + 3


def test_an_edited_lead_is_matched_as_it_is_now(client: TestClient, strangers: int) -> None:
    known = client.post("/api/leads", json=KATHARINE).json()["id"]
    # The second form brings a phone that the first did not have.
    other = {**KATHARINE, "phone": "+44 161 496 0733"}
    assert client.post("/api/leads?on_duplicate=merge", json=other).json()["id"] == known

    again = {"name": "Kathrine Oyelaran", "email": "kath@gmx.net", "phone": other["phone"]}
    answer = client.post("/api/leads", json={**again, "source": "web"})

    assert answer.links["duplicate"]["url"] == f"/api/leads/{known}"


def test_a_stranger_with_the_same_first_name_is_nobody_known(
    client: TestClient, strangers: int
) -> None:
    client.post("/api/leads", json=KATHARINE)

    answer = client.post(
        "/api/leads",
        json={"name": "Katharine Blum", "email": "k.blum@altenberg.de", "source": "web"},
    )

    assert answer.status_code == 201
    assert "Link" not in answer.headers
    assert answer.json()["id"] not in {lead for pair in open_pairs(client) for lead in pair}


def test_who_meets_a_lead_that_was_changed_or_deleted_brings_the_index_up_to_date(
    client: TestClient, database: Database, strangers: int
) -> None:
    known = client.post("/api/leads", json=KATHARINE).json()["id"]
    gone = client.post("/api/leads", json={**KATE, "email": "kathy@gmx.net"}).json()["id"]
    client.put(f"/api/leads/{known}/status", json={"status": "contacted"})
    client.delete(f"/api/leads/{gone}")

    client.post("/api/leads", json=KATE)

    with database.read() as db:
        met = select(LeadFeatures.lead_id, LeadFeatures.version, Lead.version).outerjoin(
            Lead, Lead.id == LeadFeatures.lead_id
        )
        rows = db.execute(met.where(LeadFeatures.lead_id.in_([known, gone]))).all()
    assert [(lead_id, indexed == version) for lead_id, indexed, version in rows] == [(known, True)]
