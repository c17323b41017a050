"""What happens to a value between a person and a list: slips, cases, lost accents, nicknames."""

from tests.made_leads.dice import Dice
from tests.made_leads.latin import in_latin, is_plain
from tests.made_leads.people import Person

_LETTERS = "aeionrtslcdmu"
_DOTLESS = {"gmail.com"}
_TAGGED = {"gmail.com", "outlook.com", "icloud.com", "hotmail.com"}
_TAGS = ("news", "shop", "leads", "work", "promo")
JUNK_MAILBOXES = ("test@test.com", "noemail@example.com", "none@none.com", "a@a.com")


def with_slip(text: str, dice: Dice) -> str:
    """Give a text with one letter wrong, missing, doubled or changed with its neighbour."""
    if len(text) < 4:
        return text
    at = 1 + dice.draw(len(text) - 2)
    way = dice.draw(4)
    if way == 0:
        return text[:at] + text[at + 1 :]
    if way == 1:
        return text[:at] + text[at] + text[at:]
    if way == 2:
        return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
    return text[:at] + dice.choose(_LETTERS) + text[at + 1 :]


def in_some_case(text: str, dice: Dice) -> str:
    """Give a text as typed in a hurry: all small or all large."""
    return text.lower() if dice.chance(0.6) else text.upper()


def name_written(who: Person, dice: Dice, *, formal: float, slips: float) -> str:
    """Give a person's name as a form or list has it.

    ``formal`` is the share of names in full, ``slips`` that of names with a slip.
    """
    given, surname = _given_written(who, dice, formal), who.surname
    if dice.chance(0.3 if is_plain(surname) else 0.45):
        way = dice.draw(2)
        given, surname = in_latin(given, way=way), in_latin(surname, way=way)
    if dice.chance(slips):
        surname = with_slip(surname, dice)
    elif dice.chance(slips / 2):
        given = with_slip(given, dice)
    middle = f" {who.middle}." if who.middle and dice.chance(0.35) else ""
    suffix = f" {who.suffix}" if who.suffix and dice.chance(0.8) else ""
    way = dice.draw(100)
    if way < 7:
        return f"{surname}, {given}{middle}{suffix}"
    if way < 10:
        return f"{surname} {given}{suffix}"
    if way < 14:
        return f"{dice.choose(('Dr.', 'Mr', 'Ms', 'Prof.'))} {given}{middle} {surname}{suffix}"
    return f"{given}{middle} {surname}{suffix}"


def mailbox_written(address: str, dice: Dice) -> str:
    """Give a mailbox as somebody would type it, which still reaches the same person."""
    local, domain = address.split("@")
    if domain in _DOTLESS and dice.chance(0.2):
        at = 1 + dice.draw(max(len(local) - 1, 1))
        if "." not in local[at - 1 : at + 1]:
            local = f"{local[:at]}.{local[at:]}" if at < len(local) else local
    if domain in _TAGGED and dice.chance(0.06):
        local += f"+{dice.choose(_TAGS)}"
    if domain in _DOTLESS and dice.chance(0.03):
        domain = "googlemail.com"
    if dice.chance(0.012):
        local = with_slip(local, dice)
    written = f"{local}@{domain}"
    return written.upper() if dice.chance(0.03) else written


def _given_written(who: Person, dice: Dice, formal: float) -> str:
    if dice.chance(formal):
        return who.given
    nicknames = who.culture.nicknames.get(who.given)
    if nicknames and dice.chance(0.7):
        return dice.choose(nicknames)
    if "-" in who.given:
        first, second = who.given.split("-")
        return dice.choose((first, f"{first} {second}"))
    return f"{who.given[0]}." if dice.chance(0.4) else who.given
