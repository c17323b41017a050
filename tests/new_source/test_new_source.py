"""A source begun from a page: what it finds, and that its files work as they are written."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.catalog.definitions import make_source
from pipeline.catalog.service import require_source
from pipeline.database.engine import Database
from pipeline.errors import Conflict, InvalidInput
from pipeline.fetch.response import Response
from pipeline.new_source.guess import guess_list
from pipeline.new_source.service import begin_source, declare, write_source
from pipeline.pages import Page, Params
from pipeline.records import RawRecord
from pipeline.settings import Settings
from tests.cli.conftest import Leads
from tests.cli.conftest import leads as leads  # noqa: PLC0414 - a fixture is found by its name
from tests.new_source import pages_of_lists as made
from tests.parts import ENVIRON
from tests.parts.sites import Site, open_site

ROOT = Path(__file__).parents[2]
URL = "https://harbour.example/list"
SHAPES = {
    "cards": (made.CARDS, {"name", "title", "email", "phone"}, made.NAMES),
    "plain": (made.PLAIN, {"name", "title", "email", "phone"}, made.NAMES),
    "table": (made.TABLE, {"company", "address", "email", "phone"}, made.COMPANIES),
    "results": (made.RESULTS, {"company", "address", "phone", "website"}, made.COMPANIES),
    "microdata": (made.MICRODATA, {"company", "email", "phone"}, made.COMPANIES),
    "unnamed": (made.UNNAMED, {"company", "address", "email", "phone"}, made.COMPANIES),
}


def answer(body: bytes, content_type: str = "text/html") -> Response:
    return Response(URL, URL, 200, {"content-type": content_type}, body)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the sources of this one, and its test of golden pages."""
    for name in ("scrapers", "tests/scrapers"):
        kept = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / "project" / name, ignore=kept)
    for name in ("pyproject.toml",):
        shutil.copy(ROOT / name, tmp_path / "project")
    return tmp_path / "project"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_is_read_whatever_its_shape(shape: str, project: Path) -> None:
    body, fields, names = SHAPES[shape]
    draft = begin_source("made_here", answer(body))

    written = write_source(draft, project)

    assert draft.guess is not None
    assert set(draft.guess.fields) == fields
    expected = json.loads(written.files[2].read_text())
    found = {record["fields"].get("name") or record["fields"]["company"]
             for record in expected["records"]}  # fmt: skip
    assert found == names
    assert written.records == len(names)
    if "email" in fields:
        assert all("@" in record["emails"][0] for record in expected["records"])


def test_the_declared_form_reads_the_same() -> None:
    for shape, (body, _, names) in SHAPES.items():
        definition = declare(begin_source(f"made_{shape}", answer(body)))
        source = make_source(definition)
        page: Page[Any] = Page(answer(body), source.read_params({}))
        records = [one for one in source.parse(page) if isinstance(one, RawRecord)]
        assert {one.fields.get("name") or one.fields["company"] for one in records} == names, shape


