"""What a page tells, read off it: ours, in full, beside the markup that extruct reads."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.contest import PEERS, run_module
from tests.benchmarks.sections import Row, Section

EXTRUCT = "extruct: JSON-LD, microdata, microformats"


@contextmanager
def open_pages(pages: int) -> Iterator[Section]:
    """Prepare the reading of the directory's pages from memory."""

    def play() -> dict[str, float]:
        figures = _read("our_pages", pages)
        if PEERS.exists():
            (peer,) = run_module("peers.extruct_pages", _few(pages), python=PEERS)
            figures[EXTRUCT] = peer["median"]
        return figures

    what = "contacts of a page of 26 KB"
    beside = EXTRUCT if PEERS.exists() else ""
    yield Section(
        play,
        (
            Row(what, "ms, median", "median", beside),
            Row(what, "ms, longest", "longest"),
            Row("the same, parsed before", "ms, median", "parsed"),
        ),
    )


def _read(module: str, pages: int) -> dict[str, float]:
    (told,) = run_module(module, _few(pages))
    return told


def _few(pages: int) -> int:
    return min(pages, 200)
