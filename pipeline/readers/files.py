"""Files: anything a person may upload, prepared once and then read batch by batch.

This is the seam for further formats: a reader prepares a file into a :class:`FilePlan` and then
yields the raw records of any of its batches, in any order, in any process.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from pipeline.readers.delimited import Split, read_rows, split_records
from pipeline.readers.dialect import Dialect
from pipeline.readers.encoding import Encoding, detect_encoding, transcode
from pipeline.readers.guessing import guess_mapping
from pipeline.readers.mapping import Mapping as ColumnMapping
from pipeline.readers.sniffing import detect_dialect
from pipeline.records import RawRecord

SAMPLE_CHARACTERS = 1 << 16


@dataclass(frozen=True, slots=True)
class FilePlan:
    """How a prepared file is read: plain values, kept with the run that imports it."""

    encoding: str
    dialect: Dialect
    mapping: ColumnMapping
    encoding_guessed: bool = False
    undecodable: int = 0

    def to_json(self) -> dict[str, Any]:
        """Give the plan as plain JSON values."""
        return {
            "encoding": self.encoding,
            "encoding_guessed": self.encoding_guessed,
            "undecodable": self.undecodable,
            "dialect": self.dialect.to_json(),
            "mapping": self.mapping.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Take the plan from what :meth:`to_json` gave."""
        return cls(
            encoding=data["encoding"],
            encoding_guessed=data.get("encoding_guessed", False),
            undecodable=data.get("undecodable", 0),
            dialect=Dialect.from_json(data["dialect"]),
            mapping=ColumnMapping.from_json(data["mapping"]),
        )


def prepare_file(
    source: Path,
    target: Path,
    batch_rows: int,
    *,
    encoding: str | None = None,
    dialect: Dialect | None = None,
) -> tuple[FilePlan, Split]:
    """Copy an uploaded file into UTF-8 at ``target``, and plan how its batches are read.

    ``encoding`` and ``dialect`` overrule what the file seems to say.

    Raises:
        UnreadableFile: the file is no table, or there is no such encoding.
    """
    found = Encoding(encoding) if encoding else detect_encoding(source)
    copied = transcode(source, target, found.name)
    dialect = dialect or _detect(target)
    split = split_records(target, dialect, batch_rows)
    mapping = guess_mapping(split.header, split.sample)
    plan = FilePlan(found.name, dialect, mapping, found.guessed, copied.undecodable)
    return plan, split


def _detect(path: Path) -> Dialect:
    with path.open(encoding="utf-8", newline="") as file:
        return detect_dialect(file.read(SAMPLE_CHARACTERS))


def read_batch(
    path: Path, plan: FilePlan, byte_lo: int, byte_hi: int, row_lo: int
) -> Iterator[RawRecord]:
    """Read the raw records of one batch of a prepared file."""
    record = plan.mapping.record
    for row, cells, broken in read_rows(path, byte_lo, byte_hi, row_lo, plan.dialect):
        yield record(row, cells, broken=broken)
