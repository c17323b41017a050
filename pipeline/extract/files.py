"""Files on the web that hold records: tables, workbooks and vCards, read as imports are."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.errors import InvalidInput, UnexpectedPage
from pipeline.readers.files import prepare_file, read_batch, read_record
from pipeline.readers.mapping import read_kind
from pipeline.records import EMPTY, RawRecord
from pipeline.sources import Page

_BATCH_ROWS = 5_000
_BEGIN = b"BEGIN:VCARD"
_CARD_TYPES = frozenset({"text/vcard", "text/x-vcard", "text/directory"})
_HEAD = 512


def read_records(
    page: Page[Any], *, reading: Mapping[str, str] = EMPTY, columns: Mapping[str, str] = EMPTY
) -> Iterator[RawRecord]:
    """Give a record of each row of a file; its columns are recognized.

    ``reading`` overrules what the file seems to say: ``encoding``, ``delimiter``, ``sheet``,
    ``member``; ``columns`` what its columns seem to hold, by name.

    Raises:
        UnexpectedPage: the file cannot be read as a table, or has no such column.
    """
    chosen = {name: value for name, value in reading.items() if value}
    with TemporaryDirectory(prefix="leads-") as folder:
        source, copy = Path(folder, "file"), Path(folder, "copy")
        source.write_bytes(page.response.body)
        try:
            plan, split = prepare_file(source, copy, _BATCH_ROWS, reading=chosen, columns=columns)
        except InvalidInput as error:
            raise UnexpectedPage(f"This file cannot be read: {error}") from None
        for part in split.batches:
            batch = read_batch(copy, plan, part)
            for number, cells in enumerate(batch.cells, batch.first):
                if number not in batch.outside:
                    record = read_record(plan, number, cells, batch.odd.get(number, ""))
                    yield replace(record, url=page.final_url)


def check_kinds(columns: Mapping[str, str]) -> Mapping[str, str]:
    """Give the choice of columns' kinds back if there are such kinds.

    Raises:
        ValueError: there is no such kind.
    """
    try:
        return {name: read_kind(word) for name, word in columns.items()}
    except InvalidInput as error:
        raise ValueError(str(error)) from None


def is_card_file(page: Page[Any]) -> bool:
    """Whether a page is a file of vCards."""
    head = page.response.body[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n\t")
    return head[: len(_BEGIN)].upper() == _BEGIN or page.response.content_type in _CARD_TYPES
