"""Where leads come from: what each kind of source knows of a person, and how it writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.made_leads import noise
from tests.made_leads.companies import Company
from tests.made_leads.dice import Dice
from tests.made_leads.people import Job, Person
from tests.made_leads.phones import JUNK
from tests.made_leads.places import Place

Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record in the making."""

    dice: Dice
    values: Values

    def put(self, share: float, field: str, make: Callable[[], str]) -> None:
        """Fill a field in this share of records."""
        if self.dice.chance(share) and (text := make()):
            self.values[field] = text

    def put_place(self, share: float, place: Place) -> None:
        """Write an address, in one cell or in three."""
        if not self.dice.chance(share):
            return
        written = place.moved_on_paper(self.dice)
        if self.dice.chance(0.5):
            self.values["address"] = written.in_one_line(self.dice)
            return
        self.values["address"] = written.street
        self.put(0.95, "city", lambda: written.city.name)
        self.put(0.85, "postcode", lambda: written.postcode)


def write_person(who: Person, dice: Dice) -> Values:
    """Give a record of a person as one of the sources has it."""
    sheet = Sheet(dice, {})
    dice.choose_common(_SOURCES)(who, sheet)
    _spoil(sheet)
    if not sheet.values.keys() & {"email", "phone"}:
        sheet.values["email"] = who.jobs[-1].email
    return sheet.values


def write_company(firm: Company, branch: int, dice: Dice) -> Values:
    """Give a record of a firm's office, as directories and maps have it: nobody is named."""
    sheet = Sheet(dice, {})
    name = firm.written(dice)
    place = firm.offices[branch]
    sheet.values["company"] = name
    sheet.put(0.5, "name", lambda: name)
    sheet.put(0.9, "phone", lambda: firm.switchboards[branch].written(dice))
    sheet.put(0.5, "email", lambda: firm.role_mailbox)
    sheet.put(0.7, "website", lambda: _website(firm, dice))
    sheet.put_place(0.95, place)
    sheet.put(0.6, "country", lambda: dice.choose_common(firm.culture.names))
    if not sheet.values.keys() & {"email", "phone"}:
        sheet.values["phone"] = firm.switchboards[branch].written(dice)
    return sheet.values


def _web_form(who: Person, sheet: Sheet) -> None:
    """Somebody fills it in on a phone: nicknames, small letters, the own mailbox and mobile."""
    dice, job = sheet.dice, _job_of(who, sheet.dice)
    name = noise.name_written(who, dice, formal=0.7, slips=0.03)
    sheet.values["name"] = noise.in_some_case(name, dice) if dice.chance(0.15) else name
    own = dice.chance(0.55)
    sheet.put(0.97, "email", lambda: noise.mailbox_written(who.mailbox if own else job.email, dice))
    sheet.put(0.75, "phone", lambda: who.mobile.written(dice))
    sheet.put(0.6, "company", lambda: job.company.written(dice))
    sheet.put(0.3, "title", lambda: job.title)
    sheet.put_place(0.12, who.home)
    sheet.put(0.6, "country", lambda: dice.choose_common(who.culture.names))


def _bought_list(who: Person, sheet: Sheet) -> None:
    """It is complete, and out of date."""
    dice, job = sheet.dice, who.jobs[0]
    name = noise.name_written(who, dice, formal=0.92, slips=0.04)
    sheet.values["name"] = name.upper() if dice.chance(0.2) else name
    sheet.put(0.85, "email", lambda: job.email)
    sheet.put(0.8, "phone", lambda: (job.phone or who.mobile).written(dice))
    sheet.put(0.95, "company", lambda: job.company.written(dice))
    sheet.put(0.8, "title", lambda: job.title)
    sheet.put(0.5, "website", lambda: _website(job.company, dice))
    sheet.put_place(0.75, job.company.offices[job.branch])
    sheet.put(0.9, "country", lambda: dice.choose_common(job.company.culture.names))


