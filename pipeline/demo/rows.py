"""One row of the sample file, as an export of several merged lists would write it."""

from random import Random

from pipeline.demo.mess import spell_phone, spoil_email, spoil_name
from pipeline.demo.people import Person

Row = dict[str, str]

HEADERS = (
    "Record ID",
    "Vorname",
    "Last Name",
    "E-Mail",
    "Phone Number",
    "Mobil",
    "Company Name",
    "Job Title",
    "Website URL",
    "City",
    "PLZ",
    "Country/Region",
    "Lead Status",
    "Original Source",
    "Notes",
    "Stand / Booth No.",
    "Interested in",
    "Budget (€)",
    "Newsletter",
)
STATUSES = ("New", "new", "", "NEW", "Contacted", "contacted ", "Qualified", "QUALIFIED")
RARE_STATUSES = ("Disqualified", "qualifiziert", "open", "in progress", "Neu", "lost?")
SOURCES = ("Trade fair", "LinkedIn", "Referral", "Website", "Cold Outreach", "Facebook Ads", "")
INTERESTS = ("Starter", "Pro", "Enterprise", "Pro; Enterprise", "", "")
BUDGETS = ("", "5.000", "12.500,00", "20000", "€ 8.000", "~15k", "50.000–75.000")
NEWSLETTER = ("yes", "no", "ja", "nein", "", "x")
NOTES = (
    "Met at the fair; wants a quote",
    "Call back after 3 pm",
    'Asked: "Do you deliver to the quay?"',
    "Prefers e-mail; no calls on Fridays",
    "Spoke at the stand.\nSend the brochure.\nFollow up in May.",
    "Budget 12.000 €; decision in Q3",
    "Knows our partner – warm lead",
    "“Interesting, but not this year”",
    "=SUM(A1:A3)",
)


def write_row(rng: Random, person: Person) -> Row:
    """Write a person down with the small variations of everyday lists."""
    company = person.company
    row = {
        "Record ID": str(rng.randrange(10**9, 10**10)),
        "Vorname": person.given_name,
        "Last Name": person.surname,
        "E-Mail": person.email,
        "Phone Number": spell_phone(rng, person.phone, person),
        "Mobil": spell_phone(rng, person.mobile, person) if _happens(rng, 0.3) else "",
        "Company Name": company.name,
        "Job Title": person.title if _happens(rng, 0.7) else "",
        "Website URL": f"www.{company.domain}" if _happens(rng, 0.4) else "",
        "City": company.town,
        "PLZ": company.postcode if _happens(rng, 0.6) else "",
        "Country/Region": rng.choice(person.country.spellings) if _happens(rng, 0.9) else "",
        "Lead Status": rng.choice(RARE_STATUSES if _happens(rng, 0.05) else STATUSES),
        "Original Source": rng.choice(SOURCES),
        "Notes": rng.choice(NOTES) if _happens(rng, 0.3) else "",
        "Stand / Booth No.": f"{rng.choice('ABCD')}{rng.randint(1, 40)}",
        "Interested in": rng.choice(INTERESTS),
        "Budget (€)": rng.choice(BUDGETS),
        "Newsletter": rng.choice(NEWSLETTER),
    }
    if _happens(rng, 0.2):
        row["E-Mail"] = spoil_email(rng, person.email)
    if _happens(rng, 0.12):
        row["Vorname"] = spoil_name(rng, person.given_name)
        row["Last Name"] = spoil_name(rng, person.surname)
    return row


def _happens(rng: Random, chance: float) -> bool:
    return rng.random() < chance
