"""What matching knows of one record: every value normalised once, compared many times."""

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from itertools import zip_longest
from typing import Any, NamedTuple, TypeVar

import orjson

from pipeline.dedupe.dates import normalize_date
from pipeline.dedupe.domains import registrable_domain
from pipeline.dedupe.firms import Firm, is_business_name, normalize_title, parse_firm
from pipeline.dedupe.mailboxes import Mailbox, MailKind, parse_mailbox
from pipeline.dedupe.numbers import Line, normalize_id, parse_line
from pipeline.dedupe.people import Person, parse_person
from pipeline.dedupe.places import Place, parse_place
from pipeline.normalize.countries import country_code
from pipeline.normalize.emails import find_emails
from pipeline.normalize.phones import find_phones

MATCH_FIELDS = (
    "name",
    "given_name",
    "surname",
    "email",
    "phone",
    "company",
    "title",
    "website",
    "address",
    "city",
    "postcode",
    "region",
    "country",
    "birth_date",
    "id_number",
)
"""The fields that matching understands; by these names everywhere."""

FORM = 1
"""The version of the stored form; features of another are made anew from the values."""

Values = Mapping[str, str | Sequence[str]]
"""A record's values by field of :data:`MATCH_FIELDS`; a field may have several."""

_PLACE_FIELDS = ("address", "city", "postcode", "region", "country")
_NOBODYS = (MailKind.PLACEHOLDER, MailKind.DISPOSABLE)

Item = TypeVar("Item")


class Kind(IntEnum):
    """Whom a record is about."""

    UNKNOWN = 0
    PERSON = 1
    BUSINESS = 2


_KINDS = tuple(Kind)


class Naming(IntEnum):
    """Whose names a column of names holds."""

    MIXED = 0
    """People's and businesses': each name is judged by itself."""
    BUSINESSES = 1


class Features(NamedTuple):
    """One record as matching sees it. Its content is the affair of this package alone."""

    kind: Kind = Kind.UNKNOWN
    people: Sequence[Person] = ()
    mailboxes: Sequence[Mailbox] = ()
    lines: Sequence[Line] = ()
    firms: Sequence[Firm] = ()
    domains: Sequence[str] = ()
    places: Sequence[Place] = ()
    births: Sequence[str] = ()
    ids: Sequence[str] = ()
    titles: Sequence[str] = ()

    def to_json(self) -> bytes:
        """Give the features as compact JSON; :meth:`from_json` gives the very same again."""
        row = [
            int(self.kind),
            [person.to_row() for person in self.people],
            [mailbox.to_row() for mailbox in self.mailboxes],
            [[*line] for line in self.lines],
            [[*firm] for firm in self.firms],
            self.domains,
            [[*place] for place in self.places],
            self.births,
            self.ids,
            self.titles,
        ]
        while len(row) > 1 and not row[-1]:
            row.pop()
        return orjson.dumps(row)

    @classmethod
    def from_json(cls, text: bytes | str) -> "Features":
        """Read what :meth:`to_json` wrote."""
        row: list[Any] = orjson.loads(text)
        row += [()] * (len(cls._fields) - len(row))
        return cls(
            _KINDS[row[0] or 0],
            tuple(map(Person.from_row, row[1])),
            tuple(map(Mailbox.from_row, row[2])),
            tuple([Line(*line) for line in row[3]]),
            tuple([Firm(*firm) for firm in row[4]]),
            tuple(row[5]),
            tuple([Place(*place) for place in row[6]]),
            tuple(row[7]),
            tuple(row[8]),
            tuple(row[9]),
        )


def people_of(text: bytes | str) -> Sequence[Person]:
    """Read the people alone of what :meth:`Features.to_json` wrote: most are told apart by name."""
    row: list[Any] = orjson.loads(text)
    return [Person.from_row(one) for one in row[1]] if len(row) > 1 else ()


def describe(values: Values, *, region: str = "", naming: Naming = Naming.MIXED) -> Features:
    """Normalise a record's values.

    ``region`` is the ISO 3166 code of the country of phones where the record names none.
    """
    people, named_firms = _read_names(values, naming)
    firms = _each((*_read(values, "company", parse_firm), *named_firms))
    mailboxes = _each(
        mailbox
        for text in _texts(values, "email")
        for address in find_emails(text)
        if (mailbox := parse_mailbox(address)) and mailbox.kind not in _NOBODYS
    )
    home = next((c for text in _texts(values, "country") if (c := country_code(text))), region)
    return Features(
        _kind(people, named_firms, firms, mailboxes),
        people,
        mailboxes,
        _each(_read_lines(values, home)),
        firms,
        _each(_domains(values, mailboxes)),
        _each(_read_places(values)),
        _each(_read(values, "birth_date", normalize_date)),
        _each(_read(values, "id_number", normalize_id)),
        _each(_read(values, "title", normalize_title)),
    )


def _read_names(values: Values, naming: Naming) -> tuple[Sequence[Person], Sequence[Firm]]:
    """Read the names of people, and those that stand in the column of names but are a firm's."""
    given, surname = _texts(values, "given_name"), _texts(values, "surname")
    if given or surname:
        pairs = zip_longest(given, surname, fillvalue="")
        return _each(person for pair in pairs if (person := parse_person("", *pair))), ()
    people: list[Person] = []
    firms: list[Firm] = []
    companies = list(_read(values, "company", parse_firm))
    for name in _texts(values, "name"):
        person, firm = parse_person(name), parse_firm(name)
        is_firm = naming is Naming.BUSINESSES or person.likeness < 0 or is_business_name(name)
        if is_firm or any(firm.name == one.name for one in companies):
            firms.append(firm)
        elif person:
            people.append(person)
    return _each(people), _each(firm for firm in firms if firm.name)


def _kind(
    people: Sequence[Person],
    named_firms: Sequence[Firm],
    firms: Sequence[Firm],
    mailboxes: Sequence[Mailbox],
) -> Kind:
    """Tell whom a record is about: a person's name decides, else a mailbox that is a person's."""
    if people:
        return Kind.PERSON
    if any(mailbox.tells_person for mailbox in mailboxes) and not named_firms:
        return Kind.UNKNOWN
    return Kind.BUSINESS if firms or mailboxes else Kind.UNKNOWN


def _domains(values: Values, mailboxes: Sequence[Mailbox]) -> Iterable[str]:
    """Give the domains of an organisation: of its websites and of its mailboxes."""
    hosts = [mailbox.domain for mailbox in mailboxes if not mailbox.is_free and mailbox.domain]
    hosts += _texts(values, "website")
    return (domain for host in hosts if (domain := registrable_domain(host)))


def _read_lines(values: Values, home: str) -> Iterable[Line]:
    for text in _texts(values, "phone"):
        for number in find_phones(text):
            if line := parse_line(number, home):
                yield line


def _read_places(values: Values) -> Iterable[Place]:
    rows = zip_longest(*(_texts(values, field) for field in _PLACE_FIELDS), fillvalue="")
    return (place for row in rows if any(place := parse_place(*row)))


def _read(values: Values, field: str, parse: Any) -> Iterable[Any]:
    return (found for text in _texts(values, field) if (found := parse(text)) and any(found))


def _texts(values: Values, field: str) -> Sequence[str]:
    given = values.get(field)
    if not given:
        return ()
    found = (given,) if isinstance(given, str) else given
    return [one for one in found if one and not one.isspace()]


def _each(found: Iterable[Item]) -> Sequence[Item]:
    return tuple(dict.fromkeys(found))