def _crawled_page(who: Person, sheet: Sheet) -> None:
    """A firm's page of its team; sometimes only its role mailbox stands there."""
    dice, job = sheet.dice, who.jobs[-1]
    firm = job.company
    sheet.values["name"] = noise.name_written(who, dice, formal=0.9, slips=0.01)
    mailbox = firm.role_mailbox if dice.chance(0.12) else job.email
    sheet.put(0.85, "email", lambda: mailbox)
    sheet.put(0.7, "phone", lambda: (job.phone or firm.switchboards[job.branch]).written(dice))
    sheet.put(0.9, "company", lambda: firm.written(dice))
    sheet.put(0.6, "title", lambda: job.title)
    sheet.put(0.8, "website", lambda: _website(firm, dice))
    sheet.put_place(0.6, firm.offices[job.branch])


def _network_profile(who: Person, sheet: Sheet) -> None:
    """A professional network: the job is right, the phone is not there."""
    dice, job = sheet.dice, _job_of(who, sheet.dice)
    sheet.values["name"] = noise.name_written(who, dice, formal=0.85, slips=0.005)
    own = dice.chance(0.3)
    sheet.put(0.85, "email", lambda: noise.mailbox_written(who.mailbox if own else job.email, dice))
    sheet.put(0.97, "company", lambda: job.company.written(dice))
    sheet.put(0.95, "title", lambda: job.title)
    sheet.put(0.7, "city", lambda: job.company.offices[job.branch].city.name)
    sheet.put(0.7, "country", lambda: dice.choose_common(job.company.culture.names))


def _badge_scan(who: Person, sheet: Sheet) -> None:
    """A trade fair: read by a camera, letter for letter."""
    dice, job = sheet.dice, _job_of(who, sheet.dice)
    sheet.values["name"] = noise.name_written(who, dice, formal=0.9, slips=0.1)
    sheet.put(0.9, "email", lambda: noise.mailbox_written(job.email, dice))
    sheet.put(0.5, "phone", lambda: (job.phone or who.mobile).written(dice))
    firm = job.company.written(dice)
    sheet.put(0.95, "company", lambda: noise.with_slip(firm, dice) if dice.chance(0.08) else firm)
    sheet.put(0.6, "title", lambda: job.title)
    sheet.put(0.5, "country", lambda: dice.choose_common(job.company.culture.names))


def _old_crm(who: Person, sheet: Sheet) -> None:
    """What another system gave out: homes and landlines of small customers."""
    dice, job = sheet.dice, who.jobs[0]
    sheet.values["name"] = noise.name_written(who, dice, formal=0.85, slips=0.02)
    private = dice.chance(0.5)
    sheet.put(0.8, "email", lambda: who.mailbox if private else job.email)
    phone = who.landline if private and dice.chance(0.5) else who.mobile
    sheet.put(0.85, "phone", lambda: phone.written(dice))
    sheet.put(0.7, "company", lambda: job.company.written(dice))
    sheet.put_place(0.7, who.home if private else job.company.offices[job.branch])
    sheet.put(0.7, "country", lambda: dice.choose_common(who.culture.names))


_SOURCES = (_web_form, _bought_list, _crawled_page, _network_profile, _old_crm, _badge_scan)


def _job_of(who: Person, dice: Dice) -> Job:
    return who.jobs[-1] if dice.chance(0.7) else who.jobs[0]


def _website(firm: Company, dice: Dice) -> str:
    return dice.choose(("https://www.{}/", "https://{}", "www.{}", "{}", "http://{}/home")).format(
        firm.domain
    )


def _spoil(sheet: Sheet) -> None:
    """Put in what people write when they do not want to tell."""
    dice, values = sheet.dice, sheet.values
    if "phone" in values and "email" in values and dice.chance(0.015):
        values["phone"] = dice.choose(JUNK)
    elif "phone" in values and dice.chance(0.008):
        values["email"] = dice.choose(noise.JUNK_MAILBOXES)
