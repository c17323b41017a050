"""What a person chooses for an import on the command line: columns, reading, rules, fixes."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from pipeline.commands.mappings import add_column_argument, read_columns
from pipeline.commands.reading_choices import add_reading_arguments, read_reading
from pipeline.errors import InvalidInput
from pipeline.fixes import Fix
from pipeline.imports import ImportChoices
from pipeline.rules import RULE_FIELDS, RULES


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
    add_reading_arguments(parser)


def read_choices(arguments: Namespace, *, plan: bool) -> ImportChoices:
    """Give what was chosen.

    Raises:
        InvalidInput: a choice is not written as it should be.
    """
    return ImportChoices(
        plan=plan,
        mapping=arguments.mapping,
        columns=read_columns(arguments.columns),
        reading=read_reading(arguments),
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
