"""Firms: a name, a domain, offices, a switchboard, and a way to make mailboxes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tests.made_leads.cultures import Culture, draw_culture
from tests.made_leads.dice import Dice
from tests.made_leads.latin import slug
from tests.made_leads.phones import Phone, fixed_line
from tests.made_leads.places import Place, draw_place

ROLES = ("info", "office", "sales", "contact", "hello", "admin", "support", "kontakt", "buero")
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
_BRANCHES = 0.15
_FIRST_FIRMS = 100
_MAIL_WAYS = ("{given}.{surname}", "{initial}{surname}", "{given}", "{surname}.{given}")
_MAIL_WAYS_TOO = ("{initial}.{surname}", "{given}_{surname}", "{surname}{initial}")


@dataclass(frozen=True, slots=True)
class Company:
    """A firm; ``large`` ones give each mailbox a letter more, since they have many namesakes."""

    number: int
    culture: Culture
    name: str
    legal: str
    domain: str
    offices: Sequence[Place]
    switchboards: Sequence[Phone]
    role: str
    mail_way: str

    @property
    def role_mailbox(self) -> str:
        """Give the mailbox that is nobody's own."""
        return f"{self.role}@{self.domain}"

    def written(self, dice: Dice) -> str:
        """Give its name as somebody would write it, with or without its legal form."""
        name = f"{self.name} {self.legal}" if dice.chance(0.55) else self.name
        if dice.chance(0.06):
            return name.upper()
        return name.replace(" & ", " und ") if dice.chance(0.1) else name


def draw_company_number(dice: Dice, leads: int) -> int:
    """Give a firm out of those that so many leads work for; few have a large part of them."""
    return dice.low(_FIRST_FIRMS + leads * 3 // 10)


@lru_cache(maxsize=1 << 13)
def company(seed: int, number: int) -> Company:
    """Give the firm of that number."""
    dice = Dice(seed, 1, number)
    culture = draw_culture(dice)
    brand = _brand(number)
    name = _name(culture, dice, brand)
    label = slug(name, way=1)
    # Firms may share a name, never a domain.
    domain = label if brand.lower() in label else f"{label[:18]}-{brand.lower()}"
    offices = [draw_place(culture, dice) for _ in range(1 + dice.chance(_BRANCHES) * 2)]
    return Company(
        number=number,
        culture=culture,
        name=name,
        legal=dice.choose(culture.legal),
        domain=f"{domain}.{dice.choose(culture.domains)}",
        offices=offices,
        switchboards=[
            fixed_line(culture, office.city, 3 * number + branch)
            for branch, office in enumerate(offices)
        ],
        role=dice.choose_common(ROLES),
        mail_way=dice.choose_common((*_MAIL_WAYS, *_MAIL_WAYS_TOO)),
    )


def _name(culture: Culture, dice: Dice, brand: str) -> str:
    trade = dice.choose(culture.trades)
    way = dice.draw(10)
    if way < 4:
        return f"{brand} {trade}"
    if way < 6:
        return brand
    if way < 8:
        return f"{culture.draw_surname(dice)} {trade}"
    if way < 9:
        return f"{culture.draw_surname(dice)} & {culture.draw_surname(dice)}"
    return f"{trade} {culture.draw_surname(dice)}"


def _brand(number: int) -> str:
    syllables = []
    rest = number * 389 + 4_000
    while rest:
        rest, one = divmod(rest, len(_SYLLABLES))
        syllables.append(_SYLLABLES[one])
    return "".join(syllables).capitalize()
