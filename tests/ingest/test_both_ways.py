"""The quick way in columns and the careful way row by row make the same of every row."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from pipeline import prepare
from pipeline.database.engine import Database
from pipeline.demo.sample_file import make_sample_file
from pipeline.fixes import FixTable
from pipeline.imports import ImportChoices
from pipeline.normalize.table import NO_ROWS
from pipeline.operations.models import Change
from pipeline.plans.models import PlannedChange
from pipeline.prepare import Prepared, Reading, prepare_rows
from pipeline.readers.delimited import BatchRows
from pipeline.readers.dialect import Dialect
from pipeline.readers.files import FilePlan
from pipeline.readers.mapping import Mapping
from pipeline.runs.models import Run
from pipeline.settings import Settings
from tests.imports import import_text

HEADER = (
    "Name",
    "First",
    "Mail",
    "Mail 2",
    "Phone",
    "Mobile",
    "Firm",
    "Web",
    "Land",
    "Stage",
    "Team",
)
KINDS = (
    *("name", "given_name", "email", "email", "phone", "phone"),
    *("company", "website", "country", "status", ""),
)
_NAMES = ("Ann Lee", "ANN LEE", " Béla  Novák", "e\u0301mile", "Zoë", "", "x" * 10_001, "a\x00b")
_MAILS = (
    "ann@x.com",
    "ANN@X.COM",
    "Info@Acme.COM",
    "a.b+c@gmail.com",
    "",
    "",
    "bo@y.org",
    "bo@gmial.com",
)
_ODD_MAILS = ("ann@x.com; bo@y.com", "Ann <ann@x.com>", "n/a", "ann@x", "ü@x.de", "ann@x.test", " ")
_PHONES = (
    "+1 415 555 2671",
    "(415) 555-2671",
    "+49 30 901820",
    "030 901820",
    "",
    "",
    "+442079460018",
)
_ODD_PHONES = ("030 12", "+1 415 555 2671 x12", "1234567890", "00493090182000", "=1+1", "none", "'")
_WORDS = ("Acme, Inc.", "株式会社", "", "a\tb", "a\nb", "\u200bAnn", '"quoted"', "back\\slash", "x")
_SITES = ("acme.com", "https://Acme.com/", "", "www.a-b.co.uk", "http://", "ann@x.com", "a b")
_LANDS = ("Germany", "US", "", "Atlantis", "gb")
_STAGES = ("new", "Qualified", "", "nonsense", "kontaktiert")
CELLS = st.tuples(
    st.sampled_from(_NAMES),
    st.sampled_from(("", "", "Ann", " bo ")),
    st.sampled_from((*_MAILS, *_MAILS, *_ODD_MAILS)),
    st.sampled_from(("", "", *_MAILS, *_ODD_MAILS)),
    st.sampled_from((*_PHONES, *_PHONES, *_ODD_PHONES)),
    st.sampled_from(("", "", *_PHONES, *_ODD_PHONES)),
    st.sampled_from(_WORDS),
    st.sampled_from(_SITES),
    st.sampled_from(_LANDS),
    st.sampled_from(_STAGES),
    st.sampled_from(_WORDS),
).map(list)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings by which leads stay as they are written: matching has tests of its own."""
    return settings.model_copy(update={"matching": "off"})


def _reading(region: str = "US", fixes: FixTable | None = None) -> Reading:
    plan = FilePlan("utf-8", Dialect(","), Mapping(HEADER, KINDS))
    return Reading(plan, "CSV import", region, fixes or FixTable())


def _one_by_one(rows: BatchRows, reading: Reading) -> list[Prepared]:
    batch = prepare_rows(rows, reading)
    table = [batch.table.prepared(index) for index in range(len(batch.table))]
    return sorted([*batch.others, *table], key=lambda one: one.record.row)


def _carefully(work: Callable[[], Any], patch: pytest.MonkeyPatch) -> Any:
    with patch.context() as careful:
        careful.setattr(prepare, "normalize_table", lambda *_, **__: NO_ROWS)
        return work()


@hypothesis_settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(CELLS, max_size=20))
def test_a_plain_row_is_what_the_careful_way_makes_of_it(
    monkeypatch: pytest.MonkeyPatch, cells: list[list[str]]
) -> None:
    rows, reading = BatchRows(1, cells, {}), _reading("DE")

    quickly = _one_by_one(rows, reading)
    carefully = _carefully(lambda: _one_by_one(rows, reading), monkeypatch)

    assert quickly == carefully


