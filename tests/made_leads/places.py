"""Addresses: a street, a city, a postcode, and the ways to write them."""

from dataclasses import dataclass

from tests.made_leads.cultures import City, Culture
from tests.made_leads.dice import Dice

_NUMBERS = 240


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody lives or a firm sits."""

    culture: Culture
    street: str
    postcode: str
    city: City

    def in_one_line(self, dice: Dice) -> str:
        """Give the whole address as one text."""
        town = f"{self.postcode} {self.city.name}"
        if self.culture.code in {"US", "GB", "BR"}:
            town = f"{self.city.name} {self.postcode}"
        return dice.choose((f"{self.street}, {town}", f"{self.street} {town}"))

    def moved_on_paper(self, dice: Dice) -> "Place":
        """Give the same place with its street written in another way."""
        street = self.street
        for long, short in _SHORTER:
            if long in street and dice.chance(0.6):
                street = street.replace(long, short)
        return Place(self.culture, street, self.postcode, self.city)


_SHORTER = (
    *(
        ("straße", "str."),
        (" Road", " Rd"),
        (" Street", " St"),
        (" Lane", " Ln"),
        (" St", " Street"),
    ),
    *((" Ave", " Avenue"), (" Rd", " Road"), (" Blvd", " Boulevard"), (" rue ", " r. ")),
    *(("avenue", "av."), ("bd ", "boulevard "), ("Calle ", "C/ "), ("Avda. ", "Avenida ")),
    *(("Via ", "V. "), ("Viale ", "V.le "), ("ul. ", ""), ("al. ", "aleja "), ("Rua ", "R. ")),
    *((" Caddesi", " Cad."), (" Sokak", " Sok."), ("gatan", "g."), ("vägen", "v.")),
    *(("вулиця ", "вул. "), ("Λεωφ. ", "Λεωφόρος "), ("Οδός ", "")),
)


def draw_place(culture: Culture, dice: Dice) -> Place:
    """Give an address of a country."""
    city = dice.choose_common(culture.cities)
    street = dice.choose(culture.streets).format(
        number=1 + dice.low(_NUMBERS),
        word=dice.choose(culture.street_words),
        surname=culture.draw_surname(dice),
    )
    return Place(culture, street, _fill(city.postcode, dice), city)


def _fill(pattern: str, dice: Dice) -> str:
    return "".join(str(dice.draw(10)) if letter == "#" else letter for letter in pattern)
