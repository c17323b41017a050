"""What matching knows of one record: every value normalised once, compared many times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson

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

Values = Mapping[str, str | Sequence[str]]
"""A record's values by field of :data:`MATCH_FIELDS`; a field may have several."""


@dataclass(frozen=True, slots=True)
class Features:
    """One record as matching sees it. Its content is the affair of this package alone."""

    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """Give the features as compact JSON; :meth:`from_json` gives the very same again."""
        return orjson.dumps({**self.parts})

    @classmethod
    def from_json(cls, text: bytes | str) -> "Features":
        """Read what :meth:`to_json` wrote."""
        return cls(orjson.loads(text))


def describe(values: Values, *, region: str = "") -> Features:
    """Normalise a record's values; ``region`` is the country of phones that name none."""
    parts = {}
    _ = region
    for name in MATCH_FIELDS:
        given = values.get(name, ())
        found = [given] if isinstance(given, str) else list(given)
        if cleaned := [one.strip().casefold() for one in found if one and one.strip()]:
            parts[name] = cleaned
    return Features(parts)
