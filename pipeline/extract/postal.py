"""The postal address that a page shows of its owner: the lines that end in a postcode."""

import re
from collections.abc import Container, Sequence

from selectolax.lexbor import LexborNode

from pipeline.extract.regions import POSTCODE, names_postcode
from pipeline.extract.visible import Visible

_LONG = 140
_LONG_PART = 70
_ABOVE = 3
_MAX_LOOKED_AT = 60
_STREET = re.compile(
    r"\d|\b(?:street|road|avenue|drive|lane|way|square|court|suite|floor|house|unit|building|box"
    r"|boulevard|parkway|highway|place|plaza|centre|center)\b|stra(?:ß|ss)e\b|\b(?:rue|via|calle)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:postal |mailing |office |visit(?:ing)? )?address\s?[:.]\s*", re.IGNORECASE
)
_REACH = re.compile(
    r"[,;|\s(]*\b(?:tel|telephone|phone|ph|fax|call|e-?mail|mobile|toll|free|t|f|p|m)\b[\s.:)].*"
    r"|[,;|\s]*(?:\+\d|\(\d{3}\)|\d{3}[-.]\d{3}[-.]\d{4}|[\w.+-]+@).*",
    re.IGNORECASE,
)


def find_address(visible: Visible, reached: Container[int]) -> tuple[str, LexborNode] | None:
    """Give the first address in the text, and the element that holds its postcode.

    ``reached`` are the numbers of the lines that hold a phone or an e-mail address.
    """
    looked_at = 0
    lines = visible.lines
    for number in visible.lines_with(POSTCODE):
        text = lines[number].text
        if len(text) > _LONG or not names_postcode(text):
            continue
        looked_at += 1
        if looked_at > _MAX_LOOKED_AT:
            break
        last = _bare(text)
        parts = [last]
        for above in range(number - 1, max(number - 1 - _ABOVE, -1), -1):
            text = lines[above].text
            part = _bare(text) if len(text) <= _LONG else ""
            if above in reached or len(part) > _LONG_PART or not _STREET.search(part):
                break
            parts.insert(0, part)
        if last and _is_whole(parts):
            return ", ".join(parts), lines[number].nodes[0]
    return None


def _is_whole(parts: Sequence[str]) -> bool:
    """Whether a street or a house stands with the place: ``Seattle, WA 98101`` alone is little."""
    return len(parts) > 1 or parts[0].count(",") > 1


def _bare(text: str) -> str:
    return _REACH.sub("", _LABEL.sub("", text), count=1).strip(" ,;|·•-–")
