"""What a crawl remembers of links, and what it must forget again."""

from pipeline.crawl.memory import Memory
from pipeline.fetch.response import Response
from pipeline.leads.keys import hash_text
from pipeline.pages import Page, Params

HERE = "https://guild.example/members/1"


def links(memory: Memory, html: str, url: str = HERE) -> list[str]:
    response = Response(url, url, 200, {"content-type": "text/html"}, html.encode())
    memory.begin_page()
    return [link.url for link, _ in Page(response, Params(), memory=memory).new_links()]


def test_a_link_is_new_once_however_it_is_written() -> None:
    memory = Memory(1)

    first = links(
        memory, "<a href='/a'>A</a><a href='//guild.example/a'>A</a><a href='../b#x'>B</a>"
    )
    second = links(memory, "<a href='/a'>A</a><a href='/b'>B</a><a href='/members/../a'>A</a>")

    assert first == ["https://guild.example/a", "https://guild.example/b"]
    assert second == []


def test_what_the_frontier_holds_already_is_not_new() -> None:
    memory = Memory(1, [hash_text("https://guild.example/a")])

    assert links(memory, "<a href='/a'>A</a><a href='/b'>B</a>") == ["https://guild.example/b"]


def test_the_same_reference_on_another_site_is_another_link() -> None:
    memory = Memory(1)
    links(memory, "<a href='/a'>A</a>")

    assert links(memory, "<a href='/a'>A</a>", "https://club.example/") == [
        "https://club.example/a"
    ]


def test_a_page_with_a_base_of_its_own_is_read_by_it() -> None:
    memory = Memory(1)
    links(memory, "<a href='/a'>A</a>")

    html = "<base href='https://other.example/x/'><a href='/a'>A</a><a href='b'>B</a>"
    assert links(memory, html) == ["https://other.example/a", "https://other.example/x/b"]


def test_the_links_of_a_page_that_could_not_be_read_are_new_on_the_next() -> None:
    memory = Memory(1)
    html = "<a href='/a'>A</a><a href='b'>B</a>"
    first = links(memory, html)

    memory.forget_page()

    assert links(memory, html) == first
