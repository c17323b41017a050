"""Scores what is read off annotated pages: ``python -m tests.benchmarks.extraction FOLDER``.

The folder holds ``groundtruth.jsonl`` (``{"page", "base", "entities": {"TEL": [...], ...}}`` a
line) and the pages. ``--emails FILE`` adds addresses, and whose they are, annotated by the same
pages (``{"page", "emails": [...], "names": {address: name}}``).
"""

import argparse
import json
import re
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

from pipeline.extract.contact import Contact
from pipeline.extract.contacts import Reading, parse_page, read_page
from pipeline.normalize.text import fold_text
from tests.benchmarks.sections import align

_EXTENSION = re.compile(r"\s*(?:x|ext?\b|/).*", re.IGNORECASE)
_MIN_DIGITS = 7
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Truth:
    """One annotated page."""

    page: str
    base: str
    markup: str
    entities: Mapping[str, Sequence[str]]
    emails: Sequence[str] | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Score:
    """How many of the found values are true, and how many of the true ones found."""

    right: int = 0
    found: int = 0
    met: int = 0
    true: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(
        self,
        page: str,
        found: Iterable[str],
        true: Iterable[str],
        same: Callable[[str, str], bool],
        *,
        also: Iterable[str] = (),
    ) -> None:
        """Count one page. ``also`` is right to find, but need not be."""
        found, true = list(found), list(true)
        right = [one for one in found if any(same(one, other) for other in (*true, *also))]
        met = [one for one in true if any(same(one, other) for other in found)]
        self.wrong += [f"{page} {one}" for one in found if one not in right]
        self.missed += [f"{page} {one}" for one in true if one not in met]
        self.right, self.found = self.right + len(right), self.found + len(found)
        self.met, self.true = self.met + len(met), self.true + len(true)

    @property
    def cells(self) -> tuple[str, ...]:
        """Precision, recall and F1, and what they are counted of."""
        precision = self.right / self.found if self.found else 1.0
        recall = self.met / self.true if self.true else 1.0
        mean = 2 * precision * recall / (precision + recall or 1)
        counts = f"{self.right}/{self.found}", f"{self.met}/{self.true}"
        return (f"{precision:.3f}", f"{recall:.3f}", f"{mean:.3f}", *counts)


