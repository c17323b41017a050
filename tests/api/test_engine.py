"""The engine's own routes: health, the list of routes, the documentation."""

import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pipeline.errors import StartRefused
from pipeline.settings import Settings
from tests.parts.servers import open_client


def test_health_answers_without_a_key(client: TestClient, keys: object) -> None:
    answer = client.get("/health")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_an_api_on_an_empty_folder_makes_its_database_and_works(tmp_path: Path) -> None:
    with open_client(Settings(data_dir=tmp_path / "new" / "data")) as client:
        lead = {"name": "Ann Lee", "email": "ann@example.com", "source": "Fair"}
        assert client.post("/api/leads/", json=lead).status_code == 201
        assert [one["name"] for one in client.get("/api/leads/").json()] == ["Ann Lee"]


def test_the_leads_endpoints_are_available(client: TestClient) -> None:
    told = client.get("/debug/routes").json()

    assert told["leads_available"] is True
    assert {"path": "/api/leads/{lead_id}/status", "methods": ["PUT"]} in told["routes"]


def test_the_site_answers_though_the_leads_cannot_be_imported(
    sqlite_url: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("api.leads", raising=False)
    monkeypatch.setitem(sys.modules, "api.leads", None)

    with open_client(settings) as client:
        told = client.get("/debug/routes").json()
        missing = client.get("/api/leads")
        health = client.get("/health")

    assert told["leads_available"] is False
    assert (missing.status_code, health.status_code) == (404, 200)


def test_an_error_inside_the_leads_module_is_not_hidden(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def __getattr__(self, name: str) -> object:
            raise ZeroDivisionError

    monkeypatch.setattr("api.leads", Broken())

    with pytest.raises(ZeroDivisionError), open_client(settings):
        pass


def test_without_a_key_no_start_where_others_can_reach(sqlite_url: str, settings: Settings) -> None:
    public = settings.model_copy(update={"host": "0.0.0.0"})

    with pytest.raises(StartRefused, match="no API key exists"), open_client(public):
        pass


def test_every_operation_is_documented(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()

    operations = {
        f"{method} {path}": operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    }
    poor = [
        name
        for name, operation in operations.items()
        if not operation.get("summary") or not operation.get("description")
    ]
    assert len(operations) > 25
    assert poor == []


def test_every_documented_error_is_a_problem(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()

    kinds = {
        (name, kind)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        for status, answer in operation["responses"].items()
        if int(status) >= 400
        for name in [f"{method} {path} {status}"]
        for kind in answer.get("content", {"none": 0})
    }
    assert {kind for _, kind in kinds} == {"application/problem+json"}
    assert "HTTPValidationError" not in schema["components"]["schemas"]
