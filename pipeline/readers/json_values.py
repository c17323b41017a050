"""JSON values from a text stream: lines, an array, or values one after the other."""

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

import orjson

from pipeline.readers.tables import BadRecord

READ_CHARACTERS = 1 << 20
MAX_VALUE = 64 << 20
OBJECT = "a JSON object"

_LONG_NUMBER = re.compile(r"\d{18}").search
_SPACE = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()
_TORN = 100
"""An error this near to the end of what was read may come from not having read on."""


def iter_values(file: TextIO) -> Iterator[Any]:
    """Give a file's values; a :class:`BadRecord` stands for what is none.

    In JSON Lines each line is on its own. An array, or values over several lines, end at their
    first flaw, since nobody can tell where the next value begins.
    """
    first = file.readline(MAX_VALUE)
    while first and not first.strip("\ufeff \t\r\n"):
        first = file.readline(MAX_VALUE)
    text = first.strip("\ufeff \t\r\n")
    if text.startswith("{") and _read_value(text) is None:
        yield from _Stream(file, text).values()
    elif text.startswith("[") and not _is_row(text):
        yield from _Stream(file, text[1:], end="]").values()
    else:
        yield _line_value(text)
        for line in file:
            if stripped := line.strip():
                yield _line_value(stripped)


def _is_row(line: str) -> bool:
    """Whether a line is an array of plain values: a table in JSON Lines."""
    value = _read_value(line)
    return bool(value) and not any(isinstance(one, dict | list) for one in value)


def _line_value(line: str) -> Any:
    value = _read_value(line)
    return value if value is not None else BadRecord(line, f"{OBJECT} on one line")


def _read_value(text: str) -> Any:
    """Give the value a text spells, None if it spells none."""
    try:
        # Integers of any length, NaN and lone surrogates are only understood by the other.
        return json.loads(text) if _LONG_NUMBER(text) else orjson.loads(text)
    except ValueError:
        pass
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


class _Stream:
    """Values cut from a text that is read on as needed."""

    def __init__(self, file: TextIO, text: str, end: str = "") -> None:
        self._file, self._text, self._end = file, text, end
        self._place = 0
        self._ended = False

    def values(self) -> Iterator[Any]:
        """Give the values; the last one says what is wrong, if the text ends too early."""
        while True:
            self._skip()
            if self._end and self._text.startswith(self._end, self._place):
                return
            if self._place >= len(self._text):
                if self._end:
                    yield BadRecord("", f"a closing {self._end!r} at the end of the file")
                return
            value = self._next()
            yield value
            if isinstance(value, BadRecord):
                return

    def _next(self) -> Any:
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._place)
            except (ValueError, RecursionError) as error:
                if self._is_torn(error) and self._read_on():
                    continue
                rest = self._text[self._place : self._place + 1_000]
                return BadRecord(rest, f"{OBJECT}; from here on nothing can be read")
            # A number may go on behind what was read so far.
            if end < len(self._text) or not self._read_on():
                self._place = end
                return value

    def _is_torn(self, error: Exception) -> bool:
        if len(self._text) - self._place > MAX_VALUE:
            return False
        if not isinstance(error, json.JSONDecodeError):
            return False
        near = error.pos > len(self._text) - _TORN
        return near or error.msg.startswith("Unterminated string")

    def _skip(self) -> None:
        """Pass over blanks and commas."""
        while True:
            found = _SPACE.match(self._text, self._place)
            self._place = found.end() if found else self._place
            if self._place < len(self._text) or not self._read_on():
                return

    def _read_on(self) -> bool:
        if self._ended:
            return False
        more = self._file.read(max(READ_CHARACTERS, len(self._text) - self._place))
        self._ended = not more
        self._text, self._place = self._text[self._place :] + more, 0
        return not self._ended
