"""``leads sources``: shown, tried, moved as files, forgotten."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.fetch.loop import fetch_loop
from pipeline.settings import Settings
from tests.cli.conftest import Leads
from tests.parts.sites import Site, open_site

FIRMS = """<ul><li class="firm"><h3>Tern</h3><b class="tel">01632 960101</b>
<a href="/tern">more</a></li><li class="firm"><h3>Knot</h3><a href="/knot">more</a></li></ul>"""
OWN = "<h1>Firm</h1><a class='mail' href='mailto:info@tern.example'>write</a>"


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site({"/firms": FIRMS, "/tern": OWN, "/knot": "<h1>Firm</h1>"}) as opened:
        yield opened


@pytest.fixture
def settings(settings: Settings, site: Site) -> Iterator[Settings]:
    """Settings that let the site be fetched, at once."""
    allowed = {"fetch_allow": site.url.removeprefix("http://"), "fetch_delay_seconds": 0.0}
    changed = settings.model_copy(update=allowed)
    yield changed
    fetch_loop(changed).close()
    fetch_loop.cache_clear()


@pytest.fixture
def declared(tmp_path: Path, site: Site) -> Path:
    """A file that declares a source on the site."""
    path = tmp_path / "harbour.toml"
    path.write_text(f"""
slug = "harbour"
title = "Harbour firms"
kind = "listing"
expects = [1, 9]
[params]
start = ["{site.url}/firms"]
item = "li.firm"
detail = "a"
region = "GB"
[params.fields]
company = "h3"
phone = ".tel"
[params.detail_fields]
email = "a.mail@href"
""")
    return path


@pytest.mark.usefixtures("database")
def test_a_source_is_imported_tried_run_exported_and_forgotten(
    leads: Leads, declared: Path, tmp_path: Path
) -> None:
    assert leads("sources", "import", declared, "--json").json == {"slug": "harbour", "version": 1}
    assert leads("sources", "import", declared).status == 2
    assert leads("sources", "import", declared, "--replace", "--json").json["version"] == 2
    assert "1 to 9" in leads("sources").out
    assert "li.firm" in leads("sources", "show", "harbour").out

    tried = leads("sources", "test", "harbour")
    assert tried.status == 0
    assert "phone    1 of 2" in tried.out
    assert leads("export", "--format", "jsonl").out == ""

    ran = leads("scrape", "--source", "harbour", "--json")
    assert (ran.status, ran.json["pages"], ran.json["read"]) == (0, 3, 2)
    assert (ran.json["created"], ran.json["rejected"]) == (1, 1)
    exported = leads("export", "--format", "jsonl").out
    assert '"info@tern.example"' in exported
    assert '"Tern"' in exported

    copy = tmp_path / "copy.json"
    assert leads("sources", "export", "harbour", "-o", copy).status == 0
    assert leads("sources", "remove", "harbour").status == 0
    assert leads("sources", "import", copy).status == 0


@pytest.mark.usefixtures("sqlite_url")
def test_a_file_is_tried_before_it_is_imported(leads: Leads, declared: Path) -> None:
    tried = leads("sources", "test", declared, "--json")

    pages = tried.json["pages"]
    assert (tried.status, tried.json["state"]) == (0, "finished")
    assert [len(page["records"]) for page in pages] == [0, 1, 1]
    assert pages[1]["records"][0]["phone"] == "01632 960101"
    assert leads("sources", "show", "harbour").status == 2


@pytest.mark.usefixtures("sqlite_url")
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("export", "website"), "Python"),
        (("remove", "nowhere"), "nowhere"),
        (("show", "nowhere"), "nowhere"),
        (("import", "no-such-file.toml"), "cannot be read"),
        (("test", "nowhere"), "nowhere"),
        (("test", "website"), "url"),
    ],
)
def test_what_cannot_be_done_is_said(leads: Leads, words: tuple[str, ...], reason: str) -> None:
    answer = leads("sources", *words)

    assert (answer.status, answer.out) == (2, "")
    assert reason in answer.err
