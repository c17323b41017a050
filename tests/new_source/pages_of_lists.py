"""Made lists of people and firms, in the shapes that sites give them."""

import json

PEOPLE = (
    ("Ada Quill", "Managing Director", "ada.quill@tern.example", "020 7946 0111"),
    ("Ben O'Harrow", "Head of Surveying", "ben@tern.example", "020 7946 0222"),
    ("Cy Teal", "Chief Pilot", "cy.teal@tern.example", "020 7946 0333"),
    ("Dora Finch", "Accountant", "dora.finch@tern.example", "020 7946 0444"),
    ("Eli Moss", "Sales Manager", "eli.moss@tern.example", ""),
)
FIRMS = (
    ("Tern & Sons", "4 Quill Lane, London N1 9ZZ", "info@tern.example", "020 7946 0111"),
    ("Widgeon Works Ltd", "9 Dock Street, Leeds LS1 4AA", "hi@widgeon.example", "0113 496 0101"),
    ("Knot Yard", "1 Mole End, Hull HU1 1AA", "desk@knot.example", "01482 960 111"),
    ("Gull Boats", "22 High Street, York YO1 7AA", "mail@gull.example", "01904 960 111"),
)
MENU = "".join(f"<li><a href='/{word}'>{word.title()}</a></li>" for word in
               ("home", "about", "news", "team", "contact", "imprint", "jobs"))  # fmt: skip
NAMES = {name for name, *_ in PEOPLE}
COMPANIES = {name for name, *_ in FIRMS}


def page(title: str, body: str, head: str = "") -> bytes:
    text = f"<meta charset=utf-8><title>{title}</title>{head}<nav><ul>{MENU}</ul></nav>{body}"
    return text.encode()


CARDS = page(
    "Team | Tern",
    "".join(
        f"<div class='member card'><h3 class='member__name'>{name}</h3>"
        f"<p class='member__role'>{title}</p><a href='mailto:{mail}'>write</a>"
        + (f"<a href='tel:{phone}'>{phone}</a></div>" if phone else "</div>")
        for name, title, mail, phone in PEOPLE
    ),
)
PLAIN = page(
    "Team | Tern",
    "<ul id='list'>"
    + "".join(
        f"<li><b>{name}</b><br><span>{title}</span><br>Mail: <a href='mailto:{mail}'>write</a>"
        f"<p>Tel: {phone}</p></li>"
        for name, title, mail, phone in PEOPLE
    )
    + "</ul>",
)
TABLE = page(
    "Firms",
    "<table><tr><th>Firm</th><th>Address</th><th>E-Mail</th><th>Phone</th><th>Branch</th></tr>"
    + "".join(
        f"<tr><td>{name}</td><td>{place}</td><td>{mail}</td><td>{phone}</td><td>B{at}</td></tr>"
        for at, (name, place, mail, phone) in enumerate(FIRMS)
    )
    + "</table>",
)
RESULTS = page(
    "Firms",
    "".join(
        f"<article class='result'><h2><a href='/firm/{at}'>{name}</a></h2>"
        f"<div class='addr'>{place}</div><div class='tel'>{phone}</div>"
        f"<a href='https://{mail.partition('@')[2]}'>Website</a></article>"
        for at, (name, place, mail, phone) in enumerate(FIRMS)
    )
    + "<div class='pages'><a rel='next' href='?page=2'>Next</a></div>",
)
MICRODATA = page(
    "Firms",
    "".join(
        "<div itemscope itemtype='https://schema.org/LocalBusiness'>"
        f"<span itemprop='name'>{name}</span><span itemprop='telephone'>{phone}</span>"
        f"<a itemprop='email' href='mailto:{mail}'>mail</a></div>"
        for name, _, mail, phone in FIRMS
    ),
)
_DATA = [
    {"@type": "LocalBusiness", "name": name, "telephone": phone, "email": mail, "address": place}
    for name, place, mail, phone in FIRMS
]
UNNAMED = page(
    "Firms",
    "<div>"
    + "".join(
        f"<div class='css-1x9'><div><div>{name}</div><div>{place}</div></div>"
        f"<div><div>{phone}</div><div>{mail}</div></div></div>"
        for name, place, mail, phone in FIRMS
    )
    + "</div>",
    head=f"<script type='application/ld+json'>{json.dumps(_DATA)}</script>",
)
NAMES_ONLY = page(
    "Firms",
    "<ul class='dir'>"
    + "".join(
        f"<li><h4><a href='/firm/{at}'>{name}</a></h4><p>{place}</p></li>"
        for at, (name, place, *_) in enumerate(FIRMS)
    )
    + "</ul>",
)
CONTACT = page("About", "<p>Write to <a href='mailto:info@tern.example'>info@tern.example</a></p>")
NOTHING = page("About", "<p>We build boats.</p>")
NEWS = page(
    "News",
    "".join(
        f"<article class='post'><h2><a href='/news/{at}'>{title}</a></h2><p>Some words of it.</p>"
        "</article>"
        for at, title in enumerate(
            ("How we built the new pier in a single winter", "Five tips for a dry boat this year",
             "Why the tides of spring are the highest of all", "What our guests said of the fair")
        )
    )
    + "<footer>Write to <a href='mailto:info@tern.example'>info@tern.example</a></footer>",
)  # fmt: skip