def main() -> None:
    """Print the table of one folder of pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--emails", type=Path, help="addresses annotated beside the ground truth")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only every other site")
    parser.add_argument("--show", default="", help="print what is wrong or missed of this row")
    chosen = parser.parse_args()
    pages = [
        page
        for page in read_truth(chosen.folder, chosen.emails)
        if chosen.half is None or zlib.crc32(_host(page.base).encode()) % 2 == chosen.half
    ]
    scores, spent = score(pages)
    lines = [("", "precision", "recall", "F1", "right/found", "met/true")]
    lines += [(name, *one.cells) for name, one in scores.items()]
    print(align(lines, {1, 2, 3, 4, 5}))
    worst = quantiles(spent, n=20)[-1] if len(spent) > 1 else spent[0]
    print(
        f"{len(pages)} pages; ms a page, parse and all: median {median(spent):.2f},"
        f" p95 {worst:.2f}, max {max(spent):.2f}"
    )
    if chosen.show:
        shown = scores[chosen.show]
        print("\nWRONG", *shown.wrong, "\nMISSED", *shown.missed, sep="\n")


def read_truth(folder: Path, emails: Path | None = None) -> Iterator[Truth]:
    """Give the annotated pages of a folder."""
    addresses = {}
    if emails:
        rows = map(json.loads, emails.read_text("utf-8").splitlines())
        addresses = {row["page"]: row for row in rows}
    for line in (folder / "groundtruth.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        extra = addresses.get(row["page"], {})
        yield Truth(
            row["page"],
            row["base"] or "http://unknown.example/",
            (folder / row["page"]).read_bytes().decode("utf-8", "replace"),
            row["entities"],
            extra.get("emails"),
            extra.get("names", {}),
        )


def score(pages: Iterable[Truth]) -> tuple[Mapping[str, Score], list[float]]:
    """Give the scores by what is scored, and the milliseconds of each page."""
    rows = (
        "phones",
        "phones, no fax",
        "e-mails",
        "names of e-mails",
        "persons",
        "organization",
        "street",
    )
    scores = {name: Score() for name in rows}
    spent = []
    for page in pages:
        reading, milliseconds = _read(page)
        spent.append(milliseconds)
        _score_page(scores, page, reading)
    return scores, spent


def _read(page: Truth) -> tuple[Reading, float]:
    best = float("inf")
    for _ in range(_ROUNDS):
        began = time.process_time()
        reading = read_page(parse_page(page.markup), url=page.base)
        best = min(best, time.process_time() - began)
    return reading, best * 1000


def _score_page(scores: Mapping[str, Score], page: Truth, reading: Reading) -> None:
    told = page.entities
    phones = [_number(text) for text in told.get("TEL", ())]
    faxes = [_number(text) for text in told.get("FAX", ())]
    true = {text for text in (*phones, *faxes) if len(text) >= _MIN_DIGITS}
    found = {_number(text) for text in reading.phones}
    called = {text for text in phones if len(text) >= _MIN_DIGITS}
    scores["phones"].add(page.page, found, true, _same_number)
    scores["phones, no fax"].add(page.page, found, called, _same_number)
    people = [one.name for one in reading.contacts if one.kind == "person"]
    named = [text for text in told.get("PER", ()) if len(text.split()) > 1]
    scores["persons"].add(page.page, people, named, _same_name)
    _score_organization(scores["organization"], page, reading.contacts)
    _score_street(scores["street"], page, reading.contacts)
    if page.emails is not None:
        addresses = [text.lower() for text in page.emails]
        found_addresses = [text.lower() for text in reading.emails]
        scores["e-mails"].add(page.page, found_addresses, addresses, str.__eq__)
        bound = {f"{email.lower()} {_folded(name)}" for email, name in page.names.items()}
        scores["names of e-mails"].add(page.page, _bound(reading.contacts), bound, _same_binding)


def _score_organization(scored: Score, page: Truth, contacts: Sequence[Contact]) -> None:
    firms = [one.name for one in contacts if one.kind == "organization" and one.name]
    true = page.entities.get("ORG", ())
    if not true:
        return
    scored.add(page.page, firms[:1], [], _same_firm, also=true)
    scored.true += 1
    met = any(_same_firm(one, other) for one in firms for other in true)
    scored.met += met
    if not met:
        scored.missed.append(f"{page.page} {firms} not in {list(true)[:5]}")


def _score_street(scored: Score, page: Truth, contacts: Sequence[Contact]) -> None:
    found = [one.get("address") for one in contacts if one.kind == "organization"]
    streets = page.entities.get("STREET", ())
    scored.add(page.page, filter(None, found), [], _same_firm, also=streets)
    if streets:
        scored.true += 1
        scored.met += any(_same_firm(one, other) for one in found for other in streets)


def _bound(contacts: Iterable[Contact]) -> set[str]:
    people = [one for one in contacts if one.kind == "person" and one.name]
    return {f"{email.lower()} {_folded(one.name)}" for one in people for email in one.emails}


def _number(text: str) -> str:
    bare = _EXTENSION.sub("", text.replace("(0)", ""))
    return "".join(c for c in bare if c.isdecimal()).lstrip("0")


def _same_number(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= _MIN_DIGITS and (a.endswith(b) or b.endswith(a))


def _same_name(a: str, b: str) -> bool:
    ours, theirs = set(_folded(a).split()), set(_folded(b).split())
    return len(ours & theirs) > 1 or (ours == theirs and bool(ours))


def _same_binding(a: str, b: str) -> bool:
    (email, _, name), (other, _, named) = a.partition(" "), b.partition(" ")
    return email == other and _same_name(name, named)


def _same_firm(a: str, b: str) -> bool:
    ours, theirs = _folded(a).replace(" ", ""), _folded(b).replace(" ", "")
    return bool(ours and theirs) and (ours in theirs or theirs in ours)


def _folded(text: str) -> str:
    return fold_text(text)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


if __name__ == "__main__":
    main()
