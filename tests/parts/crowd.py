"""A large file of invented people: most once, some twice, some changed, some beyond saving."""

import csv
import io
from random import Random

HEADER = ("name", "email", "phone", "company", "title", "status")
_FIRST = ("Ada", "Bo", "Chidi", "Dana", "Émile", "Fatma", "Grace", "Hiro", "Ines", "Jón")
_LAST = ("Okafor", "Kim", "Lindqvist", "Moreau", "Núñez", "Olsen", "Petrov", "Quist", "Rossi")
_COMPANIES = ("Acme Ltd", "Globex GmbH", "Hooli", "Initech Inc.", "Umbrella S.A.", "")
_TITLES = ("CEO", "Engineer", "Head of Sales", "")
_STATUSES = ("", "", "", "new", "contacted")


def crowd_file(rows: int, *, seed: int = 7) -> bytes:
    """Give a CSV file of so many rows, each time the same for a seed."""
    random = Random(seed)
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(HEADER)
    people = [_person(random, number) for number in range(rows)]
    for number in range(rows):
        writer.writerow(_vary(random, people, number))
    return sheet.getvalue().encode()


def _person(random: Random, number: int) -> list[str]:
    name = f"{random.choice(_FIRST)} {random.choice(_LAST)}"
    email = f"person.{number}@example{random.randrange(50)}.com" if random.random() < 0.9 else ""
    phone = f"+1 415 {random.randrange(200, 999)} {number % 10_000:04}" if not email else ""
    extras = [random.choice(choices) for choices in (_COMPANIES, _TITLES, _STATUSES)]
    return [name, email, phone, *extras]


def _vary(random: Random, people: list[list[str]], number: int) -> list[str]:
    dice = random.random()
    person = people[number]
    if dice < 0.08:
        return people[random.randrange(number + 1)]
    if dice < 0.16:
        name, email, phone, *_ = people[random.randrange(number + 1)]
        return [name, email, phone, "Moved & Partners", "Director", "qualified"]
    if dice < 0.19:
        return [person[0], "not an address", "", *person[3:]]
    return person
