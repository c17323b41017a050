"""JSON parsed as it is really published: commented, cut short, half escaped."""

import html as entities
import json
import re
from collections.abc import Callable

import orjson

_MAX_PREFACE = 2_000
_MAX_DOCUMENTS = 100
# A string that never ends matches up to the end, so that no start is tried twice.
_STRING = r'"(?>(?:[^"\\]|\\.)*)(?:"|\\?\Z)'
_COMMENT = re.compile(rf"{_STRING}|/\*.*?(?:\*/|\Z)|//[^\n]*|<!--|-->|<!\[CDATA\[|\]\]>", re.DOTALL)
_STRAY_COMMA = re.compile(rf"{_STRING}|,(?=\s*+[\]}},])", re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|(.?))', re.DOTALL)
_START = re.compile(r"[\[{]")
_SEPARATORS = " \t\r\n,;"
# Half of a character that takes two; alone it can be neither stored nor shown.
_HALF = re.compile(r"(\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w)|\\u[dD][89a-fA-F]\w\w")
_TOKEN = re.compile(rf"{_STRING}|[\[\]{{}},]", re.DOTALL)
_CLOSING = {"{": "}", "[": "]"}
_DECODER = json.JSONDecoder(strict=False)  # takes raw line breaks in strings


def parse_tolerantly(text: str) -> object:
    """Parse JSON, mending what publishers commonly break; None where nothing helps.

    Several documents in a row become a list.
    """
    try:
        return orjson.loads(text)
    except ValueError:
        pass
    if not text.strip():
        return None
    text = _HALF.sub(_keep_pairs, text)
    mended = _mend(text)
    attempts: list[Callable[[], str]] = [
        lambda: text,
        lambda: mended,
        lambda: _mend(entities.unescape(text)),
        lambda: _BAD_ESCAPE.sub(_drop_bad_escape, mended),
        lambda: _close(mended),
    ]
    for attempt in attempts:
        try:
            return _decode(attempt())
        except (ValueError, RecursionError):
            continue
    return None


def _decode(text: str) -> object:
    found: list[object] = []
    position = len(text) - len(text.lstrip(_SEPARATORS))
    while position < len(text) and len(found) < _MAX_DOCUMENTS:
        try:
            document, position = _DECODER.raw_decode(text, position)
        except ValueError:
            if not found:
                raise
            break  # what follows the data is none
        found.append(document)
        while position < len(text) and text[position] in _SEPARATORS:
            position += 1
    if not found:
        raise ValueError("no JSON")
    return found[0] if len(found) == 1 else found


def _mend(text: str) -> str:
    bare = _COMMENT.sub(_keep_strings, _without_preface(text))
    data = _START.search(bare)
    return _STRAY_COMMA.sub(_keep_strings, bare[data.start() :] if data else bare).strip()


def _without_preface(text: str) -> str:
    """Drop a comment in words that stands before the data."""
    text = text.strip("\ufeff \t\r\n")
    end = text.find("-->", 0, _MAX_PREFACE)
    if text.startswith("<!--") and end != -1 and not set("{[") & set(text[:end]):
        return text[end + 3 :]
    return text


def _keep_pairs(match: re.Match[str]) -> str:
    return match[1] or "\\ufffd"


def _keep_strings(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith('"') else ""


def _drop_bad_escape(match: re.Match[str]) -> str:
    return match[0] if match[1] else match[2]


def _close(text: str) -> str:
    """Cut a text that was cut short back to its last whole value, and close what is open."""
    open_brackets: list[str] = []
    whole, depth = 0, 0
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in _CLOSING:
            open_brackets.append(mark)
            whole, depth = token.end(), len(open_brackets)
        elif mark in "]}":
            if not open_brackets:
                break
            open_brackets.pop()
            whole, depth = token.end(), len(open_brackets)
        elif mark == ",":
            whole, depth = token.start(), len(open_brackets)
    if not open_brackets:
        raise ValueError("nothing is open")
    return text[:whole] + "".join(_CLOSING[one] for one in reversed(open_brackets[:depth]))
