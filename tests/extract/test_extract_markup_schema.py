"""From markup to people and organizations."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.contact import Contact
from pipeline.extract.markup import describe_place, find_entities
from pipeline.extract.schema import read_contacts


def contacts(html: str, *, every: bool = False) -> list[Contact]:
    page = LexborHTMLParser(html)
    return [
        contact
        for entities, method in find_entities(page, "https://tern.example/")
        for contact in read_contacts(entities, method, every=every)
    ]


def json_ld(**thing: object) -> list[Contact]:
    return contacts(f'<script type="application/ld+json">{json.dumps(thing)}</script>')


def told(contact: Contact) -> dict[str, object]:
    values: dict[str, object] = {name: value for name, (value, _) in contact.values.items()}
    return {
        **values,
        **({"emails": list(contact.emails)} if contact.emails else {}),
        **({"phones": list(contact.phones)} if contact.phones else {}),
    }


ANN = {"name": "Ann Lee", "title": "CEO", "company": "Tern", "emails": ["ann@tern.example"]}
SAME: dict[str, str] = {
    "JSON-LD": """<script type="application/ld+json">{"@type": "Person", "name": "Ann Lee",
      "jobTitle": "CEO", "worksFor": {"name": "Tern"}, "email": "mailto:ann@tern.example"}
      </script>""",
    "microdata": """<p itemscope itemtype="http://schema.org/Person"><b itemprop=name>Ann Lee</b>
      <i itemprop=jobTitle>CEO</i> <i itemprop=worksFor>Tern</i>
      <a itemprop=email href="mailto:ann@tern.example?subject=x">write</a></p>""",
    "RDFa": """<p vocab="http://schema.org/" typeof="Person"><b property=name>Ann Lee</b>
      <i property=jobTitle>CEO</i> <i property=worksFor>Tern</i>
      <a property=email href="mailto:ann@tern.example">write</a></p>""",
    "FOAF": """<p typeof="foaf:Person"><b property="foaf:name">Ann Lee</b>
      <i property="vcard:title">CEO</i> <i property="vcard:org">Tern</i>
      <a rel="foaf:mbox" href="mailto:ann@tern.example">write</a></p>""",
    "h-card": """<p class=h-card><b class=p-name>Ann Lee</b> <i class=p-job-title>CEO</i>
      <i class=p-org>Tern</i> <a class=u-email href="mailto:ann@tern.example">write</a></p>""",
    "hCard": """<p class=vcard><b class=fn>Ann Lee</b> <i class=title>CEO</i>
      <i class=org>Tern</i> <a class=email href="mailto:ann@tern.example">write</a></p>""",
}


@pytest.mark.parametrize("kind", SAME)
def test_one_person_in_any_markup_is_the_same(kind: str) -> None:
    assert [told(one) for one in contacts(SAME[kind])] == [ANN]


def test_an_organization_has_addresses_a_place_and_a_site() -> None:
    firm = json_ld(
        **{"@context": "https://schema.org", "@type": ["Store", "Organization"]},
        name="Tern &amp; Sons",
        url="https://tern.example/",
        telephone=["+1 206 555 0100", "tel:+12065550101"],
        contactPoint={
            "@type": "ContactPoint",
            "email": "help@tern.example",
            "faxNumber": "7777777",
        },
        address={
            "@type": "PostalAddress",
            "streetAddress": ["1 Quay"],
            "addressLocality": "Ghent",
            "postalCode": 9000,
            "addressCountry": {"@type": "Country", "name": "BE"},
        },
    )

    assert [told(one) for one in firm] == [
        {
            "name": "Tern & Sons",
            "company": "Tern & Sons",
            "emails": ["help@tern.example"],
            "phones": ["+1 206 555 0100", "+12065550101"],
            "website": "https://tern.example/",
            "address": "1 Quay",
            "city": "Ghent",
            "postcode": "9000",
            "country": "BE",
        }
    ]


@pytest.mark.parametrize("relation", ["employee", "founder", "member", "department", "owner"])
def test_who_belongs_to_an_organization_works_there(relation: str) -> None:
    ann = {"@type": "Person", "name": "Ann", "email": "a@b.example"}

    people = json_ld(**{"@type": "Organization"}, name="Tern", **{relation: [ann]})

    assert [(one.name, one.get("company")) for one in people] == [("Ann", "Tern")]


def test_a_role_between_the_two_names_the_title() -> None:
    role = {"@type": "OrganizationRole", "roleName": "CEO", "worksFor": {"name": "Tern"}}

    ann = json_ld(**{"@type": "Person"}, name="Ann", email="a@b.example", worksFor=role)[0]

    assert (ann.get("title"), ann.get("company")) == ("CEO", "Tern")


def test_a_member_in_a_role_keeps_title_and_company() -> None:
    ann = {"@type": "Person", "name": "Ann", "email": "a@b.example"}
    role = {"@type": "Role", "roleName": "CEO", "employee": ann}

    people = json_ld(**{"@type": "Organization"}, name="Tern", employee=role)

    assert [(one.name, one.get("title")) for one in people] == [("Ann", "CEO")]


def test_the_author_of_an_article_is_a_person_of_no_company() -> None:
    author = {"@type": "Person", "name": "Ann", "email": "a@b.example"}

    found = json_ld(**{"@type": "Article"}, name="News", author=author)

    assert [told(one) for one in found] == [{"name": "Ann", "emails": ["a@b.example"]}]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("a@b.example, c@d.example", ["a@b.example", "c@d.example"]),
        ("Ann <a@b.example>", ["a@b.example"]),
        ("mailto:a%2Bx@b.example?subject=Hi", ["a+x@b.example"]),
        ("@tern", []),
        ("none", []),
    ],
)
def test_addresses_are_taken_out_of_what_is_said(said: str, read: list[str]) -> None:
    found = json_ld(**{"@type": "Person"}, name="Ann", email=said, telephone="206 555 0100")

    assert list(found[0].emails) == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Tel. +1 206 555 0100", ["+1 206 555 0100"]),
        ("Fax: +1 206 555 0100", []),
        ("206 555 0100 / 206 555 0101", ["206 555 0100", "206 555 0101"]),
        ("(206) 555-0100 ext. 7", ["(206) 555-0100 ext. 7"]),
        ("(206) 555-0100(206) 555-0101", ["(206) 555-0100", "(206) 555-0101"]),
        ("0", []),
    ],
)
def test_numbers_are_taken_out_of_what_is_said(said: str, read: list[str]) -> None:
    found = json_ld(**{"@type": "Person"}, name="Ann", email="a@b.example", telephone=said)

    assert list(found[0].phones) == read


def test_a_number_of_a_card_that_is_a_fax_is_none() -> None:
    html = """<p class=vcard><b class=fn>Ann</b><i class=tel><i class=type>Fax</i>
      <i class=value>206 555 0100</i></i><i class=tel>206 555 0101</i></p>"""

    assert [list(one.phones) for one in contacts(html)] == [["206 555 0101"]]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ann Lee", "person"),
        ("Tern Harbour Hotel", "organization"),
        ("Tern GmbH", "organization"),
        ("ann", "person"),
    ],
)
def test_a_card_with_a_place_is_of_a_firm_unless_it_is_named_like_a_person(
    name: str, kind: str
) -> None:
    html = f"""<p class=vcard><b class=fn>{name}</b> <i class=tel>206 555 0100</i>
      <i class=adr><i class=locality>Ghent</i></i></p>"""

    assert [(one.name, one.kind) for one in contacts(html)] == [(name, kind)]


@pytest.mark.parametrize(
    ("kinds", "title", "kind"),
    [
        ("RealEstateAgent", "", "organization"),
        ("RealEstateAgent", "Broker", "person"),
        ("TeamMember", "Broker", "person"),
        ("Organization", "Broker", "organization"),
    ],
)
def test_who_has_a_title_is_a_person_unless_said_to_be_a_firm(
    kinds: str, title: str, kind: str
) -> None:
    thing = {"@type": kinds, "name": "Ann Lee", "email": "a@b.example", "jobTitle": title}

    found = json_ld(**{name: value for name, value in thing.items() if value})

    assert [one.kind for one in found] == [kind]


def test_a_card_that_another_works_for_is_of_a_firm() -> None:
    html = """<p class=h-card><b class=p-name>Ann Lee</b><a class=u-email>a@b.example</a>
      <i class="p-org h-card"><b class=p-name>Tern</b><i class=p-tel>206 555 0100</i></i></p>"""

    found = [(one.kind, one.name, one.get("company")) for one in contacts(html)]

    assert found == [("person", "Ann Lee", "Tern"), ("organization", "Tern", "Tern")]


def test_who_acts_for_a_person_is_not_employed_by_them() -> None:
    html = """<p class=vcard><b class=fn>Ann Lee</b><i class="agent vcard"><b class=fn>Bo Ray</b>
      <i class=tel>206 555 0100</i></i></p>"""

    assert [(one.name, one.get("company")) for one in contacts(html)] == [("Bo Ray", "")]


def test_who_cannot_be_reached_is_given_only_when_asked_for() -> None:
    html = "<p class=h-card>Ann Lee</p>"

    assert contacts(html) == []
    assert [one.name for one in contacts(html, every=True)] == ["Ann Lee"]


def test_words_of_a_context_are_understood() -> None:
    found = json_ld(
        **{"@context": {"s": "https://schema.org/", "who": "s:name", "mail": {"@id": "s:email"}}},
        **{"@type": "s:Person"},
        who={"@value": "Ann"},
        mail={"@list": ["a@b.example"]},
    )

    assert [told(one) for one in found] == [{"name": "Ann", "emails": ["a@b.example"]}]


def test_statements_of_several_scripts_about_one_thing_are_one() -> None:
    html = "".join(
        f'<script type="application/ld+json">{{"@id": "{name}", {rest}}}</script>'
        for name, rest in (
            ("#ann", '"@type": "Person", "name": "Ann"'),
            ("https://tern.example/#ann", '"email": "a@b.example"'),
        )
    )

    assert [told(one) for one in contacts(html)] == [{"name": "Ann", "emails": ["a@b.example"]}]


def test_every_value_tells_where_it_stood() -> None:
    html = """<p>first</p><div id=team><p class=h-card><b class=p-name>Ann</b>
      <a class=u-email href="mailto:a@b.example">x</a></p></div>
      <script type="application/ld+json">
      [{"@type": "Person", "name": "Bo", "email": ["b@c.example"]}]</script>"""

    places = {
        value: describe_place(place)
        for contact in contacts(html)
        for value, place in contact.places.items()
        if "@" in value
    }

    assert places == {
        "a@b.example": "#team > p:nth-of-type(1) > a:nth-of-type(1)",
        "b@c.example": "script 1/0/email/0",
    }
