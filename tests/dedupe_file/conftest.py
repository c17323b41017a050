"""Files to dedupe, and ``leads dedupe`` called on them as a person would."""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run

ADDED = ["cluster", "confidence", "reasons"]
PEOPLE = """id,full_name,mail,tel,city
7,Ann Fielding,ann.fielding@example.com,+1 415 555 2671,Oakland
8,Ann Fielding,ann.fielding@example.com,(415) 555-2671,Oakland
9,Carl Osterman,carl@osterman.example,+1 212 555 0143,New York
10,"Osterman, Carl",carl@osterman.example,,New York
11,Mary Quigley,mq1971@example.org,,Boston
"""
"""Five rows of three people."""


@dataclass(frozen=True)
class Deduped:
    """What one call gave: its status, what it said, and the rows of its output."""

    status: int
    out: str
    err: str
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)

    def column(self, name: str) -> list[str]:
        """Give one column of the output."""
        return [row[self.header.index(name)] for row in self.rows]

    def own(self) -> list[list[str]]:
        """Give the rows without the added columns."""
        return [row[: -len(ADDED)] for row in self.rows]

    def groups(self) -> list[list[int]]:
        """Give the rows, from 0, that share a cluster with others, in order."""
        rows: dict[str, list[int]] = {}
        for at, name in enumerate(self.column("cluster")):
            rows.setdefault(name, []).append(at)
        return sorted(group for group in rows.values() if len(group) > 1)


Dedupe = Callable[..., Deduped]


@pytest.fixture
def dedupe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Dedupe:
    """Call ``leads dedupe`` on a text, bytes or a path, and read what it wrote."""

    def call(
        content: str | bytes | Path, *argv: object, name: str = "in.csv", out: str = "out.csv"
    ) -> Deduped:
        source = content if isinstance(content, Path) else tmp_path / name
        if isinstance(content, str):
            content = content.encode()
        if isinstance(content, bytes):
            source.write_bytes(content)
        target = tmp_path / out
        status = run(["dedupe", *map(str, (source, "-o", target, *argv))], {})
        said = capsys.readouterr()
        rows = read_csv(target) if target.suffix == ".csv" and target.exists() else []
        return Deduped(status, *said, *([rows[0], rows[1:]] if rows else []))

    return call


def read_csv(path: Path) -> list[list[str]]:
    """Read a CSV file as any program would."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write_csv(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Write a CSV file as any program would."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path
