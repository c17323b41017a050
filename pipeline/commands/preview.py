"""Show how a file would be read: its encoding, dialect, columns and first rows, or all its rows."""

import csv
import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.commands.context import Context, add_json_argument
from pipeline.commands.tables import format_facts, format_table
from pipeline.errors import InvalidInput
from pipeline.readers.files import prepare_file
from pipeline.readers.preview import Preview, iterate_rows, preview_of

STDIN = "-"
BATCH_ROWS = 5_000
FIRST_ROWS = 10
_SHOWN = 40
_NAMES = {"tab": "\t", "\\t": "\t", "space": " ", "comma": ",", "semicolon": ";", "none": ""}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the file, what to show of it, and what overrules what it seems to be."""
    add_json_argument(parser)
    parser.add_argument("file", metavar="FILE", help="any file that can be imported; - reads stdin")
    parser.add_argument("--rows", action="store_true", help="write the table as read, all of it")
    parser.add_argument("--format", choices=["csv"], default="csv", help="with --rows (csv)")
    parser.add_argument("--encoding", help="instead of the one the file seems to have")
    parser.add_argument("--delimiter", help="a character, several, tab, space or none")
    parser.add_argument("--quote", dest="quotechar", help="a character, or none")
    parser.add_argument(
        "--header-row", type=int, help="records above the header; -1 if there is no header"
    )
    parser.add_argument("--sheet", help="the sheet of a workbook")


def run(arguments: Namespace, context: Context) -> int:
    """Prepare a copy of the file in a temporary folder, and show what came of it."""
    reading = _reading(arguments)
    with TemporaryDirectory(prefix="leads-") as folder:
        source, target = Path(arguments.file), Path(folder) / "table"
        try:
            if arguments.file == STDIN:
                source = Path(folder) / "stdin.csv"
                with source.open("wb") as file:
                    shutil.copyfileobj(sys.stdin.buffer, file)
            if arguments.rows and source.stat().st_size == 0:
                return 0
            plan, split = prepare_file(source, target, BATCH_ROWS, reading=reading)
        except OSError as error:
            raise InvalidInput(f"{arguments.file} cannot be read: {error.strerror}.") from None
        if arguments.rows:
            _write(iterate_rows(target, split))
        else:
            found = preview_of(target, plan, split, FIRST_ROWS)
            context.answer(found.to_json(), lambda: _describe(found))
    return 0


def _reading(arguments: Namespace) -> dict[str, Any]:
    chosen = {
        "encoding": arguments.encoding,
        "delimiter": _character(arguments.delimiter),
        "quotechar": _character(arguments.quotechar),
        "header_row": arguments.header_row,
        "sheet": arguments.sheet,
    }
    return {name: value for name, value in chosen.items() if value is not None}


def _character(text: str | None) -> str | None:
    return text if text is None else _NAMES.get(text.lower(), text)


def _write(rows: Iterator[list[str]]) -> None:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    csv.writer(sys.stdout, lineterminator="\n").writerows(rows)


def _describe(found: Preview) -> str:
    document = found.to_json()
    facts: list[tuple[str, object]] = [("format", document["format"])]
    facts += [(name, document[name]) for name in ("container", "member", "sheet") if document[name]]
    guess = (
        f"{document['encoding']} (a guess)"
        if document["encoding_guessed"]
        else document["encoding"]
    )
    others = [other["name"] for other in document.get("encodings", [])[1:4]]
    facts.append(("encoding", guess + (f", else {', '.join(others)}" if others else "")))
    facts += [(name.replace("_", " "), repr(value)) for name, value in document["dialect"].items()]
    facts += [
        ("header row", "none" if document["header_row"] is None else str(document["header_row"])),
        *((name, len(document[name])) for name in ("preamble", "footer") if document[name]),
        ("rows", document["rows"]),
        *([("broken rows", document["broken"])] if document["broken"] else []),
    ]
    columns = [
        (column["name"], column["kind"], f"{column['confidence']:.2f}", _short(column["samples"]))
        for column in document["columns"]
    ]
    parts = [format_facts(facts)]
    if columns:
        parts += ["", format_table(("column", "kind", "sure", "values"), columns)]
        header = [_cut(column["name"]) for column in document["columns"]]
        rows = [[_cut(cell) for cell in row[: len(header)]] for row in document["first_rows"]]
        even = [[*row, *[""] * (len(header) - len(row))] for row in rows]
        parts += ["", format_table(header, even)]
    return "\n".join(parts)


def _short(samples: list[str]) -> str:
    return _cut(" | ".join(_cut(sample) for sample in samples[:3]))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
