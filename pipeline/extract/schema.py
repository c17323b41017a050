"""People and organizations taken out of a page's markup, whichever vocabulary it is in.

The names are schema.org's, with those of FOAF and vCard beside them.
"""

import html
import re
from urllib.parse import unquote

from pipeline.extract.contact import Contact, Method
from pipeline.extract.entity import Entity, Text, walk
from pipeline.extract.kinds import PERSONAL, is_organization, is_person, is_role
from pipeline.extract.people import rate_name
from pipeline.extract.sites import has_legal_form

_NAMES = ("name", "fn", "legalName", "alternateName", "caption")
_TITLES = ("jobTitle", "roleName", "hasOccupation", "role", "title")
_EMAILS = ("email", "emails", "mbox", "hasEmail")
_PHONES = ("telephone", "phone", "tel", "hasTelephone", "mobile", "telephones")
_SITES = ("url", "homepage", "workplaceHomepage", "website", "hasURL")
_EMPLOYERS = ("worksFor", "affiliation", "memberOf", "org", "organization")
_EMPLOYED = frozenset(
    {"employee", "employees", "founder", "founders", "member", "members", "contactPoint"}
    | {"department", "subOrganization", "owner", "agent", "physician"}
)
_POINTS = ("contactPoint", "contactPoints")
_PLACES = {
    "address": ("streetAddress", "street-address"),
    "city": ("addressLocality", "locality"),
    "postcode": ("postalCode", "postal-code"),
    "region": ("addressRegion", "region"),
    "country": ("addressCountry", "country-name", "country"),
}
# What marks up people and firms alike, and what of the two rather firms have.
_UNTYPED = frozenset({"h-card", "meta"})
_PLACED = frozenset({"address", "streetAddress", "addressLocality", "geo", "latitude"})
_FAX = re.compile(r"\bfax|\bfacsimile", re.IGNORECASE)
_NUMBER = re.compile(r"[+(]?\d.*", re.DOTALL)
_BETWEEN_EMAILS = re.compile(r"[,;|\s<>]+")
_BETWEEN_NUMBERS = re.compile(r"\s*[;,|/]\s*|(?<=\d)\s*(?=[(+])")
_MIN_DIGITS, _MAX_DIGITS = 5, 15


def read_contacts(roots: list[Entity], method: Method, *, every: bool = False) -> list[Contact]:
    """Give the people and organizations with a name among a page's things.

    Those that cannot be reached are left out unless ``every`` one is asked for.
    """
    found = []
    for entity, relation, parent in walk(roots):
        contact = None
        if is_organization(entity) or _is_named_like_one(entity, method):
            contact = _read_organization(entity, method)
        elif is_person(entity):
            contact = _read_person(entity, relation, parent, method)
        if contact and contact.name and (every or contact.is_reachable):
            found.append(contact)
    return found


def bare_address(text: str, scheme: str) -> str:
    """Drop ``mailto:`` or ``tel:`` and what follows the address; links are percent-encoded."""
    text = text.strip()
    if text.lower().startswith(scheme):
        return unquote(text[len(scheme) :].partition("?")[0]).strip(" /")
    return text


def _is_named_like_one(entity: Entity, method: Method) -> bool:
    """Whether what is marked as a person, for want of a mark for anything else, is named as a firm.

    Cards and authors are of people and firms alike.
    """
    if method not in _UNTYPED or not is_person(entity) or not PERSONAL.isdisjoint(entity.values):
        return False
    name = entity.text("name")
    if has_legal_form(name):
        return True
    is_placed = method == "meta" or not _PLACED.isdisjoint(entity.values)
    return is_placed and " " in name and not rate_name(name)


