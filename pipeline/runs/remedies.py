"""What a person can do about an issue: a sentence for each code."""

from collections.abc import Mapping
from types import MappingProxyType

_REMEDIES: Mapping[str, str] = MappingProxyType(
    {
        "bad_email": "Correct the address, as name@example.com, or leave the cell empty.",
        "bad_phone": "Write the number with + and its country code, or leave the cell empty.",
        "bad_website": "Write an address such as https://example.com, or leave the cell empty.",
        "broken_row": "Close the quote that is open, or double each quote inside a quoted cell.",
        "extra_cells": "Put a cell that contains the delimiter in quotes, or name the columns.",
        "footer": "Nothing is lost if it is a note; else move the row into the table.",
        "likely_typo": "Correct the domain if it is mistyped; the address was taken as it is.",
        "mended_row": "Put a cell that contains the delimiter in quotes; the row was taken.",
        "missing_cells": "Add the cells that are missing; the row was taken with blanks.",
        "no_contact": "Add an e-mail address, or a phone number.",
        "no_name": "Add a name, or a company.",
        "obfuscated_email": "See whether the person may be written to: the page hid the address.",
        "other_table": "Import the other table by itself, with its own header.",
        "overtaken": "The lead has changed since the plan was made; import the row again.",
        "poison_row": "Shorten or retype the row's cells; if that does not help, report it.",
        "repeated_header": "Nothing is lost: the row repeats the names of the columns.",
        "too_long": "Shorten the value.",
        "unknown_status": "Write new, contacted, qualified or disqualified.",
        "unreadable": "Retype the row's cells as plain text; if that does not help, report it.",
        "unverified_phone": "Write the number with + and its country code.",
    }
)
_OTHERWISE = "Change the value to what was expected."


def describe_remedy(code: str) -> str:
    """Say how an issue of this code is put right."""
    return _REMEDIES.get(code, _OTHERWISE)


def has_remedy(code: str) -> bool:
    """Whether there is a sentence of its own for this code."""
    return code in _REMEDIES
