"""Keys, browser sessions, and what other sites' pages may not do."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.attempts import MAX_FAILURES, WINDOW_SECONDS, Attempts
from api.main import create_app
from pipeline.access import Role, find_keys, revoke_key
from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.parts.servers import open_client

ELSEWHERE = {"Origin": "https://evil.example"}
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    ELSEWHERE,
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:9999"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
]
FOREIGN_HOSTS = [
    "evil.example",
    "127.0.0.1.evil.example",
    "127.0.0.1/docs",
    "localhost?x",
    "[::1].evil",
    "",
]
OWN: list[dict[str, str]] = [
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:8000"},
    # A proxy before the engine ends the TLS.
    {"Origin": "https://127.0.0.1:8000"},
]


@pytest.fixture
def secure_client(settings: Settings, database: Database) -> Iterator[TestClient]:
    """A client of the API behind TLS."""
    with TestClient(create_app(settings), base_url="https://127.0.0.1:8000") as opened:
        yield opened


def test_without_any_key_the_owner_of_the_machine_may_do_everything(
    client: TestClient, lead: dict[str, str]
) -> None:
    assert client.post("/api/leads", json=lead).status_code == 201


def test_a_wrong_key_is_refused_even_while_none_is_needed(client: TestClient) -> None:
    answer = client.get("/api/leads", headers={"X-API-Key": "lk_wrong"})

    assert answer.status_code == 401


def test_who_has_no_key_is_told_how_to_send_one(client: TestClient, keys: object) -> None:
    answer = client.get("/api/leads")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "X-API-Key" in answer.json()["detail"]


def test_a_key_is_taken_from_either_header(client: TestClient, keys: dict[Role, str]) -> None:
    key = keys[Role.VIEWER]

    bearer = client.get("/api/leads", headers={"Authorization": f"Bearer {key}"})
    header = client.get("/api/leads", headers={"X-API-Key": key})
    basic = client.get("/api/leads", headers={"Authorization": f"Basic {key}"})

    assert [bearer.status_code, header.status_code, basic.status_code] == [200, 200, 401]


def test_revoking_the_last_key_does_not_open_a_public_address(
    settings: Settings, database: Database, keys: dict[Role, str]
) -> None:
    with open_client(settings.model_copy(update={"host": "0.0.0.0"})) as client:
        with database.write() as db:
            for key in find_keys(db):
                revoke_key(db, key.id)

        assert client.get("/api/leads").status_code == 401


def test_a_browser_signs_in_with_a_form_and_out_again(
    client: TestClient, keys: dict[Role, str]
) -> None:
    answer = client.post("/login", data={"key": keys[Role.VIEWER]}, follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/api/ui-dashboard/leads-dashboard-ui"
    cookie = answer.headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie
    assert client.get("/api/leads").status_code == 200
    token = client.cookies["leads_session"]
    client.post("/logout")
    assert "leads_session" not in client.cookies
    again = client.get("/api/leads", headers={"Cookie": f"leads_session={token}"})
    assert again.status_code == 401


def test_over_tls_the_session_never_travels_in_the_clear(
    secure_client: TestClient, keys: dict[Role, str]
) -> None:
    answer = secure_client.post("/login", data={"key": keys[Role.VIEWER]}, follow_redirects=False)

    assert "; Secure" in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" in answer.headers


def test_a_session_has_no_more_rights_than_its_key(
    client: TestClient, keys: dict[Role, str], lead: dict[str, str]
) -> None:
    client.post("/login", data={"key": keys[Role.VIEWER]})

    assert client.post("/api/leads", json=lead).status_code == 403


def test_a_session_ends_with_its_key(
    client: TestClient, database: Database, keys: dict[Role, str]
) -> None:
    client.post("/login", data={"key": keys[Role.ADMIN]})

    with database.write() as db:
        revoke_key(db, 3)

    assert client.get("/api/leads").status_code == 401


def test_a_wrong_key_shows_the_form_again_and_says_so(client: TestClient, keys: object) -> None:
    answer = client.post("/login", data={"key": "lk_wrong"})

    assert answer.status_code == 401
    assert "not in force" in answer.text
    assert "lk_wrong" not in answer.text


def test_too_many_wrong_keys_make_an_address_wait(
    client: TestClient, keys: dict[Role, str]
) -> None:
    for _ in range(MAX_FAILURES):
        assert client.post("/login", data={"key": "lk_wrong"}).status_code == 401

    answer = client.post("/login", data={"key": keys[Role.ADMIN]})

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= WINDOW_SECONDS


def test_an_address_may_try_again_once_it_has_waited() -> None:
    now = 0.0
    attempts = Attempts(lambda: now)
    for _ in range(MAX_FAILURES):
        attempts.note_failure("192.0.2.1")

    assert attempts.wait_seconds("192.0.2.1") > 0
    assert attempts.wait_seconds("192.0.2.2") == 0
    now = WINDOW_SECONDS
    assert attempts.wait_seconds("192.0.2.1") == 0


def test_a_person_in_a_browser_is_led_to_the_form(client: TestClient, keys: object) -> None:
    browser = {"Accept": "text/html,*/*;q=0.8", "Sec-Fetch-Mode": "navigate"}

    answer = client.get("/docs", headers=browser, follow_redirects=False)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/login")


def test_another_sites_page_changes_nothing_here(client: TestClient, lead: dict[str, str]) -> None:
    number = client.post("/api/leads", json=lead).json()["id"]

    statuses = {
        answer.status_code
        for headers in FOREIGN
        for answer in (
            client.post("/api/leads", json=lead, headers=headers),
            client.delete(f"/api/leads/{number}", headers=headers),
            client.post("/login", data={"key": "x"}, headers=headers),
        )
    }

    assert statuses == {403}
    assert len(client.get("/api/leads").json()) == 1


def test_our_own_pages_and_scripts_may_change_things(
    client: TestClient, lead: dict[str, str]
) -> None:
    for headers in OWN:
        assert client.post("/api/leads", json=lead, headers=headers).status_code == 201


def test_a_request_with_a_key_may_come_from_any_site(
    client: TestClient, lead: dict[str, str], keys: dict[Role, str]
) -> None:
    headers = {**ELSEWHERE, "X-API-Key": keys[Role.ADMIN]}

    assert client.post("/api/leads", json=lead, headers=headers).status_code == 201


def test_a_foreign_host_name_is_not_answered(client: TestClient) -> None:
    for host in FOREIGN_HOSTS:
        answer = client.get("/api/leads", headers={"Host": host})

        assert answer.status_code == 400, host
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_this_machines_own_names_are_answered(client: TestClient) -> None:
    for host in ("localhost:8000", "LOCALHOST", "[::1]:8000", "127.0.0.1"):
        assert client.get("/api/leads", headers={"Host": host}).status_code == 200, host


def test_further_host_names_can_be_allowed(settings: Settings, database: Database) -> None:
    allowed = settings.model_copy(update={"allowed_hosts": "leads.example, other.example"})

    with open_client(allowed) as client:
        answer = client.get("/health", headers={"Host": "leads.example:443"})

    assert answer.status_code == 200
