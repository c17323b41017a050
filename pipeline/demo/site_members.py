"""The member firms of the sample site: some the sample file knows as well, some newcomers."""

from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import cycle

from pipeline.demo.people import IN_FILE, Person, make_slug, sample_people
from pipeline.demo.site_layout import render_page
from pipeline.demo.site_ways import WAYS, Way

MEMBERS = 40
FROM_FILE = 24

BLURBS = (
    "has shipped with the Guild since the new pier was built, and is known for keeping its word.",
    "serves customers on both sides of the water, from single pallets to whole shiploads.",
    "is a family firm in its third generation, with a workshop you can smell from the quay.",
    "joined the Guild after the great spring fair and has not missed one since.",
    "answers within a day, delivers within a week, and still writes its invoices by hand.",
)


@dataclass(frozen=True, slots=True)
class Member:
    """A firm of the Guild, the person to talk to there, and the way its page is written."""

    person: Person
    slug: str
    write: Way

    @property
    def path(self) -> str:
        """Where the member's page stands."""
        return f"/members/{self.slug}/"


@cache
def find_members() -> tuple[Member, ...]:
    """Give the Guild's members: some whom the sample file knows as well, some newcomers."""
    people = sample_people()
    known = _one_per_company(people[:IN_FILE:7], FROM_FILE, set())
    taken = {person.company.name for person in known}
    newcomers = _one_per_company(people[IN_FILE:], MEMBERS - FROM_FILE, taken)
    everyone = sorted([*known, *newcomers], key=lambda person: make_slug(person.company.name))
    return tuple(
        Member(person, make_slug(person.company.name), write)
        for person, write in zip(everyone, cycle(WAYS), strict=False)
    )


def render_member(member: Member) -> str:
    """Give a member's page as HTML."""
    company = member.person.company
    head, contact = member.write(member.person)
    blurb = BLURBS[len(member.slug) % len(BLURBS)]
    main = f"""<p><a href="/members/">← All members</a></p>
<h1>{escape(company.name)}</h1>
<p>{escape(company.name)} of {escape(company.town)} {blurb}</p>
{contact}"""
    return render_page(company.name, main, head=head)


def _one_per_company(people: tuple[Person, ...], count: int, taken: set[str]) -> list[Person]:
    chosen: dict[str, Person] = {}
    for person in people:
        if person.company.name not in taken and len(chosen) < count:
            chosen.setdefault(person.company.name, person)
    return list(chosen.values())
