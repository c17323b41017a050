"""Records made ready to be written: clean, with their exact keys, outside any transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, compress, repeat
from typing import Any, Self

import orjson

from pipeline.dedupe.exact import record_keys
from pipeline.fixes import FixTable
from pipeline.leads.keys import digest_cells, digest_raw, hash_texts
from pipeline.normalize.columns import email_keys, phone_keys
from pipeline.normalize.records import normalize_record
from pipeline.normalize.table import NO_ROWS, PlainRows, normalize_table
from pipeline.readers.delimited import BatchRows
from pipeline.readers.files import FilePlan, read_record
from pipeline.readers.mapping import Mapping
from pipeline.readers.own_export import decode_cell
from pipeline.records import CleanRecord, Issue, RawRecord
from pipeline.rules import Rules
from pipeline.validate import validate_record

UNREADABLE = "a record that the engine can read; the raw values are kept with this issue"

Keys = tuple[int, ...]


@dataclass(slots=True)
class Prepared:
    """A record ready to be decided: clean, with its exact keys and the hash of its raw values."""

    record: CleanRecord
    emails: Sequence[int]
    phones: Sequence[int]
    raw: str
    digest: int


@dataclass(slots=True)
class PreparedTable:
    """The plain rows of a batch with their exact keys, row numbers and raw values, in columns."""

    header: Sequence[str]
    plain: PlainRows
    row: Sequence[int]
    emails: Sequence[Keys]
    phones: Sequence[Keys]
    raw: Sequence[str]
    digest: Sequence[int]

    def __len__(self) -> int:
        return len(self.row)

    def chosen(self, wanted: Sequence[bool]) -> Self:
        """Give those of the rows that are wanted."""
        return type(self)(
            self.header,
            self.plain.chosen(wanted),
            list(compress(self.row, wanted)),
            list(compress(self.emails, wanted)),
            list(compress(self.phones, wanted)),
            list(compress(self.raw, wanted)),
            list(compress(self.digest, wanted)),
        )

    def contacts(self, index: int) -> Iterable[tuple[str, str]]:
        """Give all e-mails and phones of one row, each with its kind."""
        plain = self.plain
        for email in (plain.email[index], *plain.other_emails[index]):
            if email:
                yield "email", email
        for phone in (plain.phone[index], *plain.other_phones[index]):
            if phone:
                yield "phone", phone

    def prepared(self, index: int) -> Prepared:
        """Give one row by itself."""
        record = self.plain.record(index, self.row[index])
        cells = zip(self.header, orjson.loads(self.raw[index]), strict=True)
        record.raw = {name: cell for name, cell in cells if cell}
        return Prepared(
            record,
            self.emails[index],
            self.phones[index],
            self.raw[index],
            self.digest[index],
        )


@dataclass(slots=True)
class PreparedBatch:
    """A batch ready to be written: its plain rows in columns, all other records one by one."""

    others: list[Prepared]
    table: PreparedTable = field(
        default_factory=lambda: PreparedTable((), NO_ROWS, (), (), (), (), ())
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file's rows are read: its plan, what is read for some values, and the defaults."""

    plan: FilePlan
    source: str
    region: str
    fixes: FixTable
    rules: Rules = field(default_factory=dict)

    def terms(self) -> Sequence[Any]:
        """Give all that decides, beside its cells, what a row says of a lead."""
        mapping = self.plan.mapping
        read_as = list(mapping.header), list(mapping.kinds), self.region
        return [*read_as, self.fixes.to_json(), dict(self.rules)]


def prepare_records(raws: Iterable[RawRecord], *, source: str, region: str) -> list[Prepared]:
    """Normalize and validate records, outside any transaction. No record can stop the others."""
    return [_prepare(raw, source, region) for raw in raws]


