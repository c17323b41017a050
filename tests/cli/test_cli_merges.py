"""``leads merge`` and ``leads split``, on both databases."""

from pathlib import Path

import pytest

from pipeline.database.engine import Database
from pipeline.leads.values import snapshot
from tests.cli.conftest import Leads
from tests.imports import find_leads

PEOPLE = "name,email\nAnn Lee,ann@acme-tools.com\nZoe Zed,zoe@other-works.com\n"


@pytest.fixture
def ids(leads: Leads, tmp_path: Path, database: Database) -> list[int]:
    """Two leads."""
    (tmp_path / "two.csv").write_text(PEOPLE)
    leads("import", tmp_path / "two.csv")
    with database.read() as db:
        return [lead.id for lead in find_leads(db)]


def test_leads_are_merged_split_and_merged_again(
    leads: Leads, ids: list[int], database: Database
) -> None:
    with database.read() as db:
        before = [snapshot(lead) for lead in find_leads(db)]

    merged = leads("merge", *ids)
    assert merged.status == 0
    assert f"leads split {ids[1]}" in merged.out
    with database.read() as db:
        assert [lead.id for lead in find_leads(db)] == ids[:1]

    split = leads("split", ids[1], "--json").json
    assert (split["lead"], split["from"]) == (ids[1], ids[0])
    with database.read() as db:
        assert [snapshot(lead) for lead in find_leads(db)] == before

    assert "taken back" in leads("undo", split["operation"]).out
    with database.read() as db:
        assert [lead.id for lead in find_leads(db)] == ids[:1]


def test_what_cannot_be_merged_or_split_is_refused(leads: Leads, ids: list[int]) -> None:
    assert leads("split", ids[0]).status == 2
    assert leads("merge", ids[0], ids[0]).status == 2
    assert leads("merge", ids[0], 999).status == 2
