"""Microdata by the rules of the HTML standard, and what publishers mean where they miss them."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.markup.describe import describe_microdata
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.microdata import find_microdata

BASE = "https://tern.example/team/"


def document(html: str) -> Document:
    return Document(LexborHTMLParser(html), BASE)


def properties(html: str) -> object:
    return describe_microdata(document(f"<div itemscope>{html}</div>"))[0].get("properties")


VALUES = {
    "<b itemprop=x>plain <i>text</i></b>": "plain text",
    "<meta itemprop=x content=c>": "c",
    "<a itemprop=x href='../a'>text</a>": "https://tern.example/a",
    "<area itemprop=x href=a>": "https://tern.example/team/a",
    "<link itemprop=x href='mailto:a@b.example'>": "mailto:a@b.example",
    "<a itemprop=x>no address</a>": "",
    "<img itemprop=x src=' a.png '>": "https://tern.example/team/a.png",
    "<iframe itemprop=x src=a></iframe>": "https://tern.example/team/a",
    "<video itemprop=x src=a></video>": "https://tern.example/team/a",
    "<object itemprop=x data=a></object>": "https://tern.example/team/a",
    "<data itemprop=x value=7>seven</data>": "7",
    "<meter itemprop=x value=3 max=5>three</meter>": "3",
    "<time itemprop=x datetime=2026-11-23>today</time>": "2026-11-23",
    "<time itemprop=x>2026-11-23</time>": "2026-11-23",
    "<b itemprop=x content=stated>shown</b>": "stated",
    "<b itemprop=x><script>no()</script>seen<style>p{}</style></b>": "seen",
    "<div itemprop=x>one<p>two</p>three, <b>four</b>!</div>": "one\n\ntwo\n\nthree, four!",
}


@pytest.mark.parametrize("html", VALUES)
def test_every_element_says_its_value_its_own_way(html: str) -> None:
    assert properties(html) == {"x": VALUES[html]}


def test_one_element_may_be_several_properties() -> None:
    assert properties("<b itemprop='name legalName'>Tern</b>") == {
        "name": "Tern",
        "legalName": "Tern",
    }


def test_values_of_one_property_are_listed_in_order() -> None:
    assert properties("<b itemprop=a>1</b><b itemprop=a>2</b>") == {"a": ["1", "2"]}


def test_things_within_things_keep_their_own() -> None:
    html = """<div itemscope itemtype="https://schema.org/Organization" itemid=" urn:x ">
      <b itemprop=name>Tern</b><p itemprop=employee itemscope itemtype="a b">
      <b itemprop=name>Ann</b></p><b itemprop=vatID>7</b></div>"""

    assert describe_microdata(document(html)) == [
        {
            "type": "https://schema.org/Organization",
            "id": "urn:x",
            "properties": {
                "name": "Tern",
                "employee": {"type": ["a", "b"], "properties": {"name": "Ann"}},
                "vatID": "7",
            },
        }
    ]


def test_a_thing_takes_in_what_it_refers_to_after_its_own() -> None:
    html = """<p id=where><i itemprop=city>Ghent</i><i itemprop=name>Quay</i></p>
      <div itemscope itemref="where gone where person"><b itemprop=name>Tern</b></div>
      <div id=person itemprop=employee itemscope><b itemprop=name>Ann</b></div>"""

    assert describe_microdata(document(html)) == [
        {
            "properties": {
                "name": ["Tern", "Quay"],
                "city": "Ghent",
                "employee": {"properties": {"name": "Ann"}},
            }
        }
    ]


def test_references_in_a_ring_end() -> None:
    html = """<div itemscope id=a itemref=b><b itemprop=name>A</b></div>
      <div id=b><i itemprop=x>1</i><p itemprop=y itemscope itemref=b></p></div>"""

    assert describe_microdata(document(html))


def test_what_stands_in_no_thing_is_no_property() -> None:
    assert describe_microdata(document("<b itemprop=name>Ann</b>")) == []


def test_a_field_of_an_action_says_what_it_wants() -> None:
    assert properties("<input itemprop=query-input name=q required>") == {
        "query-input": {"valueRequired": True, "valueName": "q"}
    }


def test_a_link_around_a_name_says_the_name_and_one_to_a_mailbox_the_address() -> None:
    html = """<div itemscope itemtype="//schema.org/Person"><a itemprop=name href=/ann>Ann</a>
      <a itemprop=email href="mailto:a@b.example">write</a><img itemprop=jobTitle alt=CEO src=x>
      <a itemprop=url href=/ann>more</a></div>"""

    ann = find_microdata(document(html))[0]

    assert ann.types == {"person"}
    assert (ann.text("name"), ann.text("jobTitle")) == ("Ann", "CEO")
    assert (ann.text("email"), ann.text("url")) == (
        "mailto:a@b.example",
        "https://tern.example/ann",
    )
