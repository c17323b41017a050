"""Files in over HTTP: streamed, accounted for, explained and taken back."""

from io import BytesIO

import pytest
from fastapi.testclient import TestClient

from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.api.working import finish_run
from tests.parts.servers import open_client

CSV = {"Content-Type": "text/csv"}
FILE = (
    b"Name,E-Mail,Phone,Note\r\n"
    b"Ann Lee,ann@example.com,+41 44 668 18 00,first\r\n"
    b"Bob Ray,bob@example.com,,\r\n"
    b"Ann Lee,ANN@example.com,,again\r\n"
    b"Nobody,not an address,12,=1+1\r\n"
    b",,,\r\n"
)


@pytest.fixture
def imported(client: TestClient, database: Database, settings: Settings) -> int:
    """The id of an import that has ended."""
    answer = client.post("/api/imports?file_name=fair.csv", content=FILE, headers=CSV)
    number: int = answer.json()["id"]
    finish_run(database, settings, number)
    return number


def test_an_upload_is_answered_with_where_to_look(client: TestClient) -> None:
    answer = client.post("/api/imports?file_name=fair.csv", content=FILE, headers=CSV)

    assert answer.status_code == 202
    run = answer.json()
    assert answer.headers["Location"] == f"/api/imports/{run['id']}"
    assert (run["state"], run["file_name"], run["bytes"]) == ("requested", "fair.csv", len(FILE))


def test_every_row_is_accounted_for(client: TestClient, imported: int) -> None:
    run = client.get(f"/api/imports/{imported}").json()

    assert run["state"] == "finished"
    assert run["balanced"] is True
    assert (run["created"], run["duplicate"], run["rejected"]) == (2, 1, run["read"] - 3)
    assert run["rows_total"] == run["read"]
    assert run["rows_per_second"] > 0
    assert run["eta_seconds"] is None


def test_a_form_brings_a_file_its_name_and_its_options(
    client: TestClient, database: Database, settings: Settings
) -> None:
    form = {"source": "Trade fair", "region": "CH"}
    files = {"file": ("../../Messe Zürich.csv", b"name,phone\nAnn,044 668 18 00\n", "text/csv")}

    run = client.post("/api/imports", data=form, files=files).json()
    finish_run(database, settings, run["id"])

    assert run["file_name"] == "Messe Zürich.csv"
    lead = client.get("/api/leads").json()[0]
    assert (lead["source"], lead["phone"]) == ("Trade fair", "+41446681800")


def test_a_raw_body_may_name_its_file_in_a_header(client: TestClient) -> None:
    headers = {**CSV, "Content-Disposition": "attachment; filename*=UTF-8''M%C3%BCnchen.csv"}

    run = client.post("/api/imports", content=FILE, headers=headers).json()

    assert run["file_name"] == "München.csv"


def test_the_file_on_disk_is_what_was_sent(client: TestClient, settings: Settings) -> None:
    content = bytes(range(256)) * 20_000
    files = {"file": ("big.bin", BytesIO(content), "application/octet-stream")}

    client.post("/api/imports", files=files)

    kept = [path.read_bytes() for path in settings.spool.iterdir()]
    assert kept == [content]


def test_the_same_key_gives_the_same_import(client: TestClient, settings: Settings) -> None:
    headers = {**CSV, "Idempotency-Key": "once-only"}

    first = client.post("/api/imports", content=FILE, headers=headers)
    second = client.post("/api/imports", content=FILE, headers=headers)
    other = client.post("/api/imports", content=b"name\nAnn\n", headers=headers)

    assert (first.status_code, second.status_code, other.status_code) == (202, 202, 409)
    assert first.json()["id"] == second.json()["id"]
    assert len(client.get("/api/imports").json()) == 1
    assert len(list(settings.spool.iterdir())) == 1


BAD_FORMS = {
    "no boundary": ("multipart/form-data", b""),
    "a boundary too long": (f"multipart/form-data; boundary={'b' * 300}", b""),
    "nothing": ("multipart/form-data; boundary=b", b""),
    "noise": ("multipart/form-data; boundary=b", b"noise"),
    "cut off": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nname\n',
    ),
    "no file": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="source"\r\n\r\nx\r\n--b--\r\n',
    ),
    "two files": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n' * 2
        + b"--b--\r\n",
    ),
    "a long field": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="source"\r\n\r\n'
        + b"x" * 5_000
        + b"\r\n--b--\r\n",
    ),
    "many fields": (
        "multipart/form-data; boundary=b",
        b"".join(
            b'--b\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nx\r\n' % number
            for number in range(30)
        )
        + b"--b--\r\n",
    ),
}


