"""RDFa told as expanded JSON-LD, and as things with values."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.markup import describe_markup
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.triples import find_rdfa

BASE = "https://tern.example/team"
SCHEMA = "http://schema.org/"


def told(html: str) -> object:
    return describe_markup(LexborHTMLParser(html), BASE)["rdfa"]


def test_a_thing_has_a_type_texts_and_links() -> None:
    html = """<div vocab="http://schema.org/" typeof="Person"><b property="name">Ann</b>
      <a property="email" href="mailto:a@b.example">write</a></div>"""

    assert told(html) == [
        {
            "@id": BASE,
            "http://www.w3.org/ns/rdfa#usesVocabulary": [{"@id": SCHEMA}],
        },
        {
            "@id": "_:b1",
            "@type": [f"{SCHEMA}Person"],
            f"{SCHEMA}name": [{"@value": "Ann"}],
            f"{SCHEMA}email": [{"@id": "mailto:a@b.example"}],
        },
    ]


STATEMENTS: dict[str, object] = {
    '<b property="dc:title"> A  b </b>': {"@value": " A  b "},
    '<b property="dc:title" content="c">a</b>': {"@value": "c"},
    '<b property="dc:title" datatype="xsd:date" content="7">a</b>': {
        "@value": "7",
        "@type": "http://www.w3.org/2001/XMLSchema#date",
    },
    '<time property="dc:title" datetime="2026">a</time>': {"@value": "2026"},
    '<div xml:lang="nl"><b property="dc:title">a</b></div>': {"@value": "a", "@language": "nl"},
    '<a property="dc:title" href="x">a</a>': {"@id": "https://tern.example/x"},
    '<b property="dc:title" resource="#x">a</b>': {"@id": f"{BASE}#x"},
    '<b property="dc:title" resource="[foaf:x]">a</b>': {"@id": "http://xmlns.com/foaf/0.1/x"},
    '<a rel="dc:title" href="x">a</a>': {"@id": "https://tern.example/x"},
    '<p rel="dc:title"><b about="#x"><i property="dc:a"></i></b></p>': {"@id": f"{BASE}#x"},
}


@pytest.mark.parametrize("html", STATEMENTS)
def test_a_value_is_a_text_or_a_link(html: str) -> None:
    page = told(html)

    assert isinstance(page, list)
    found = next(one for one in page if one["@id"] == BASE)
    assert found["http://purl.org/dc/terms/title"] == [STATEMENTS[html]]


def test_names_without_a_meaning_say_nothing() -> None:
    assert told('<b property="name">a</b><a rel="nofollow" href="x">b</a>') == []


def test_a_relation_may_be_turned_round() -> None:
    assert told('<p about="#a"><a rev="foaf:knows" href="#b">x</a></p>') == [
        {"@id": f"{BASE}#b", "http://xmlns.com/foaf/0.1/knows": [{"@id": f"{BASE}#a"}]}
    ]


def test_a_page_may_declare_its_own_prefixes() -> None:
    html = (
        '<html xmlns:a="http://a.example/"><p prefix="b: http://b.example/"><i property="a:x b:y">1'
    )

    assert told(html) == [
        {
            "@id": BASE,
            "http://a.example/x": [{"@value": "1"}],
            "http://b.example/y": [{"@value": "1"}],
        }
    ]


def test_things_lead_to_each_other() -> None:
    html = """<div vocab="https://schema.org/" typeof="Organization" resource="#tern">
      <b property="name">Tern</b><p property="employee" typeof="Person"><i property="name">Ann</i>
      <i property="worksFor" resource="#tern"></i></p></div>"""

    firm = find_rdfa(Document(LexborHTMLParser(html), BASE))

    tern = next(one for one in firm if one.types == {"organization"})
    ann = tern.entities("employee")[0]
    assert (tern.text("name"), ann.text("name"), ann.text("worksFor")) == ("Tern", "Ann", "Tern")
