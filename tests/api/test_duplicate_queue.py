"""Likely duplicates over HTTP: the queue, the waterfall, the answers, and a lead's whole why."""

import threading

import pytest
from fastapi.testclient import TestClient

from pipeline.access import Role
from pipeline.database.engine import Database
from pipeline.dedupe.decide import MERGE_BITS, REVIEW_BITS
from pipeline.leads.models import Lead
from pipeline.leads.service import delete_lead
from pipeline.matches.models import Match
from pipeline.resolve.index import reindex
from tests.matches.matching import ask, ask_of_pair, enter

QUEUE = "/api/duplicates"


@pytest.fixture
def match(database: Database) -> Match:
    """A question about two leads of one name and mailbox."""
    with database.write("test") as db:
        asked = ask_of_pair(db, "Ann Lee", run_id=4)
        reindex(db, (asked.left_id, asked.right_id))
        return asked


def test_the_queue_gives_pairs_with_both_leads_and_their_reasons(
    client: TestClient, match: Match
) -> None:
    (shown,) = client.get(QUEUE).json()

    assert (shown["id"], shown["state"], shown["run_id"]) == (match.id, "open", 4)
    assert (shown["left"]["id"], shown["right"]["id"]) == (match.left_id, match.right_id)
    assert shown["left"]["name"] == "Ann Lee"
    assert shown["reasons"][-1]["total"] == pytest.approx(shown["bits"])
    assert 0 <= shown["chance"] <= 1


def test_the_most_useful_pairs_come_first_page_by_page(
    client: TestClient, database: Database
) -> None:
    with database.write() as db:
        ids = []
        for number, useful in enumerate((5, 900, 40, 900, 0)):
            asked = ask_of_pair(db, f"Lead {number}")
            asked.usefulness = useful
            ids.append(asked.id)

    found, address = [], f"{QUEUE}?limit=2"
    while address:
        page = client.get(address)
        found += [one["id"] for one in page.json()]
        address = page.links.get("next", {}).get("url", "")

    assert found == [ids[3], ids[1], ids[2], ids[0], ids[4]]


def test_the_queue_is_narrowed_to_a_lead_a_run_and_a_band(
    client: TestClient, database: Database, match: Match
) -> None:
    with database.write() as db:
        other = ask_of_pair(db, "Bo Ray", run_id=5)
        other.band = "review" if match.band == "merge" else "merge"

    def ids(query: str) -> list[int]:
        return [one["id"] for one in client.get(f"{QUEUE}?{query}").json()]

    assert ids(f"lead_id={match.right_id}") == [match.id]
    assert ids("run_id=5") == [other.id]
    assert ids(f"band={match.band}") == [match.id]
    assert ids("lead_id=99") == []
    counts = client.get(f"{QUEUE}/counts").json()
    assert counts == {"review": 1, "merge": 1, "exact": True}
    assert client.get(f"{QUEUE}/counts?run_id=5").json()[match.band] == 0


@pytest.mark.parametrize(
    "query", ["band=new", "after=7", "after=9999999999.1", "lead_id=0", "limit=0"]
)
def test_what_the_queue_does_not_know_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"{QUEUE}?{query}").status_code == 422


def test_a_match_is_explained_by_a_waterfall_that_adds_up(client: TestClient, match: Match) -> None:
    told = client.get(f"{QUEUE}/{match.id}").json()

    total = 0.0
    for reason in told["reasons"]:
        total += reason["bits"]
        assert reason["total"] == pytest.approx(total)
        assert reason["text"]
    assert told["bits"] == match.bits == pytest.approx(total)
    assert (told["merge_bits"], told["review_bits"]) == (MERGE_BITS, REVIEW_BITS)
    assert told["guards"] == [] or all(one["text"] for one in told["guards"])
    assert isinstance(told["turning_points"], list)


def test_both_leads_stand_side_by_side_with_what_a_merge_would_give(
    client: TestClient, database: Database
) -> None:
    with database.write() as db:
        left = enter(db, "Ann Lee", "ann@acme-tools.com")
        right = enter(db, "ANN LEE", "ann.lee@acme-tools.com", phone="+41446681800")
        asked = ask(db, left, right)

    told = client.get(f"{QUEUE}/{asked.id}").json()
    fields = {one.pop("name"): one for one in told["fields"]}
    answer = client.post(f"{QUEUE}/{asked.id}/merge").json()

    assert fields["name"]["agreement"] == "same"
    assert fields["phone"]["agreement"] == "one_sided"
    assert fields["email"]["agreement"] == "differs"
    assert fields["phone"]["merged"] == "+41446681800"
    merged = client.get(f"/api/leads/{answer['lead_id']}").json()
    for name in ("name", "email", "phone", "status", "source"):
        assert merged[name] == fields[name]["merged"]


