"""Puts together what several views of a page say of one contact, and gives each its own."""

from collections.abc import Sequence

from pipeline.extract.contact import Contact, Method
from pipeline.extract.email_scan import find_emails
from pipeline.extract.phone_scan import phone_point_key
from pipeline.extract.points import Point
from pipeline.extract.sites import find_company, find_fitting, has_legal_form, same_owner
from pipeline.normalize.emails import email_key
from pipeline.normalize.names import name_key

_MAX_LEFT = 5


def merge(contacts: Sequence[Contact], region: str, *, across: bool = True) -> list[Contact]:
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


def claimed_by(contacts: Sequence[Contact], region: str) -> set[str]:
    """Give the keys of all addresses and numbers that contacts have."""
    emails = {email_key(email) for contact in contacts for email in contact.emails}
    return emails | {phone_point_key(text, region) for one in contacts for text in one.phones}


def unclaimed(points: Sequence[Point], contacts: Sequence[Contact], region: str) -> list[Point]:
    """Give the points that no contact has, each once."""
    claimed = claimed_by(contacts, region)
    left: dict[str, Point] = {}
    for point in points:
        if point.key not in claimed:
            left.setdefault(point.key, point)
    return list(left.values())


def owner_among(name: str, firms: Sequence[Contact]) -> Contact:
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


def hand_out(left: Sequence[Point], firm: Contact, host: str) -> None:
    """Give the owner what nobody claims; of long lists only the first, its own domain's first."""
    emails = [point for point in left if point.kind == "email"]
    emails.sort(key=lambda point: not same_owner(point.key.rpartition("@")[2], host))
    phones = [point for point in left if point.kind == "phone"]
    for point in emails[:_MAX_LEFT]:
        firm.emails.setdefault(point.value, point.methods[0])
    for point in phones[:_MAX_LEFT]:
        firm.phones.setdefault(point.value, point.methods[0])


def employ(person: Contact, firm: Contact, headings: Sequence[str], host: str) -> None:
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


def _unify(contact: Contact, region: str) -> None:
    emails: dict[str, tuple[str, Method]] = {}
    for text, how in contact.emails.items():
        for found in find_emails(text):
            emails.setdefault(email_key(found.value), (found.value, how))
    contact.emails = dict(emails.values())
    phones: dict[str, tuple[str, Method]] = {}
    for text, how in contact.phones.items():
        phones.setdefault(phone_point_key(text, region), (text, how))
    contact.phones = dict(phones.values())
