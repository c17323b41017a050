"""Leads as JSON Lines: one object per line, types kept."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from pipeline.exports.columns import COLUMNS, Batches

_NAMES = (*COLUMNS, "custom")


def write_json_lines(batches: Batches, _: Sequence[str] = ()) -> Iterator[bytes]:
    """Give one JSON object per lead, its custom fields under ``custom`` in order of name."""
    for leads in batches:
        yield b"".join([_line(*lead) for lead in leads])


def _line(*lead: Any) -> bytes:
    *values, custom = lead
    fields = dict(sorted(custom.items())) if len(custom) > 1 else custom
    named = dict(zip(_NAMES, (*values, fields), strict=True))
    return orjson.dumps(named, option=orjson.OPT_APPEND_NEWLINE)
