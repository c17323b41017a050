"""What is measured, how often, and how it is printed: ratios within one go, never bare figures."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: our figure, beside another one of the same section if there is one."""

    what: str
    unit: str
    ours: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Contestants that are played in turn. ``play`` is one round of all of them."""

    play: Callable[[], Figures]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one row: medians of the figures, and of the ratio within each round.

    A row that is beside nothing has 1 for each of the last four.
    """

    row: Row
    ours: float
    theirs: float
    ratio: float
    least: float
    most: float


def measure(section: Section, rounds: int) -> list[Result]:
    """Play the rounds. A busy phase of the machine hits all contestants of a round alike."""
    figures = [section.play() for _ in range(rounds)]
    return [_result(row, figures) for row in section.rows]


def format_table(results: Iterable[Result]) -> str:
    """Give the table as text."""
    headings = ("what", "unit", "ours", "beside", "theirs", "ratio", "least–most")
    return align([headings, *map(_cells, results)], {2, 4, 5, 6})


def align(lines: Sequence[Sequence[str]], right: Container[int]) -> str:
    """Give lines of cells as text in columns; those at the places of ``right`` end alike."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths, right) for line in lines)


def _result(row: Row, figures: Sequence[Figures]) -> Result:
    ours = [one[row.ours] for one in figures]
    if not row.beside:
        return Result(row, median(ours), 1, 1, 1, 1)
    theirs = [one[row.beside] for one in figures]
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    return Result(row, median(ours), median(theirs), median(ratios), min(ratios), max(ratios))


def _cells(result: Result) -> tuple[str, ...]:
    ours = (result.row.what, result.row.unit, _number(result.ours))
    if not result.row.beside:
        return (*ours, "", "", "", "")
    theirs = (result.row.beside, _number(result.theirs), f"{result.ratio:.3g}")
    return (*ours, *theirs, f"{result.least:.3g}–{result.most:.3g}")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _line(cells: Sequence[str], widths: Sequence[int], right: Container[int]) -> str:
    return "  ".join(
        text.rjust(width) if column in right else text.ljust(width)
        for column, (text, width) in enumerate(zip(cells, widths, strict=True))
    ).rstrip()
