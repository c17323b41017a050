"""Meta elements and links: Open Graph, business data, authors, Dublin Core, business cards."""

from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.entity import Entity
from pipeline.extract.markup import describe_markup, find_card_links
from pipeline.extract.markup.document import Document
from pipeline.extract.markup.meta import find_meta


def things(html: str) -> list[Entity]:
    return find_meta(Document(LexborHTMLParser(f"<head>{html}</head>")))


def meta(**values: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">'
        for name, value in values.items()
    )


def test_open_graph_is_told_with_its_namespaces_in_the_order_published() -> None:
    html = "<html prefix='x: http://x.example/'><head>" + meta(
        og__title="A", x__y="1", og__image="a", z__q="2", og__image_="b"
    )

    assert describe_markup(LexborHTMLParser(html))["opengraph"] == [
        {
            "namespace": {"x": "http://x.example/", "og": "http://ogp.me/ns#"},
            "properties": [["og:title", "A"], ["x:y", "1"], ["og:image", "a"], ["og:image_", "b"]],
        }
    ]
    assert describe_markup(LexborHTMLParser("<p>"))["opengraph"] == []


def test_business_data_describes_an_organization() -> None:
    firm = things(
        meta(
            og__site_name="Tern",
            business__contact_data__email="a@b.example",
            business__contact_data__phone_number="+12065550100",
            business__contact_data__street_address="1 Quay",
            business__contact_data__locality="Ghent",
        )
    )[0]

    assert firm.types == {"organization"}
    assert (firm.text("name"), firm.text("email")) == ("Tern", "a@b.example")
    assert (firm.text("streetAddress"), firm.text("addressLocality")) == ("1 Quay", "Ghent")


def test_the_place_of_an_event_is_not_that_of_the_site() -> None:
    firm = things(meta(og__type="event", og__site_name="Tern", og__locality="Ghent"))[0]

    assert (firm.text("name"), firm.text("addressLocality")) == ("Tern", "")


def test_a_profile_describes_a_person_and_an_author_is_one() -> None:
    html = meta(profile__first_name="Ann", profile__last_name="Lee")

    people = things(f'{html}<meta name="author" content="Bo Ray">')

    assert [sorted(one.values) for one in people] == [["familyName", "givenName"], ["name"]]


def test_an_author_may_be_only_linked_to() -> None:
    author = things(meta(article__author="https://x.example/ann"))[0]

    assert (author.text("name"), author.text("url")) == ("", "https://x.example/ann")


def test_dublin_core_is_told_by_elements_and_terms() -> None:
    html = """<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">
      <meta name="DC.creator" content="Ann"><meta name="DCTERMS.issued" content="2026">"""

    assert describe_markup(LexborHTMLParser(html))["dublincore"] == [
        {
            "namespaces": {"DC": "http://purl.org/dc/elements/1.1/"},
            "elements": [
                {
                    "name": "DC.creator",
                    "content": "Ann",
                    "URI": "http://purl.org/dc/elements/1.1/creator",
                }
            ],
            "terms": [
                {
                    "name": "DCTERMS.issued",
                    "content": "2026",
                    "URI": "http://purl.org/dc/terms/issued",
                }
            ],
        }
    ]


def test_business_cards_that_a_page_links_to_are_found_once() -> None:
    html = """<a href="/ann.VCF?x=1">card</a><a href="/ann.VCF?x=1">again</a>
      <link type="text/vcard" href="card"><a href="/vcf">no</a>"""

    found = find_card_links(LexborHTMLParser(html), "https://tern.example/a/")

    assert found == ["https://tern.example/ann.VCF?x=1", "https://tern.example/a/card"]