def test_merging_gives_the_operation_and_the_lead_that_lives_on(
    client: TestClient, match: Match, keys: dict[Role, str]
) -> None:
    headers = {"X-API-Key": keys[Role.REVIEWER]}

    answer = client.post(f"{QUEUE}/{match.id}/merge", headers=headers)

    assert answer.status_code == 200
    told = answer.json()
    assert (told["state"], told["lead_id"]) == ("merged", match.left_id)
    operation = client.get(f"/api/operations/{told['operation_id']}", headers=headers).json()
    assert (operation["kind"], operation["actor"]) == ("merge", "key:2")
    assert client.get(QUEUE, headers=headers).json() == []
    undone = client.post(f"/api/operations/{told['operation_id']}/undo", headers=headers)
    assert undone.status_code == 200
    assert len(client.get("/api/leads", headers=headers).json()) == 2


def test_the_winner_may_be_chosen_among_the_two(client: TestClient, match: Match) -> None:
    refused = client.post(f"{QUEUE}/{match.id}/merge?winner=99")
    answer = client.post(f"{QUEUE}/{match.id}/merge?winner={match.right_id}")

    assert refused.status_code == 422
    assert answer.json()["lead_id"] == match.right_id
    assert [one["id"] for one in client.get("/api/leads").json()] == [match.right_id]


def test_telling_apart_leaves_the_queue_and_both_leads(client: TestClient, match: Match) -> None:
    told = client.post(f"{QUEUE}/{match.id}/distinct").json()

    assert told["state"] == "distinct"
    assert client.get(QUEUE).json() == []
    assert len(client.get("/api/leads").json()) == 2
    client.post(f"/api/operations/{told['operation_id']}/undo")
    assert [one["id"] for one in client.get(QUEUE).json()] == [match.id]


def test_skipping_moves_a_pair_to_the_end(client: TestClient, database: Database) -> None:
    with database.write() as db:
        for name in ("Ann Lee", "Bo Ray"):
            ask_of_pair(db, name)
    first, second = (one["id"] for one in client.get(QUEUE).json())

    told = client.post(f"{QUEUE}/{first}/skip").json()

    assert (told["state"], told["operation_id"]) == ("open", None)
    shown = client.get(QUEUE).json()
    assert [one["id"] for one in shown] == [second, first]
    assert shown[1]["skipped_at"]


@pytest.mark.parametrize("act", ["merge", "distinct", "skip"])
def test_an_answered_pair_is_409_and_says_how_to_answer_anew(
    client: TestClient, match: Match, act: str
) -> None:
    operation = client.post(f"{QUEUE}/{match.id}/merge").json()["operation_id"]

    again = client.post(f"{QUEUE}/{match.id}/{act}")

    assert again.status_code == 409
    assert again.json()["detail"] == (
        f"Match {match.id} is answered already: its leads were merged by operation {operation}; "
        f"undo operation {operation} to answer anew."
    )


def test_a_pair_whose_lead_is_gone_is_409_but_still_explained(
    client: TestClient, database: Database, match: Match
) -> None:
    with database.write() as db:
        delete_lead(db, match.right_id)

    refused = client.post(f"{QUEUE}/{match.id}/merge")
    told = client.get(f"{QUEUE}/{match.id}").json()

    assert refused.status_code == 409
    assert f"lead {match.right_id} was deleted" in refused.json()["detail"]
    assert (told["right"], told["fields"]) == (None, [])
    assert told["reasons"]


def test_of_two_reviewers_who_answer_at_once_one_wins(client: TestClient, match: Match) -> None:
    together = threading.Barrier(2)
    statuses: list[int] = []

    def answer(act: str) -> None:
        together.wait()
        statuses.append(client.post(f"{QUEUE}/{match.id}/{act}").status_code)

    threads = [threading.Thread(target=answer, args=[act]) for act in ("merge", "distinct")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200, 409]


@pytest.mark.parametrize("call", ["GET /7", "POST /7/merge", "POST /7/distinct", "POST /7/skip"])
def test_there_is_no_such_match(client: TestClient, call: str) -> None:
    method, path = call.split()

    answer = client.request(method, f"{QUEUE}{path}")

    assert (answer.status_code, answer.json()["detail"]) == (404, "There is no match 7.")


def test_a_lead_tells_its_sightings_matches_and_decisions(
    client: TestClient, database: Database, match: Match
) -> None:
    with database.write() as db:
        third = enter(db, "Ann Lee", "ann.lee@acme-tools.com")
        other = ask(db, db.get_one(Lead, match.left_id), third)
    merged = client.post(f"{QUEUE}/{match.id}/merge").json()["operation_id"]
    apart = client.post(f"{QUEUE}/{other.id}/distinct").json()["operation_id"]

    why = client.get(f"/api/leads/{match.left_id}/why").json()
    of_loser = client.get(f"/api/leads/{match.right_id}/why").json()

    assert (why["lead_id"], why["members"]) == (match.left_id, [match.left_id, match.right_id])
    assert [(one["loser_id"], one["operation_id"]) for one in why["merges"]] == [
        (match.right_id, merged)
    ]
    states = {one["id"]: one["state"] for one in why["matches"]}
    assert (states[match.id], states[other.id]) == ("merged", "distinct")
    assert {(one["is_same"], one["operation_id"]) for one in why["judgements"]} == {
        (True, merged),
        (False, apart),
    }
    assert len(why["history"]["sightings"]) == 2
    assert of_loser == {**why, "asked": match.right_id}


def test_a_lead_that_never_was_has_no_why(client: TestClient) -> None:
    assert client.get("/api/leads/7/why").status_code == 404
