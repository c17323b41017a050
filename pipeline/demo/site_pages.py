"""The sixty pages of the sample site, and what goes with them: robots.txt, sitemap, style."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from http import HTTPStatus

from pipeline.demo import site_texts as texts
from pipeline.demo.people import IN_FILE, Person, make_slug, sample_people
from pipeline.demo.site_layout import GUILD, GUILD_DOMAIN, STYLE, render_card, render_page
from pipeline.demo.site_members import Member, find_members, render_member
from pipeline.demo.site_ways import spell_phone

PER_LISTING = 8
FORBIDDEN = "/private/"
HTML = "text/html; charset=utf-8"
ROBOTS = "User-agent: *\nDisallow: {forbidden}\nCrawl-delay: 0\nSitemap: {base}/sitemap.xml\n"


@dataclass(frozen=True, slots=True)
class Page:
    """What the server answers at one path."""

    body: bytes
    content_type: str = HTML
    status: HTTPStatus = HTTPStatus.OK
    location: str = ""


def make_pages() -> dict[str, Page]:
    """Give the sixty pages by path; one of them fails, one sends elsewhere, one is forbidden."""
    pages = dict(_render_texts())
    pages.update((f"/team/{name}/", page) for name, page in _render_teams())
    pages.update(_render_listings(find_members()))
    pages.update((member.path, _html(render_member(member))) for member in find_members())
    return pages


def make_side_files(base: str, pages: Mapping[str, Page]) -> dict[str, Page]:
    """Give robots.txt, the sitemap and the style sheet of a site that stands at ``base``."""
    listed = [path for path in pages if not path.startswith((FORBIDDEN, "/harbour-office/"))]
    places = "".join(f"<url><loc>{base}{path}</loc></url>\n" for path in listed)
    sitemap = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    )
    robots = ROBOTS.format(forbidden=FORBIDDEN, base=base)
    return {
        "/robots.txt": Page(robots.encode(), "text/plain; charset=utf-8"),
        "/sitemap.xml": Page(sitemap.encode(), "application/xml"),
        "/style.css": Page(STYLE.encode(), "text/css; charset=utf-8"),
    }


def _html(text: str, status: HTTPStatus = HTTPStatus.OK) -> Page:
    return Page(text.encode(), status=status)


def _render_texts() -> Iterator[tuple[str, Page]]:
    newest = "".join(_render_tile(member) for member in find_members()[::7])
    yield "/", _html(render_page("Home", f'{texts.HOME}<div class="cards">{newest}</div>'))
    yield "/about/", _html(render_page("About", texts.ABOUT))
    yield "/news/", _html(render_page("News", texts.NEWS))
    yield "/news/spring-fair/", _html(render_page("Spring fair", texts.FAIR))
    yield "/contact/", _html(render_page("Contact", texts.CONTACT))
    yield "/imprint/", _html(render_page("Imprint", texts.IMPRINT))
    yield "/privacy/", _html(render_page("Privacy", texts.PRIVACY))
    yield (
        "/tides/",
        _html(render_page("Tides", texts.TIDES), HTTPStatus.INTERNAL_SERVER_ERROR),
    )
    yield "/harbour-office/", Page(b"", HTML, HTTPStatus.MOVED_PERMANENTLY, "/contact/")
    yield "/archive/founders.html", _render_archive()
    minutes = texts.MINUTES + _as_text(_find_strangers()[-1])
    yield f"{FORBIDDEN}minutes.html", _html(render_page("Minutes", minutes))


def _render_archive() -> Page:
    """Give the one page that is Latin-1 and says so only in its head, as old pages do."""
    heirs = [person for person in _find_strangers()[15:] if not person.name.isascii()][:3]
    main = texts.FOUNDERS + "".join(_as_text(person) for person in heirs)
    page = render_page("Founders", main, charset="iso-8859-1")
    return Page(page.encode("iso-8859-1", "xmlcharrefreplace"), "text/html")


def _render_teams() -> Iterator[tuple[str, Page]]:
    strangers, members = _find_strangers(), find_members()
    office = [_hire(person) for person in strangers[:5]]
    juniors = [member.person for member in members[3::9]]
    for name, title, people, render in (
        ("office", "The office", office, _as_card),
        ("council", "The council", strangers[5:10], _as_text),
        ("pilots", "The pilots", [_hire(person) for person in strangers[10:15]], _as_h_card),
        ("juniors", "The junior guild", juniors, _as_card),
    ):
        tiles = "\n".join(render(person) for person in people)
        main = f'<h1>{title}</h1>\n<div class="cards">{tiles}</div>'
        yield name, _html(render_page(title, main))


def _render_listings(members: Sequence[Member]) -> Iterator[tuple[str, Page]]:
    count = -(-len(members) // PER_LISTING)
    paths = ["/members/", *(f"/members/page/{number}/" for number in range(2, count + 1))]
    for number, path in enumerate(paths):
        shown = members[number * PER_LISTING : (number + 1) * PER_LISTING]
        tiles = "\n".join(_render_tile(member) for member in shown)
        links = " ".join(
            f'<a href="{other}"{" aria-current=page" * (other == path)}>{place}</a>'
            for place, other in enumerate(paths, start=1)
        )
        main = f'<h1>Members</h1><div class="cards">{tiles}</div><p class="pager">{links}</p>'
        yield path, _html(render_page(f"Members, page {number + 1}", main))


def _render_tile(member: Member) -> str:
    company = member.person.company
    return render_card(member.path, company.name, f"{company.town}, {company.country.spellings[0]}")


def _find_strangers() -> list[Person]:
    """Give the people whom neither the sample file nor the list of members knows."""
    contacts = {member.person.email for member in find_members()}
    return [person for person in sample_people()[IN_FILE:] if person.email not in contacts]


def _hire(person: Person) -> Person:
    """Give a stranger a desk, and with it an address, at the Guild."""
    local = f"{make_slug(person.given_name)}.{make_slug(person.surname)}"
    firm = replace(person.company, name=GUILD, domain=GUILD_DOMAIN, town="Wrenmouth")
    return replace(person, email=f"{local}@{GUILD_DOMAIN}", company=firm)


def _as_card(person: Person) -> str:
    return f"""<div class="panel"><h3>{escape(person.name)}</h3>
<p class="role">{escape(person.title)}, {escape(person.company.name)}</p>
<p><a href="mailto:{person.email}">{person.email}</a><br>{spell_phone(person)}</p></div>"""


def _as_h_card(person: Person) -> str:
    return f"""<div class="panel h-card"><h3 class="p-name">{escape(person.name)}</h3>
<p class="p-job-title role">{escape(person.title)}</p><p class="p-org">{GUILD}</p>
<p><a class="u-email" href="mailto:{person.email}">E-mail</a>
<a class="p-tel" href="tel:{spell_phone(person).replace(" ", "")}">{spell_phone(person)}</a></p>
</div>"""


def _as_text(person: Person) -> str:
    return f"""<p class="panel"><b>{escape(person.name)}</b>, {escape(person.title)},
{escape(person.company.name)}<br>E-mail: {person.email}<br>Tel.: {spell_phone(person)}</p>"""
