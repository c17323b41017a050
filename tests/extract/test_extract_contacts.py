"""What becomes of the contacts of a page, however the page publishes them."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.contact import Contact
from pipeline.extract.contacts import read_page

PERSON = ("person", "Ann Lee", ["ann.lee@tern.example"], ["+44 1632 960101"])


def read(html: str, host: str = "tern.example", region: str = "GB") -> list[Contact]:
    page = LexborHTMLParser(html)
    return [*read_page(page, url=f"https://{host}/", region=region).contacts]


def shape(contact: Contact) -> tuple[str, str, list[str], list[str]]:
    return (contact.kind, contact.name, list(contact.emails), list(contact.phones))


WAYS = {
    "json-ld": """<script type="application/ld+json">{"@type": "Person", "name": "Ann Lee",
        "email": "mailto:ann.lee@tern.example", "telephone": "+44 1632 960101"}</script>""",
    "microdata": """<div itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ann Lee
        </b><a itemprop="email" href="mailto:ann.lee@tern.example">mail</a>
        <i itemprop="telephone">+44 1632 960101</i></div>""",
    "h-card": """<div class="h-card"><b class="p-name">Ann Lee</b> <i class="p-tel">+44 1632 960101
        </i><a class="u-email" href="mailto:ann.lee@tern.example">mail</a></div>""",
    "hcard": """<div class="vcard"><b class="fn">Ann Lee</b> <i class="tel">+44 1632 960101</i>
        <i class="email">ann.lee@tern.example</i></div>""",
    "links": """<div><h3>Ann Lee</h3><a href="mailto:ann.lee%40tern.example?subject=x">mail</a>
        <a href="tel:+44%201632%20960101">call</a></div>""",
    "text": """<p><b>Ann Lee</b><br>Tel.: +44 1632 960101<br>E-mail: ann.lee@tern.example</p>""",
    "table": """<table><tr><th>Contact</th><td>Ann Lee</td></tr><tr><th>Phone</th>
        <td>+44 1632 960101</td></tr><tr><th>E-mail</th><td>ann.lee@tern.example</td></tr>
        </table>""",
    "entities": """<p>Ann Lee, call +44 1632 960101 or write to
        &#97;nn.lee&#64;tern.example</p>""",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_person_is_found_however_published(way: str) -> None:
    assert [shape(contact) for contact in read(WAYS[way])] == [PERSON]


def test_all_ways_on_one_page_are_one_person() -> None:
    contacts = read("".join(WAYS.values()))

    assert [contact.name for contact in contacts] == ["Ann Lee"]
    assert list(contacts[0].emails) == ["ann.lee@tern.example"]
    assert list(contacts[0].phones) == ["+44 1632 960101"]


def test_every_value_says_how_it_was_found_and_how_far_it_is_believed() -> None:
    page = LexborHTMLParser(
        WAYS["json-ld"] + '<p id="a"><a href="mailto:ann.lee@tern.example">x</a>'
    )
    reading = read_page(page, url="https://tern.example/", region="GB")

    assert [one.line() for one in reading.evidence(reading.contacts[0])] == [
        "name: json-ld, script 1/name, 0.85",
        "ann.lee@tern.example: mailto + json-ld + domain, script 1/email, 0.99",
        "+44 1632 960101: json-ld, script 1/telephone, 0.85",
    ]


def test_an_organization_takes_what_nobody_claims() -> None:
    html = """<script type="application/ld+json">{"@graph": [{"@type": "Dentist", "name": "Tern",
        "telephone": "01632 960100"}]}</script><a href="mailto:info@tern.example">mail</a>"""

    assert [shape(one) for one in read(html)] == [
        ("organization", "Tern", ["info@tern.example"], ["01632 960100"])
    ]


def test_the_chrome_of_a_page_gives_one_record() -> None:
    html = """<title>News | Tern Ltd</title>
        <nav><a href="mailto:info@tern.example">Mail Us</a></nav>
        <h2>Latest News</h2><h2>Customer Service</h2><p>Call Our Team on 020 7946 0100</p>
        <footer>Sales: sales@tern.example, Head Office: 020 7946 0100</footer>"""

    assert [shape(one) for one in read(html)] == [
        ("organization", "Tern Ltd", ["info@tern.example", "sales@tern.example"], ["020 7946 0100"])
    ]


def test_a_page_without_contacts_gives_nothing() -> None:
    html = """<title>Tern</title><h1>Ann Lee</h1><p>Order 1234567890, 2026-11-22, logo@2x.png,
        version 1.2.3.4, price 1,234,567.00</p><script>var a = "x@y.example"</script>"""

    assert read(html) == []


def test_people_know_their_company() -> None:
    graph = """<script type="application/ld+json">{"@graph": [
        {"@type": "Organization", "@id": "#o", "name": "Tern Ltd"},
        {"@type": "Person", "name": "Ann Lee", "email": "a@b.example", "worksFor": {"@id": "#o"}},
        {"@type": "LocalBusiness", "name": "Knot", "employee":
            {"@type": "Person", "name": "Bo Li", "jobTitle": "Cook", "email": "b@b.example"}}]}
        </script>"""

    assert [(one.name, one.get("company"), one.get("title")) for one in read(graph)] == [
        ("Ann Lee", "Tern Ltd", ""),
        ("Bo Li", "Knot", "Cook"),
    ]


def test_a_company_is_known_by_the_domain_of_the_address() -> None:
    html = """<h1>Members</h1><h2>Knot &amp; Daughters</h2><p><b>Ann Lee</b>, Owner<br>
        ann@knot.example</p>"""

    assert read(html)[0].get("company") == "Knot & Daughters"


def test_a_title_and_a_company_in_one_line_are_parted() -> None:
    contact = read("<p><b>Ann Lee</b>, Head of Sales, Knot Ltd<br>ann@mail.example</p>")[0]

    assert (contact.get("title"), contact.get("company")) == ("Head of Sales", "Knot Ltd")


def test_fax_numbers_are_no_phones() -> None:
    html = """<p>Tel 01632 960101, Fax: 01632 960102</p><p>Facsimile</p><p>01632 960103</p>
        <p>01632 960104 (fax)</p>"""

    assert list(read(html)[0].phones) == ["01632 960101"]


def test_a_number_that_is_announced_counts_though_it_is_odd() -> None:
    assert list(read("<p>Phone: 999 0000 111</p><p>9990000222</p>")[0].phones) == ["999 0000 111"]


def test_hidden_addresses_are_left_hidden() -> None:
    assert read("<p>ann [at] tern [dot] example</p><a data-cfemail='0a'>x</a>") == []


def test_ten_people_of_one_page_are_ten_records() -> None:
    names = ["Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo"]
    cards = [
        f"<li><h3>{name} Quill</h3><p>Surveyor</p>{name.lower()}.quill@tern.example</li>"
        for name in names
    ]

    assert [one.name for one in read(f"<ul>{''.join(cards)}</ul>")] == [
        f"{name} Quill" for name in names
    ]