def test_a_form_that_cannot_be_read_leaves_nothing_behind(
    client: TestClient, settings: Settings
) -> None:
    wrong = {}
    for name, (kind, content) in BAD_FORMS.items():
        answer = client.post("/api/imports", content=content, headers={"Content-Type": kind})
        if answer.status_code != 422:
            wrong[name] = answer.status_code

    assert wrong == {}
    assert list(settings.spool.iterdir()) == []
    assert client.get("/api/imports").json() == []


def test_a_form_with_an_unusable_option_says_which(client: TestClient, settings: Settings) -> None:
    files = {"file": ("a.csv", FILE, "text/csv")}

    answer = client.post("/api/imports", data={"region": "Switzerland"}, files=files)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["location"] == "body.region"
    assert list(settings.spool.iterdir()) == []


def test_a_file_beyond_the_limit_leaves_nothing_behind(
    settings: Settings, database: Database
) -> None:
    small = settings.model_copy(update={"max_upload_bytes": 100_000, "max_body_bytes": 1_024})

    with open_client(small) as client:
        announced = client.post("/api/imports", content=b"x" * 100_001, headers=CSV)
        hidden = client.post("/api/imports", content=iter([b"x" * 60_000] * 2), headers=CSV)
        within = client.post("/api/imports", content=b"x" * 100_000, headers=CSV)

    assert [announced.status_code, hidden.status_code, within.status_code] == [413, 413, 202]
    assert len(list(settings.spool.iterdir())) == 1


def test_another_content_type_is_refused(client: TestClient) -> None:
    answer = client.post("/api/imports", content=FILE, headers={"Content-Type": "text/html"})

    assert answer.status_code == 415


def test_each_row_tells_what_became_of_it(client: TestClient, imported: int) -> None:
    rows = client.get(f"/api/runs/{imported}/rows").json()
    created = client.get(f"/api/runs/{imported}/rows?outcome=created&limit=1")
    next_page = client.get(created.links["next"]["url"]).json()

    assert [row["outcome"] for row in rows][:4] == ["created", "created", "duplicate", "rejected"]
    assert rows[0]["lead_id"] == rows[2]["lead_id"]
    assert "lead_id" not in rows[3]
    assert [row["row"] for row in created.json() + next_page] == [1, 2]


def test_issues_are_listed_by_severity(client: TestClient, imported: int) -> None:
    everything = client.get(f"/api/runs/{imported}/issues").json()
    errors = client.get(f"/api/runs/{imported}/issues?severity=error").json()

    assert {one["severity"] for one in everything} == {"error", "warning"}
    assert errors == [one for one in everything if one["severity"] == "error"]
    assert errors[0]["raw"]["Name"] == "Nobody"


def test_an_import_is_taken_back_as_a_whole(client: TestClient, imported: int) -> None:
    operation = client.get(f"/api/imports/{imported}").json()["operation_id"]

    report = client.post(f"/api/operations/{operation}/undo")
    again = client.post(f"/api/operations/{operation}/undo")

    assert report.status_code == 200
    assert (report.json()["removed"], report.json()["kept"]) == (2, [])
    assert client.get("/api/leads").json() == []
    assert again.status_code == 409


def test_an_import_that_still_runs_is_not_taken_back(client: TestClient) -> None:
    run = client.post("/api/imports", content=FILE, headers=CSV).json()

    assert client.post(f"/api/operations/{run['operation_id']}/undo").status_code == 409


def test_a_cancelled_run_is_over(client: TestClient) -> None:
    run = client.post("/api/imports", content=FILE, headers=CSV).json()

    cancelled = client.post(f"/api/runs/{run['id']}/cancel")
    again = client.post(f"/api/runs/{run['id']}/cancel")

    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    assert again.status_code == 409


def test_imports_are_listed_newest_first_page_by_page(client: TestClient) -> None:
    for _ in range(3):
        client.post("/api/imports", content=FILE, headers=CSV)

    first = client.get("/api/imports?limit=2")
    rest = client.get(first.links["next"]["url"])

    assert [run["id"] for run in first.json() + rest.json()] == [3, 2, 1]
    assert "next" not in rest.links
