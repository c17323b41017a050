"""Sources, the runs they are asked for, and when they run by themselves."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pipeline import sources

PARAMS = {"url": "https://example.com/"}


def test_sources_tell_what_they_can_be_told(client: TestClient) -> None:
    told = client.get("/api/sources").json()

    website = next(one for one in told["sources"] if one["slug"] == "website")
    assert "url" in website["params_schema"]["properties"]
    assert told["broken"] == []


def test_a_broken_source_is_named_and_the_others_stay(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    info = tmp_path / "theirs-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[{sources.GROUP}]\ntheirs = no_such_package\n")
    monkeypatch.syspath_prepend(tmp_path)

    told = client.get("/api/sources").json()

    assert [one["module"] for one in told["broken"]] == ["no_such_package"]
    assert "website" in [one["slug"] for one in told["sources"]]


def test_a_source_is_asked_to_run(client: TestClient) -> None:
    answer = client.post("/api/runs", json={"source": "website", "params": PARAMS})

    assert answer.status_code == 202
    run = answer.json()
    assert (run["kind"], run["source"], run["state"]) == ("scrape", "website", "requested")
    assert answer.headers["Location"] == f"/api/runs/{run['id']}"
    assert client.get("/api/runs").json() == [client.get(f"/api/runs/{run['id']}").json()]


def test_a_run_that_cannot_be_is_refused(client: TestClient) -> None:
    unknown = client.post("/api/runs", json={"source": "nowhere"})
    unusable = client.post("/api/runs", json={"source": "website", "params": {"color": "red"}})

    assert (unknown.status_code, unusable.status_code) == (404, 409)
    assert "color" in unusable.json()["detail"]
    assert client.get("/api/runs").json() == []


@pytest.mark.parametrize(
    "when", [{"cron": "0 6 * * 1-5", "timezone": "Europe/Zurich"}, {"every_seconds": 3_600}]
)
def test_a_schedule_is_made_listed_and_deleted(client: TestClient, when: dict[str, object]) -> None:
    wanted = {"source": "website", "params": PARAMS, **when}

    made = client.post("/api/schedules", json=wanted)

    assert made.status_code == 201
    assert when.items() <= made.json().items()
    assert client.get("/api/schedules").json() == [made.json()]
    number = made.json()["id"]
    assert client.delete(f"/api/schedules/{number}").status_code == 204
    assert client.delete(f"/api/schedules/{number}").status_code == 404


def test_a_schedule_that_cannot_be_kept_is_refused(client: TestClient) -> None:
    whens: list[tuple[int, dict[str, object]]] = [
        (422, {}),
        (422, {"cron": "0 6 * * *", "every_seconds": 60}),
        (422, {"every_seconds": 1}),
        (409, {"cron": "every morning"}),
        (409, {"cron": "0 0 31 2 *"}),
        (409, {"cron": "0 6 * * *", "timezone": "Mars/Olympus"}),
        (409, {"every_seconds": 60, "params": {"color": "red"}}),
        (404, {"every_seconds": 60, "source": "nowhere"}),
    ]

    statuses = [
        client.post("/api/schedules", json={"source": "website", "params": PARAMS, **when})
        for _, when in whens
    ]

    assert [answer.status_code for answer in statuses] == [status for status, _ in whens]
    assert client.get("/api/schedules").json() == []
