"""Feeds, files and vCards on the web: whole ones, broken ones, and those behind a page."""

import gzip
import time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from pipeline.errors import InvalidInput, UnexpectedPage
from pipeline.sources import load_sources
from tests.scrapers.reading import read

URL = "https://harbour.example/feed"
FEED = {"url": URL}
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Tides</title>
<link rel="next" href="?page=2"/><author><name>Ada Quill</name><email>ada@tides.example</email>
<uri>https://ada.example/</uri></author>
<entry><title>One</title><link href="/one"/><content type="xhtml"><div><h3>Cy Teal</h3>
<p>Chief Pilot</p><a href="mailto:cy.teal@pilots.example">write</a></div></content></entry>
</feed>"""
RDF = """<rdf:RDF xmlns:rdf="x" xmlns:dc="y"><channel><title>Old</title></channel>
<item rdf:about="/one"><dc:creator>Bo Ray &lt;bo@old.example&gt;</dc:creator></item></rdf:RDF>"""


def test_an_atom_feed_gives_its_authors_its_contacts_and_its_pages() -> None:
    records, links = read("feed", ATOM, {**FEED, "follow": True}, url=URL)

    ada = records[0]
    assert ada.fields == {
        "name": "Ada Quill",
        "company": "Tides",
        "website": "https://ada.example/",
    }
    assert ada.emails == ["ada@tides.example"]
    assert [record.emails for record in records[1:]] == [["cy.teal@pilots.example"]]
    assert [link.url for link in links] == [
        "https://harbour.example/one",
        "https://harbour.example/feed?page=2",
    ]


def test_the_oldest_form_of_rss_is_read_as_well() -> None:
    (bo,), links = read("feed", RDF, {**FEED, "follow": True}, url=URL)

    assert (bo.fields["name"], bo.emails) == ("Bo Ray", ["bo@old.example"])
    assert [link.url for link in links] == ["https://harbour.example/one"]


def test_a_page_leads_to_the_feed_that_it_names() -> None:
    page = '<link rel="alternate" type="application/rss+xml" href="/rss">'

    assert read("feed", page, FEED)[1][0].url == "https://harbour.example/rss"
    with pytest.raises(UnexpectedPage, match="no feed"):
        read("feed", "<p>Nothing</p>", FEED)


@pytest.mark.parametrize(
    "dirt",
    [
        "<rss" + "<a" * 200_000,
        "<rss>" + "<item>" * 100_000,
        "<rss><item><author>" + "a" * 500_000,
        "<rss>" + "&amp;" * 200_000,
        "<rss><![CDATA[" * 50_000,
        "<rss>" + "<a b='" * 100_000,
        "<rss><x " + "a" * 300_000 + ">",
        "<rss>" + "<a></b>" * 60_000,
        "<feed><entry><content>" + "(<" * 200_000,
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss><title>&b;</title>',
    ],
)
def test_no_feed_takes_long_however_broken(dirt: str) -> None:
    began = time.process_time()
    read("feed", dirt, FEED, url=URL)
    assert time.process_time() - began < 5


def workbook(path: Path) -> bytes:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Firm", "E-Mail"])
        sheet.write_row(1, 0, ["Tern & Sons", "info@tern.example"])
    return path.read_bytes()


def test_a_workbook_and_a_packed_file_are_read_as_imports_are(tmp_path: Path) -> None:
    packed = gzip.compress(b"Firm;E-Mail\nTern & Sons;info@tern.example\n")
    for body in (workbook(tmp_path / "firms.xlsx"), packed):
        (tern,), _ = read("remote_file", body, {"url": URL}, url=URL, headers=OCTETS)
        assert (tern.fields, tern.emails) == ({"company": "Tern & Sons"}, ["info@tern.example"])
        assert tern.url == URL


OCTETS = {"content-type": "application/octet-stream"}


def test_what_a_column_holds_can_be_told() -> None:
    body = b"X,Y\nTern,info@tern.example\n"
    params: dict[str, Any] = {"url": URL, "columns": {"X": "company", "Y": "ignore"}}

    (tern,), _ = read("remote_file", body, params, url=URL, headers=OCTETS)

    assert (tern.fields, tern.emails) == ({"company": "Tern"}, [])
    with pytest.raises(InvalidInput, match="columns"):
        load_sources().require("remote_file").read_params({"url": URL, "columns": {"X": "magic"}})


def test_a_page_leads_to_the_file_that_a_rule_names() -> None:
    params = {"url": URL, "link": "a.csv"}
    page = '<a class="csv" href="/2026.csv">2026</a> <a class="csv" href="/2025.csv">2025</a>'

    assert [link.url for link in read("remote_file", page, params)[1]] == [
        "https://harbour.example/2026.csv"
    ]
    with pytest.raises(UnexpectedPage, match=r"a\.csv"):
        read("remote_file", "<p>Gone</p>", params)


@pytest.mark.parametrize(
    "body", [b"", b"\x00\x01\x02" * 500, b"PK\x03\x04broken", b"\x1f\x8bbroken"]
)
def test_a_file_that_is_no_table_is_told_of(body: bytes) -> None:
    with pytest.raises(UnexpectedPage, match="cannot be read"):
        read("remote_file", body, {"url": URL}, url=URL, headers=OCTETS)


def test_a_page_leads_to_its_business_cards() -> None:
    page = '<a href="/ada.vcf">Ada</a> <a href="/bo?format=vcard">Bo</a> <a href="/x">x</a>'

    _, links = read("vcard", page, {"url": URL})

    assert [link.url.rpartition("/")[2] for link in links] == ["ada.vcf", "bo?format=vcard"]
    with pytest.raises(UnexpectedPage, match="vCard"):
        read("vcard", "<p>None</p>", {"url": URL})
