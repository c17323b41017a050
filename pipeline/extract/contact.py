"""A person or organization as a page shows it, each value with the way it was found."""

from dataclasses import dataclass, field
from typing import Literal

from pipeline.extract.entity import Place

Kind = Literal["person", "organization"]
Method = Literal[
    "json-ld",
    "microdata",
    "rdfa",
    "h-card",
    "meta",
    "mailto",
    "tel",
    "text",
    "decoded",
    "domain",
    "page",
]
"""How a value was found. ``domain`` supports an address whose domain is the site's own; ``page``
means that something was gathered from the page as a whole, such as its title."""

PLAIN = ("name", "title", "company", "website", "address", "city", "postcode", "region", "country")


@dataclass(slots=True)
class Contact:
    """What a page tells about one person or organization.

    ``values`` holds the single values by field, ``emails`` and ``phones`` the lists; the second
    of each pair says how the value was found.
    """

    kind: Kind
    values: dict[str, tuple[str, Method]] = field(default_factory=dict)
    emails: dict[str, Method] = field(default_factory=dict)
    phones: dict[str, Method] = field(default_factory=dict)
    # Where a single value (by field), an address or a number stood, as far as that is known.
    places: dict[str, Place] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name, or nothing."""
        return self.get("name")

    @property
    def is_reachable(self) -> bool:
        """Whether there is an e-mail address or a phone number."""
        return bool(self.emails or self.phones)

    def get(self, name: str) -> str:
        """Give a single value, or nothing."""
        return self.values.get(name, ("", "page"))[0]

    def put(self, name: str, value: str, method: Method, place: Place = "") -> None:
        """Set a single value unless there is one."""
        text = " ".join(value.split())
        if text and name not in self.values:
            self.values[name] = (text, method)
            self.places[name] = place

    def reach(self, values: dict[str, Method], value: str, method: Method, place: Place) -> None:
        """Add an address to ``emails`` or a number to ``phones`` unless it is there."""
        if value not in values:
            values[value] = method
            self.places[value] = place

    def absorb(self, other: "Contact") -> None:
        """Take over what another view of the same contact adds."""
        for name, (value, method) in other.values.items():
            self.put(name, value, method, other.places.get(name, ""))
        for email, method in other.emails.items():
            self.emails.setdefault(email, method)
        for phone, method in other.phones.items():
            self.phones.setdefault(phone, method)
        self.places = {**other.places, **self.places}
