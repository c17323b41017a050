"""Sources declared as data: kept, changed, listed beside the others, and moved as files."""

import tomllib
from pathlib import Path
from typing import Any

import orjson
import pytest

from pipeline.catalog.definitions import Definition, read_definition
from pipeline.catalog.models import DeclaredSource
from pipeline.catalog.service import (
    change_source,
    declare_source,
    definition_of,
    find_sources,
    remove_source,
    require_source,
)
from pipeline.catalog.source_files import read_file, write_file
from pipeline.crawl import check_params
from pipeline.database.engine import Database
from pipeline.errors import Conflict, InvalidInput, SourceBroken, SourceNotFound
from pipeline.sources import Link
from tests.sources.packages import MODULE, install

PARAMS: dict[str, Any] = {
    "start": ["https://harbour.example/firms?page={page}"],
    "item": "li.firm",
    "fields": {"company": "h3", "phone": 'b[title="Tel"] =~ Tel: (.+)'},
    "max_pages": 40,
}


def make(**changes: Any) -> Definition:
    values = {"slug": "harbour", "title": "Harbour firms", "kind": "listing", "params": PARAMS}
    return read_definition({**values, **changes})


def test_a_declared_source_is_a_source_like_any_other(database: Database) -> None:
    with database.write("ann") as db:
        declare_source(db, make(expects=[1, 9]))

    with database.read() as db:
        source = require_source(db, "harbour")
        params, links = check_params(db, "harbour", {})
    assert (source.slug, source.title, source.expects) == ("harbour", "Harbour firms", (1, 9))
    assert links == [Link("https://harbour.example/firms?page=1")]
    assert params.max_pages == 40


def test_a_run_may_be_told_otherwise_within_the_same_bounds(database: Database) -> None:
    with database.write() as db:
        declare_source(db, make())
        source = require_source(db, "harbour")

    assert source.read_params({"max_pages": 5}).max_pages == 5
    assert source.read_params({}).max_pages == 40
    with pytest.raises(InvalidInput, match="max_pages"):
        source.read_params({"max_pages": 0})
    with pytest.raises(InvalidInput, match="item"):
        source.read_params({"item": "li["})


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"slug": "With-Dash"}, "slug"),
        ({"title": " "}, "title"),
        ({"homepage": "javascript:x"}, "homepage"),
        ({"kind": "magic"}, "magic"),
        ({"params": {**PARAMS, "color": "red"}}, "color"),
        ({"params": {**PARAMS, "item": "li["}}, "CSS"),
        ({"params": {**PARAMS, "fields": {"company": "h3 =~ ("}}}, "pattern"),
        ({"params": {**PARAMS, "fields": {"nickname": "h3"}}}, "nickname"),
        ({"params": {**PARAMS, "start": ["ftp://harbour.example/"]}}, "http"),
        ({"expects": [9, 1]}, "expects"),
        ({"title": "a\x00b"}, "title"),
        ({"params": {**PARAMS, "region": "\ud800"}}, "half a character"),
        ({"extra": 1}, "extra"),
    ],
)
def test_what_could_not_run_is_refused_and_named(
    database: Database, changes: dict[str, Any], word: str
) -> None:
    with pytest.raises(InvalidInput, match=word), database.write() as db:
        declare_source(db, make(**changes))

    with database.read() as db:
        assert db.get(DeclaredSource, "harbour") is None


def test_a_slug_belongs_to_one_source(database: Database) -> None:
    with database.write() as db:
        declare_source(db, make())

    for slug in ("harbour", "website", "new"):
        with pytest.raises(Conflict, match=slug), database.write() as db:
            declare_source(db, make(slug=slug))


def test_of_two_who_edit_at_once_the_second_is_told(database: Database) -> None:
    with database.write() as db:
        declare_source(db, make())
        change_source(db, "harbour", make(title="First"), version=1)

    with pytest.raises(Conflict, match="version 2"), database.write() as db:
        change_source(db, "harbour", make(title="Second"), version=1)
    with pytest.raises(Conflict, match="version 2"), database.write() as db:
        remove_source(db, "harbour", version=1)
    with database.read() as db:
        assert require_source(db, "harbour").title == "First"


def test_a_source_keeps_its_slug_and_goes_when_it_is_removed(database: Database) -> None:
    with database.write() as db:
        declare_source(db, make())
    with pytest.raises(InvalidInput, match="slug"), database.write() as db:
        change_source(db, "harbour", make(slug="haven"))
    with pytest.raises(Conflict, match="Python"), database.write() as db:
        remove_source(db, "website")

    with database.write() as db:
        remove_source(db, "harbour")

    with database.read() as db, pytest.raises(SourceNotFound, match="website"):
        require_source(db, "harbour")


def test_one_that_no_longer_works_is_listed_with_the_reason(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.write() as db:
        declare_source(db, make())
        db.get_one(DeclaredSource, "harbour").params = {"item": "li"}
    install(tmp_path, "broken_sources", {}, entry="no_such_package")
    monkeypatch.syspath_prepend(str(tmp_path))

    with database.read() as db:
        found = {one.slug: one for one in find_sources(db)}
        with pytest.raises(SourceBroken, match="start"):
            require_source(db, "harbour")

    assert "start" in found["harbour"].problem
    assert found["harbour"].source is None
    assert "no_such_package" in found["no_such_package"].problem
    assert found["website"].problem == ""


def test_a_source_in_python_of_the_same_slug_runs_instead(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.write() as db:
        declare_source(db, make())
    install(tmp_path, "later_sources", {"harbour": MODULE.format(slug="harbour")})
    monkeypatch.syspath_prepend(str(tmp_path))

    with database.read() as db:
        assert require_source(db, "harbour").title == "Theirs"
        problems = [one.problem for one in find_sources(db) if one.declared]
    assert "later_sources" in problems[0]


@pytest.mark.parametrize("form", ["json", "toml"])
def test_a_file_brings_a_source_back_exactly(database: Database, form: Any) -> None:
    quirks = {'a "b"': "h3", "Straße\\1": "p =~ \\d+ \u007f"}
    definition = make(expects=[0, 7], params={**PARAMS, "custom": quirks})
    with database.write() as db:
        kept = definition_of(declare_source(db, definition))

    body = write_file(kept, form)

    assert read_file(body) == definition
    loads = tomllib.loads if form == "toml" else orjson.loads
    assert loads(body.decode())["params"]["custom"] == quirks


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[x", b"{" * 5_000, b'slug = "x"'])
def test_a_file_that_declares_nothing_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidInput):
        read_file(body)
