"""Mappings: which column of a file is which of our fields, and the raw records that follow."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType
from typing import Any, Self

from pipeline.errors import InvalidInput
from pipeline.normalize.emails import find_emails
from pipeline.normalize.phones import find_phones, looks_like_phone
from pipeline.normalize.text import normalize_text
from pipeline.readers.header_words import LABEL
from pipeline.readers.headers import unnamed_column
from pipeline.readers.own_export import decode_cell
from pipeline.records import EMPTY, FIELDS, Issue, RawRecord, Severity

KINDS = (*FIELDS, "contact", "", LABEL)
"""What a column may hold: a field, e-mail and phone in one, a custom field, a mere label."""

MANY = frozenset({"email", "phone", "contact", "", LABEL})
"""The kinds that several columns may have; of a field there is one column only."""

_WORDS = {"": "custom", LABEL: "ignore"}
WORDS = tuple(_WORDS.get(kind, kind) for kind in KINDS)
"""The words by which people name the kinds."""

GUESSED, REMEMBERED, SAVED = "guessed", "remembered", "saved"
"""Where a mapping comes from: from the file, from an earlier file like it, by a name."""

SAMPLES = 5
SAMPLE_LENGTH = 200

MENDED = "mended_row"
ODDITIES: Dict[str, str] = MappingProxyType(
    {
        "broken_row": "a closing quote before the end of the row",
        MENDED: "as many cells as in the header; the row was cut as its values suggest",
        "repeated_header": "a record; this row repeats the header",
        "footer": "a record; this row seems to be a note below the table",
        "other_table": "a record of the table; this row seems to belong to another one below it",
    }
)
"""Why a row is not an ordinary one, and what was expected instead."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column as a person is shown it: what it is taken for, how surely, and some values.

    ``kind`` is the word for its kind (see :func:`kind_word`).
    """

    name: str
    kind: str
    confidence: float
    samples: Sequence[str] = ()


@dataclass(frozen=True)
class Mapping:
    """The columns of a file by name, and for each its kind (see :data:`KINDS`).

    ``own_export`` tells that the file is one of our exports, whose cells are to be decoded.
    ``confidence`` says for each column how sure its kind is, from 0 (a custom field for want of
    anything better) to 1 (certain, or chosen); ``origin`` where the mapping comes from.
    """

    header: Sequence[str]
    kinds: Sequence[str]
    own_export: bool = False
    confidence: Sequence[float] = ()
    origin: str = GUESSED
    _fields: list[tuple[int, str]] = field(init=False, repr=False, compare=False)
    _emails: list[int] = field(init=False, repr=False, compare=False)
    _phones: list[int] = field(init=False, repr=False, compare=False)
    _contacts: list[int] = field(init=False, repr=False, compare=False)
    _custom: list[tuple[int, str]] = field(init=False, repr=False, compare=False)
    labels: list[int] = field(init=False, repr=False, compare=False)
    """The places of the phones that have a column of labels before them."""

    def __post_init__(self) -> None:
        """Work out, once, where each value stands."""
        if not self.confidence:
            sure = [1.0 if kind else 0.0 for kind in self.kinds]
            object.__setattr__(self, "confidence", sure)
        places = list(enumerate(self.kinds))
        found = {
            "_fields": [(place, kind) for place, kind in places if kind not in MANY],
            "_emails": [place for place, kind in places if kind == "email"],
            "_phones": [place for place, kind in places if kind == "phone"],
            "_contacts": [place for place, kind in places if kind == "contact"],
            "_custom": [(place, self.header[place]) for place, kind in places if kind == ""],
            "labels": [place for place in range(1, len(places)) if self._has_label(place)],
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)

    def record(self, row: int, cells: Sequence[str], *, oddity: str = "") -> RawRecord:
        """Give one row as a raw record; cells without a column become custom fields.

        ``oddity`` is the code of what keeps the row from being an ordinary one (:data:`ODDITIES`).
        """
        if self.own_export:
            cells = [decode_cell(cell) for cell in cells]
        if oddity or len(cells) != len(self.header) or self._contacts:
            record = self._odd_record(row, cells, oddity)
        else:
            record = self._even_record(row, cells)
        return self._without_faxes(record, cells) if self.labels else record

    def remapped(self, kinds: Dict[str, str]) -> Self:
        """Give this mapping with other kinds for some columns, by their names (case is no matter).

        Another column that was taken for a chosen field of which there is one only is custom then.

        Raises:
            InvalidInput: there is no such column, or no such kind, or two columns are chosen for
                a field of which there is one only.
        """
        chosen = {self._place(name): read_kind(kind) for name, kind in kinds.items()}
        single = [kind for kind in chosen.values() if kind not in MANY]
        taken = set(single)
        if len(taken) < len(single):
            twice = next(kind for kind in single if single.count(kind) > 1)
            raise InvalidInput(f"Only one column can be the {twice}; let the others be custom.")
        kept = ["" if kind in taken else kind for kind in self.kinds]
        sure = [
            confidence if kind else 0.0
            for kind, confidence in zip(kept, self.confidence, strict=True)
        ]
        for place, kind in chosen.items():
            kept[place], sure[place] = kind, 1.0
        return replace(self, kinds=kept, confidence=sure)

    def describe(self, sample: Sequence[Sequence[str]] = ()) -> list[Column]:
        """Give the columns as a person is shown them, each with a few values of the sample."""
        columns = zip(self.header, self.kinds, self.confidence, strict=True)
        return [
            Column(name, kind_word(kind), confidence, _samples(sample, place))
            for place, (name, kind, confidence) in enumerate(columns)
        ]

    def to_json(self) -> dict[str, Any]:
        """Give the mapping as plain JSON values."""
        return {
            "header": list(self.header),
            "kinds": list(self.kinds),
            "own_export": self.own_export,
            "confidence": list(self.confidence),
            "origin": self.origin,
        }

    @classmethod
    def from_json(cls, data: Dict[str, Any]) -> Self:
        """Take the mapping from what :meth:`to_json` gave."""
        return cls(
            data["header"],
            data["kinds"],
            own_export=data.get("own_export", False),
            confidence=data.get("confidence", ()),
            origin=data.get("origin", GUESSED),
        )

    def find_faxes(self, cells: Sequence[str]) -> list[int]:
        """Find the phones of a row that their labels call a fax (``Work Fax``): custom fields."""
        return [
            place
            for place in self.labels
            if place < len(cells) and cells[place] and "fax" in cells[place - 1].casefold()
        ]

    def _has_label(self, place: int) -> bool:
        return self.kinds[place - 1] == LABEL and self.kinds[place] == "phone"

    def _place(self, name: str) -> int:
        places = {column.casefold(): place for place, column in enumerate(self.header)}
        place = places.get(normalize_text(name).casefold())
        if place is None:
            raise InvalidInput(
                f"The file has no column {name!r}. It has: {', '.join(self.header)}."
            )
        return place

    def _even_record(self, row: int, cells: Sequence[str]) -> RawRecord:
        raw = dict(zip(self.header, cells, strict=True))
        if "" in cells:
            raw = {name: cell for name, cell in raw.items() if cell}
        return RawRecord(
            {name: cells[place] for place, name in self._fields if cells[place]},
            [cells[place] for place in self._emails if cells[place]],
            [cells[place] for place in self._phones if cells[place]],
            {name: cells[place] for place, name in self._custom if cells[place]}
            if self._custom
            else EMPTY,
            raw,
            row,
        )

    def _odd_record(self, row: int, cells: Sequence[str], oddity: str) -> RawRecord:
        """Give a row that is odd, too long, too short, or mixes e-mails with phones."""
        width = len(self.header)
        surplus = {
            unnamed_column(place): cell
            for place, cell in enumerate(cells[width:], start=width + 1)
            if cell.strip()
        }
        within = [*cells[:width], *[""] * (width - len(cells))]
        even = self._even_record(row, within)
        mixed = [cells[place] for place in self._contacts if place < len(cells)]
        return RawRecord(
            even.fields,
            [*even.emails, *(found for cell in mixed for found in _emails_in(cell))],
            [*even.phones, *(found for cell in mixed for found in _phones_in(cell))],
            {**even.custom, **surplus} if surplus else even.custom or EMPTY,
            {**even.raw, **surplus},
            row,
            issues=self._issues(oddity, surplus, len(cells)),
        )

    def _issues(self, oddity: str, surplus: Dict[str, str], count: int) -> tuple[Issue, ...]:
        if oddity:
            severity = Severity.WARNING if oddity == MENDED else Severity.ERROR
            return (Issue(oddity, "", "", ODDITIES[oddity], severity),)
        expected = f"{len(self.header)} cells, as in the header"
        if surplus:
            names, values = ", ".join(surplus), " | ".join(surplus.values())
            return (Issue("extra_cells", names, values[:200], expected, Severity.WARNING),)
        missing = enumerate(self.header[count:], start=count + 1)
        named = [name for place, name in missing if name != unnamed_column(place)]
        if named:
            return (Issue("missing_cells", ", ".join(named), "", expected, Severity.WARNING),)
        return ()

    def _without_faxes(self, record: RawRecord, cells: Sequence[str]) -> RawRecord:
        faxes = {self.header[at]: cells[at] for at in self.find_faxes(cells)}
        if not faxes:
            return record
        phones = list(record.phones)
        for fax in faxes.values():
            phones.remove(fax)
        return replace(record, phones=phones, custom={**record.custom, **faxes})


def read_kind(word: str) -> str:
    """Give the kind a word stands for: ``custom``, ``ignore`` or a kind itself.

    Raises:
        InvalidInput: there is no such kind; the text says which there are.
    """
    kind = {known: kind for kind, known in _WORDS.items()}.get(word, word)
    if kind not in KINDS:
        raise InvalidInput(f"There is no kind {word!r} of column. There are: {', '.join(WORDS)}.")
    return kind


def kind_word(kind: str) -> str:
    """Give the word for a kind: ``custom`` for a custom field, ``ignore`` for a mere label."""
    return _WORDS.get(kind, kind)


def _samples(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    cells = (row[place].strip()[:SAMPLE_LENGTH] for row in rows if place < len(row))
    return list(islice(dict.fromkeys(cell for cell in cells if cell), SAMPLES))


def _emails_in(cell: str) -> list[str]:
    return find_emails(cell) if "@" in cell else []


def _phones_in(cell: str) -> list[str]:
    words = cell.replace(";", " ; ").replace(",", " , ").split()
    rest = " ".join(word for word in words if "@" not in word).strip(" ;,|/")
    return [phone for phone in find_phones(rest) if looks_like_phone(phone)]
