"""Scores reading markup against suites of pages with the JSON expected beside them.

``python -m tests.benchmarks.markup_suites FOLDER`` takes a folder that has the suites
``microformats`` (canonical JSON of microformats2) and ``embedded_metadata`` (extruct's JSON) and
prints how many pages of each are read exactly, and in what the others differ.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.markup import describe_markup

_BASES = {"microformats-v2-unit": "http://example.test", "microformats": "http://example.com/"}
_ADDRESSES = (
    "",
    "http://www.example.com/index.html",
    "http://www.example.com/microdata/index.html",
    "http://blog.example.com/progress-report",
    "http://some-example.com",
    "http://nielslubberman.nl/drupal/",
    "http://www.songkick.com/artists/236156-elysian-fields",
    "https://www.songkick.com/concerts/30166884-tove-styrke-at-hoxton-square-bar-and-kitchen",
)
# What extruct can be asked to make of what it has read, with options.
_OTHER_SHAPES = frozenset({"flat", "with text", "with ids", "uniform"})
_ANOTHER_SHAPE = "what extruct makes of it when asked to flatten it or to add to it"
# Expectations that are known not to be met, and why.
_REASONS = {
    "nested/nested-microformat-mistyped.html": "leaves a u- value relative, against the standard",
    "value/value-dt.html": "keeps the colon of +00:00, which hcalendar/time.html drops",
    "misc/Portfolio_Niels_Lubberman.json": "RDFa 1.0 with XML literals, beyond RDFa Lite",
    "songkick/elysianfields_1.json": "counts xmlns, which misc/opengraph_test.json does not",
}
_MAX_SHOWN = 200


@dataclass(slots=True)
class Case:
    """One expectation: which suite it counts for, the page, and what is not as expected."""

    suite: str
    name: str
    difference: str = ""


def main(folder: Path) -> None:
    """Print the table."""
    cases = [*_microformats(folder / "microformats"), *_embedded(folder / "embedded_metadata")]
    total = Counter(case.suite for case in cases)
    exact = Counter(case.suite for case in cases if not case.difference)
    for suite in total:
        print(f"{suite:40} {exact[suite]:4}/{total[suite]}")
    print(f"{'all':40} {exact.total():4}/{total.total()}\n")
    for case in cases:
        if case.difference:
            reason = _REASONS.get(case.name, "")
            print(f"{case.suite}/{case.name}: {reason or case.difference[:_MAX_SHOWN]}")


def _microformats(folder: Path) -> Iterator[Case]:
    for page in sorted(folder.rglob("*.html")):
        expected_file = page.with_suffix(".json")
        if expected_file.exists():
            parts = page.relative_to(folder).parts
            base = _BASES.get(parts[0], _BASES["microformats"])
            expected = json.loads(expected_file.read_text())
            given = _described(page, base)["mf2"]
            name = f"{parts[-2]}/{page.name}"
            yield Case(parts[0], name, _difference(expected, given))


def _described(page: Path, base: str) -> dict[str, object]:
    return describe_markup(LexborHTMLParser(page.read_bytes()), base)


def _difference(expected: object, given: object, path: str = "") -> str:
    """Say the first thing that is not as expected, or nothing."""
    if isinstance(expected, dict) and isinstance(given, dict):
        for name in {**expected, **given}:
            if name not in expected or name not in given:
                return f"{path}/{name}: only {'given' if name in given else 'expected'}"
            found = _difference(expected[name], given[name], f"{path}/{name}")
            if found:
                return found
        return ""
    if isinstance(expected, list) and isinstance(given, list) and len(expected) == len(given):
        pairs = enumerate(zip(expected, given, strict=True))
        differences = (_difference(*pair, f"{path}/{i}") for i, pair in pairs)
        return next((one for one in differences if one), "")
    return "" if expected == given else f"{path}: {expected!r} is given as {given!r}"


def _embedded(folder: Path) -> Iterator[Case]:
    files = [*folder.rglob("*.json"), *folder.rglob("*.jsonld")]
    for expected_file in sorted(files):
        page = _page_of(expected_file)
        for kind, expected in _expectations(expected_file):
            name = f"{expected_file.parent.name}/{expected_file.name}"
            if kind in _OTHER_SHAPES:
                yield Case(f"embedded_metadata: {kind}", name, _ANOTHER_SHAPE)
            else:
                yield Case(f"embedded_metadata: {kind}", name, _nearest(kind, expected, page))


def _page_of(expected_file: Path) -> Path:
    """Give the page of an expectation: the one whose name begins alike."""
    pages = expected_file.parent.glob("*.html")
    stem = expected_file.name
    alike = [page for page in pages if stem.startswith(page.stem)]
    named = [page for page in expected_file.parent.glob("*.html") if page.stem in _stems(stem)]
    return max(named or alike, key=lambda page: len(page.stem))


def _stems(name: str) -> list[str]:
    """Give what a page may be called that an expectation of this name belongs to."""
    bare = name.removesuffix(".json").removesuffix(".jsonld").removesuffix(".expanded")
    for mark in ("_flat_with_node_id", "_custom_url_and_node_id", "_custom_url", "_flat"):
        bare = bare.replace(mark, "")
    return [bare, bare.removesuffix(".flat").removesuffix(".withtext")]


def _expectations(expected_file: Path) -> Iterator[tuple[str, object]]:
    expected = json.loads(expected_file.read_text())
    if expected_file.suffix == ".jsonld":
        items = expected["items"] if isinstance(expected, dict) else expected
        yield (
            "json-ld",
            [one for item in items for one in (item if isinstance(item, list) else [item])],
        )
    elif isinstance(expected, dict):
        for kind, part in expected.items():
            if isinstance(part, list):
                yield ("uniform" if "@context" in str(part) and kind != "json-ld" else kind), part
    else:
        yield _kind(expected), expected


def _kind(expected: list[dict[str, object]]) -> str:
    """Tell what kind of markup an expectation is about by its look."""
    text = json.dumps(expected)
    marks = {
        "iid": "flat",
        "textContent": "with text",
        "_nodeId_": "with ids",
        "@context": "uniform",
        "namespaces": "dublincore",
        "namespace": "opengraph",
        "@id": "rdfa",
        "h-": "microformat",
    }
    return next((kind for mark, kind in marks.items() if f'"{mark}' in text), "microdata")


def _nearest(kind: str, expected: object, page: Path) -> str:
    """Say what differs, unless read as from one of the addresses nothing does.

    The suite does not say beside a page which address it was read from.
    """
    difference = ""
    for base in _ADDRESSES:
        given = _described(page, base)[kind]
        difference = _difference(_comparable(kind, expected), _comparable(kind, given))
        if not difference:
            break
    return difference


def _comparable(kind: str, value: object) -> object:
    """Make values comparable: one value like a list of one, statements without an order."""
    value = json.loads(json.dumps(value))
    if kind == "rdfa" and isinstance(value, list):
        return _sorted(_named_blanks(value))
    return _unwrapped(value) if kind == "microdata" else value


def _unwrapped(value: object) -> object:
    if isinstance(value, dict):
        return {
            name: _unwrapped(inner[0] if isinstance(inner, list) and len(inner) == 1 else inner)
            for name, inner in value.items()
        }
    return [_unwrapped(one) for one in value] if isinstance(value, list) else value


def _named_blanks(nodes: list[dict[str, object]]) -> list[object]:
    """Name things without an address by what is said of them."""
    blank = {str(node["@id"]): node for node in nodes if str(node["@id"]).startswith("_:")}
    names = {
        name: "_:" + json.dumps({k: v for k, v in node.items() if k != "@id"}, sort_keys=True)
        for name, node in blank.items()
    }
    text = json.dumps(nodes)
    for name, new in names.items():
        text = text.replace(json.dumps(name), json.dumps("_:" + "".join(sorted(new))))
    found: list[object] = json.loads(text)
    return found


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return {name: _sorted(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


if __name__ == "__main__":
    main(Path(sys.argv[1]))
