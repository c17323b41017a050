"""The contacts of a page: markup, links and visible text bound into people and organizations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.cards import find_people
from pipeline.extract.contact import PLAIN, Contact
from pipeline.extract.decoders import check_decoders
from pipeline.extract.markup import find_entities
from pipeline.extract.merging import claimed_by, employ, hand_out, merge, owner_among, unclaimed
from pipeline.extract.phone_scan import phone_point_key
from pipeline.extract.points import Point, find_points
from pipeline.extract.postal import find_address
from pipeline.extract.regions import find_regions
from pipeline.extract.schema import read_contacts
from pipeline.extract.sites import find_headings, find_site_name
from pipeline.extract.visible import Visible, read_visible
from pipeline.extract.witnesses import Evidence, Witnesses
from pipeline.normalize.emails import email_key
from pipeline.normalize.markup import bound_markup
from pipeline.records import Issue, RawRecord, Severity
from pipeline.sources import Page

_HEAD, _TAIL = 250_000, 100_000
_MAX_TAGS = 16_000
MAX_MARKUP = _HEAD + _TAIL
"""Of longer pages the beginning and the end are read, where contacts stand."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read off one page: its contacts, and all addresses and numbers on it."""

    contacts: Sequence[Contact]
    emails: Sequence[str]
    phones: Sequence[str]
    witnesses: Witnesses

    def evidence(self, contact: Contact) -> list[Evidence]:
        """Say for each value of a contact how it was found."""
        return self.witnesses.evidence(contact)


def find_contacts(page: Page[Any], decoders: Sequence[str] | None = None) -> list[RawRecord]:
    """Give the people and organizations of a page that can be reached, each once.

    ``decoders`` name the ways to read addresses that their owners obscured (see
    :data:`pipeline.extract.decoders.DECODERS`), by default those of the source's params; none is
    used unless it is asked for, and what it finds is marked. Every record's
    ``raw`` tells under ``evidence`` how each of its values was found.

    Raises:
        InvalidInput: there is no decoder of that name.
    """
    decoders = page.params.decoders if decoders is None else decoders
    check_decoders(decoders)
    html = page.html if len(page.markup) <= MAX_MARKUP else parse_page(page.markup)
    reading = read_page(
        html,
        url=page.final_url,
        region=page.params.region,
        default_region=page.region,
        decoders=decoders,
    )
    return [_record(page, contact, reading) for contact in reading.contacts]


def parse_page(markup: str) -> LexborHTMLParser:
    """Parse a page, of a very long one its beginning and its end."""
    return LexborHTMLParser(bound_markup(markup, _HEAD, _TAIL, _MAX_TAGS))


def read_page(
    html: LexborHTMLParser,
    *,
    url: str,
    region: str = "",
    default_region: str = "US",
    decoders: Sequence[str] = (),
) -> Reading:
    """Give what a parsed page says of people and organizations.

    ``region`` is where its plain phone numbers belong; without one the page is asked, and what
    it does not tell is ``default_region``.
    """
    host = urlsplit(url).hostname or ""
    stated = [
        contact
        for entities, method in find_entities(html, url)
        for contact in read_contacts(entities, method)
    ]
    visible = read_visible(html)
    regions = find_regions(html, visible, url=url, region=region, default=default_region)
    points = find_points(html, visible, regions, decoders)
    witnesses = Witnesses(host, regions[0])
    witnesses.hear(stated, points)
    found = find_people(points, visible, claimed_by(stated, regions[0]))
    witnesses.hear(found, ())
    people = merge([*(one for one in stated if one.kind == "person"), *found], regions[0])
    firms = merge([one for one in stated if one.kind == "organization"], regions[0])
    site = find_site_name(html, host, visible.text)
    firm = owner_among(site, firms)
    hand_out(unclaimed(points, [*people, *firms], regions[0]), firm, host)
    _locate(firm, visible, points)
    if firm not in firms and firm.is_reachable:
        firms.append(firm)
    headings = find_headings(html) if people else ()
    for person in people:
        employ(person, firm, headings, host)
    contacts = merge([*people, *firms], regions[0], across=False)
    emails, phones = _all_of(contacts, points, regions[0])
    return Reading(contacts, emails, phones, witnesses)


def _locate(firm: Contact, visible: Visible, points: Sequence[Point]) -> None:
    """Give the page's owner the address that the text shows, unless markup states one."""
    if any(firm.get(name) for name in ("address", "city", "postcode")):
        return
    found = find_address(visible, {point.line for point in points})
    if found:
        firm.put("address", found[0], "text", found[1])


def _all_of(
    contacts: Sequence[Contact], points: Sequence[Point], region: str
) -> tuple[list[str], list[str]]:
    """Give all addresses and numbers of the page, those in the text first."""
    emails = {one.key: one.value for one in reversed(points) if one.kind == "email"}
    phones = {one.key: one.value for one in reversed(points) if one.kind == "phone"}
    emails, phones = dict(reversed(emails.items())), dict(reversed(phones.items()))
    for contact in contacts:
        for email in contact.emails:
            emails.setdefault(email_key(email), email)
        for phone in contact.phones:
            phones.setdefault(phone_point_key(phone, region), phone)
    return [*emails.values()], [*phones.values()]


def _record(page: Page[Any], contact: Contact, reading: Reading) -> RawRecord:
    values = contact.values
    fields = {name: values[name][0] for name in PLAIN if name in values}
    proof = {**fields, "emails": " ; ".join(contact.emails), "phones": " ; ".join(contact.phones)}
    evidence = reading.evidence(contact)
    proof["evidence"] = "\n".join(one.line() for one in evidence)
    hidden = [one.published for one in evidence if one.obfuscated]
    if contact.kind == "organization":
        del fields["name"]
    return RawRecord(
        fields=fields,
        emails=list(contact.emails),
        phones=list(contact.phones),
        custom={"obfuscated": " ; ".join(hidden)} if hidden else {},
        raw={name: value for name, value in proof.items() if value},
        url=page.final_url,
        issues=tuple(_warning(email) for email in hidden),
    )


def _warning(email: str) -> Issue:
    expected = "an address its owner shows openly; review it before writing to it"
    return Issue("obfuscated_email", "email", email, expected, Severity.WARNING)
