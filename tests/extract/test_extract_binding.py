"""Names, titles, addresses and numbers find to each other in whatever way a page is laid out."""

from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.contact import Contact
from pipeline.extract.contacts import read_page

# An address that is the whole name, part of it, a nickname, initials, and a desk's.
PEOPLE = [
    ("Maria Gonzalez", "Sales Director", "maria.gonzalez@tern.example", "206-555-0101"),
    ("Thandeka Mkhize", "Export Manager", "thandeka@tern.example", "206-555-0102"),
    ("Robert Smith", "Chief Engineer", "bob@tern.example", "206-555-0103"),
    ("Li Wei", "Buyer", "lwei@tern.example", "206-555-0104"),
    ("Aoife O'Sullivan", "Partner", "aos@tern.example", "206-555-0105"),
    ("Jan van der Berg", "Account Manager", "j.vandenberg@tern.example", "206-555-0106"),
    ("Zsófia Kovács", "Accountant", "kovacs.zs@tern.example", "206-555-0108"),
    ("Priya Raghunathan", "HR Lead", "jobs@tern.example", "206-555-0107"),
]
FULL: dict[str, tuple[str, str, str]] = {
    "cards": ("", "<div><h3>{n}</h3><p>{t}</p><a href='mailto:{e}'>{e}</a><p>{p}</p></div>", ""),
    "icons": (
        "",
        (
            "<div><img src=a.jpg><h4>{n}</h4><span>{t}</span><a href='mailto:{e}'>Email</a>"
            " <a href='tel:{p}'>Call</a></div>"
        ),
        "",
    ),
    "a table": (
        "<table><tr><th>Name<th>Title<th>Email<th>Phone</tr>",
        "<tr><td>{n}<td>{t}<td>{e}<td>{p}</tr>",
        "</table>",
    ),
    "lines": ("<p>", "{n}<br>{t}<br>{p}<br>{e}<br><br>", "</p>"),
    "headings": ("", "<h3>{n}</h3><p>{t}</p><p>{p}</p><p>{e}</p>", ""),
    "a line each": ("", "<p>{n}, {t}, {e}, {p}</p>", ""),
    "definitions": (
        "<dl>",
        "<dt>{n}</dt><dd>{t}</dd><dd>{p}</dd><dd>{e}</dd>",
        "</dl>",
    ),
    "tables of labels": (
        "",
        (
            "<table><tr><th>Name:<td>{n}<tr><th>Title:<td>{t}<tr><th>Phone:<td>{p}<tr><th>E-mail:"
            "<td>{e}</table>"
        ),
        "",
    ),
    "a grid": (
        "<main>",
        (
            "<div><a href='/x'><img></a><div><p><span class='name'>{n}</span></p>"
            "<p class='role'>{t}</p></div>"
            "<ul><li>{p}</li><li><a href='mailto:{e}'><i class='fa'></i></a></li></ul></div>"
        ),
        "</main>",
    ),
}
NAMED: dict[str, tuple[str, str, str]] = {
    "address first": ("<table>", "<tr><td>{e}<td>{n}<td>{t}</tr>", "</table>"),
    "links that are names": ("<p>", "<a href='mailto:{e}'>{n}</a> | ", "</p>"),
    "a paragraph": ("<p>", "{n} ({e}); ", "</p>"),
    "prose": ("", "<p>For more about our work please write to {n}, {t}, at {e}.</p>", ""),
    "labels": ("", "<p>Contact: {n}<br>Email: {e}<br>Tel: {p}</p>", ""),
    "degrees": ("", "<div><b>Dr. {n}, PhD</b><br>{t}<br>{e}</div>", ""),
}


def _read(layout: tuple[str, str, str]) -> dict[str, Contact]:
    begin, each, end = layout
    cards = "".join(each.format(n=n, t=t, e=e, p=p) for n, t, e, p in PEOPLE)
    page = f"<h1>Our Team</h1>{begin}{cards}{end}<footer>info@tern.example 206-555-0199</footer>"
    reading = read_page(LexborHTMLParser(page), url="https://tern.example/")
    people = [one for one in reading.contacts if one.kind == "person"]
    return {email: one for one in people for email in one.emails}


@pytest.mark.parametrize("case", FULL)
def test_all_that_belongs_to_a_person_is_found_with_the_name(case: str) -> None:
    found = _read(FULL[case])

    told = [(n, t, e, p) for e, one in found.items() for n, t, p in [_facts(one)]]
    assert sorted(told) == sorted(PEOPLE)


@pytest.mark.parametrize("case", NAMED)
def test_an_address_finds_its_name(case: str) -> None:
    found = _read(NAMED[case])

    assert {e: _bare(found[e].name) if e in found else "" for _, _, e, _ in PEOPLE} == {
        e: n for n, _, e, _ in PEOPLE
    }


def test_names_in_two_cells_or_turned_round_are_whole() -> None:
    split = "<table><tr><td>Robert<td>Smith<td>Buyer<td>bob@tern.example</table>"
    turned = "<table><tr><td>Smith, Robert<td>Buyer<td>bob@tern.example</table>"

    names = [_first(page, lambda one: one.kind == "person").name for page in (split, turned)]

    assert names == ["Robert Smith", "Smith, Robert"]


def test_people_in_columns_are_told_apart() -> None:
    rows = zip(*(("Ann Lee", "ann@x.example"), ("Bo Quill", "b2@x.example")), strict=True)
    page = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in rows)

    reading = read_page(LexborHTMLParser(f"<table>{page}</table>"), url="https://x.example/")

    assert [(one.name, [*one.emails]) for one in reading.contacts] == [
        ("Ann Lee", ["ann@x.example"]),
        ("Bo Quill", ["b2@x.example"]),
    ]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("4 Quill Lane<br>London N1 9ZZ<br>Tel: 020 7946 0101", "4 Quill Lane, London N1 9ZZ"),
        ("Address: 12 Elm St, Seattle, WA 98101 | (206) 555-0100", "12 Elm St, Seattle, WA 98101"),
        ("Seattle, WA 98101<br>(206) 555-0100", ""),
    ],
)
def test_the_address_of_the_owner_is_read_off_the_text(text: str, address: str) -> None:
    page = f"<title>Tern Ltd</title><p>{text}</p>"

    assert _first(page, lambda one: one.kind == "organization").get("address") == address


def _first(page: str, wanted: Callable[[Contact], bool]) -> Contact:
    reading = read_page(LexborHTMLParser(page), url="https://tern.example/")
    return next(filter(wanted, reading.contacts))


def _facts(person: Contact) -> tuple[str, str, str]:
    return _bare(person.name), person.get("title"), next(iter(person.phones), "")


def _bare(name: str) -> str:
    return name.removeprefix("Dr. ").removesuffix(", PhD")
