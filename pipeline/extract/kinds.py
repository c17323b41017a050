"""Whether a thing that markup describes is a person, an organization, or neither."""

from pipeline.extract.entity import Entity

_PERSONS = frozenset({"person", "patient", "individual", "vcard"})
# What only people have.
PERSONAL = frozenset({"givenName", "familyName", "jobTitle", "worksFor", "birthDate"})
_TRADES = frozenset({"realestateagent", "physician", "dentist", "attorney", "legalservice"})
_ROLES = frozenset({"role", "organizationrole", "employeerole", "performancerole"})
_ORGANIZATION_NAMES = """organization localbusiness corporation ngo store professionalservice school
    educationalorganization governmentorganization medicalorganization sportsorganization
    collegeoruniversity place hotel restaurant library airline company group legalservice
    financialservice dentist physician hospital realestateagent lodgingbusiness
    newsmediaorganization onlinebusiness onlinestore project consortium cooperative
    researchorganization"""
# Things that may have an address or a number, and yet are not whom one writes to.
_OTHER_NAMES = """postaladdress contactpoint event product offer aggregateoffer article blogposting
    blog newsarticle webpage website aboutpage contactpage profilepage review aggregaterating rating
    imageobject videoobject jobposting breadcrumblist listitem itemlist geocoordinates
    openinghoursspecification service course creativework book recipe reservation order invoice
    searchaction communicateaction thing country city state administrativearea
    quantitativevalue occupation"""
_ORGANIZATIONS = frozenset(_ORGANIZATION_NAMES.split())
_NEITHER = frozenset(_OTHER_NAMES.split())


def is_person(entity: Entity) -> bool:
    """Whether a thing is a person: said to be one, or of no other kind and with a person's marks.

    Schema.org has estate agents and physicians among the firms, as which people mark themselves.
    """
    if not _PERSONS.isdisjoint(entity.types):
        return True
    is_other = entity.types & _NEITHER or entity.types & _ROLES
    is_firm = entity.types & _ORGANIZATIONS and not entity.types & _TRADES
    return not (is_other or is_firm or PERSONAL.isdisjoint(entity.values))


def is_organization(entity: Entity) -> bool:
    """Whether a thing is an organization: known as one, or of a kind that can be called."""
    if not entity.types or is_person(entity) or is_role(entity):
        return False
    if not _ORGANIZATIONS.isdisjoint(entity.types):
        return True
    return _NEITHER.isdisjoint(entity.types) and bool(
        entity.first("telephone", "email", "faxNumber")
    )


def is_role(entity: Entity) -> bool:
    """Whether a thing is what someone is somewhere, between the two."""
    return not _ROLES.isdisjoint(entity.types)
