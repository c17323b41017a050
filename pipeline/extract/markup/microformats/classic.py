"""What class names mean in classic microformats, and their names today.

After the lists of http://microformats.org/wiki/hcard and its siblings.
"""

from dataclasses import dataclass, field

from pipeline.extract.markup.microformats.classes import Property

_ADDRESS = """street-address extended-address post-office-box locality region postal-code
    country-name"""
_POSITION = "latitude longitude"


@dataclass(slots=True)
class Classic:
    """A classic microformat: its type today, and what its class names and ``rel`` words mean."""

    type: str
    properties: dict[str, list[Property]]
    relations: dict[str, Property] = field(default_factory=dict)
    # What an element starts that is marked as a property and not as an item of its own.
    implied_types: dict[str, str] = field(default_factory=dict)


def _properties(p: str = "", u: str = "", dt: str = "", e: str = "") -> dict[str, list[Property]]:
    """Read lists of class names; ``fn=name`` is one that has another name today."""
    found: dict[str, list[Property]] = {}
    for prefix, names in (("p", p), ("u", u), ("dt", dt), ("e", e)):
        for word in names.split():
            old, _, new = word.partition("=")
            found.setdefault(old, []).append((prefix, new or old))
    return found


_TAG = {"tag": ("p", "category")}
_REVIEW = "item rating best worst category summary=name"
_REVIEWER = {"reviewer": "h-card", "item": "h-item"}

CLASSICS = {
    "adr": Classic("h-adr", _properties(_ADDRESS)),
    "geo": Classic("h-geo", _properties(f"{_POSITION} altitude")),
    "vcard": Classic(
        "h-card",
        _properties(
            f"""fn=name honorific-prefix given-name additional-name family-name honorific-suffix
            nickname sort-string category label note org organization-name organization-unit tel
            title=job-title role tz class mailer agent key adr geo {_ADDRESS} {_POSITION}""",
            "email logo photo url uid sound",
            "bday rev",
        ),
        _TAG,
    ),
    "hentry": Classic(
        "h-entry",
        _properties(
            "entry-title=name entry-summary=summary author category geo",
            "",
            "published updated",
            "entry-content=content",
        ),
        {"bookmark": ("u", "url"), **_TAG},
        {"author": "h-card"},
    ),
    "hfeed": Classic(
        "h-feed",
        _properties("site-title=name site-description=summary author category", "url photo"),
        _TAG,
        {"author": "h-card"},
    ),
    "hnews": Classic(
        "h-news",
        _properties("entry dateline source-org geo"),
        {"principles": ("u", "principles")},
        {"source-org": "h-card", "dateline": "h-card"},
    ),
    "hproduct": Classic(
        "h-product",
        _properties(
            "fn=name brand category description price review listing", "photo url identifier"
        ),
        _TAG,
    ),
    "hrecipe": Classic(
        "h-recipe",
        _properties(
            "fn=name ingredient yield nutrition summary author category",
            "photo",
            "duration published",
            "instructions",
        ),
        _TAG,
        {"author": "h-card"},
    ),
    "hresume": Classic(
        "h-resume",
        _properties("summary contact education experience skill affiliation"),
        {},
        {
            "contact": "h-card",
            "affiliation": "h-card",
            "education": "h-event",
            "experience": "h-event",
        },
    ),
    "hreview": Classic(
        "h-review",
        _properties(f"{_REVIEW} reviewer=author", "", "dtreviewed=reviewed", "description=content"),
        {"self bookmark": ("u", "url"), **_TAG},
        _REVIEWER,
    ),
    "hreview-aggregate": Classic(
        "h-review-aggregate",
        _properties(f"{_REVIEW} average count votes reviewer=author", "url", "", "description"),
        _TAG,
        _REVIEWER,
    ),
    "vevent": Classic(
        "h-event",
        _properties(
            """summary=name description category location geo attendee organizer contact
            status class""",
            "url uid",
            "dtstart=start dtend=end duration rdate",
        ),
        _TAG,
    ),
}
# Within the item of a review that is no microformat itself.
REVIEWED = Classic("h-item", _properties("fn=name", "url photo"))
WORDS = frozenset(
    word for classic in (*CLASSICS.values(), REVIEWED) for word in classic.properties
) | frozenset(CLASSICS)
