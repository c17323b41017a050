"""Deduplication of one file: read it, compare its rows, join those that are one, write it again."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2
from pathlib import Path

from pipeline.dedupe.decide import LINK_BITS, Band, band_of
from pipeline.dedupe.features import Values
from pipeline.dedupe.learning import Refit
from pipeline.dedupe.matcher import Judged, Pair, describe_all
from pipeline.dedupe_file.answers import Answers, read_answers
from pipeline.dedupe_file.columns import Columns, read_columns
from pipeline.dedupe_file.guessing import guess_columns
from pipeline.dedupe_file.ids import IdFinder, RowIds
from pipeline.dedupe_file.membership import Member, explain_members
from pipeline.dedupe_file.reasons import describe_member
from pipeline.dedupe_file.scoring import score_rows
from pipeline.dedupe_file.table import Table
from pipeline.errors import InvalidInput
from pipeline.normalize.formulas import guard_formula

Tell = Callable[[str, int], None]
"""Is told what is being done now, and with how many things."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose: columns as ``field=column``, the column of ids, phones' country.

    Pairs of ``at_least`` this probability are joined.
    """

    columns: Sequence[str] = ()
    id_column: str = ""
    region: str = ""
    answers: Path | None = None
    at_least: float = 0.5

    @property
    def least_bits(self) -> float:
        """The same as a score."""
        return LINK_BITS + log2(self.at_least / (1 - self.at_least))


@dataclass(frozen=True)
class Found:
    """What came of a file. Rows are numbered from 0; ``clusters`` names each one's by a row."""

    columns: Columns
    ids: RowIds
    width: int
    pairs: Sequence[Pair]
    clusters: Sequence[int]
    members: Mapping[int, Member]
    answers: Answers | None
    learnt: Refit | None

    @cached_property
    def numbers(self) -> list[int]:
        """The number of each row's cluster, 1 being that of the first row."""
        numbers: dict[int, int] = {}
        return [numbers.setdefault(cluster, len(numbers) + 1) for cluster in self.clusters]

    def fit(self, cells: Sequence[str]) -> list[str]:
        """Give a row's cells as many as the widest row has."""
        return [*cells[: self.width], *[""] * (self.width - len(cells))]

    @property
    def judged(self) -> Judged:
        """What people said of pairs."""
        return self.answers.judged if self.answers else {}

    def count_bands(self) -> dict[str, int]:
        """Count the pairs of each band."""
        bands = Counter(band_of(pair.comparison) for pair in self.pairs)
        return {band.value: bands[band] for band in (Band.MERGE, Band.REVIEW)}

    def count_pairs(self) -> int:
        """Count all pairs of rows that share a cluster."""
        return sum(size * (size - 1) // 2 for size in Counter(self.clusters).values())


def dedupe_table(table: Table, choices: Choices, tell: Tell) -> Found:
    """Find the rows of a table that are one person or company.

    Raises:
        InvalidInput: a choice names what is not there, or no column can be compared.
    """
    columns = read_columns(choices.columns, table) if choices.columns else guess_columns(table)
    if not columns.places:
        raise InvalidInput(
            "No column could be recognized. Say which hold what by --map, as "
            f"--map name={table.names[0]}. The columns are: {', '.join(table.names)}."
        )
    tell("reading", table.split.rows)
    records, ids, width = _read(table, columns, choices.id_column)
    answers = read_answers(choices.answers, ids) if choices.answers else None
    tell("describing", len(records))
    features = describe_all(records, region=choices.region)
    records.clear()  # as much memory as the file is large
    tell("comparing", len(records))
    judged = answers.judged if answers else {}
    pairs, clusters, learnt = score_rows(features, judged, choices.least_bits)
    members = explain_members(clusters, pairs, judged)
    return Found(columns, ids, width, pairs, clusters, members, answers, learnt)


def output_rows(table: Table, found: Found) -> Iterator[list[str]]:
    """Give every row of the output: its cells as they stand, its cluster, how surely, and why."""
    for position, row in enumerate(table.rows()):
        number, member = str(found.numbers[position]), found.members.get(position)
        if member is None:
            yield [*found.fit(row.cells), number, "", ""]
        else:
            told = guard_formula(describe_member(member, found.ids))
            yield [*found.fit(row.cells), number, _shown(member.confidence), told]


def _read(table: Table, columns: Columns, id_column: str) -> tuple[list[Values], RowIds, int]:
    """Give what is compared of each row, the rows' ids, and how many cells the widest has."""
    evidence = {place for places in columns.places.values() for place in places}
    finder = IdFinder(table, id_column, evidence)
    records: list[Values] = []
    width = len(table.header)
    for row in table.rows():
        finder.add(row.cells, is_record=row.is_record)
        if len(row.cells) > width:
            filled = [at for at, cell in enumerate(row.cells, 1) if cell]
            width = max(width, filled[-1] if filled else 0)
        records.append(columns.values(list(map(table.value, row.cells))) if row.is_record else {})
    return records, finder.finish(), width


def _shown(confidence: float) -> str:
    return f"{confidence:.4f}".rstrip("0").rstrip(".")
