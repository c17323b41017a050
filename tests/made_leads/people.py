"""People: who they are, whom they live with, where they work and worked before."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tests.made_leads.companies import Company, company, draw_company_number
from tests.made_leads.cultures import Culture, draw_culture
from tests.made_leads.dice import Dice
from tests.made_leads.latin import slug
from tests.made_leads.phones import Phone, fixed_line, mobile_of
from tests.made_leads.places import Place, draw_place

TITLES = (
    *("CEO", "Managing Director", "Head of Sales", "Buyer", "Engineer", "Office Manager", "Owner"),
    *(
        "Marketing Manager",
        "CTO",
        "Accountant",
        "Project Manager",
        "HR Business Partner",
        "Founder",
    ),
    *("VP Operations", "Purchasing Manager", "Consultant", "Sales Director", "IT Administrator"),
)
FREEMAIL = ("gmail.com", "gmail.com", "outlook.com", "yahoo.com", "icloud.com", "hotmail.com")
_LOCAL_FREEMAIL = {
    "DE": "gmx.de",
    "FR": "orange.fr",
    "IT": "libero.it",
    "PL": "wp.pl",
    "BR": "uol.com.br",
    "UA": "ukr.net",
    "GB": "btinternet.com",
    "ES": "telefonica.net",
    "SE": "telia.com",
}
_WORDS = [
    "rider",
    "photo",
    "garden",
    "chess",
    "piano",
    "runner",
    "cook",
    "sailor",
    "fox",
    "baker",
    "violet",
    "comet",
]
_HOUSEHOLD, _JUNIOR, _EXPAT, _MOVED = 0.07, 0.06, 0.06, 0.15
_LARGE = 300


@dataclass(frozen=True, slots=True)
class Job:
    """What somebody does at a firm, and how to be reached there."""

    company: Company
    title: str
    email: str
    branch: int
    phone: Phone | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is a lead. The last of ``jobs`` is the one of today."""

    culture: Culture
    given: str
    middle: str
    surname: str
    suffix: str
    home: Place
    landline: Phone
    mobile: Phone
    mailbox: str
    jobs: Sequence[Job]


@lru_cache(maxsize=1 << 13)
def person(seed: int, number: int) -> Person:
    """Give the person of that number. Some live with one that came before."""
    dice = Dice(seed, 2, number)
    housemate = dice.chance(_HOUSEHOLD) and number > 0
    head = dice.draw(number) if housemate else number
    culture, surname, home = _household(seed, head)
    given = culture.draw_given(dice)
    suffix = ""
    if housemate and dice.chance(_JUNIOR):
        given, suffix = _given(seed, head, culture), "Jr"
    elif not housemate:
        given = _given(seed, number, culture)
    mailbox = _mailbox(dice, culture, given, surname, number)
    if housemate and dice.chance(0.1):
        mailbox = f"{slug(surname, way=1)}.family{head}@gmail.com"
    count = 1 + dice.chance(_MOVED)
    return Person(
        culture=culture,
        given=given,
        middle=dice.choose("ABCDEFGHJKLMPRST") if dice.chance(0.2) else "",
        surname=surname,
        suffix=suffix,
        home=home,
        landline=fixed_line(culture, home.city, 5_000_000 + head),
        mobile=mobile_of(culture, number),
        mailbox=mailbox,
        jobs=[
            _job(company(seed, employer), dice, number, given, surname)
            for employer in (_first_employer(seed, number), dice.low(2 + number // 3))[:count]
        ],
    )


def _household(seed: int, head: int) -> tuple[Culture, str, Place]:
    """Give what all that live with the person of that number share."""
    first = company(seed, _first_employer(seed, head))
    dice = Dice(seed, 3, head)
    culture = draw_culture(dice) if dice.chance(_EXPAT) else first.culture
    return culture, culture.draw_surname(dice), draw_place(culture, dice)


def _given(seed: int, number: int, culture: Culture) -> str:
    return culture.draw_given(Dice(seed, 4, number))


def _first_employer(seed: int, number: int) -> int:
    return draw_company_number(Dice(seed, 5, number), number)


def _job(firm: Company, dice: Dice, number: int, given: str, surname: str) -> Job:
    branch = dice.draw(len(firm.offices))
    board = firm.switchboards[branch]
    way = dice.draw(10)
    phone = None
    if way < 3:
        phone = board
    elif way < 5:
        phone = board.at(100 + number % 900)
    elif way < 7:
        phone = fixed_line(firm.culture, firm.offices[branch].city, 40_000_000 + number)
    return Job(firm, dice.choose(TITLES), _work_mail(firm, number, given, surname), branch, phone)


def _work_mail(firm: Company, number: int, given: str, surname: str) -> str:
    plain, last = slug(given, way=1), slug(surname, way=1)
    if firm.number < _LARGE:
        last += str(number % 97)
    local = firm.mail_way.format(given=plain, surname=last, initial=plain[0])
    if firm.mail_way == "{given}" and firm.number < _LARGE:
        local += last[0] + str(number % 97)
    return f"{local}@{firm.domain}"


def _mailbox(dice: Dice, culture: Culture, given: str, surname: str, number: int) -> str:
    domains = (*FREEMAIL, _LOCAL_FREEMAIL.get(culture.code, "gmail.com"))
    first, last = slug(given, way=1), slug(surname, way=1)
    is_rare = surname not in culture.surnames
    way = dice.draw(10)
    if way < 3 and is_rare:
        local = dice.choose((f"{first}.{last}", f"{last}.{first}", f"{first}{last}"))
    elif way < 8:
        local = dice.choose((f"{first}{last}", f"{first[0]}{last}", f"{first}.{last}", first))
        local += str(number)
    else:
        local = f"{dice.choose(_WORDS)}{dice.choose(('.', '', '_'))}{number}"
    return f"{local}@{dice.choose(domains)}"
