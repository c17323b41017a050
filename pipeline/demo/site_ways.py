"""The ways in which real pages tell whom to call: markup for machines, links, plain text."""

import json
from collections.abc import Callable, Mapping
from html import escape

from pipeline.demo.people import Company, Person, write_internationally

Way = Callable[[Person], tuple[str, str]]
"""Gives what goes into the page's head and what into its main part, both as HTML."""


def spell_phone(person: Person) -> str:
    """Give a person's phone as a business card has it."""
    return write_internationally(person.phone, person.country)


def _json_ld(data: Mapping[str, object]) -> str:
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, indent=1)
    return f'<script type="application/ld+json">\n{text}\n</script>'


def _postal(company: Company) -> dict[str, str]:
    return {
        "@type": "PostalAddress",
        "streetAddress": company.street,
        "postalCode": company.postcode,
        "addressLocality": company.town,
        "addressCountry": company.country.code,
    }


def _visible_address(company: Company) -> str:
    return escape(f"{company.street}, {company.postcode} {company.town}")


def _as_business(person: Person) -> tuple[str, str]:
    company = person.company
    employee = {
        "@type": "Person",
        "givenName": person.given_name,
        "familyName": person.surname,
        "name": person.name,
        "jobTitle": person.title,
        "email": person.email,
        "telephone": spell_phone(person),
    }
    business = {
        "@type": "LocalBusiness",
        "name": company.name,
        "url": f"https://{company.domain}/",
        "address": _postal(company),
        "employee": employee,
    }
    return _json_ld(business), _as_panel(person)[1]


def _as_graph(person: Person) -> tuple[str, str]:
    company = person.company
    organization = {"@type": "Organization", "@id": "#firm", "name": company.name}
    someone = {
        "@type": "Person",
        "name": person.name,
        "jobTitle": person.title,
        "email": f"mailto:{person.email}",
        "telephone": spell_phone(person),
        "worksFor": {"@id": "#firm"},
    }
    return _json_ld({"@graph": [organization, someone]}), _as_panel(person)[1]


def _as_microdata(person: Person) -> tuple[str, str]:
    company = person.company
    return (
        "",
        f"""<div class="panel" itemscope itemtype="https://schema.org/Person">
<h3 itemprop="name">{escape(person.name)}</h3>
<p class="role" itemprop="jobTitle">{escape(person.title)}</p>
<p itemprop="worksFor" itemscope itemtype="https://schema.org/Organization">
<span itemprop="name">{escape(company.name)}</span></p>
<p>E-mail: <a itemprop="email" href="mailto:{person.email}">{person.email}</a><br>
Phone: <span itemprop="telephone">{spell_phone(person)}</span></p>
<p>{_visible_address(company)}</p></div>""",
    )


def _as_h_card(person: Person) -> tuple[str, str]:
    company = person.company
    return (
        "",
        f"""<div class="panel h-card">
<h3 class="p-name">{escape(person.name)}</h3>
<p><span class="p-job-title role">{escape(person.title)}</span>,
<span class="p-org">{escape(company.name)}</span></p>
<p><a class="u-email" href="mailto:{person.email}">{person.email}</a> ·
<span class="p-tel">{spell_phone(person)}</span></p>
<p class="p-adr h-adr"><span class="p-street-address">{escape(company.street)}</span>,
<span class="p-postal-code">{company.postcode}</span>
<span class="p-locality">{escape(company.town)}</span></p></div>""",
    )


def _as_panel(person: Person) -> tuple[str, str]:
    phone = spell_phone(person)
    dial = "".join(mark for mark in phone if mark.isdigit() or mark == "+")
    return (
        "",
        f"""<div class="panel"><h3>{escape(person.name)}</h3>
<p class="role">{escape(person.title)}</p>
<p><a href="mailto:{person.email}">Write an e-mail</a> ·
<a href="tel:{dial}">{phone}</a></p>
<p>{_visible_address(person.company)}</p></div>""",
    )


def _as_text(person: Person) -> tuple[str, str]:
    return (
        "",
        f"""<div class="panel"><p>Please ask for <b>{escape(person.name)}</b>
({escape(person.title)}).<br>Tel.: {spell_phone(person)}<br>
E-mail: {person.email}<br>{_visible_address(person.company)}</p></div>""",
    )


def _as_table(person: Person) -> tuple[str, str]:
    rows = (
        ("Contact", escape(person.name)),
        ("Position", escape(person.title)),
        ("Phone", spell_phone(person)),
        ("E-mail", f'<a href="mailto:{person.email}?subject=Guild">{person.email}</a>'),
        ("Address", _visible_address(person.company)),
    )
    cells = "\n".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in rows)
    return "", f"<table>\n{cells}\n</table>"


def _as_entities(person: Person) -> tuple[str, str]:
    """Hide the address from the simplest of harvesters, as editors' plug-ins do."""
    hidden = "".join(f"&#{ord(mark)};" for mark in person.email)
    return (
        "",
        f"""<div class="panel"><h3>{escape(person.name)}</h3>
<p class="role">{escape(person.title)}</p>
<p>Phone {spell_phone(person)}, e-mail <a href="&#109;&#97;ilto:{hidden}">{hidden}</a></p></div>""",
    )


WAYS = (
    _as_business,
    _as_panel,
    _as_microdata,
    _as_text,
    _as_h_card,
    _as_graph,
    _as_table,
    _as_entities,
)
