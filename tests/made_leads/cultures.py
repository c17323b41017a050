"""What leads of a country are made of, as ``cultures.toml`` tells."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.made_leads.dice import Dice

_RARE = 0.7
_DOUBLE = 0.05


@dataclass(frozen=True, slots=True)
class City:
    """A town: how its postcodes look, and the area code of its fixed lines."""

    name: str
    postcode: str
    area: str


@dataclass(frozen=True, slots=True)
class Culture:
    """The names, streets, firms and numbers of one country."""

    code: str
    names: Sequence[str]
    given: Sequence[Sequence[str]]
    surnames: Sequence[str]
    starts: Sequence[str]
    ends: Sequence[str]
    cities: Sequence[City]
    streets: Sequence[str]
    street_words: Sequence[str]
    legal: Sequence[str]
    trades: Sequence[str]
    calling: str
    trunk: str
    mobile: Sequence[str]
    mobile_digits: int
    fixed_length: int
    fixed_starts: str
    domains: Sequence[str]
    nicknames: Mapping[str, Sequence[str]]

    def draw_surname(self, dice: Dice) -> str:
        """Give a common surname or, more often, a rare one."""
        if dice.chance(_RARE):
            return dice.choose(self.starts) + dice.choose(self.ends)
        return dice.choose_common(self.surnames)

    def draw_given(self, dice: Dice) -> str:
        """Give a given name, now and then a double one."""
        names = dice.choose(self.given)
        first, second = dice.choose_common(names), dice.choose(names)
        return f"{first}-{second}" if dice.chance(_DOUBLE) and first != second else first


def _read(code: str, given: Mapping[str, Any]) -> Culture:
    pairs = (pair.split(": ") for pair in given["nicknames"].split("; "))
    return Culture(
        code=code,
        names=given["names"],
        given=(given["women"].split(), given["men"].split()),
        surnames=given["surnames"].split(),
        starts=given["tails"][0].split(),
        ends=given["tails"][1].split(),
        cities=[City(*city.split("|")) for city in given["cities"]],
        streets=given["streets"].split("|"),
        street_words=given["street_words"].split(),
        legal=given["legal"],
        trades=given["trades"].split(),
        calling=given["calling"],
        trunk=given["trunk"],
        mobile=given["mobile"],
        mobile_digits=given["mobile_digits"],
        fixed_length=given["fixed_length"],
        fixed_starts=given["fixed_starts"],
        domains=given["domains"],
        nicknames={name: nicknames.split() for name, nicknames in pairs},
    )


_GIVEN = tomllib.loads(Path(__file__).with_name("cultures.toml").read_text(encoding="utf-8"))
CULTURES: Mapping[str, Culture] = {code: _read(code, given) for code, given in _GIVEN.items()}
_WEIGHTED = [code for code, given in _GIVEN.items() for _ in range(given["weight"])]


def draw_culture(dice: Dice) -> Culture:
    """Give a country, each as often as its weight says."""
    return CULTURES[dice.choose(_WEIGHTED)]
