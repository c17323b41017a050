"""Sources declared over the API: kept with a version, tried, exported and imported."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from pipeline.database.engine import Database
from pipeline.settings import Settings
from pipeline.work import work_on_run
from tests.parts.sites import open_site

HARBOUR: dict[str, Any] = {
    "slug": "harbour",
    "title": "Harbour firms",
    "kind": "listing",
    "params": {
        "start": ["https://harbour.example/firms"],
        "item": "li.firm",
        "fields": {"company": "h3", "phone": ".tel"},
    },
    "expects": [1, 40],
}


def test_a_source_is_declared_changed_and_forgotten(client: TestClient) -> None:
    made = client.post("/api/sources", json=HARBOUR)
    assert (made.status_code, made.headers["Location"]) == (201, "/api/sources/harbour")
    assert (made.json()["kind"], made.json()["version"]) == ("listing", 1)
    assert client.get("/api/sources/harbour").json() == made.json()
    assert made.json() in client.get("/api/sources").json()["sources"]

    changed = client.put("/api/sources/harbour", json={**HARBOUR, "title": "Firms", "version": 1})
    assert (changed.json()["title"], changed.json()["version"]) == ("Firms", 2)
    late = client.put("/api/sources/harbour", json={**HARBOUR, "version": 1})
    assert (late.status_code, "version 2" in late.json()["detail"]) == (409, True)

    assert client.delete("/api/sources/harbour?version=1").status_code == 409
    assert client.delete("/api/sources/harbour").status_code == 204
    assert client.get("/api/sources/harbour").status_code == 404


@pytest.mark.parametrize(
    ("change", "status", "word"),
    [
        ({"slug": "website"}, 409, "website"),
        ({"kind": "magic"}, 409, "magic"),
        ({"params": {}}, 409, "start"),
        ({"slug": "No Slug"}, 422, "slug"),
        ({"expects": [1]}, 422, "expects"),
        ({"colour": "red"}, 422, "colour"),
    ],
)
def test_what_could_not_run_is_refused(
    client: TestClient, change: dict[str, Any], status: int, word: str
) -> None:
    answer = client.post("/api/sources", json={**HARBOUR, **change})

    assert answer.status_code == status
    assert word in answer.json()["detail"]


def test_sources_in_python_are_shown_but_not_changed(client: TestClient) -> None:
    assert client.get("/api/sources/website").json()["kind"] == "python"
    wanted = {**HARBOUR, "slug": "website", "version": 1}
    assert client.put("/api/sources/website", json=wanted).status_code == 409
    assert client.delete("/api/sources/website").status_code == 409
    assert client.get("/api/sources/website/file").status_code == 409


@pytest.mark.parametrize("form", ["json", "toml"])
def test_an_exported_file_brings_the_source_back(client: TestClient, form: str) -> None:
    made = client.post("/api/sources", json=HARBOUR).json()

    file = client.get(f"/api/sources/harbour/file?format={form}")
    assert file.headers["Content-Disposition"] == f'attachment; filename="harbour.{form}"'
    client.delete("/api/sources/harbour")
    again = client.post("/api/sources/file", content=file.content)

    assert (again.status_code, again.json()) == (201, made)
    assert client.post("/api/sources/file", content=file.content).status_code == 409
    assert client.post("/api/sources/file", content=b"{]").status_code == 409


def test_a_trial_shows_what_is_found_and_makes_no_lead(
    client: TestClient, database: Database, settings: Settings
) -> None:
    firms = "<ul><li class=firm><h3>Tern</h3><b class=tel>01632 960101</b></li><li class=firm>"
    with open_site({"/firms": f"{firms}<h3>Knot</h3></li></ul>"}) as site:
        params = {**HARBOUR["params"], "start": [f"{site.url}/firms", f"{site.url}/gone"]}
        asked = client.post("/api/sources/trial", json={**HARBOUR, "params": params})
        allowed = {"fetch_allow": site.url.removeprefix("http://"), "fetch_delay_seconds": 0.0}
        run_id = asked.json()["id"]
        while work_on_run(database, settings.model_copy(update=allowed), run_id):
            pass

    assert (asked.status_code, asked.json()["kind"]) == (202, "trial")
    found = client.get(asked.headers["Location"]).json()
    assert found["state"] == "finished"
    assert [(page["state"], len(page["records"])) for page in found["pages"]] == [
        ("done", 2),
        ("failed", 0),
    ]
    assert found["filled"] == {"company": 2, "phone": 1}
    assert client.get("/api/leads").json() == []


def test_a_trial_that_cannot_be_is_refused(client: TestClient) -> None:
    for wanted, status in (
        ({"kind": "nowhere", "params": {}}, 404),
        ({"kind": "listing", "params": {}}, 409),
        ({"kind": "website", "params": {"url": "https://a.example/"}, "pages": 0}, 422),
    ):
        assert client.post("/api/sources/trial", json=wanted).status_code == status
    assert client.get("/api/sources/trial/1").status_code == 404
