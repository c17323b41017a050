"""Markup for machines, as it is really published."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.entity import Entity
from pipeline.extract.markup import describe_markup
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.json_text import parse_tolerantly
from pipeline.extract.markup.jsonld import find_json_ld
from pipeline.extract.markup.microdata import find_microdata
from pipeline.extract.markup.microformats import find_microformats
from pipeline.extract.schema import read_contacts


def document(html: str) -> Document:
    return Document(LexborHTMLParser(html))


BROKEN = {
    "plain": '{"a": "b"}',
    "cdata": '//<![CDATA[\n{"a": "b"}\n//]]>',
    "comment markers": '<!--\n{"a": "b"}\n-->',
    "comment in words": '<!-- our data -->\n{"a": "b"}',
    "script comments": '{"a": "b", // the letter\n /* and\n more */ }',
    "trailing comma": '{"a": "b",}',
    "trailing comma in a list": '[{"a": "b"},]',
    "semicolon": '{"a": "b"};',
    "entities": "{&quot;a&quot;: &quot;b&quot;}",
    "tags around it": '<p>{"a": "b"}<br /></p>',
    "a variable": 'var data = {"a": "b"};',
    "something after it": '{"a": "b"} } done',
    "cut short": '{"a": "b", "c": "d',
    "cut short in a list": '[{"a": "b"}, ',
    "bad escapes": '{"\\a": "b"}',
    "byte order mark": '\ufeff{"a": "b"}',
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_publishers_break_is_mended(case: str) -> None:
    assert parse_tolerantly(BROKEN[case]) in ({"a": "b"}, [{"a": "b"}])


def test_a_line_break_in_a_string_is_taken() -> None:
    assert parse_tolerantly('{"a": "b\nc"}') == {"a": "b\nc"}


def test_half_a_character_becomes_a_mark_and_a_whole_one_stays() -> None:
    assert parse_tolerantly(r'{"a": "\ud83d!", "b": "\ud83d\ude00"}') == {"a": "\ufffd!", "b": "😀"}


def test_mending_leaves_strings_alone() -> None:
    text = '{"url": "https://a.example/*x*/", "b": "<!-- , ] -->", }'

    assert parse_tolerantly(text) == {"url": "https://a.example/*x*/", "b": "<!-- , ] -->"}


@pytest.mark.parametrize("text", ["", "var a = 1;", '{"a": }', "[" * 100_000, '"' + "\\" * 9])
def test_what_cannot_be_read_is_left_out(text: str) -> None:
    assert parse_tolerantly(text) is None


def _json_ld(text: str) -> list[Entity]:
    return find_json_ld(
        document(f'<script type="application/ld+json; charset=utf-8">{text}</script>')
    )


def test_references_lead_to_what_they_mean_even_in_circles() -> None:
    roots = _json_ld(
        """{"@graph": [{"@id": "#a", "@type": "Person", "name": "Ann", "email": "a@b.example",
        "worksFor": {"@id": "#f"}}, {"@id": "#f", "@type": "Organization", "name": "Firm",
        "email": "f@b.example", "employee": {"@id": "#a"}}]}"""
    )

    found = read_contacts(roots, "json-ld")

    assert [(one.name, one.get("company")) for one in found] == [("Ann", "Firm"), ("Firm", "Firm")]


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": ["Person", "Thing"], "name": "Ann", "email": "a@b.example"}',
        '{"@type": "http://schema.org/Person", "schema:name": {"@value": "A"}, "email": "a@b.cd"}',
        '[null, 7, {"x": {"@type": "Person", "givenName": "Ann", "email": "a@b.example"}}]',
    ],
)
def test_a_person_is_found_in_any_spelling(text: str) -> None:
    assert [one.name[0] for one in read_contacts(_json_ld(text), "json-ld")] == ["A"]


def test_contact_points_and_addresses_belong_to_the_organization() -> None:
    roots = _json_ld(
        """{"@type": "Organization", "name": "Firm", "contactPoint": [{"@type": "ContactPoint",
        "telephone": "+1 206 555 0100", "email": "help@firm.example"}], "address":
        {"@type": "PostalAddress", "addressLocality": "Seattle", "postalCode": 98101}}"""
    )

    firm = read_contacts(roots, "json-ld")[0]

    assert (list(firm.phones), list(firm.emails)) == (["+1 206 555 0100"], ["help@firm.example"])
    assert (firm.get("city"), firm.get("postcode")) == ("Seattle", "98101")


def test_articles_and_events_are_no_contacts() -> None:
    article = '{"@type": "Article", "name": "A", "email": "a@b.example"}'
    text = f'[{article}, {{"@type": "Event", "name": "E"}}]'

    assert read_contacts(_json_ld(text), "json-ld") == []


def test_microdata_keeps_things_within_things_apart() -> None:
    html = """<div itemscope itemtype="https://schema.org/LocalBusiness"><b itemprop="name">Firm</b>
      <div itemprop="employee" itemscope itemtype="https://schema.org/Person"><i itemprop="name">
      Ann</i><meta itemprop="email" content="a@b.example"></div>
      <a itemprop="url" href="https://firm.example/">Visit</a>
      <link itemprop="telephone" href="tel:+12065550100"></div>"""

    found = read_contacts(find_microdata(document(html)), "microdata")

    assert [(one.name, one.get("company"), list(one.phones)) for one in found] == [
        ("Firm", "Firm", ["+12065550100"]),
        ("Ann", "Firm", []),
    ]


def test_a_card_of_a_firm_is_an_organization() -> None:
    html = """<p class="vcard"><b class="fn org">Firm</b><i class="email">a@b.example</i></p>"""

    cards = read_contacts(find_microformats(document(html)), "h-card")

    assert [(one.kind, one.name) for one in cards] == [("organization", "Firm")]


def test_data_nested_beyond_telling_is_left_out() -> None:
    html = "".join(
        f'<script type="application/ld+json">{"[" * depth}{{"a": 1}}{"]" * depth}</script>'
        for depth in (1, 500)
    )

    assert describe_markup(LexborHTMLParser(html))["json-ld"] == [{"a": 1}]
