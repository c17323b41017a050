"""``leads extract`` reads contacts off any page, and stores nothing."""

import json
from pathlib import Path

import pytest

from pipeline.cli import run
from pipeline.settings import Settings
from tests.cli.conftest import Leads
from tests.parts.sites import open_site

PAGE = """<html lang="en-GB"><head><title>People | Tern Ltd</title>
<link rel="canonical" href="https://www.tern.example/people"></head><body>
<ul><li><h3>Ann Lee</h3><p>Head of Sales</p><p>Tel: 020 7946 0101, fax: 020 7946 0109</p>
<a href="mailto:ann.lee@tern.example">write</a></li>
<li><h3>Bo Grün</h3><p>Buyer</p><p>bo.gruen [at] tern.example</p></li></ul>
<footer>Call us: +44 20 7946 0100</footer></body></html>"""
KEYS = {
    *("kind", "name", "title", "company", "emails", "phones", "address", "website", "evidence"),
}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page saved in an encoding of its own."""
    path = tmp_path / "people.html"
    head = '<head><meta charset="windows-1252">'
    path.write_bytes(PAGE.replace("<head>", head).encode("cp1252"))
    return path


def test_a_page_is_told_as_records_addresses_and_numbers(leads: Leads, page: Path) -> None:
    told = leads("extract", page, "--json").json

    assert set(told) == {"records", "emails", "phones"}
    assert told["emails"] == ["ann.lee@tern.example"]
    assert told["phones"] == ["020 7946 0101", "+44 20 7946 0100"]
    ann, firm = told["records"]
    assert set(ann) == KEYS
    assert (ann["kind"], ann["name"], ann["title"]) == ("person", "Ann Lee", "Head of Sales")
    assert (ann["emails"], ann["phones"]) == (["ann.lee@tern.example"], ["020 7946 0101"])
    assert (ann["company"], firm["kind"], firm["name"]) == ("Tern Ltd", "organization", "Tern Ltd")


def test_each_value_comes_with_its_evidence(leads: Leads, page: Path) -> None:
    told = leads("extract", page, "--json", "--url", "https://tern.example/p").json

    evidence = {one["field"]: one for one in told["records"][0]["evidence"]}
    assert evidence["phone"]["value"] == "+442079460101"
    assert evidence["phone"]["published"] == "020 7946 0101"
    assert evidence["email"]["method"] == "mailto + domain"
    assert evidence["email"]["url"] == "https://tern.example/p"
    assert evidence["email"]["selector"].endswith("a:nth-of-type(1)")
    assert evidence["email"]["confidence"] > evidence["phone"]["confidence"] > 0


def test_what_is_hidden_is_read_only_when_asked_for(leads: Leads, page: Path) -> None:
    bo = leads("extract", page, "--json", "--decode", "at,cloudflare").json["records"][1]

    assert (bo["name"], bo["emails"]) == ("Bo Grün", ["bo.gruen@tern.example"])
    assert [one["obfuscated"] for one in bo["evidence"] if one["field"] == "email"] == [True]
    assert leads("extract", page, "--decode", "magic").status == 2


def test_several_pages_are_a_line_each(leads: Leads, page: Path) -> None:
    lines = leads("extract", page, page, "--json").out.splitlines()

    assert [json.loads(line)["emails"] for line in lines] == [["ann.lee@tern.example"]] * 2


def test_people_get_a_listing(leads: Leads, page: Path) -> None:
    out = leads("extract", page).out

    assert "person: Ann Lee, Head of Sales, Tern Ltd\n  ann.lee@tern.example\n" in out
    assert "all phones: 020 7946 0101, +44 20 7946 0100" in out


def test_markup_can_be_shown_as_it_is(leads: Leads, page: Path) -> None:
    assert leads("extract", page, "--markup").json["json-ld"] == []


def test_a_page_that_is_not_there_is_refused(leads: Leads, tmp_path: Path) -> None:
    answer = leads("extract", tmp_path / "none.html", "--json")

    assert (answer.status, "cannot be read" in answer.json["error"]) == (2, True)


def test_a_url_is_asked_for_as_a_guest_should(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    robots = "User-agent: *\nDisallow: /private"
    with open_site({"/people": PAGE, "/private": PAGE, "/robots.txt": robots}) as site:
        place = site.url.removeprefix("http://")
        changes = {"fetch_allow": place, "fetch_delay_seconds": 0.0}
        environ = settings.model_copy(update=changes).to_env()
        allowed = run(["extract", f"{site.url}/people", "--json"], environ)
        told = json.loads(capsys.readouterr().out)
        refused = run(["extract", f"{site.url}/private", "--json"], environ)

    assert (allowed, refused) == (0, 1)
    assert told["records"][0]["name"] == "Ann Lee"
    assert told["records"][0]["evidence"][0]["url"] == f"{site.url}/people"
