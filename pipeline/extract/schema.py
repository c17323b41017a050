"""Schema.org's people and organizations, taken out of a page's markup."""

from urllib.parse import unquote

from pipeline.extract.contact import Contact, Method
from pipeline.extract.entity import Entity, walk

_ORGANIZATIONS = frozenset(
    {
        "organization",
        "localbusiness",
        "corporation",
        "ngo",
        "store",
        "professionalservice",
        "educationalorganization",
        "governmentorganization",
        "medicalorganization",
        "sportsorganization",
        "place",
        "hotel",
        "restaurant",
    }
)
_NEITHER = frozenset(
    {
        "postaladdress",
        "contactpoint",
        "event",
        "product",
        "offer",
        "article",
        "blogposting",
        "newsarticle",
        "webpage",
        "website",
        "review",
        "rating",
        "imageobject",
        "videoobject",
        "jobposting",
        "breadcrumblist",
        "listitem",
        "geocoordinates",
        "openinghoursspecification",
    }
)
_MEMBERS = ("employee", "employees", "founder", "founders", "member", "members", "contactPoint")
_EMPLOYERS = ("worksFor", "affiliation", "memberOf")
_PLACES = {
    "address": ("streetAddress", "street-address"),
    "city": ("addressLocality", "locality"),
    "postcode": ("postalCode", "postal-code"),
    "region": ("addressRegion",),
    "country": ("addressCountry", "country-name"),
}


def read_contacts(roots: list[Entity], method: Method) -> list[Contact]:
    """Give the people and organizations among a page's things that can be reached."""
    found = []
    for entity, _, parent in walk(roots):
        contact = None
        if "person" in entity.types:
            contact = _read_person(entity, parent, method)
        elif _is_organization(entity):
            contact = _read_organization(entity, method)
        if contact and contact.is_reachable and contact.name:
            found.append(contact)
    return found


def bare_address(text: str, scheme: str) -> str:
    """Drop ``mailto:`` or ``tel:`` and what follows the address; links are percent-encoded."""
    text = text.strip()
    if text.lower().startswith(scheme):
        return unquote(text[len(scheme) :].partition("?")[0]).strip(" /")
    return text


def _is_organization(entity: Entity) -> bool:
    if entity.types & _ORGANIZATIONS:
        return True
    known = entity.types and not entity.types & _NEITHER
    return bool(known and entity.texts("telephone", "email"))


def _read_person(entity: Entity, parent: Entity | None, method: Method) -> Contact:
    person = Contact("person")
    whole = entity.text("name") or f"{entity.text('givenName')} {entity.text('familyName')}"
    person.put("name", whole, method)
    person.put("title", entity.text("jobTitle"), method)
    employer = next(iter(entity.texts(*_EMPLOYERS)), "")
    if not employer and parent is not None and _is_organization(parent):
        employer = parent.text("name", "legalName")
    person.put("company", employer, method)
    _read_reach(person, entity, method)
    return person


def _read_organization(entity: Entity, method: Method) -> Contact:
    organization = Contact("organization")
    name = entity.text("name", "legalName")
    organization.put("name", name, method)
    organization.put("company", name, method)
    _read_reach(organization, entity, method)
    for point in entity.entities("contactPoint", "contactPoints"):
        _read_reach(organization, point, method)
    return organization


def _read_reach(contact: Contact, entity: Entity, method: Method) -> None:
    for email in entity.texts("email", "emails"):
        if "@" in email:
            contact.emails.setdefault(bare_address(email, "mailto:"), method)
    for phone in entity.texts("telephone", "phone", "tel"):
        if any(c.isdecimal() for c in phone):
            contact.phones.setdefault(bare_address(phone, "tel:"), method)
    url = entity.text("url")
    if url.startswith(("http://", "https://")):
        contact.put("website", url, method)
    place = next(iter(entity.entities("address", "location")), entity)
    for field, names in _PLACES.items():
        contact.put(field, place.text(*names), method)
    if place is entity:
        contact.put("address", entity.text("address"), method)