def test_what_is_written_passes_its_test_and_the_checks_as_it_is(project: Path) -> None:
    bodies = [body for body, *_ in SHAPES.values()]
    for number, body in enumerate([*bodies, made.NAMES_ONLY, made.CONTACT]):
        write_source(begin_source(f"made_{number}", answer(body)), project)

    for command in (
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
         "tests/scrapers/test_golden_pages.py"],
        [str(Path(sys.executable).parent / "ruff"), "check", "scrapers"],
        [str(Path(sys.executable).parent / "ruff"), "format", "--check", "scrapers"],
    ):  # fmt: skip
        done = subprocess.run(
            command, cwd=project, env={**ENVIRON, "PYTHONPATH": f"{project}:{ROOT}"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_further_pages_and_own_pages_are_found() -> None:
    results = begin_source("made_here", answer(made.RESULTS)).guess
    names_only = begin_source("made_here", answer(made.NAMES_ONLY)).guess

    assert results is not None
    assert results.next == 'a[rel~="next"]'
    assert names_only is not None
    assert names_only.detail == "h4 a"


def test_a_column_with_a_title_that_no_field_claims_is_kept_under_it() -> None:
    guess = begin_source("made_here", answer(made.TABLE)).guess

    assert guess is not None
    assert list(guess.custom) == ["Branch"]


def test_news_and_menus_are_no_list_of_people() -> None:
    draft = begin_source("made_here", answer(made.NEWS))

    assert (draft.guess, draft.contacts) == (None, 1)


def test_a_page_on_which_nothing_repeats_is_read_for_its_contacts(project: Path) -> None:
    draft = begin_source("made_here", answer(made.CONTACT))

    assert (draft.guess, draft.contacts) == (None, 1)
    assert write_source(draft, project).records == 1
    assert declare(draft).kind == "website"


@pytest.mark.parametrize(
    ("slug", "body", "content_type", "word"),
    [
        ("With-Dash", made.CARDS, "text/html", "slug"),
        ("made_here", made.NOTHING, "text/html", "names nobody"),
        ("made_here", b"{}", "application/json", "json_api"),
        ("made_here", b"", "text/html", "names nobody"),
    ],
)
def test_where_nothing_can_be_guessed_it_is_said(
    slug: str, body: bytes, content_type: str, word: str
) -> None:
    with pytest.raises(InvalidInput, match=word):
        begin_source(slug, answer(body, content_type))


def test_nothing_that_exists_is_overwritten(project: Path, tmp_path: Path) -> None:
    draft = begin_source("made_here", answer(made.CARDS))
    write_source(draft, project)

    with pytest.raises(Conflict, match="exists"):
        write_source(draft, project)
    with pytest.raises(Conflict, match="website"):
        begin_source("website", answer(made.CARDS))
    with pytest.raises(InvalidInput, match="scrapers"):
        write_source(draft, tmp_path)


def test_a_page_in_another_encoding_is_recorded_so_that_it_reads_the_same(project: Path) -> None:
    body = made.CARDS.replace(b"<meta charset=utf-8>", b"").replace(b"Ada Quill", b"Ad\xe8 Quill")
    response = answer(body, "text/html; charset=iso-8859-1")

    written = write_source(begin_source("made_here", response), project)

    assert "Adè Quill" in written.files[2].read_text("utf-8")


def test_elements_that_html_does_not_know_are_passed_by() -> None:
    body = made.CARDS.replace(b"<p ", b"<o:p ").replace(b"</p>", b"</o:p>")

    guess = begin_source("made_here", answer(body)).guess

    assert guess is not None
    assert guess.fields["name"].part.css == "h3.member__name"


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 30_000,
        b"<ul>" + b"<li><b>Ada Quill</b><p>x@y.example</p></li>" * 20_000,
        b"<p class='" + b"a " * 50_000 + b"'>Ada Quill",
        b"<table>" + b"<tr>" + b"<td>1</td>" * 200 + b"</tr>" * 300,
    ],
)
def test_no_page_takes_long(body: bytes) -> None:
    page: Page[Any] = Page(answer(body), Params())
    began = time.process_time()
    guess_list(page)
    assert time.process_time() - began < 10


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site({"/team": made.CARDS.decode()}) as opened:
        yield opened


@pytest.fixture
def settings(settings: Settings, site: Site) -> Settings:
    """Settings that let the site be fetched, at once."""
    allowed = {"fetch_allow": site.url.removeprefix("http://"), "fetch_delay_seconds": 0.0}
    return settings.model_copy(update=allowed)


@pytest.mark.usefixtures("sqlite_url")
def test_the_command_fetches_politely_writes_and_warns(
    leads: Leads, site: Site, project: Path
) -> None:
    told = leads("new-source", "tern_team", f"{site.url}/team", "--into", project)

    assert told.status == 0
    assert "5 entries match div.member." in told.out
    assert "personal data" in told.err
    assert site.paths() == ["/robots.txt", "/team"]
    assert (project / "scrapers" / "tern_team.py").is_file()


def test_the_command_declares_from_a_file_without_the_net(
    leads: Leads, site: Site, tmp_path: Path, database: Database
) -> None:
    saved = tmp_path / "saved.html"
    saved.write_bytes(made.CARDS)

    told = leads("new-source", "tern_team", URL, "--from", saved, "--declare", "--json")

    assert (told.status, site.requests) == (0, [])
    assert told.json["fields"]["name"] == "h3.member__name"
    with database.read() as db:
        assert require_source(db, "tern_team").title == "Team | Tern"
