"""Formulas: cells a spreadsheet would execute, made harmless, and back again."""

import re

RISKY = frozenset("=+-@\t\r\n'＝＋－＠")
"""The characters with which a cell that some spreadsheet executes may begin, and the apostrophe."""

_STARTS = tuple(sorted(RISKY))
_PLAIN_PHONE = re.compile(r"\+[0-9 ]+")


def guard_formula(value: str) -> str:
    """Put an apostrophe before a value a spreadsheet would take for a formula.

    A plain phone (``+`` and digits) stays as it is; a value that itself begins with an
    apostrophe gets one too, so that :func:`unguard_formula` is its exact inverse.
    """
    if value.startswith(_STARTS) and not _PLAIN_PHONE.fullmatch(value):
        return "'" + value
    return value


def unguard_formula(value: str) -> str:
    """Take back what :func:`guard_formula` did."""
    return value[1:] if value.startswith("'") and value[1:].startswith(_STARTS) else value
