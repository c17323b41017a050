"""No page, however it is made, lets reading its markup cost more than its size."""

import gc
import time
from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.markup import describe_markup, find_entities
from pipeline.extract.schema import read_contacts

SMALL, LARGE = 1_000, 8_000
_BUDGET = 500_000  # characters: what a page may have


def _repeated(part: str) -> Callable[[int], str]:
    return lambda n: part * n


def _json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


_RING = '<p id={0} itemscope itemprop=a itemref="{1} x"></p>'

HOSTILE: dict[str, Callable[[int], str]] = {
    "nested items": _repeated('<span itemscope itemtype="//x/Person" itemprop=a>'),
    "nested properties": lambda n: "<p itemscope>" + "<span itemprop=name>a" * n,
    "nested properties, empty": lambda n: "<p itemscope>" + "<span itemprop=name>" * n,
    "a ring of references": lambda n: "".join(_RING.format(i, (i + 1) % n) for i in range(n)),
    "one reference by all": lambda n: (
        "<p itemscope itemtype='//x/Person' itemref=x></p>" * n
        + "<p id=x>"
        + "<span itemprop=email>a@b.example</span>" * n
    ),
    "a long text that all refer to": lambda n: (
        "<p itemscope itemtype='//x/Person' itemref=x></p>" * n
        + "<p id=x itemprop=name>"
        + "a" * 20 * n
    ),
    "a long value that all refer to": lambda n: (
        "<p itemscope itemtype='//x/Person' itemref=x></p>" * n
        + f"<meta id=x itemprop=email content='{'a@b.example ' * n}'>"
    ),
    "many names": lambda n: f"<p itemscope><span itemprop='{'a ' * n}'>{'b' * n}</span>",
    "nested subjects": _repeated('<span vocab="http://schema.org/" typeof="Person" property="a">'),
    "nested prefixes": lambda n: "".join(
        f'<span prefix="p{i}: http://x/" typeof="p:q">' for i in range(n)
    ),
    "a long prefix": lambda n: (
        f"<p prefix='{' '.join(f'p{i}: http://x/' for i in range(n))}' typeof=a>"
        + "<span property=p1:a>" * n
    ),
    "a long vocabulary": lambda n: (
        f"<p vocab='http://{'x' * 10 * n}/' typeof=A>" + "<span property=b>" * n
    ),
    "a long base": lambda n: (
        f"<base href='http://x/{'x' * 10 * n}/'>"
        + "<p class=h-card><a class=u-url href=a rel=me>" * n
    ),
    "relations left open": lambda n: "<p typeof=a rel='b:a b:b b:c'>" + "<span typeof=c>" * n,
    "nested cards": _repeated('<span class="h-card">'),
    "nested cards that are names": _repeated('<span class="p-name h-card">a'),
    "nested content": lambda n: "<p class=h-entry>" + "<span class=e-content>a" * n,
    "nested values": lambda n: "<p class=h-card><b class=p-name>" + "<span class=value>a" * n,
    "cards in a row": _repeated('<p class="h-card">Ann</p>'),
    "classic cards in a row": _repeated('<p class="vcard"><b class="fn">Ann</b></p>'),
    "many classes": lambda n: f'<p class="h-card {"p-name " * n}">a</p>',
    "an endless class": lambda n: f'<p class="h-{"a-" * n}">a</p>',
    "cards that include all": lambda n: (
        "<p class=vcard><a class=include href='#x'></a></p>" * n
        + "<div id=x>"
        + "<b class=fn>a</b>" * n
    ),
    "cards that include themselves": _repeated(
        "<p class=vcard id=x itemref=x><a class=include href='#x'></a></p>"
    ),
    "times": lambda n: "<p class=h-event>" + "<span class=dt-start>12:00</span>" * n,
    "scripts": _repeated(_json_ld('{"a":1}')),
    "broken scripts": _repeated(_json_ld('{"a":')),
    "one broken script": lambda n: _json_ld('{"a": [' + '{"b": "c", // d\n' * n),
    "a deep script": lambda n: _json_ld('{"a":' * n + "1" + "}" * n),
    "a flat script": lambda n: _json_ld("[" + ",".join(["[1]"] * n) + "]"),
    "one thing over and over": lambda n: _json_ld(
        "[" + ",".join(['{"@id":"a","@type":"Person","knows":{"@id":"a"}}'] * n) + "]"
    ),
    "a long key, deep": lambda n: _json_ld(f'{{"{"k" * (n // 9)}":' * 9 + "1" + "}" * 9),
    "open quotes": lambda n: _json_ld('"' * n),
    "meta elements": _repeated('<meta property="og:email" content="a@b.example">'),
    "links of one address": lambda n: "".join(f"<a rel=r{i} href=x>a</a>" for i in range(n)),
    "vCards": _repeated('<a href="a.vcf">a</a>'),
}


def _read(page: LexborHTMLParser) -> None:
    for entities, method in find_entities(page, "https://x.example/"):
        read_contacts(entities, method, every=True)


@pytest.mark.parametrize("case", HOSTILE)
def test_reading_grows_no_faster_than_the_page(case: str) -> None:
    pages = [LexborHTMLParser(HOSTILE[case](n)) for n in (SMALL, LARGE)]
    small, large = (_best_of(2, lambda page=page: _read(page)) for page in pages)

    assert large < max(0.05, 3 * small * LARGE / SMALL)


@pytest.mark.parametrize("case", HOSTILE)
def test_telling_all_markup_grows_no_faster_than_the_page(case: str) -> None:
    pages = [LexborHTMLParser(HOSTILE[case](n)) for n in (SMALL, LARGE)]
    small, large = (_best_of(2, lambda page=page: describe_markup(page)) for page in pages)

    assert large < max(0.1, 3 * small * LARGE / SMALL)


@pytest.mark.parametrize("case", HOSTILE)
def test_a_page_as_large_as_may_be_takes_little(case: str) -> None:
    page = LexborHTMLParser(HOSTILE[case](5_000)[:_BUDGET])

    assert _best_of(3, lambda: _read(page)) < 0.15  # of a busy machine; alone it is a third


def _best_of(times: int, work: Callable[[], object]) -> float:
    return min(_time(work) for _ in range(times))


def _time(work: Callable[[], object]) -> float:
    gc.disable()  # the collector goes through all that the tests hold
    began = time.process_time()
    work()
    took = time.process_time() - began
    gc.enable()
    return took