def prepare_rows(rows: BatchRows, reading: Reading) -> PreparedBatch:
    """Normalize and validate a batch of a file's rows, outside any transaction.

    Nearly all rows go through in columns; a row that raises a doubt goes the careful way alone.
    """
    header = reading.plan.mapping.header
    texts, digests = digest_cells(reading.terms(), rows.cells)
    even = _find_even(rows, reading.plan.mapping)
    plain = _normalize_even([rows.cells[n] for n in even], reading)
    places = [even[place] for place in plain.place]
    table = PreparedTable(
        header,
        plain,
        [rows.first + n for n in places],
        _keys_of("e:", email_keys, plain.email, plain.other_emails),
        _keys_of("p:", phone_keys, plain.phone, plain.other_phones),
        [texts[n] for n in places],
        [digests[n] for n in places],
    )
    others = []
    for n in sorted(set(range(len(rows.cells))).difference(places)):
        one = _prepare(_raw_record(rows, n, reading), reading.source, reading.region)
        one.raw, one.digest = texts[n], digests[n]
        others.append(one)
    return PreparedBatch(others, table)


def _prepare(raw: RawRecord, source: str, region: str) -> Prepared:
    try:
        record = validate_record(normalize_record(raw, source=source, region=region))
        emails, phones = record_keys(record)
        text, digest = digest_raw(raw.raw)
    except Exception as error:  # noqa: BLE001 - a bad record is told of, never passed on
        issue = Issue("unreadable", "", type(error).__name__, UNREADABLE)
        record = CleanRecord(row=raw.row, raw={}, url=raw.url, issues=[issue])
        return Prepared(record, (), (), "{}", 0)
    return Prepared(record, emails, phones, text, digest)


def _find_even(rows: BatchRows, mapping: Mapping) -> Sequence[int]:
    """Find the places of the rows that are whole, as wide as the header, and label no fax."""
    odd = {number - rows.first for number in rows.odd}
    width = len(mapping.header)
    even = [n for n, cells in enumerate(rows.cells) if len(cells) == width and n not in odd]
    return [n for n in even if not mapping.find_faxes(rows.cells[n])] if mapping.labels else even


def _normalize_even(rows: Sequence[Sequence[str]], reading: Reading) -> PlainRows:
    mapping, fixes = reading.plan.mapping, reading.fixes
    columns: list[Sequence[str]] = list(zip(*rows, strict=True))
    if mapping.own_export:
        columns = [list(map(decode_cell, cells)) for cells in columns]
    if fixes:
        pairs = zip(mapping.kinds, columns, strict=True)
        columns = [fixes.replace_all(kind, list(cells)) for kind, cells in pairs]
    return normalize_table(
        mapping.header, mapping.kinds, columns, source=reading.source, region=reading.region
    )


def _raw_record(rows: BatchRows, place: int, reading: Reading) -> RawRecord:
    plan, fixes, cells = reading.plan, reading.fixes, rows.cells[place]
    number = rows.first + place
    oddity = rows.odd.get(number, "")
    raw = read_record(plan, number, cells, oddity)
    if not fixes:
        return raw
    kinds = chain(plan.mapping.kinds, repeat(""))
    fixed = [fixes.replace(kind, cell) for kind, cell in zip(kinds, cells, strict=False)]
    return replace(read_record(plan, number, fixed, oddity), raw=raw.raw)


def _keys_of(
    prefix: str,
    to_keys: Callable[[Sequence[str]], Sequence[str | None]],
    shown: Sequence[str | None],
    others: Sequence[Sequence[str]],
) -> list[Keys]:
    """Give the exact keys of each row's contacts of one kind."""
    filled = [value for value in shown if value]
    keys = to_keys(filled)
    hashes = iter(hash_texts([prefix + key for key in keys if key]))
    hashed = iter([(next(hashes),) if key else () for key in keys])
    rows: list[Keys] = [next(hashed) if value else () for value in shown]
    for place, more in enumerate(others):
        if more:
            extra = hash_texts([prefix + key for key in to_keys(more) if key])
            rows[place] = tuple(dict.fromkeys((*rows[place], *extra)))
    return rows
