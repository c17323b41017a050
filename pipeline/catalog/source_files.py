"""Declared sources as files, JSON or TOML: to be kept, compared, and read in elsewhere."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import orjson

from pipeline.catalog.definitions import Definition, read_definition
from pipeline.errors import InvalidInput

MAX_BYTES = 256 << 10
Format = Literal["json", "toml"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_JSON = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def write_file(definition: Definition, form: Format = "json") -> bytes:
    """Write a definition; what is empty is left out."""
    values = {
        name: value
        for name, value in definition.model_dump(mode="json").items()
        if value not in (None, "")
    }
    if form == "json":
        return orjson.dumps(values, option=_JSON)
    return "\n".join([*_toml_table(values), ""]).encode()


def read_file(body: bytes) -> Definition:
    """Read a definition from a file of either form.

    Raises:
        InvalidInput: it is neither, or no definition; the text says what is wrong.
    """
    if len(body) > MAX_BYTES:
        raise InvalidInput(f"The file is larger than {MAX_BYTES:,} bytes.")
    body = body.removeprefix(b"\xef\xbb\xbf")
    try:
        text = body.decode()
        values = orjson.loads(body) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (UnicodeDecodeError, orjson.JSONDecodeError, tomllib.TOMLDecodeError, RecursionError):
        raise InvalidInput("The file is neither JSON nor TOML.") from None
    return read_definition(values)


def _toml_table(values: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Give the lines of a table: its plain values first, then the tables in it."""
    tables = {name: value for name, value in values.items() if isinstance(value, dict)}
    for name, value in values.items():
        if name not in tables and value is not None:
            yield f"{_key(name)} = {_toml_value(value)}"
    for name, table in tables.items():
        whole = f"{path}.{_key(name)}" if path else _key(name)
        yield ""
        yield f"[{whole}]"
        yield from _toml_table(table, whole)


def _toml_value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_toml_value(one) for one in value if one is not None)}]"
    if isinstance(value, dict):
        pairs = [f"{_key(name)} = {_toml_value(one)}" for name, one in value.items()]
        return f"{{{', '.join(pairs)}}}"
    return _toml(value) if isinstance(value, str) else orjson.dumps(value).decode()


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _toml(name)


def _toml(text: str) -> str:
    """Give a text as a JSON string, which a basic string of TOML is as well."""
    return orjson.dumps(text).decode().replace("\x7f", "\\u007f")
