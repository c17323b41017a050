"""The contacts of a page: markup, links and visible text bound into people and organizations."""

from typing import Any

from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.cards import find_people
from pipeline.extract.contact import PLAIN, Contact
from pipeline.extract.markup import find_entities
from pipeline.extract.points import Point, find_points, phone_point_key
from pipeline.extract.schema import read_contacts
from pipeline.extract.sites import (
    find_company,
    find_fitting,
    find_headings,
    find_site_name,
    has_legal_form,
    same_owner,
)
from pipeline.extract.visible import find_lines
from pipeline.normalize.emails import email_key
from pipeline.normalize.names import name_key
from pipeline.records import RawRecord
from pipeline.sources import Page

MAX_MARKUP = 4 << 20
_MAX_LEFT = 5


def find_contacts(page: Page[Any]) -> list[RawRecord]:
    """Give the people and organizations of a page that can be reached, each once.

    Every record's ``raw`` tells under ``evidence`` how each of its values was found.
    """
    if len(page.markup) > MAX_MARKUP:
        return []
    contacts = read_page(page.html, host=page.host, region=page.region)
    return [_record(page, contact) for contact in contacts]


def read_page(html: LexborHTMLParser, *, host: str, region: str) -> list[Contact]:
    """Give the contacts of a parsed page. ``region`` is where plain phone numbers belong."""
    stated = [
        contact
        for entities, method in find_entities(html)
        for contact in read_contacts(entities, method)
    ]
    lines = find_lines(html)
    points = find_points(html, lines, region)
    people = [contact for contact in stated if contact.kind == "person"]
    firms = [contact for contact in stated if contact.kind == "organization"]
    people = _merge([*people, *find_people(points)], region)
    firms = _merge(firms, region)
    left = _unclaimed(points, [*people, *firms], region)
    site = find_site_name(html, host, (line.text for line in lines))
    firm = _owner(site, firms)
    _hand_out(left, firm, host)
    if firm not in firms and firm.is_reachable:
        firms.append(firm)
    headings = find_headings(html)
    for person in people:
        _employ(person, firm, headings, host)
    return _merge([*people, *firms], region, across=False)


def _merge(contacts: list[Contact], region: str, *, across: bool = True) -> list[Contact]:
    """Put views of one contact together: a shared name, or ``across`` names a shared address."""
    owners: dict[str, Contact] = {}
    merged: list[Contact] = []
    for contact in contacts:
        keys = [f"{contact.kind}:{name_key(contact.name)}"]
        keys += [f"{contact.kind}:{email_key(email)}" for email in contact.emails] if across else []
        known = next((owners[key] for key in keys if key in owners), None)
        if known is None:
            known = contact
            merged.append(contact)
        else:
            known.absorb(contact)
        owners.update(dict.fromkeys(keys, known))
    for contact in merged:
        _unify(contact, region)
    return merged


def _unify(contact: Contact, region: str) -> None:
    emails = {email_key(text): (text, how) for text, how in reversed(contact.emails.items())}
    contact.emails = dict(reversed(emails.values()))
    phones = {
        phone_point_key(text, region): (text, how) for text, how in reversed(contact.phones.items())
    }
    contact.phones = dict(reversed(phones.values()))


def _unclaimed(points: list[Point], contacts: list[Contact], region: str) -> list[Point]:
    claimed = {email_key(email) for contact in contacts for email in contact.emails}
    claimed |= {phone_point_key(text, region) for one in contacts for text in one.phones}
    left: dict[str, Point] = {}
    for point in points:
        if point.key not in claimed:
            left.setdefault(point.key, point)
    return list(left.values())


def _owner(name: str, firms: list[Contact]) -> Contact:
    """Give the organization that the page belongs to, new if the page states no single one."""
    if len(firms) == 1:
        return firms[0]
    for firm in firms:
        if name_key(firm.name) == name_key(name):
            return firm
    firm = Contact("organization")
    firm.put("name", name, "page")
    firm.put("company", name, "page")
    return firm


def _hand_out(left: list[Point], firm: Contact, host: str) -> None:
    """Give the owner what nobody claims; of long lists only the first, its own domain's first."""
    emails = [point for point in left if point.kind == "email"]
    emails.sort(key=lambda point: not same_owner(point.key.rpartition("@")[2], host))
    phones = [point for point in left if point.kind == "phone"]
    for point in emails[:_MAX_LEFT]:
        firm.emails.setdefault(point.value, point.method)
    for point in phones[:_MAX_LEFT]:
        firm.phones.setdefault(point.value, point.method)


def _employ(person: Contact, firm: Contact, headings: list[str], host: str) -> None:
    """Name a person's company where the page does not: by the domain of the e-mail address."""
    domain = next(iter(person.emails), "").rpartition("@")[2]
    _split_title(person, firm.name, domain)
    if domain and same_owner(domain, host):
        person.put("company", firm.name if firm.name != host else "", "page")
    else:
        fitting = find_fitting(headings, domain) if domain else ""
        person.put("company", fitting or find_company(headings), "page")


def _split_title(person: Contact, firm: str, domain: str) -> None:
    """Part ``Head of Sales, Acme Ltd`` into title and company."""
    whole, method = person.values.get("title", ("", "text"))
    title, _, tail = whole.rpartition(", ")
    known = tail in {firm, person.get("company")}
    if title and (known or has_legal_form(tail) or (domain and find_fitting([tail], domain))):
        person.values["title"] = (title, method)
        person.put("company", tail, method)


def _record(page: Page[Any], contact: Contact) -> RawRecord:
    fields = {name: contact.get(name) for name in PLAIN if contact.get(name)}
    proof = {**fields, "emails": " ; ".join(contact.emails), "phones": " ; ".join(contact.phones)}
    proof["evidence"] = "\n".join(contact.evidence())
    if contact.kind == "organization":
        del fields["name"]
    return RawRecord(
        fields=fields,
        emails=list(contact.emails),
        phones=list(contact.phones),
        raw={name: value for name, value in proof.items() if value},
        url=page.final_url,
    )
