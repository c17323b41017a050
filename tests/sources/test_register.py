"""Sources are found through entry points; a broken module never takes the others down."""

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from pipeline.errors import InvalidInput, SourceBroken, SourceNotFound
from pipeline.sources import GROUP, Link, Page, Params, load_sources, source
from tests.sources.packages import MODULE, install


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty package on the path, forgotten afterwards."""
    monkeypatch.syspath_prepend(str(tmp_path))
    folder = tmp_path / "third_party_sources"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    yield folder
    for name in [name for name in sys.modules if name.startswith("third_party_sources")]:
        del sys.modules[name]


def _entries(name: str = "third_party_sources") -> list[EntryPoint]:
    return [EntryPoint("theirs", name, GROUP)]


def test_our_own_sources_are_found_by_the_same_entry_point_as_others() -> None:
    register = load_sources()

    assert {"website", "listing"} <= set(register.sources)
    assert register.broken == ()


def test_an_installed_package_brings_its_sources_by_its_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = {"one": MODULE.format(slug="theirs_one"), "two": MODULE.format(slug="theirs_two")}
    install(tmp_path, "installed_sources", modules)

    assert "theirs_one" not in load_sources().sources
    monkeypatch.syspath_prepend(str(tmp_path))

    register = load_sources()
    assert {"theirs_one", "theirs_two", "website"} <= set(register.sources)
    assert register.sources["theirs_two"].module == "installed_sources.two"


def test_adding_a_file_adds_a_source(package: Path) -> None:
    (package / "one.py").write_text(MODULE.format(slug="one"))
    (package / "two.py").write_text(MODULE.format(slug="two"))

    assert list(load_sources(_entries()).sources) == ["one", "two"]


def test_a_broken_module_is_named_and_the_others_still_run(package: Path) -> None:
    (package / "good.py").write_text(MODULE.format(slug="good"))
    (package / "bad.py").write_text("import no_such_module")
    (package / "worse.py").write_text("def broken(:")

    register = load_sources(_entries())

    assert list(register.sources) == ["good"]
    assert [broken.module.rpartition(".")[2] for broken in register.broken] == ["bad", "worse"]
    assert "no_such_module" in register.broken[0].reason


def test_a_package_that_is_not_there_is_broken() -> None:
    assert [broken.module for broken in load_sources(_entries("nowhere")).broken] == ["nowhere"]


def test_two_sources_of_one_slug_are_an_error(package: Path) -> None:
    (package / "one.py").write_text(MODULE.format(slug="same"))
    (package / "two.py").write_text(MODULE.format(slug="same"))

    with pytest.raises(SourceBroken, match="same"):
        load_sources(_entries())


def test_a_source_imported_by_another_module_counts_once(package: Path) -> None:
    (package / "one.py").write_text(MODULE.format(slug="one"))
    (package / "two.py").write_text("from third_party_sources.one import read")

    assert list(load_sources(_entries()).sources) == ["one"]


@pytest.mark.parametrize("slug", ["", "With-Dash", "9lives", "a b", "Ä"])
def test_a_slug_is_snake_case(slug: str) -> None:
    with pytest.raises(SourceBroken):
        source(slug=slug, title="T", params=Params, start=lambda _: [])


def test_an_unknown_slug_names_those_that_exist() -> None:
    with pytest.raises(SourceNotFound, match="website"):
        load_sources().require("webside")


def test_a_source_starts_with_canonical_links() -> None:
    def parse(page: Page[Params]) -> Iterator[Link]:
        yield page.follow("/next")

    made = source(slug="one", title="T", params=Params, start=lambda _: ["HTTP://A.example:80"])
    one = made(parse)

    assert one.start(Params()) == [Link("http://a.example/")]


@pytest.mark.parametrize(
    ("params", "word"),
    [
        ({}, "url"),
        ({"url": "https://a.example", "max_pages": 0}, "max_pages"),
        ({"url": "https://a.example", "speed": 9}, "speed"),
        ({"url": "https://a.example", "delay_seconds": -1}, "delay_seconds"),
        ({"url": "https://a.example", "region": "usa"}, "region"),
    ],
)
def test_unusable_params_are_named(params: dict[str, object], word: str) -> None:
    with pytest.raises(InvalidInput, match=word):
        load_sources().require("website").read_params(params)


@pytest.mark.parametrize("url", ["ftp://a.example", "http://user:pw@a.example", "http://127.1/"])
def test_a_start_that_is_no_page_is_refused(url: str) -> None:
    website = load_sources().require("website")

    with pytest.raises(InvalidInput):
        website.start(website.read_params({"url": url}))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"item": "li["}, "item"),
        ({"fields": {"nickname": "b"}}, "nickname"),
        ({"fields": {"name": "b["}}, "CSS"),
        ({"start": []}, "start"),
    ],
)
def test_a_listing_that_cannot_be_read_is_refused_before_it_runs(
    change: dict[str, object], word: str
) -> None:
    params = {"start": ["https://a.example"], "item": "li", "fields": {"name": "b"}}

    with pytest.raises(InvalidInput, match=word):
        load_sources().require("listing").read_params({**params, **change})
