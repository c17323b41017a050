"""Plans over HTTP: told row by row, mended value by value, carried out exactly, or said why not."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.api.working import finish_run

CSV = {"Content-Type": "text/csv"}
KNOWN = (
    "name,email,phone,company,status\n"
    "Ann Lee,ann@example.com,+41446681800,Old Ltd,\n"
    "Bob Ray,bob@example.com,,,\n"
)
FILE = (
    "Name,E-Mail,Telefon,Firma,Status\n"
    "Ann Lee,ann@example.com,+41 44 668 18 01,New Ltd,Warm\n"
    "Bob Ray,bob@example.com,,,\n"
    "Cid Moe,cid@gmial,030 1234567,Moe,\n"
    "Dora Poe,dora (at) example.org,,,Warm\n"
    "Cid Moe,,030 1234567,Moe AG,\n"
    "Nobody,,,,\n"
)


@pytest.fixture
def work(database: Database, settings: Settings) -> Any:
    """A function that works on the run an answer speaks of, and gives its id."""

    def finish(answer: Any) -> int:
        assert answer.status_code == 202, answer.text
        number: int = answer.json()["id"]
        finish_run(database, settings, number)
        return number

    return finish


@pytest.fixture
def known(client: TestClient, work: Any) -> int:
    """The import of two people whom the file names again."""
    return int(work(client.post("/api/imports", content=KNOWN, headers=CSV)))


@pytest.fixture
def plan(client: TestClient, work: Any, known: int) -> int:
    """A finished plan of the file."""
    return int(work(client.post("/api/imports?plan=true", content=FILE, headers=CSV)))


def find_leads(client: TestClient) -> list[dict[str, Any]]:
    leads: list[dict[str, Any]] = client.get("/api/leads").json()
    return [{name: lead[name] for name in ("name", "email", "phone", "status")} for lead in leads]


def test_a_plan_tells_what_would_become_of_every_row_and_changes_nothing(
    client: TestClient, plan: int
) -> None:
    before = find_leads(client)

    answer = client.get(f"/api/imports/{plan}/plan").json()
    run = client.get(f"/api/imports/{plan}").json()

    assert answer["state"] == "finished"
    assert answer["counts"] == {
        "created": 1,
        "updated": 1,
        "unchanged": 1,
        "duplicate": 1,
        "suppressed": 0,
        "rejected": 2,
    }
    assert (run["plan"], run["balanced"], run["plan_id"]) == (True, True, None)
    assert len(before) == 2
    assert [one["kind"] for one in answer["columns"]] == [
        *("name", "email", "phone", "company", "status")
    ]
    assert answer["columns"][2]["samples"] == ["+41 44 668 18 01", "030 1234567"]
    assert answer["reading"]["delimiter"] == ","


def test_each_row_of_a_plan_shows_the_fields_that_would_change(
    client: TestClient, plan: int, known: int
) -> None:
    first, second = client.get(f"/api/imports/{plan}/plan/rows?limit=2").json()
    created = client.get(f"/api/imports/{plan}/plan/rows?outcome=created").json()

    assert (first["outcome"], first["lead_id"]) == ("updated", 1)
    assert {"field": "company", "before": "Old Ltd", "after": "New Ltd"} in first["changes"]
    assert (second["outcome"], second["changes"]) == ("unchanged", [])
    assert [one["row"] for one in created] == [3]
    assert {"field": "name", "before": None, "after": "Cid Moe"} in created[0]["changes"]


def test_the_rows_of_a_plan_come_in_pages(client: TestClient, plan: int) -> None:
    page = client.get(f"/api/imports/{plan}/plan/rows?limit=4")
    rest = client.get(page.headers["Link"].partition("<")[2].partition(">")[0])

    assert [row["row"] for row in page.json()] == [1, 2, 3, 4]
    assert [row["row"] for row in rest.json()] == [5, 6]


def test_reasons_are_grouped_and_each_value_has_its_fix_once(client: TestClient, plan: int) -> None:
    reasons = client.get(f"/api/imports/{plan}/plan").json()["reasons"]

    values = {(reason["code"], one["value"]): one for reason in reasons for one in reason["values"]}
    assert values["unverified_phone", "030 1234567"]["rows"] == 2
    assert values["unverified_phone", "030 1234567"]["fix"]["replacement"] == "+49301234567"
    assert values["bad_email", "cid@gmial"]["fix"]["replacement"] == "cid@gmail.com"
    assert values["bad_email", "dora (at) example.org"]["fix"]["kind"] == "trim"
    assert values["unknown_status", "Warm"]["rows"] == 2
    assert "contacted" in values["unknown_status", "Warm"]["fix"]["choices"]


def test_fixes_are_taken_and_the_same_file_is_planned_again(
    client: TestClient, plan: int, work: Any
) -> None:
    reasons = client.get(f"/api/imports/{plan}/plan").json()["reasons"]
    fixes = [
        {
            "field": reason["field"],
            "value": one["value"],
            "replacement": one["fix"]["replacement"] or "contacted",
        }
        for reason in reasons
        for one in reason["values"]
        if one["fix"]
    ]

    again = work(client.post(f"/api/imports/{plan}/plan", json={"fixes": fixes}))

    answer = client.get(f"/api/imports/{again}/plan").json()
    assert answer["counts"]["rejected"] == 1
    assert [reason["code"] for reason in answer["reasons"]] == ["no_contact"]
    assert len(answer["fixes"]) == len(fixes)
    back = {**fixes[0], "replacement": fixes[0]["value"]}
    third = work(client.post(f"/api/imports/{again}/plan", json={"fixes": [back]}))
    assert len(client.get(f"/api/imports/{third}/plan").json()["fixes"]) == len(fixes) - 1


def test_a_plan_is_asked_for_with_other_columns_rules_reading_and_region(
    client: TestClient, plan: int, work: Any
) -> None:
    wanted = {
        "columns": {"Firma": "title"},
        "rules": {"company": "never"},
        "region": "DE",
        "source": "Messe",
    }

    again = work(client.post(f"/api/imports/{plan}/plan", json=wanted))
    other = work(client.post(f"/api/imports/{again}/plan", json={"reading": {"delimiter": ";"}}))

    answer = client.get(f"/api/imports/{again}/plan").json()
    kinds = {one["name"]: one["kind"] for one in answer["columns"]}
    assert (kinds["Firma"], kinds["E-Mail"]) == ("title", "email")
    assert (answer["region"], answer["source"]) == ("DE", "Messe")
    assert (answer["rules"]["company"], answer["rules"]["phone"]) == ("never", "overwrite")
    assert "unverified_phone" not in {reason["code"] for reason in answer["reasons"]}
    assert client.get(f"/api/imports/{other}").json()["params"]["dialect"]["delimiter"] == ";"


def test_applying_does_exactly_as_planned(
    client: TestClient, plan: int, work: Any, known: int
) -> None:
    told = client.get(f"/api/imports/{plan}/plan").json()
    rows = client.get(f"/api/imports/{plan}/plan/rows").json()

    done = work(client.post(f"/api/imports/{plan}/apply", json={"hash": told["hash"]}))

    run = client.get(f"/api/imports/{done}").json()
    assert (run["plan"], run["plan_id"], run["balanced"]) == (False, plan, True)
    assert {name: run[name] for name in told["counts"]} == told["counts"]
    became = client.get(f"/api/runs/{done}/rows").json()
    assert [(one["row"], one["outcome"]) for one in became] == [
        (one["row"], one["outcome"]) for one in rows
    ]
    assert client.get(f"/api/imports/{plan}/plan").json()["applied_by"] == [done]
    names = {lead["name"]: lead for lead in find_leads(client)}
    assert names.keys() == {"Ann Lee", "Bob Ray", "Cid Moe"}


def test_a_row_that_the_world_has_overtaken_is_left_out_and_told(
    client: TestClient, plan: int, work: Any
) -> None:
    told = client.get(f"/api/imports/{plan}/plan").json()
    client.delete("/api/leads/1")

    done = work(client.post(f"/api/imports/{plan}/apply", json={"hash": told["hash"]}))

    run = client.get(f"/api/imports/{done}").json()
    issues = client.get(f"/api/runs/{done}/issues?severity=error").json()
    assert (run["balanced"], run["updated"], run["created"]) == (True, 0, 1)
    assert 1 in [one["row"] for one in issues if one["code"] == "overtaken"]
    assert "Ann Lee" not in [lead["name"] for lead in find_leads(client)]


def test_another_hash_is_refused_with_both(client: TestClient, plan: int) -> None:
    told = client.get(f"/api/imports/{plan}/plan").json()

    answer = client.post(f"/api/imports/{plan}/apply", json={"hash": "0" * 64})

    assert answer.status_code == 409
    assert told["hash"] in answer.json()["detail"]
    assert "0" * 64 in answer.json()["detail"]


def test_what_is_no_finished_plan_cannot_be_applied(
    client: TestClient, plan: int, known: int
) -> None:
    waiting = client.post("/api/imports?plan=true", content=FILE, headers=CSV).json()["id"]
    body = {"hash": "0" * 64}

    assert client.post(f"/api/imports/{known}/apply", json=body).status_code == 409
    assert client.post(f"/api/imports/{known}/plan", json={}).status_code == 409
    unfinished = client.post(f"/api/imports/{waiting}/apply", json=body)
    assert (unfinished.status_code, "requested" in unfinished.json()["detail"]) == (409, True)
    assert client.get(f"/api/imports/{waiting}/plan").json()["hash"] is None
    assert client.get(f"/api/imports/{known}/plan").status_code == 404
    assert client.get("/api/imports/99/plan").status_code == 404


def test_a_plan_is_applied_once_however_often_it_is_asked(
    client: TestClient, plan: int, work: Any
) -> None:
    body = {"hash": client.get(f"/api/imports/{plan}/plan").json()["hash"]}
    headers = {"Idempotency-Key": "apply-1"}

    first = work(client.post(f"/api/imports/{plan}/apply", json=body, headers=headers))
    again = client.post(f"/api/imports/{plan}/apply", json=body, headers=headers)
    another = client.post(f"/api/imports/{plan}/apply", json=body)

    assert (again.status_code, again.json()["id"]) == (202, first)
    assert (another.status_code, str(first) in another.json()["detail"]) == (409, True)


def test_an_applied_plan_that_was_taken_back_can_be_applied_again(
    client: TestClient, plan: int, work: Any
) -> None:
    body = {"hash": client.get(f"/api/imports/{plan}/plan").json()["hash"]}
    first = work(client.post(f"/api/imports/{plan}/apply", json=body))
    operation = client.get(f"/api/imports/{first}").json()["operation_id"]
    assert client.post(f"/api/operations/{operation}/undo").status_code == 200

    second = work(client.post(f"/api/imports/{plan}/apply", json=body))

    assert client.get(f"/api/imports/{second}").json()["created"] == 1


def test_a_plan_is_no_operation_and_cannot_be_taken_back(client: TestClient, plan: int) -> None:
    run = client.get(f"/api/imports/{plan}").json()

    listed = client.get("/api/operations").json()
    answer = client.post(f"/api/operations/{run['operation_id']}/undo")

    assert run["operation_id"] not in [one["id"] for one in listed]
    assert (answer.status_code, "nothing was done" in answer.json()["detail"]) == (409, True)


@pytest.mark.parametrize(
    "wanted",
    [
        {"rules": {"phone": "sometimes"}},
        {"rules": {"shoe": "never"}},
        {"columns": {"Firma": "shoe"}},
        {"region": "Germany"},
        {"reading": {"header_row": -2}},
        {"colour": "red"},
    ],
)
def test_a_choice_that_cannot_be_is_refused(
    client: TestClient, plan: int, wanted: dict[str, Any]
) -> None:
    assert client.post(f"/api/imports/{plan}/plan", json=wanted).status_code == 422


def test_a_fix_of_no_field_is_refused(client: TestClient, plan: int) -> None:
    fix = {"field": "shoe", "value": "x", "replacement": "y"}

    answer = client.post(f"/api/imports/{plan}/plan", json={"fixes": [fix]})

    assert (answer.status_code, "shoe" in answer.json()["detail"]) == (409, True)


def test_an_upload_brings_its_rules_in_the_address_or_in_the_form(client: TestClient) -> None:
    rules = '{"phone": "never"}'
    by_address = client.post("/api/imports", params={"rules": rules}, content=FILE, headers=CSV)
    form = {"rules": rules, "plan": "true", "delimiter": "", "header_row": "0"}
    by_form = client.post("/api/imports", data=form, files={"file": ("a.csv", FILE.encode())})

    assert by_address.json()["params"]["rules"] == {"phone": "never"}
    assert by_form.json()["params"]["rules"] == {"phone": "never"}
    assert by_form.json()["params"]["reading"] == {"header_row": 0}
    assert by_form.json()["plan"] is True


def test_what_is_remembered_for_such_files_since_changes_no_plan(
    client: TestClient, plan: int, work: Any
) -> None:
    told = client.get(f"/api/imports/{plan}/plan").json()
    other = {"plan": "true", "columns": '{"Firma": "custom", "E-Mail": "custom"}'}
    work(client.post("/api/imports", params=other, content=FILE, headers=CSV))

    done = work(client.post(f"/api/imports/{plan}/apply", json={"hash": told["hash"]}))

    run = client.get(f"/api/imports/{done}").json()
    assert {name: run[name] for name in told["counts"]} == told["counts"]
