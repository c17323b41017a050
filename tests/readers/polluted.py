"""Polluted files: tables written well, each spoilt in one way, with the table they stand for.

A pollution changes how the file is written, or damages one of its rows, as exports, editors and
people do; what the table says stays known.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

Table = list[list[str]]

DELIMITERS = (",", ";", "\t", "|", ":", " ", "~", "^", "#", "&", "*", "\x01", "\x1f", "||", "\t\t")


@dataclass(frozen=True)
class Polluted:
    """A file's name and text, the table it stands for, and its delimiter."""

    name: str
    text: str
    table: Table
    delimiter: str = ","


def sales(rows: int = 60) -> Table:
    """Give a table of dates, times, codes, money, prose with quotes and commas, and links."""
    random = Random(1)
    header = ["DATE", "TIME", "Qty", "CODE", "Price", "Item", "Description", "URL", "Comments"]
    items = ["Hiking Boots", "Pillow, Wooden", 'Round Table, 48"', "Women's Socks", "Hat"]
    prose = [
        "Rugged enough for peak performance, yet light and quick.",
        "Made to our standards: it won't let you down.",
        "A light feel in our 8'9\" length rod, made for her.",
    ]
    table = [header]
    for _ in range(rows):
        code = f"{random.choice(['MG', 'RI', 'CC'])}-{random.randint(1000, 9999)}"
        table.append(
            [
                f"{random.randint(1, 28):02}/{random.randint(1, 12):02}/2018",
                f"{random.randint(0, 23):02}:{random.choice(['00', '15', '30'])}",
                str(random.randint(0, 30)),
                code,
                f"${random.randint(1, 90)}.{random.randint(10, 99)}",
                random.choice(items),
                random.choice(prose),
                f"https://www.example.com/{code}.html",
                "",
            ]
        )
    return table


def leads(rows: int = 50) -> Table:
    """Give a table of people with addresses, phones and decimal commas."""
    random = Random(2)
    header = ["Name", "Email", "Phone", "Company", "City", "Created", "Budget"]
    return [
        header,
        *(
            [
                f"{random.choice(['Ann', 'Jürgen', 'Zoë'])} {random.choice(['Lee', 'Müller'])}",
                f"p{number}@example{random.randint(1, 9)}.com",
                f"+49 30 {random.randint(100000, 999999)}",
                random.choice(["Acme, Inc.", "Müller GmbH & Co. KG", 'The "Best" Ltd']),
                random.choice(["Bonn", "New York", "São Paulo"]),
                f"2024-{random.randint(1, 12):02}-{random.randint(1, 28):02}",
                f"{random.randint(100, 9999)},{random.randint(10, 99)}",
            ]
            for number in range(rows)
        ),
    ]


def readings(rows: int = 50) -> Table:
    """Give a table of numbers."""
    random = Random(3)
    return [
        ["t", "x", "y", "z"],
        *(
            [str(n), f"{random.uniform(0, 9):.3f}", f"{random.uniform(-1, 1):.2e}", str(n % 7)]
            for n in range(rows)
        ),
    ]


BASES: dict[str, Callable[[], Table]] = {"sales": sales, "leads": leads, "readings": readings}


def written(
    table: Table, delimiter: str = ",", quote: str = '"', escape: str = "", end: str = "\n"
) -> str:
    """Write a table, quoting the cells that need it; ``escape`` stands before an inner quote."""
    return "".join(_line(row, delimiter, quote, escape or quote) + end for row in table)


def _line(row: list[str], delimiter: str = ",", quote: str = '"', escape: str = '"') -> str:
    def cell(text: str) -> str:
        needy = any(mark in text for mark in (*delimiter, quote, "\n"))
        return f"{quote}{text.replace(quote, escape + quote)}{quote}" if needy else text

    return delimiter.join(map(cell, row))


def polluted_files() -> Iterator[Polluted]:
    """Give every polluted file."""
    for base, make in BASES.items():
        for pollution in (_dialects, _frames, _tables, _damaged_rows):
            for name, text, table, delimiter in pollution(make()):
                yield Polluted(f"{base}: {name}", text, table, delimiter)


Cases = Iterator[tuple[str, str, Table, str]]


def _dialects(table: Table) -> Cases:
    for delimiter in DELIMITERS:
        yield f"delimiter {delimiter!r}", written(table, delimiter), table, delimiter
    yield "apostrophes", written(table, quote="'"), table, ","
    yield "backslashes", written(table, escape="\\"), table, ","
    yield "carriage returns", written(table, end="\r"), table, ","
    yield "Windows", written(table, end="\r\n"), table, ","
    yield "a sep line", "sep=;\n" + written(table, ";"), table, ";"


def _frames(table: Table) -> Cases:
    width, text = len(table[0]), written(table)
    yield "no last newline", text.rstrip("\n"), table, ","
    yield "two last newlines", text + "\n", table, ","
    yield "no header", written(table[1:]), table[1:], ","
    yield "only a header", written(table[:1]), table[:1], ","
    yield "one row", written(table[:2]), table[:2], ","
    yield "a preamble", f"Report of May\nAll offices\n\n{text}", table, ","
    padded = [["PREAMBLE", *[""] * (width - 1)], [""] * width]
    yield "a padded preamble", written([*padded, *table]), table, ","
    note = "Source: Office of Trade, 2020\nNotes: all values are provisional.\n"
    yield "notes below", f"{text}\n{note}", table, ","
    twice = [[f"{cell} {cell}" for cell in table[0]], *table[1:]]
    yield "the header twice", written([table[0], *table]), twice, ","


def _tables(table: Table) -> Cases:
    text = written(table)
    wider = [[*row, str(number)] for number, row in enumerate(table[:20])]
    narrower = [row[:-2] for row in table[:20]]
    yield "a wider table below", text + written(wider), table, ","
    yield "a narrower table below", f"{text}\n{written(narrower)}", table, ","
    half = len(table) // 2
    again = [*table[:half], table[0], *table[half:]]
    yield "the header in the middle", written(again), table, ","


def _damaged_rows(table: Table) -> Cases:
    lines = written(table).splitlines(keepends=True)
    for place in (0, 1, len(table) // 2, len(table) - 1):
        cells = [_line([cell]) for cell in table[place]]

        def spoilt(line: str, place: int = place) -> str:
            return "".join([*lines[:place], line + "\n", *lines[place + 1 :]])

        for column in range(len(cells)):
            quoted = [*cells[:column], '"' + cells[column], *cells[column + 1 :]]
            meant = [list(row) for row in table]
            meant[place][column] = '"' + meant[place][column]
            where = f"row {place}, column {column}"
            yield f"a stray quote, {where}", spoilt(",".join(quoted)), meant, ","
            more = [*cells[:column], "", *cells[column:]]
            yield f"a delimiter too many, {where}", spoilt(",".join(more)), table, ","
            if column:
                fewer = [*cells[: column - 1], cells[column - 1] + cells[column]]
                line = ",".join([*fewer, *cells[column + 1 :]])
                yield f"a delimiter too few, {where}", spoilt(line), table, ","
        yield f"semicolons in row {place}", spoilt(";".join(cells)), table, ","
