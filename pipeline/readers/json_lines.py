"""JSON Lines and arrays of objects as a table: nested names are joined by dots."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.readers.cell_values import float_text
from pipeline.readers.json_values import OBJECT, iter_values
from pipeline.readers.own_export import COLUMNS, LIST_SEPARATOR, own_cells
from pipeline.readers.tables import BadRecord, Record, copy_records

MAX_DEPTH = 8
MAX_ITEMS = 20
"""How many objects of a list get columns of their own; the rest stays JSON."""

WRAPPERS = frozenset(
    {"data", "results", "items", "records", "rows", "value", "values", "entries", "elements"}
    | {"leads", "contacts", "people", "persons", "users", "customers", "companies"}
)
"""Names under which an interface gives the records of a page."""


def copy_json(source: Path, target: Path, encoding: str) -> None:
    """Copy a file's objects to ``target`` as plain CSV.

    Raises:
        UnreadableFile: it holds no object.
    """
    copy_records(lambda: read_objects(source, encoding), target)


def read_objects(source: Path, encoding: str) -> Iterator[Record]:
    """Give each object of a file by its columns; what is no object is a :class:`BadRecord`."""
    header: list[str] = []
    with source.open(encoding=encoding, errors="replace", newline="\n") as file:
        for place, value in enumerate(iter_values(file)):
            if isinstance(value, list) and place == 0 and _is_header(value):
                header = value
            elif isinstance(value, list) and 0 < len(value) <= len(header):
                yield {name: _text(cell) for name, cell in zip(header, value, strict=False)}
            else:
                for one in _records_of(value):
                    yield _record(one)


def _is_header(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(cell, str) for cell in value)


def _records_of(value: Any) -> list[Any]:
    """Give the records in a value: itself, or those of the page it is."""
    if isinstance(value, dict):
        for name in WRAPPERS & value.keys():
            found = value[name]
            if isinstance(found, list) and found and all(isinstance(one, dict) for one in found):
                return found
    return [value]


def _record(value: Any) -> Record:
    if isinstance(value, BadRecord):
        return value
    if not isinstance(value, dict):
        return BadRecord(str(value), OBJECT)
    custom = value.get("custom")
    if tuple(value) == (*COLUMNS, "custom") and isinstance(custom, dict):
        return own_cells(_flat(value), _flat(custom))
    return _flat(value)


def _flat(value: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    _flatten("", value, found, 0)
    return found


def _flatten(name: str, value: Any, found: dict[str, str], depth: int) -> None:
    if isinstance(value, dict) and depth < MAX_DEPTH:
        for key, one in value.items():
            _flatten(f"{name}.{key}" if name else key, one, found, depth + 1)
    elif isinstance(value, list) and depth < MAX_DEPTH and _is_nested(value):
        for place, one in enumerate(value[:MAX_ITEMS], start=1):
            _flatten(f"{name}.{place}", one, found, depth + 1)
        if value[MAX_ITEMS:]:
            found[f"{name}.more"] = _text(value[MAX_ITEMS:])
    else:
        found[name] = _text(value)


def _is_nested(values: list[Any]) -> bool:
    return any(isinstance(one, dict | list) for one in values)


def _text(value: Any) -> str:
    match value:
        case str():
            text = value
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case float():
            text = float_text(value)
        case list() if not _is_nested(value):
            text = LIST_SEPARATOR.join(filter(None, map(_text, value)))
        case dict() | list():
            text = json.dumps(value, ensure_ascii=False)
        case _:
            text = str(value)
    return text
