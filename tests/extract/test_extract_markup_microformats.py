"""Microformats of both kinds, told as canonical JSON."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.markup import describe_markup

BASE = "https://tern.example/team/"
Items = list[dict[str, object]]


def items(html: str) -> Items:
    found = describe_markup(LexborHTMLParser(html), BASE)["microformat"]
    assert isinstance(found, list)
    return found


def properties(html: str) -> object:
    return items(f"<div class=h-x>{html}</div>")[0]["properties"]


VALUES: dict[str, object] = {
    "<b class=p-a> plain <i>text</i> </b>": "plain text",
    "<abbr class=p-a title=' long '>short</abbr>": " long ",
    "<data class=p-a value=v>shown</data>": "v",
    "<img class=p-a alt=shown src=x>": "shown",
    "<b class=p-a>by <img alt=Ann src=x><script>no()</script></b>": "by Ann",
    "<b class=p-a>by <img src=x.png></b>": f"by  {BASE}x.png",
    "<a class=u-a href=../b>text</a>": "https://tern.example/b",
    "<img class=u-a src=b>": f"{BASE}b",
    "<img class=u-a src=b alt=Ann>": {"value": f"{BASE}b", "alt": "Ann"},
    "<video class=u-a poster=b></video>": f"{BASE}b",
    "<object class=u-a data=b></object>": f"{BASE}b",
    "<b class=u-a>b</b>": f"{BASE}b",
    "<time class=dt-a datetime=2026-11-23>today</time>": "2026-11-23",
    "<b class=dt-a>2026-11-23</b>": "2026-11-23",
    "<b class=e-a>Read <a href=b title=' href=c'>this</a> href=d</b>": {
        "value": "Read this href=d",
        "html": f'Read <a href="{BASE}b" title=" href=c">this</a> href=d',
    },
    "<b class=p-a>call <i class=value>1</i> or <i class=value>2</i></b>": "12",
    "<b class=p-a>call <i class=value-title title=7>seven</i></b>": "7",
    "<b class=p-a>call <i class=value>1<i class=value>2</i></i></b>": "12",
}


@pytest.mark.parametrize("html", VALUES)
def test_every_property_says_its_value_by_its_prefix(html: str) -> None:
    given = properties(f"{html}<i class='p-name u-x'>y</i>")

    assert given == {"a": [VALUES[html]], "name": ["y"], "x": [f"{BASE}y"]}


TIMES = {
    "<i class=value>2026-11-23</i> <i class=value>7pm</i>": "2026-11-23 19:00",
    "<i class=value>2026-11-23</i> <i class=value>12:30 a.m.</i>": "2026-11-23 00:30",
    "<i class=value>07:05:09z</i> <i class=value>2026-11-23</i>": "2026-11-23 07:05:09Z",
    "<i class=value>2026-327</i> <i class=value>9:00</i><i class=value>+01:00</i>": (
        "2026-327 09:00+0100"
    ),
    "<time class=value datetime=2026-11-23>Monday</time>": "2026-11-23",
    "<i class=value>2026-11-23T19:00</i> <i class=value>20:00</i>": "2026-11-23T19:00",
    "some <i class=value>day</i>": "some day",
}


@pytest.mark.parametrize("html", TIMES)
def test_a_moment_is_put_together_from_its_parts(html: str) -> None:
    assert properties(f"<b class=p-name>x</b><p class=dt-start>{html}</p>") == {
        "name": ["x"],
        "start": [TIMES[html]],
    }


def test_a_mere_time_is_of_the_day_last_spoken_of() -> None:
    html = "<i class=p-name>x</i><i class=dt-start>2026-11-23T19:00</i><p class=dt-end>"

    given = properties(f"{html}<i class=value>22:00</i></p>")

    assert given == {"name": ["x"], "start": ["2026-11-23T19:00"], "end": ["2026-11-23 22:00"]}


IMPLIED: dict[str, dict[str, list[object]]] = {
    "<a class=h-card href=/ann>Ann</a>": {
        "name": ["Ann"],
        "url": ["https://tern.example/ann"],
    },
    "<p class=h-card><img src=a.png alt=Ann></p>": {
        "name": ["Ann"],
        "photo": [{"value": f"{BASE}a.png", "alt": "Ann"}],
    },
    "<p class=h-card><b><a href=a>Ann <img src=x></a></b></p>": {
        "name": ["Ann"],
        "url": [f"{BASE}a"],
    },
    "<p class=h-card>Ann <b class=p-tel>1</b></p>": {"tel": ["1"]},
    "<p class=h-card>Ann <a href=a>a</a><a href=b>b</a></p>": {"name": ["Ann ab"]},
    "<p class=h-card>Ann <b class=h-x>x</b></p>": {},
    "<abbr class=h-card title=Ann>A</abbr>": {"name": ["Ann"]},
}


@pytest.mark.parametrize("html", IMPLIED)
def test_what_is_not_marked_may_follow_from_the_content(html: str) -> None:
    assert items(html)[0]["properties"] == IMPLIED[html]


def test_items_within_items_are_properties_or_children() -> None:
    html = """<div class="h-event"><b class="p-name">Fair</b><p class="p-organizer h-card">
      <a class="p-name u-url" href="/ann">Ann</a> of Tern</p><p class="h-card">Bo</p></div>"""

    assert items(html) == [
        {
            "type": ["h-event"],
            "properties": {
                "name": ["Fair"],
                "organizer": [
                    {
                        "type": ["h-card"],
                        "properties": {"name": ["Ann"], "url": ["https://tern.example/ann"]},
                        "value": "Ann",
                    }
                ],
            },
            "children": [{"type": ["h-card"], "properties": {"name": ["Bo"]}}],
        }
    ]


def test_names_must_be_spelled_right() -> None:
    html = "<b class='p-Name p- p-1 p-a_b p-x--y x-name p-name-'>x</b><b class='p-x-y p-0-z'>y</b>"

    assert properties(html) == {"x-y": ["y"], "0-z": ["y"]}


def test_templates_are_not_read() -> None:
    assert properties("<b class=p-name>x</b><template class=p-a><b class=p-b>y</b></template>") == {
        "name": ["x"]
    }


CLASSIC: dict[str, dict[str, list[object]]] = {
    """<p class=vcard><b class="fn org">Tern Ltd</b> <a class=email href="mailto:a@b.example">x</a>
      <i class=tel><i class=type>Work</i> <i class=value>+1 206 555 0100</i></i></p>""": {
        "name": ["Tern Ltd"],
        "org": ["Tern Ltd"],
        "email": ["mailto:a@b.example"],
        "tel": ["+1 206 555 0100"],
    },
    "<p class=vcard>Ann <b class=title>CEO</b><b class=p-name>no</b></p>": {"job-title": ["CEO"]},
    "<p class=vcard><b class=fn>Ann</b><a rel=tag href=/t/big%20boats/>x</a></p>": {
        "name": ["Ann"],
        "category": ["big boats"],
    },
    "<p class=hentry><b class=entry-title>News</b> by <i class=author>Ann</i></p>": {
        "name": ["News"],
        "author": [{"type": ["h-card"], "properties": {"name": ["Ann"]}, "value": "Ann"}],
    },
    "<p class=hreview><i class=item><b class=fn>Tea</b></i> <i class=rating>5</i></p>": {
        "item": [{"type": ["h-item"], "properties": {"name": ["Tea"]}, "value": "Tea"}],
        "rating": ["5"],
    },
    "<p class=vcard><b class=fn>Ann</b> <i class=adr><i class=locality>Ghent</i></i></p>": {
        "name": ["Ann"],
        "adr": [{"type": ["h-adr"], "properties": {"locality": ["Ghent"]}, "value": "Ghent"}],
    },
}


@pytest.mark.parametrize("html", CLASSIC)
def test_classic_microformats_are_told_by_their_names_today(html: str) -> None:
    assert items(html)[0]["properties"] == CLASSIC[html]


@pytest.mark.parametrize(
    "html",
    [
        "<p class=vcard itemref=firm><b class=fn>Ann</b></p><p id=firm><b class=org>Tern</b></p>",
        (
            "<p class=vcard><b class=fn>Ann</b><a class=include href='#f'></a></p>"
            "<b id=f class=org>Tern</b>"
        ),
        (
            "<table><tr><th id=f><b class=org>Tern</b>"
            "<tr><td class=vcard headers=f><b class=fn>Ann</b>"
        ),
    ],
)
def test_a_classic_card_takes_in_what_stands_elsewhere(html: str) -> None:
    assert items(html)[0]["properties"] == {"name": ["Ann"], "org": ["Tern"]}


def test_links_tell_what_they_are_to_the_page() -> None:
    html = "<a rel='me author' href=/ann title=t>Ann</a><link rel=me href=/bo><a rel>x</a>"

    told = describe_markup(LexborHTMLParser(html), BASE)["mf2"]

    ann, bo = "https://tern.example/ann", "https://tern.example/bo"
    assert told == {
        "items": [],
        "rels": {"me": [ann, bo], "author": [ann]},
        "rel-urls": {
            ann: {"rels": ["author", "me"], "title": "t", "text": "Ann"},
            bo: {"rels": ["me"], "text": ""},
        },
    }
