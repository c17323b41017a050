"""Leads as JSON Lines: one object per line, types kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import orjson

from pipeline.exports.columns import COLUMNS, LeadRow, custom_fields

CHUNK_ROWS = 500


@dataclass(frozen=True, slots=True)
class JsonLinesExporter:
    """Writes one JSON object per lead, its custom fields under ``custom``."""

    media_type: str = "application/x-ndjson; charset=utf-8"
    suffix: str = ".jsonl"

    def write(self, rows: Iterable[LeadRow], custom: Sequence[str] = ()) -> Iterator[str]:
        """Give the file in chunks. All custom fields are written if ``custom`` names none."""
        lines = (_line(row, custom) for row in rows)
        while chunk := b"".join(islice(lines, CHUNK_ROWS)):
            yield chunk.decode()


def _line(row: LeadRow, custom: Sequence[str]) -> bytes:
    own = custom_fields(row)
    chosen = {name: own[name] for name in custom if name in own} if custom else dict(own)
    lead = {column: row.get(column) for column in COLUMNS} | {"custom": chosen}
    return orjson.dumps(lead, default=str, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z)
