"""The documents name what exists: settings, commands, routes, files, figures."""

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest

from api.main import create_app
from pipeline.cli import COMMANDS, _build_parser
from pipeline.crawl import request_scrape
from pipeline.database.engine import Database
from pipeline.demo.sample_file import make_sample_file
from pipeline.demo.sample_site import serve_sample_site
from pipeline.records import Outcome
from pipeline.runs.models import Run
from pipeline.runs.service import require_run
from pipeline.settings import PREFIX, Settings
from pipeline.work import work_on_run
from tests.imports import import_text

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README", "ARCHITECTURE", "DECISIONS", "CONTRIBUTING", "CHANGELOG")
TEXTS = {name: (ROOT / f"{name}.md").read_text() for name in DOCUMENTS}
README = TEXTS["README"]
SETTING = re.compile(rf"^\| `{PREFIX}(\w+)` \| (?:`(.*?)` )?\| .+ \|$", re.MULTILINE)
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CALL = re.compile(r"`(GET|POST|PUT|DELETE) (/[\w/{}-]+)`")


def test_the_readme_names_every_setting_with_its_default() -> None:
    named = {f"{PREFIX}{name}": default for name, default in SETTING.findall(README)}
    assert {PREFIX + name.upper() for name in Settings.model_fields} == set(named)
    assert Settings.from_env(named) == Settings()


def test_every_leads_command_in_the_documents_is_understood() -> None:
    lines = [
        line
        for text in TEXTS.values()
        for block in SHELL.findall(text)
        for line in block.splitlines()
        if line.startswith("leads ")
    ]
    assert len(lines) > 8
    for line in lines:
        _build_parser().parse_args(shlex.split(line, comments=True)[1:])


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_named_in_passing_exists(document: str) -> None:
    for name in re.findall(r"`leads ([a-z]+(?:-[a-z]+)*)", TEXTS[document]):
        assert name in COMMANDS, name


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = re.findall(r"(?:^|`|; )make ([a-z]+)", TEXTS[document], re.MULTILINE)
    assert set(named) <= targets


def test_every_call_in_the_readme_is_answered() -> None:
    paths = create_app(Settings()).openapi()["paths"]
    calls = CALL.findall(README)
    assert len(calls) > 6
    for method, path in calls:
        assert method.lower() in paths[path], (method, path)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_is_named_exists(document: str) -> None:
    prose = re.sub(r"^```.*?^```$", "", TEXTS[document], flags=re.MULTILINE | re.DOTALL)
    prose = prose.partition("## Recipes")[0]
    roots = "pipeline|api|scrapers|workers|templates|tests"
    named = re.findall(rf"`((?:{roots})/[\w./-]*)`", prose)
    linked = re.findall(r"\]\(([\w./-]+)\)", prose)
    for path in (*named, *linked):
        assert (ROOT / path).exists(), path


def test_the_architecture_fits_on_three_screens_and_names_a_test_for_each_invariant() -> None:
    text = TEXTS["ARCHITECTURE"]
    assert len(text.splitlines()) < 210
    rows = text.partition("| what always holds |")[2].splitlines()[2:]
    assert len(rows) > 10
    for row in rows:
        tests = re.findall(r"`(tests/\S+\.py)`", row)
        assert tests, row
        assert all((ROOT / path).is_file() for path in tests), row


def test_the_architecture_shows_every_room() -> None:
    rooms = {
        path.name if path.is_file() else f"{path.name}/"
        for path in (ROOT / "pipeline").iterdir()
        if not path.name.startswith("__")
    }
    shown = re.findall(r"`(?:pipeline/)?([\w/]+(?:\.py|/))`", TEXTS["ARCHITECTURE"])
    assert rooms <= set(shown), rooms - set(shown)


def test_decisions_are_numbered_and_short() -> None:
    parts = re.split(r"^## (\d+)\. .+$", TEXTS["DECISIONS"], flags=re.MULTILINE)[1:]
    assert [int(number) for number in parts[::2]] == list(range(1, len(parts) // 2 + 1))
    for number, body in zip(parts[::2], parts[1::2], strict=True):
        assert len(body.strip().splitlines()) <= 12, number
        assert body.count("**Decision**") == body.count("**Consequence**") == 1, number


@pytest.mark.parametrize("document", DOCUMENTS)
def test_headings_go_down_one_level_at_a_time(document: str) -> None:
    prose = re.sub(r"^```.*?^```$", "", TEXTS[document], flags=re.MULTILINE | re.DOTALL)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_demonstration_makes_what_the_readme_shows(sqlite_url: str, settings: Settings) -> None:
    database = Database(sqlite_url)
    with serve_sample_site() as site:
        settings = settings.model_copy(
            update={"fetch_allow": site.host_and_port, "fetch_delay_seconds": 0.0}
        )
        file_run = import_text(database, settings, make_sample_file(), source="Trade fair")
        params = {"url": f"{site.url}/", "max_pages": 2 * len(site.pages)}
        with database.write() as db:
            site_run = request_scrape(db, "website", params).id
        while work_on_run(database, settings, site_run):
            pass
        with database.read() as db:
            runs = {"file": file_run, "site": require_run(db, site_run)}
    database.close()

    shown = re.findall(r"^(file|site) +([\d, ]+?) yes$", README, re.MULTILINE)
    assert {name: numbers.split() for name, numbers in shown} == {
        name: _numbers(run) for name, run in runs.items()
    }


def _numbers(run: Run) -> list[str]:
    return [f"{run.read:,}", *(f"{getattr(run, outcome):,}" for outcome in Outcome)]
