"""Files: anything a person may upload, prepared once and then read batch by batch.

Whatever the file is, its table is copied into plain UTF-8 text; from there on there is one path.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from pipeline.readers.archives import open_unpacked
from pipeline.readers.delimited import (
    BatchRows,
    RowRange,
    Split,
    read_batch_rows,
    split_records,
)
from pipeline.readers.dialect import Dialect
from pipeline.readers.formats import RECORDS, Copied, copy_table
from pipeline.readers.guessing import guess_mapping
from pipeline.readers.mapping import Mapping as ColumnMapping
from pipeline.readers.own_issues import drop_issue_columns
from pipeline.readers.sniffing import detect_dialect
from pipeline.readers.tables import get_bad_record
from pipeline.records import RawRecord

SAMPLE_CHARACTERS = 1 << 16
NOTHING: Mapping[str, Any] = MappingProxyType({})
DIALECT_CHOICES = ("delimiter", "quotechar", "header_row")
PLAIN: Mapping[str, Any] = MappingProxyType(
    {
        "delimiter": ",",
        "quotechar": '"',
        "separator_line": False,
        "skip_space": False,
        "escape": "",
        "aligned": False,
    }
)
"""How a copy is written that was made of anything but delimited text."""


@dataclass(frozen=True, slots=True)
class FilePlan:
    """How a prepared file is read: plain values, kept with the run that imports it.

    ``format`` names what the file holds (``csv``, ``xlsx``, ``jsonl``, ``vcard`` …),
    ``container`` what it was packed in, as ``zip`` or ``tar.gz`` would be; ``member`` is the file
    taken from an archive and ``members`` all it could have been, ``sheet`` and ``sheets`` the same
    of a workbook. Where the encoding is a guess, ``encodings`` ranks what it could be.
    """

    encoding: str
    dialect: Dialect
    mapping: ColumnMapping
    encoding_guessed: bool = False
    encodings: tuple[dict[str, Any], ...] = ()
    undecodable: int = 0
    format: str = "csv"
    container: str = ""
    member: str = ""
    members: tuple[str, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the plan as plain JSON values."""
        return {
            "encoding": self.encoding,
            "encoding_guessed": self.encoding_guessed,
            "encodings": list(self.encodings),
            "undecodable": self.undecodable,
            "dialect": self.dialect.to_json(),
            "mapping": self.mapping.to_json(),
            "format": self.format,
            "container": self.container,
            "member": self.member,
            "members": list(self.members),
            "sheet": self.sheet,
            "sheets": list(self.sheets),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Take the plan from what :meth:`to_json` gave."""
        return cls(
            encoding=data["encoding"],
            encoding_guessed=data.get("encoding_guessed", False),
            encodings=tuple(data.get("encodings", ())),
            undecodable=data.get("undecodable", 0),
            dialect=Dialect.from_json(data["dialect"]),
            mapping=ColumnMapping.from_json(data["mapping"]),
            format=data.get("format", "csv"),
            container=data.get("container", ""),
            member=data.get("member", ""),
            members=tuple(data.get("members", ())),
            sheet=data.get("sheet", ""),
            sheets=tuple(data.get("sheets", ())),
        )


def prepare_file(
    source: Path,
    target: Path,
    batch_rows: int,
    *,
    reading: Mapping[str, Any] = NOTHING,
    columns: Mapping[str, str] = NOTHING,
) -> tuple[FilePlan, Split]:
    """Copy an uploaded file's table into UTF-8 at ``target``, and plan how its batches are read.

    ``reading`` overrules what the file seems to say: ``encoding``, ``delimiter``, ``quotechar``,
    ``header_row``, ``sheet``, ``member``; ``columns`` what its columns seem to hold, by name.

    Raises:
        UnreadableFile: the file is no table, or there is no such encoding.
        InvalidInput: it has no such sheet, member or column.
    """
    with open_unpacked(source, target, str(reading.get("member") or "")) as found:
        copied = copy_table(found.path, target, reading)
    dialect = copied.dialect or _detect(target, copied, reading)
    dialect = drop_issue_columns(target, dialect)
    split = split_records(target, dialect, batch_rows)
    mapping = guess_mapping(split.header, split.sample).remapped(columns)
    plan = FilePlan(
        copied.encoding.name,
        split.dialect,
        mapping,
        copied.encoding.guessed,
        tuple(asdict(guess) for guess in copied.encoding.ranked),
        copied.undecodable,
        copied.format,
        found.container,
        found.member,
        found.members,
        copied.sheet,
        copied.sheets,
    )
    return plan, split


def _detect(path: Path, copied: Copied, reading: Mapping[str, Any]) -> Dialect:
    chosen = {name: reading[name] for name in DIALECT_CHOICES if name in reading}
    if copied.is_plain:
        chosen = {**chosen, **PLAIN}
    with path.open(encoding="utf-8", newline="") as file:
        found = detect_dialect(file.read(SAMPLE_CHARACTERS), chosen)
    return replace(found, **PLAIN) if copied.is_plain else found


def read_batch(path: Path, plan: FilePlan, batch: RowRange) -> BatchRows:
    """Read the rows of one batch of a prepared file."""
    return read_batch_rows(path, *batch, plan.dialect)


def read_record(plan: FilePlan, number: int, cells: Sequence[str], oddity: str = "") -> RawRecord:
    """Give one row as a raw record; ``oddity`` is the code of what is odd about it, if anything."""
    if plan.format in RECORDS:
        bad = get_bad_record(number, cells, len(plan.mapping.header))
        if bad is not None:
            return bad
    return plan.mapping.record(number, cells, oddity=oddity)
