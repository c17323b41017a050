"""An invented company directory: each page shows a firm, its staff, and the way to other pages.

A page follows from its number alone: some 26 KB, 470 elements and 128 links, the firm in JSON-LD
and in microdata, four of its people as h-cards.
"""

import json
from collections.abc import Iterable
from random import Random

LINKS = 128
STAFF = 4
RECORDS = STAFF + 1
"""What each page has to tell: a firm, and the people who work there."""

_WORDS = ("Harbour", "Cedar", "Granite", "Lantern", "Meadow", "Copper", "Willow", "Quarry")
_TRADES = ("Tools", "Foods", "Works", "Textiles", "Optics", "Motors", "Paper", "Systems")
_GIVEN = ("Ann", "Peter", "Maria", "James", "Laura", "David", "Emma", "Robert", "Alice", "Daniel")
_FAMILY = ("Lee", "Smith", "Novak", "Brown", "Walker", "Dubois", "Hughes", "Sato", "Perez", "Kelly")
_TITLES = ("Head of Sales", "Managing Director", "Account Manager", "Buyer", "Engineer")
_TOWNS = (("Leeds", "LS1"), ("York", "YO1"), ("Bristol", "BS1"), ("Derby", "DE1"))
_PROSE = (
    *("goods", "trade", "quality", "service", "delivery", "customers", "orders", "region"),
    *("workshop", "materials", "with", "for", "from", "and", "the", "of", "every", "since"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAV, _FOREIGN, _FOLLOWING = 16, 4, 60


def page_path(number: int) -> str:
    """Give where a page stands; the first one is the site's front page."""
    return f"/company/{number}" if number else "/"


def render_page(number: int, count: int) -> str:
    """Write one page of a directory of ``count``; every page can be reached from the first."""
    dice = Random(number)
    firm, domain, town, postcode = _firm(number)
    return f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{firm} | The Directory</title>
<meta name="description" content="{firm} of {town}: {_prose(dice, 12)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="canonical" href="{page_path(number)}"><link rel="stylesheet" href="/site.css">
<script type="application/ld+json">{_json_ld(number)}</script></head>
<body class="directory entry"><header class="site-header"><a class="logo" href="/">The Directory</a>
<nav><ul class="menu">{_items(range(_NAV), count, "menu-item")}</ul></nav></header>
<main><article class="company" itemscope itemtype="https://schema.org/LocalBusiness">
<h1 itemprop="name">{firm}</h1><p class="lead">{_prose(dice, 40)}</p>
<div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">
<span itemprop="streetAddress">{number + 1} Mill Lane</span>, <span itemprop="addressLocality"
>{town}</span> <span itemprop="postalCode">{postcode}</span></div>
<p>Phone <span itemprop="telephone">{_phone(number, 0)}</span>, e-mail
<a itemprop="email" href="mailto:info@{domain}">info@{domain}</a></p>
{_hours()}<section class="about"><h2>About us</h2>{_paragraphs(dice)}</section>
<section class="staff"><h2>Our people</h2>{_staff(dice, number)}</section></article>
<aside><h2>Related companies</h2><ul class="related">{_related(dice, number, count)}</ul></aside>
</main><footer class="site-footer"><a href="/account/login?from={number}">Sign in</a>
{_foreign(domain)}<p>{_prose(dice, 30)}</p></footer></body></html>
"""


def render_sitemap(origin: str, count: int) -> str:
    """Write the sitemap of a directory."""
    urls = "".join(f"<url><loc>{origin}{page_path(n)}</loc></url>" for n in range(count))
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def _firm(number: int) -> tuple[str, str, str, str]:
    name = f"{_WORDS[number % 8]} {_TRADES[number // 8 % 8]} {number}"
    town, district = _TOWNS[number % 4]
    domain = f"{name.lower().replace(' ', '-')}.com"
    return f"{name} Ltd", domain, town, f"{district} {number % 10}AB"


def _phone(number: int, place: int) -> str:
    digits = f"{number * RECORDS + place:06d}"
    return f"+44 20 7{digits[:3]} {digits[3:]}0"


def _json_ld(number: int) -> str:
    firm, domain, town, postcode = _firm(number)
    stated = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "name": firm,
        "url": f"https://{domain}/",
        "email": f"info@{domain}",
        "telephone": _phone(number, 0),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": f"{number + 1} Mill Lane",
            "addressLocality": town,
            "postalCode": postcode,
            "addressCountry": "GB",
        },
        "openingHours": ["Mo-Fr 09:00-17:30", "Sa 10:00-14:00"],
    }
    return json.dumps(stated, indent=1)


def _staff(dice: Random, number: int) -> str:
    firm, domain, *_ = _firm(number)
    cards = []
    families = dice.sample(_FAMILY, k=STAFF)  # of two of one name we would make one
    for place, family in enumerate(families, start=1):
        given = dice.choice(_GIVEN)
        phone = _phone(number, place)
        email = f"{given}.{family}{place}@{domain}".lower()
        cards.append(f"""
<div class="h-card staff-card"><img class="u-photo" src="/photos/{number}-{place}.jpg" alt="">
<h3 class="p-name">{given} {family}</h3><p class="p-job-title">{dice.choice(_TITLES)}</p>
<p class="p-org">{firm}</p><ul class="reach"><li><a class="u-email" href="mailto:{email}">{email}
</a></li><li><a class="p-tel" href="tel:{phone.replace(" ", "")}">{phone}</a></li></ul></div>""")
    return "".join(cards)


def _related(dice: Random, number: int, count: int) -> str:
    first = number * _FOLLOWING + 1
    following = range(first, min(first + _FOLLOWING, count))
    others = dice.choices(range(count), k=LINKS - 2 - _NAV - _FOREIGN - len(following))
    return _items([*following, *others], count, "related-item")


def _items(numbers: Iterable[int], count: int, css: str) -> str:
    return "".join(
        f'<li class="{css}"><a href="{_href(number % count)}"><span>{_firm(number)[0]}</span></a>'
        "</li>\n"
        for number in numbers
    )


def _href(number: int) -> str:
    """Some links lead to a place within a page, as on any site."""
    return f"{page_path(number)}#staff" if number % 9 == 8 else page_path(number)


def _hours() -> str:
    rows = "".join(f"<tr><th>{day}</th><td>09:00 to 17:30</td></tr>" for day in _DAYS)
    return f'<table class="hours">{rows}</table>'


def _paragraphs(dice: Random) -> str:
    return "".join(
        f"<p>{_prose(dice, 64)} <em>{_prose(dice, 3)}</em> {_prose(dice, 64)}.</p>"
        for _ in range(12)
    )


def _foreign(domain: str) -> str:
    hosts = (f"www.{domain}", "social.example", "maps.example", "reviews.example")
    return "".join(
        f'<a rel="nofollow" href="https://{host}/{domain}">{host}</a> ' for host in hosts
    )


def _prose(dice: Random, words: int) -> str:
    return " ".join(dice.choices(_PROSE, k=words))