def test_ordinary_rows_go_the_quick_way() -> None:
    ordinary = [
        "Ann Lee",
        "",
        "ann@x.com",
        "",
        "+1 415 555 2671",
        "",
        "Acme",
        "acme.com",
        "US",
        "new",
    ]
    doubtful = ["Bo Lee", "", "bo@x", "", "", "", "", "", "", ""]
    batch = prepare_rows(
        BatchRows(7, [[*ordinary, "A"], [*doubtful, "B"], [*ordinary, "C"]], {}), _reading()
    )

    assert list(batch.table.row) == [7, 9]
    assert [one.record.row for one in batch.others] == [8]


def test_a_fix_holds_on_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    fixes = FixTable([("email", "ann@x", "ann@x.com"), ("status", "nonsense", "qualified")])
    cells = ["Ann Lee", "", "ann@x", "", "", "", "", "", "", "nonsense", ""]
    rows, reading = BatchRows(1, [cells], {}), _reading(fixes=fixes)

    (quickly,) = _one_by_one(rows, reading)
    (carefully,) = _carefully(lambda: _one_by_one(rows, reading), monkeypatch)

    assert quickly == carefully
    assert (quickly.record.email, quickly.record.status) == ("ann@x.com", "qualified")
    assert quickly.record.raw["Mail"] == "ann@x"


def test_a_messy_file_makes_the_same_leads_on_both_ways(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = make_sample_file()
    settings = settings.model_copy(update={"batch_rows": 300})

    quickly = _dump(database, import_text(database, settings, content))
    _forget(database)
    carefully = _carefully(
        lambda: _dump(database, import_text(database, settings, content)), monkeypatch
    )

    assert quickly == carefully


@pytest.mark.parametrize("batch_rows", [37, 2_000])
def test_a_plan_says_of_every_row_what_an_import_then_does(
    database: Database, settings: Settings, batch_rows: int
) -> None:
    lines = make_sample_file().decode("cp1252").splitlines(keepends=True)
    earlier, later = lines[:700], [lines[0], *lines[400:1_100]]
    settings = settings.model_copy(update={"batch_rows": batch_rows})
    import_text(database, settings, "".join(earlier))

    plan = import_text(database, settings, "".join(later), choices=ImportChoices(plan=True))
    before = _dump(database, plan)
    run = import_text(database, settings, "".join(later))

    assert {**_counts(plan)} == {**_counts(run)}
    assert before["outcomes"] == _dump(database, run)["outcomes"]
    assert _planned(database, plan) == _changed(database, run)


def _counts(run: Run) -> dict[str, int]:
    names = ("read", "created", "updated", "unchanged", "duplicate", "suppressed", "rejected")
    return {name: getattr(run, name) for name in names}


def _dump(database: Database, run: Run) -> dict[str, list[tuple[Any, ...]]]:
    queries = {
        "leads": (
            "SELECT name, email, phone, status, source, company, title, website, phone_verified,"
            " CAST(other_emails AS TEXT), CAST(other_phones AS TEXT), CAST(custom AS TEXT), version"
            " FROM leads ORDER BY id"
        ),
        "keys": "SELECT key, name FROM lead_keys JOIN leads ON id = lead_id ORDER BY key, lead_id",
        "sightings": "SELECT row, digest, CAST(raw AS TEXT) FROM sightings ORDER BY row, digest",
        "outcomes": f"SELECT row, outcome FROM outcomes WHERE run_id = {run.id} ORDER BY row",
        "issues": f"SELECT row, code, value, field FROM issues WHERE run_id = {run.id} ORDER BY id",
    }
    with database.read() as db:
        return {name: [tuple(row) for row in db.execute(text(q))] for name, q in queries.items()}


def _forget(database: Database) -> None:
    with database.write() as db:
        for table in ("leads", "lead_keys", "sightings", "changes"):
            db.execute(text(f"DELETE FROM {table}"))


def _planned(database: Database, plan: Run) -> dict[int, set[str]]:
    """Give for each known lead the fields that the plan's rows would change."""
    fields: dict[int, set[str]] = {}
    with database.read() as db:
        for change in db.scalars(select(PlannedChange).where(PlannedChange.run_id == plan.id)):
            fields.setdefault(change.lead_id, set()).update(change.after)
    return fields


def _changed(database: Database, run: Run) -> dict[int, set[str]]:
    fields: dict[int, set[str]] = {}
    with database.read() as db:
        mine = Change.operation_id == run.operation_id, Change.action == "update"
        for change in db.scalars(select(Change).where(*mine)):
            created = select(Change.id).where(
                Change.operation_id == run.operation_id,
                Change.lead_id == change.lead_id,
                Change.action == "create",
            )
            if db.scalar(created) is None:
                names = {name for name in change.after or {} if name != "origins"}
                fields.setdefault(change.lead_id, set()).update(names)
    return fields
