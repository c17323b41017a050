"""The demonstration's sample file: 2,000 rows as a sales team exports them, mess and all."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from random import Random

from pipeline.demo.people import IN_FILE, Person, sample_people
from pipeline.demo.rows import HEADERS, Row, write_row
from pipeline.demo.troubles import REPEATS, TROUBLES

ROWS = 2_000
FILE_NAME = "trade-fair-contacts.csv"
ENCODING = "cp1252"
DELIMITER = ";"


def write_sample_file(path: Path) -> None:
    """Write the sample file, each time the same bytes."""
    path.write_bytes(make_sample_file())


def make_sample_file() -> bytes:
    """Give the sample file's bytes: Windows-1252, semicolons, Windows line ends."""
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, HEADERS, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(make_rows())
    return sheet.getvalue().encode(ENCODING)


def make_rows() -> list[Row]:
    """Give the rows in file order: everyone once, some of them in trouble, some of them again."""
    rng = Random("trade fair")  # noqa: S311 - a sample must repeat, not surprise
    people = sample_people()[:IN_FILE]
    rows = [write_row(rng, person) for person in people]
    _spoil_some(rng, rows, people)
    return _scatter(rng, rows, list(_repeat_some(rng, rows, people)))


def _spoil_some(rng: Random, rows: list[Row], people: tuple[Person, ...]) -> None:
    victims = iter(rng.sample(range(len(rows)), sum(count for _, count in TROUBLES)))
    for spoil, count in TROUBLES:
        for _, victim in zip(range(count), victims, strict=False):
            spoil(rng, rows[victim], people[victim])


def _repeat_some(
    rng: Random, rows: list[Row], people: tuple[Person, ...]
) -> Iterator[tuple[int, Row]]:
    """Yield the rows that tell of a person a second time, each with the first one's place."""
    unspoilt = [place for place, row in enumerate(rows) if "@" in row["E-Mail"]]
    for number in range(ROWS - len(rows)):
        place = rng.choice(unspoilt)
        repeat = REPEATS[number % len(REPEATS)]
        yield place, repeat(rng, rows[place], people[place])


def _scatter(rng: Random, rows: list[Row], repeats: list[tuple[int, Row]]) -> list[Row]:
    """Put each repeat somewhere behind the row it repeats."""
    placed = [(float(place), row) for place, row in enumerate(rows)]
    placed += [(rng.uniform(place, len(rows)), row) for place, row in repeats]
    return [row for _, row in sorted(placed, key=lambda pair: pair[0])]
