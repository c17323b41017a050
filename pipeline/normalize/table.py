"""A batch of rows cleaned column by column: the quick way for the many rows without a doubt.

A row is *plain* when every value of it is in order at first sight. All others go the careful way
of :mod:`pipeline.normalize.records`; for a plain row both ways give the same clean record.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, compress
from typing import Any, Self

import orjson

from pipeline.normalize.columns import (
    normalize_emails_plain,
    normalize_names,
    normalize_phones_plain,
    normalize_texts,
    normalize_websites,
)
from pipeline.normalize.countries import country_code
from pipeline.normalize.emails import email_key
from pipeline.normalize.mail_typos import likely_domain
from pipeline.normalize.names import join_name
from pipeline.normalize.statuses import normalize_status
from pipeline.records import FIELDS, KEPT_AS_CUSTOM, MAX_VALUE, TEXT_FIELDS, CleanRecord

Column = Sequence[str]

_SINGLE = frozenset(FIELDS) - {"email", "phone"}


@dataclass(slots=True)
class PlainRows:
    """Clean records without an issue, in columns; ``place`` is each one's place in its batch.

    ``custom`` is JSON text. ``other_emails`` and ``other_phones`` are empty for nearly all. Every
    phone is a verified one.
    """

    place: Sequence[int]
    name: Sequence[str]
    is_company: Sequence[bool]
    email: Sequence[str | None]
    phone: Sequence[str | None]
    texts: Mapping[str, Sequence[str | None]]
    source: Sequence[str]
    status: Sequence[str | None]
    other_emails: Sequence[list[str]]
    other_phones: Sequence[list[str]]
    custom: Sequence[str]

    def __len__(self) -> int:
        return len(self.place)

    def chosen(self, wanted: Sequence[bool]) -> Self:
        """Give those of the rows that are wanted."""
        if all(wanted):
            return self
        columns: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        texts = columns.pop("texts")
        return type(self)(
            **{name: list(compress(column, wanted)) for name, column in columns.items()},
            texts={name: list(compress(column, wanted)) for name, column in texts.items()},
        )

    def values(self) -> Iterator[dict[str, Any]]:
        """Give the values of the lead that each row would become, for JSON."""
        for index in range(len(self)):
            phone = self.phone[index]
            yield {
                "name": self.name[index],
                "email": self.email[index],
                "phone": phone,
                "phone_verified": phone is not None,
                "status": self.status[index] or "new",
                "source": self.source[index],
                **{name: column[index] for name, column in self.texts.items()},
                "other_emails": self.other_emails[index],
                "other_phones": self.other_phones[index],
                "custom": orjson.Fragment(self.custom[index]),
                "origins": {},
            }

    def record(self, index: int, row: int) -> CleanRecord:
        """Give one of the rows as a clean record of that number in its file."""
        phone = self.phone[index]
        record = CleanRecord(
            row=row,
            name=self.name[index],
            is_company=self.is_company[index],
            email=self.email[index],
            phone=phone,
            phone_verified=phone is not None,
            source=self.source[index],
            status=self.status[index],
            other_emails=list(self.other_emails[index]),
            other_phones=list(self.other_phones[index]),
            custom=orjson.loads(self.custom[index]),
        )
        for name, column in self.texts.items():
            setattr(record, name, column[index])
        return record


NO_ROWS = PlainRows(
    **{name: [] for name in PlainRows.__slots__ if name != "texts"},
    texts={name: [] for name in TEXT_FIELDS},
)


def normalize_table(
    header: Sequence[str],
    kinds: Sequence[str],
    columns: Sequence[Column],
    *,
    source: str,
    region: str,
) -> PlainRows:
    """Clean the plain ones among the rows of a batch, given in columns.

    ``kinds`` says what each column holds; ``source`` and ``region`` hold where a row names none.
    Where columns contradict each other no row is plain.
    """
    single = [kind for kind in kinds if kind in _SINGLE]
    custom = [name for name, kind in zip(header, kinds, strict=True) if kind == ""]
    clash = len(set(single)) < len(single) or not _KEPT.isdisjoint(custom)
    if not columns or clash or "contact" in kinds:
        return NO_ROWS
    return _Table(header, kinds, columns).clean(source, region)


class _Table:
    """The columns of a batch while they are cleaned, and which of its rows are still plain."""

    def __init__(
        self, header: Sequence[str], kinds: Sequence[str], columns: Sequence[Column]
    ) -> None:
        self._columns = list(zip(header, kinds, columns, strict=True))
        self._single = {kind: cells for _, kind, cells in self._columns}
        self._count = len(columns[0])
        self._plain = bytearray(b"\x01") * self._count

    def clean(self, source: str, region: str) -> PlainRows:
        regions = self._regions(region)
        texts = self._texts()
        persons = self._persons()
        pairs = zip(persons, texts["company"], strict=True)
        names = [person or company or "" for person, company in pairs]
        emails, other_emails = self._contacts("email", normalize_emails_plain, email_key)
        self._doubt(_find_mistyped(emails, other_emails))
        phones, other_phones = self._contacts(
            "phone", lambda cells: normalize_phones_plain(cells, regions), str
        )
        self._doubt(not name for name in names)
        self._doubt(not email and not phone for email, phone in zip(emails, phones, strict=True))
        statuses = self._judged("status", _normalize_statuses)
        sources = [text or source for text in self._column("source", normalize_texts)]
        self._bound(names)
        self._bound(sources)
        for cells in texts.values():
            self._bound(cells)
        everything = PlainRows(
            place=range(self._count),
            name=names,
            is_company=[not person for person in persons],
            email=emails,
            phone=phones,
            texts=texts,
            source=sources,
            status=statuses,
            other_emails=other_emails,
            other_phones=other_phones,
            custom=self._custom(),
        )
        return everything.chosen([bool(plain) for plain in self._plain])

    def _doubt(self, doubts: Iterable[bool]) -> None:
        for place, doubt in enumerate(doubts):
            if doubt:
                self._plain[place] = 0

    def _bound(self, cells: Sequence[str | None]) -> None:
        if max(map(len, filter(None, cells)), default=0) > MAX_VALUE:
            self._doubt(cell is not None and len(cell) > MAX_VALUE for cell in cells)

    def _texts(self) -> dict[str, list[str | None]]:
        texts: dict[str, list[str | None]] = {
            name: [text or None for text in self._column(name, normalize_texts)]
            for name in TEXT_FIELDS
            if name != "website"
        }
        return {**texts, "website": self._judged("website", normalize_websites)}

    def _column(self, kind: str, normalize: Callable[[Column], list[str]]) -> list[str]:
        cells = self._single.get(kind)
        return normalize(cells) if cells else [""] * self._count

    def _regions(self, region: str) -> str | list[str]:
        cells = self._single.get("country")
        if not cells:
            return region
        codes = {cell: _country_code(cell) or region for cell in set(cells)}
        return [codes[cell] for cell in cells]

    def _persons(self) -> list[str]:
        whole, given, surname = (self._single.get(k) for k in ("name", "given_name", "surname"))
        if not given and not surname:
            return normalize_names(whole) if whole else [""] * self._count
        blank = [""] * self._count
        joined = list(map(join_name, given or blank, surname or blank))
        if whole:
            pairs = zip(whole, joined, strict=True)
            joined = [name if name.strip() else parts for name, parts in pairs]
        return normalize_names(joined)

    def _contacts(
        self,
        kind: str,
        normalize: Callable[[Column], list[str | None]],
        key: Callable[[str], str],
    ) -> tuple[list[str | None], list[list[str]]]:
        """Give each row's first contact of a kind, and its other ones."""
        columns = [cells for _, k, cells in self._columns if k == kind]
        found: list[list[str | None]] = []
        for cells in columns:
            values = normalize(cells)
            found.append(values)
            self._doubt(
                value is None and cell != "" for value, cell in zip(values, cells, strict=True)
            )
        none: list[str] = []
        if len(found) <= 1:
            return found[0] if found else [None] * self._count, [none] * self._count
        firsts: list[str | None] = []
        others: list[list[str]] = []
        for row in zip(*found, strict=True):
            distinct: dict[str, str] = {}
            for value in filter(None, row):
                distinct.setdefault(key(value), value)
            first, *rest = distinct.values() or (None,)
            firsts.append(first)
            others.append([value for value in rest if value])
        return firsts, others

    def _judged(
        self, kind: str, normalize: Callable[[Column], list[str | None]]
    ) -> list[str | None]:
        """Clean a column whose values may be wrong; a blank is none, a wrong one leaves doubt."""
        cells = self._single.get(kind)
        if not cells:
            return [None] * self._count
        values = normalize(cells)
        self._doubt(value is None and cell != "" for value, cell in zip(values, cells, strict=True))
        return values

    def _custom(self) -> list[str]:
        kept = [(kind, self._single[kind]) for kind in KEPT_AS_CUSTOM if kind in self._single]
        kept += [(name, cells) for name, kind, cells in self._columns if kind == ""]
        if not kept:
            return ["{}"] * self._count
        names = [name for name, _ in kept]
        dumps = orjson.dumps
        rows = zip(*(normalize_texts(cells) for _, cells in kept), strict=True)
        return [
            dumps(dict(zip(names, row, strict=True))).decode()
            if all(row)
            else dumps(
                {name: value for name, value in zip(names, row, strict=True) if value}
            ).decode()
            for row in rows
        ]


_KEPT: frozenset[str] = frozenset(KEPT_AS_CUSTOM)

_country_code = lru_cache(maxsize=4_096)(country_code)


def _find_mistyped(shown: Sequence[str | None], others: Sequence[list[str]]) -> Iterable[bool]:
    """Tell which rows have an address whose domain is likely a slip for a provider's."""
    emails = chain(filter(None, shown), chain.from_iterable(others))
    domains = {email.rpartition("@")[2] for email in emails}
    slips = tuple(f"@{domain}" for domain in domains if likely_domain(domain))
    if not slips:
        return ()
    rows = zip(shown, others, strict=True)
    return [any(email.endswith(slips) for email in (first or "", *more)) for first, more in rows]


def _normalize_statuses(cells: Column) -> list[str | None]:
    known: Mapping[str, str | None] = {cell: normalize_status(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]
