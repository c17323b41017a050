"""What a person chooses on the command line where a file is not what it seems to be."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Any

from pipeline.errors import InvalidInput

NO_HEADER = "none"
_READING = ("encoding", "delimiter", "quotechar", "header_row", "sheet", "member")
_DELIMITERS = {"tab": "\t", "\\t": "\t"}


def add_reading_arguments(parser: ArgumentParser) -> None:
    """Declare what overrules what a file seems to be."""
    reading = parser.add_argument_group("where the file is not what it seems to be")
    reading.add_argument("--encoding", help="the text's encoding, as windows-1252")
    reading.add_argument("--delimiter", help="what separates cells, as ; or tab")
    reading.add_argument("--quotechar", metavar="CHARACTER", help="what quotes cells; '' nothing")
    reading.add_argument(
        "--header-row", metavar="N", help=f"how many rows stand above the header, or {NO_HEADER}"
    )
    reading.add_argument("--sheet", help="the sheet of a workbook")
    reading.add_argument("--member", metavar="FILE", help="the file of an archive")


def read_reading(arguments: Namespace) -> dict[str, Any]:
    """Give what was chosen, by name.

    Raises:
        InvalidInput: a choice is not written as it should be.
    """
    return dict(_read_all(arguments))


def _read_all(arguments: Namespace) -> Iterator[tuple[str, Any]]:
    for name in _READING:
        value = getattr(arguments, name)
        if value is None:
            continue
        if name == "header_row":
            yield name, _read_number(value)
        else:
            yield name, _DELIMITERS.get(value, value) if name == "delimiter" else value


def _read_number(text: str) -> int | None:
    if text == NO_HEADER:
        return None
    if not (text.isascii() and text.isdigit()):
        raise InvalidInput(f"--header-row {text}: give a number, or {NO_HEADER}.")
    return int(text)