def _read_person(entity: Entity, relation: str, parent: Entity | None, method: Method) -> Contact:
    person = Contact("person")
    _put(person, "name", _person_name(entity), method)
    _put(person, "title", entity.first(*_TITLES), method)
    for employer in entity.entities(*_EMPLOYERS):
        _read_employer(person, employer, method)
    _put(person, "company", entity.first(*_EMPLOYERS), method)
    if parent is not None and is_role(parent):
        _put(person, "title", parent.first(*_TITLES), method)
    is_employed = relation in _EMPLOYED and parent is not None and not is_person(parent)
    if parent is not None and (is_employed or is_organization(parent)):
        _put(person, "company", parent.first(*_NAMES), method)
    _read_reach(person, entity, method)
    return person


def _person_name(entity: Entity) -> Text | None:
    whole = entity.first("name", "fn")
    if whole is not None:
        return whole
    given = entity.first("givenName", "given-name", "firstName")
    family = entity.first("familyName", "family-name", "lastName", "family_name")
    if given is None or family is None:
        return given or family
    return Text(f"{given.plain} {family.plain}", given.place)


def _read_employer(person: Contact, employer: Entity, method: Method) -> None:
    """Read whom a person works for, directly or in a role there."""
    if is_role(employer):
        _put(person, "title", employer.first(*_TITLES), method)
        _put(person, "company", employer.first(*_EMPLOYERS), method)
    else:
        _put(person, "company", employer.first(*_NAMES), method)


def _read_organization(entity: Entity, method: Method) -> Contact:
    organization = Contact("organization")
    name = entity.first(*_NAMES) or entity.first("parentOrganization", "branchOf")
    _put(organization, "name", name, method)
    _put(organization, "company", name, method)
    _read_reach(organization, entity, method)
    return organization


def _read_reach(contact: Contact, entity: Entity, method: Method) -> None:
    for one in (entity, *entity.entities(*_POINTS, "address", "location")):
        if one is entity or not (is_person(one) or is_organization(one)):
            _read_addresses(contact, one, method)
    for site in entity.found(*_SITES):
        if site.plain.startswith(("http://", "https://")):
            _put(contact, "website", site, method)
    _read_place(contact, entity, method)


def _read_addresses(contact: Contact, entity: Entity, method: Method) -> None:
    for name in filter(entity.values.__contains__, _EMAILS):
        for email in entity.found(name):
            for said in _BETWEEN_EMAILS.split(bare_address(email.plain, "mailto:")):
                # What was published as an address of the web was made absolute.
                address = said.rpartition("/")[2] if said.startswith("http") else said
                if "@" in address[1:-1]:
                    contact.reach(contact.emails, address, method, email.place)
    for name in filter(entity.values.__contains__, _PHONES):
        for phone in entity.found(name):
            for number in _numbers(bare_address(phone.plain, "tel:")):
                contact.reach(contact.phones, number, method, phone.place)


def _numbers(text: str) -> list[str]:
    """Give the numbers in a text; one that is said to be a fax's is none."""
    parts = [text] if _digits(text) <= _MAX_DIGITS else _BETWEEN_NUMBERS.split(text)
    found = [_NUMBER.search(part) for part in parts if not _FAX.search(part)]
    return [match[0].strip() for match in found if match and _digits(match[0]) >= _MIN_DIGITS]


def _digits(text: str) -> int:
    return sum(map(str.isdecimal, text))


def _read_place(contact: Contact, entity: Entity, method: Method) -> None:
    """Read where a contact is: in its address, in that of its place, or in itself."""
    places = entity.entities("address", "adr", "location")
    inner = [address for place in places for address in place.entities("address")]
    place = next((one for one in (*inner, *places) if _is_address(one)), entity)
    for field, names in _PLACES.items():
        _put(contact, field, place.first(*names), method)
    for value in entity.values.get("address", ()):
        if isinstance(value, Text):
            contact.put("address", html.unescape(value.value), method, value.place)


def _is_address(entity: Entity) -> bool:
    return any(entity.first(*names) for names in _PLACES.values())


def _put(contact: Contact, field: str, text: Text | None, method: Method) -> None:
    if text is not None:
        contact.put(field, html.unescape(text.plain), method, text.place)
