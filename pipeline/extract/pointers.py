"""JSON read by pointers (RFC 6901): ``/data/0/name``. ``*`` stands for every part of a value."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import orjson
from pydantic import AfterValidator, Field

from pipeline.errors import UnexpectedPage
from pipeline.extract.rules import check_fields
from pipeline.sources import Page

MAX_FOUND = 100_000
_EVERY = "*"
_BAD_ESCAPE = re.compile(r"~(?![01])")
_BOM = b"\xef\xbb\xbf"


def check_pointer(text: str) -> str:
    """Give a pointer back if it is one.

    Raises:
        ValueError: it is none.
    """
    if (text and not text.startswith("/")) or _BAD_ESCAPE.search(text):
        raise ValueError(f"{text!r} is no pointer: write it as /data/0/name, * for every part")
    return text


def read_json(page: Page[Any]) -> Any:
    """Read a page that is JSON.

    Raises:
        UnexpectedPage: it is none.
    """
    for body in (page.response.body.removeprefix(_BOM), page.markup.encode("utf-8", "replace")):
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError:
            continue
    raise UnexpectedPage("This page is no JSON.")


def find_parts(value: Any, pointer: str) -> list[Any]:
    """Give all parts of a value that a pointer leads to, in their order; nothing where it ends."""
    found = [value]
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        found = [part for one in found for part in _step(one, name)][:MAX_FOUND]
    return found


def find_texts(value: Any, pointer: str) -> list[str]:
    """Give the texts and numbers that a pointer leads to, as texts; those of a list one by one."""
    parts = find_parts(value, pointer)
    plain = [one for part in parts for one in (part if isinstance(part, list) else [part])]
    return [text for text in map(_text, plain) if text]


def read_parts(value: Any, pointers: Mapping[str, str]) -> dict[str, list[str]]:
    """Give the texts of each field; those without any are left out."""
    found = {name: find_texts(value, pointer) for name, pointer in pointers.items()}
    return {name: texts for name, texts in found.items() if texts}


def _step(value: Any, name: str) -> Iterable[Any]:
    if isinstance(value, dict):
        found = value.values() if name == _EVERY else [value[name]] if name in value else []
        return list(found)
    if not isinstance(value, list):
        return ()
    if name == _EVERY:
        return value
    is_number = name.isascii() and name.isdecimal() and len(name) < len(str(MAX_FOUND))
    return value[int(name) : int(name) + 1] if is_number else ()


def _text(value: Any) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


Pointer = Annotated[str, AfterValidator(check_pointer)]
PointerMap = Annotated[dict[str, Pointer], Field(examples=[{"Branch": "/branch/name"}])]
FieldPointers = Annotated[
    dict[str, Pointer], AfterValidator(check_fields), Field(examples=[{"company": "/company"}])
]
