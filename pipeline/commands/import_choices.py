"""What a person chooses for an import on the command line: columns, reading, rules, fixes."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.commands.mappings import add_column_argument, read_columns
from pipeline.errors import InvalidInput
from pipeline.fixes import Fix
from pipeline.imports import ImportChoices
from pipeline.rules import RULE_FIELDS, RULES

NO_HEADER = "none"
_READING = ("encoding", "delimiter", "quotechar", "header_row", "sheet", "member")
_DELIMITERS = {"tab": "\t", "\\t": "\t"}


def add_choice_arguments(parser: ArgumentParser) -> None:
    """Declare what may be chosen for an import."""
    parser.add_argument("--mapping", default="", metavar="NAME", help="read it by a saved mapping")
    add_column_argument(parser)
    parser.add_argument(
        "--rule",
        action="append",
        default=[],
        dest="rules",
        metavar="FIELD=RULE",
        help=f"whether the file's value may replace a lead's: {', '.join(RULES)}; fields are "
        f"{', '.join(RULE_FIELDS)}; may be repeated",
    )
    parser.add_argument(
        "--fix",
        action="append",
        default=[],
        dest="fixes",
        metavar="FIELD:VALUE=NEW",
        help="read NEW wherever a column of this field says VALUE; may be repeated",
    )
    reading = parser.add_argument_group("where the file is not what it seems to be")
    reading.add_argument("--encoding", help="the text's encoding, as windows-1252")
    reading.add_argument("--delimiter", help="what separates cells, as ; or tab")
    reading.add_argument("--quotechar", metavar="CHARACTER", help="what quotes cells; '' nothing")
    reading.add_argument(
        "--header-row", metavar="N", help=f"how many rows stand above the header, or {NO_HEADER}"
    )
    reading.add_argument("--sheet", help="the sheet of a workbook")
    reading.add_argument("--member", metavar="FILE", help="the file of an archive")


def read_choices(arguments: Namespace, *, plan: bool) -> ImportChoices:
    """Give what was chosen.

    Raises:
        InvalidInput: a choice is not written as it should be.
    """
    return ImportChoices(
        plan=plan,
        mapping=arguments.mapping,
        columns=read_columns(arguments.columns),
        reading=dict(_read_reading(arguments)),
        rules=dict(_read_pair(text) for text in arguments.rules),
        fixes=[read_fix(text) for text in arguments.fixes],
    )


def read_fix(text: str) -> Fix:
    """Read ``FIELD:VALUE=NEW``; the last ``=`` is the one that counts.

    Raises:
        InvalidInput: it is written otherwise.
    """
    field, colon, rest = text.partition(":")
    value, sign, replacement = rest.rpartition("=")
    if not (field and colon and sign and value):
        raise InvalidInput(f"--fix {text}: write it as FIELD:VALUE=NEW.")
    return field.strip(), value, replacement


def write_fix(fix: Sequence[str]) -> str:
    """Write a fix as :func:`read_fix` reads it."""
    field, value, replacement = fix
    return f"{field}:{value}={replacement}"


def _read_pair(text: str) -> tuple[str, str]:
    field, sign, rule = text.partition("=")
    if not (field and sign and rule):
        raise InvalidInput(f"--rule {text}: write it as FIELD=RULE.")
    return field.strip(), rule.strip()


def _read_reading(arguments: Namespace) -> Iterator[tuple[str, Any]]:
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
