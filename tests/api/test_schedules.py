"""Schedules over the API: rules in words, previews, edits, pauses, runs at once."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from pipeline.database.base import utc_now
from pipeline.database.engine import Database
from pipeline.schedules import require_schedule

WANTED = {"source": "website", "params": {"url": "https://example.com/"}}
RULE = "every weekday at 6:30"


def _add(client: TestClient, **given: object) -> Any:
    answer = client.post("/api/schedules", json={**WANTED, "rule": RULE, **given})
    assert answer.status_code == 201
    return answer.json()


def test_a_rule_in_words_is_kept_told_back_and_due_five_times(client: TestClient) -> None:
    made = _add(client, timezone="Europe/Zurich", jitter_seconds=600)

    assert (made["words"], made["rule"]) == (RULE, "every weekday at 06:30")
    assert (made["cron"], made["timezone"], made["jitter_seconds"]) == (
        *("30 6 * * 1-5", "Europe/Zurich", 600),
    )
    assert made["next_times"][0] == made["next_due_at"]
    assert len(set(made["next_times"])) == 5
    assert client.get(f"/api/schedules/{made['id']}").json() == made


def test_a_rule_is_previewed_without_being_kept(client: TestClient) -> None:
    asked = {"rule": "on the first Monday of the month at noon", "timezone": "Asia/Tokyo"}

    told = client.get("/api/schedules/preview", params=asked).json()

    assert told["rule"] == "on the first Monday of the month at 12:00"
    assert [moment[10:] for moment in told["next_times"]] == ["T03:00:00Z"] * 5
    assert client.get("/api/schedules").json() == []


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"rule": "now and then"}, "“every 2 hours”"),
        ({"rule": "61 * * * *"}, "Bad minute"),
        ({"rule": "daily at 7", "timezone": "Mars/Olympus"}, "time zone"),
    ],
)
def test_a_rule_that_means_nothing_is_refused_with_what_would_do(
    client: TestClient, asked: dict[str, str], reason: str
) -> None:
    answer = client.get("/api/schedules/preview", params=asked)

    assert answer.status_code == 409
    assert reason in answer.json()["detail"]


def test_a_schedule_is_edited_paused_and_resumed(client: TestClient) -> None:
    path = f"/api/schedules/{_add(client)['id']}"

    edited = client.patch(path, json={"rule": "every 2 hours", "jitter_seconds": 30}).json()
    paused = client.post(f"{path}/pause").json()

    assert (edited["every_seconds"], edited["jitter_seconds"]) == (7_200, 30)
    assert "cron" not in edited
    assert (paused["enabled"], paused["next_times"]) == (False, [])
    assert client.post(f"{path}/pause").status_code == 409
    assert client.post(f"{path}/resume").json()["enabled"] is True
    assert client.post(f"{path}/resume").status_code == 409


def test_an_edit_that_cannot_be_is_refused(client: TestClient) -> None:
    path = f"/api/schedules/{_add(client)['id']}"
    edits: list[tuple[int, dict[str, object]]] = [
        (409, {"rule": "every morning"}),
        (409, {"params": {"color": "red"}}),
        (422, {"jitter_seconds": -1}),
        (422, {"source": "listing"}),
    ]

    assert [client.patch(path, json=edit).status_code for _, edit in edits] == [
        status for status, _ in edits
    ]
    assert client.get(path).json()["words"] == RULE
    assert client.patch("/api/schedules/99", json={}).status_code == 404


def test_a_schedule_runs_now_but_never_twice_at_once(client: TestClient) -> None:
    path = f"/api/schedules/{_add(client)['id']}"

    first = client.post(f"{path}/run")
    second = client.post(f"{path}/run")

    assert (first.status_code, second.status_code) == (202, 409)
    assert first.headers["Location"] == f"/api/runs/{first.json()['id']}"
    assert f"Run {first.json()['id']} has not ended" in second.json()["detail"]
    assert client.get(path).json()["last_run_id"] == first.json()["id"]


def test_a_schedule_that_is_due_tells_which_run_it_waits_for(
    client: TestClient, database: Database
) -> None:
    path = f"/api/schedules/{_add(client)['id']}"
    run = client.post(f"{path}/run").json()
    assert "waits_for" not in client.get(path).json()

    with database.write() as db:
        require_schedule(db, 1).next_due_at = utc_now()

    assert client.get(path).json()["waits_for"] == run["id"]
