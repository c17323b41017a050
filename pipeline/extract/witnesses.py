"""Who says a value of a page: the methods that found it, where, and how far that is believed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pipeline.extract.contact import Contact, Method
from pipeline.extract.markup import describe_place
from pipeline.extract.phone_scan import phone_point_key
from pipeline.extract.points import Point
from pipeline.extract.sites import same_owner
from pipeline.normalize.emails import email_key
from pipeline.normalize.text import fold_text

# How often a value that this way alone tells is right; where several agree, all would have to be
# wrong at once: 1 - (1-a)(1-b)… (the noisy-or of J. Pearl, "Probabilistic Reasoning in Intelligent
# Systems", 1988, section 4.3.2). What agrees because it was copied makes this optimistic, hence
# the cap.
_BELIEF: dict[Method, float] = {
    "json-ld": 0.85,
    "microdata": 0.85,
    "rdfa": 0.85,
    "h-card": 0.85,
    "meta": 0.6,
    "mailto": 0.85,
    "tel": 0.85,
    "text": 0.7,
    "domain": 0.5,
    "decoded": 0.5,
    "page": 0.5,
}
_MOST = 0.99


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one value: its field, how and where it was found, how far it is believed.

    ``value`` is the normalized form where there is one (E.164), ``published`` what the page
    shows. ``confidence`` is between 0 and 1. ``selector`` leads to the element with CSS.
    """

    field: str
    value: str
    published: str
    methods: Sequence[Method]
    selector: str
    confidence: float
    obfuscated: bool = False

    def line(self) -> str:
        """Say it in one line, for people."""
        where = f", {self.selector}" if self.selector else ""
        hidden = ", obfuscated" if self.obfuscated else ""
        what = self.published if self.field in {"email", "phone"} else self.field
        return f"{what}: {' + '.join(self.methods)}{where}, {self.confidence:.2f}{hidden}"

    def document(self, url: str, time: str) -> dict[str, Any]:
        """Give it as JSON."""
        return {
            "field": self.field,
            "value": self.value,
            "published": self.published,
            "url": url,
            "selector": self.selector,
            "method": " + ".join(self.methods),
            "confidence": self.confidence,
            "obfuscated": self.obfuscated,
            "time": time,
        }


@dataclass(slots=True)
class Witnesses:
    """All methods that found each value of a page, by field and by what it is compared by."""

    host: str
    region: str
    methods: dict[tuple[str, str], list[Method]] = field(default_factory=lambda: defaultdict(list))
    points: dict[str, Point] = field(default_factory=dict)
    # What elements are called where something stood in or beneath them.
    known: dict[int, str] = field(default_factory=dict)

    def hear(self, contacts: Iterable[Contact], points: Iterable[Point]) -> None:
        """Take down what contacts stated by markup and points of the page say."""
        for point in points:
            for method in point.methods:
                self._add("reach", point.key, method)
            known = self.points.get(point.key)
            if known is None or (known.decoder and not point.decoder):
                self.points[point.key] = point
        for contact in contacts:
            for name, (value, method) in contact.values.items():
                self._add(name, _folded(value), method)
            for email, method in contact.emails.items():
                self._add("reach", email_key(email), method)
            for phone, method in contact.phones.items():
                self._add("reach", phone_point_key(phone, self.region), method)

    def evidence(self, contact: Contact) -> list[Evidence]:
        """Say for each value of a contact what speaks for it, in a stable order."""
        found = []
        for name, (value, method) in contact.values.items():
            methods = self._known(name, _folded(value), method)
            where = describe_place(contact.places.get(name, ""), self.known)
            found.append(Evidence(name, value, value, methods, where, _belief(methods)))
        for email, method in contact.emails.items():
            found.append(self._reach("email", contact, email, email_key(email), method))
        for phone, method in contact.phones.items():
            key = phone_point_key(phone, self.region)
            found.append(self._reach("phone", contact, phone, key, method))
        return found

    def _reach(
        self, kind: str, contact: Contact, published: str, key: str, method: Method
    ) -> Evidence:
        methods = self._known("reach", key, method)
        point = self.points.get(key)
        believed = [*methods]
        if kind == "email" and same_owner(key.rpartition("@")[2], self.host):
            believed.append("domain")
        place = contact.places.get(published) or (point.node if point else "")
        hidden = bool(point and point.decoder)
        value = published if kind == "email" else key
        where = describe_place(place, self.known)
        return Evidence(kind, value, published, believed, where, _belief(believed), hidden)

    def _known(self, name: str, key: str, method: Method) -> list[Method]:
        known = self.methods.get((name, key), [])
        return [*known] if method in known else [method, *known]

    def _add(self, name: str, key: str, method: Method) -> None:
        methods = self.methods[name, key]
        if method not in methods:
            methods.append(method)


_folded = lru_cache(maxsize=256)(fold_text)


def _belief(methods: Iterable[Method]) -> float:
    doubt = 1.0
    for method in set(methods):
        doubt *= 1 - _BELIEF[method]
    return round(min(1 - doubt, _MOST), 2)
