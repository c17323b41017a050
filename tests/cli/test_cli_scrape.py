"""``leads scrape``, ``sources`` and ``schedules`` against a site on this machine."""

from collections.abc import Iterator

import pytest

from pipeline.cli import run
from pipeline.settings import Settings
from tests.cli.conftest import Answer, Leads
from tests.parts.sites import Site, open_site

HOME = """<html><head><title>Example Ltd</title></head><body><h1>Example Ltd</h1>
<a href="mailto:hello@example.com">Write to us</a> <a href="/team">Team</a></body></html>"""
LISTING = """<html><body><ul>
<li class="member"><h3>Ann Example</h3><a href="mailto:ann@example.com">ann@example.com</a></li>
<li class="member"><h3>Bob Sample</h3><a href="mailto:bob@example.com">bob@example.com</a></li>
</ul></body></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    """A small site; its second page is gone."""
    with open_site({"/": HOME, "/members": LISTING}) as opened:
        yield opened


@pytest.fixture
def scraper(site: Site, settings: Settings, capsys: pytest.CaptureFixture[str]) -> Leads:
    """Call ``leads`` with the leave to fetch from the site."""
    place = site.url.removeprefix("http://")
    changes = {"fetch_allow": place, "fetch_delay_seconds": 0.0}
    environ = settings.model_copy(update=changes).to_env()

    def call(*argv: str) -> Answer:
        return Answer(run(argv, environ), *capsys.readouterr())

    return call


@pytest.mark.usefixtures("database")
def test_a_site_becomes_leads_and_its_pages_are_counted(scraper: Leads, site: Site) -> None:
    answer = scraper("scrape", f"{site.url}/", "--json")

    document = answer.json
    assert (answer.status, document["state"]) == (0, "finished")
    assert document["created"] >= 1
    assert (document["pages"] >= 1, document["failed"]) == (True, 1)
    assert "hello@example.com" in scraper("export").out


@pytest.mark.usefixtures("sqlite_url")
def test_a_directory_is_read_as_its_params_say(scraper: Leads, site: Site) -> None:
    params = ("item=li.member", "fields.name=h3", "fields.email=a")
    words = [word for param in params for word in ("--param", param)]

    answer = scraper("scrape", f"{site.url}/members", "--source", "listing", *words, "--json")

    assert (answer.status, answer.json["created"]) == (0, 2)


@pytest.mark.usefixtures("sqlite_url")
def test_a_private_address_is_not_fetched(leads: Leads, site: Site) -> None:
    leads("scrape", f"{site.url}/", "--json")

    assert site.requests == []


@pytest.mark.usefixtures("sqlite_url")
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("https://example.com/", "--source", "nothing"), "There is no source 'nothing'"),
        (("ftp://example.com/",), "Only http and https"),
        ((), "url: Field required"),
        (("https://example.com/", "--param", "max_pages"), "NAME=VALUE"),
        (("https://example.com/", "--param", "max_pages=many"), "max_pages"),
        (("https://example.com/", "--param", "url=x"), "given twice"),
        (("https://example.com/", "--param", "region=[1"), "begins like JSON"),
    ],
)
def test_a_source_that_cannot_do_so_is_refused(
    leads: Leads, words: tuple[str, ...], reason: str
) -> None:
    answer = leads("scrape", *words)

    assert (answer.status, answer.out) == (2, "")
    assert reason in answer.err
    assert leads("runs", "--json").json == []


def test_sources_name_what_they_can_be_told(leads: Leads) -> None:
    answer = leads("sources", "--json")

    sources = {one["slug"]: one for one in answer.json["sources"]}
    assert (answer.status, answer.json["broken"]) == (0, [])
    assert "url" in sources["website"]["required"]
    assert "max_pages" in leads("sources").out


@pytest.mark.usefixtures("database")
def test_a_schedule_is_added_listed_and_removed(leads: Leads) -> None:
    when = ("--cron", "0 6 * * 1-5", "--timezone", "Europe/Zurich")

    added = leads("schedules", "add", "website", "--url", "https://example.com/", *when, "--json")

    assert (added.status, added.json["params"]) == (0, {"url": "https://example.com/"})
    assert "every weekday at 06:00, Europe/Zurich" in leads("schedules", "list").out
    assert leads("schedules", "remove", 1).status == 0
    assert leads("schedules", "list").out == "There are no schedules.\n"


@pytest.mark.usefixtures("sqlite_url")
@pytest.mark.parametrize(
    "when", [("--cron", "not a cron"), ("--every", "0"), ("--cron", "* * * * *", "--timezone", "x")]
)
def test_a_schedule_that_means_nothing_is_refused(leads: Leads, when: tuple[str, ...]) -> None:
    answer = leads("schedules", "add", "website", "--url", "https://example.com/", *when)

    assert (answer.status, answer.err.count("\n")) == (2, 1)
