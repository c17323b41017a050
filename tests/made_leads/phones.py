"""Phone numbers: each line has one of its own, which people write in many ways."""

from dataclasses import dataclass, replace

from tests.made_leads.cultures import City, Culture
from tests.made_leads.dice import Dice

# It shares no divisor with a count of numbers, so it meets each of them once.
_STRIDE = 7_654_321
_NATIONAL = 0.45
# In many countries no number starts with 0 or 1.
_STARTS = "23456789"
JUNK = ("0000000000", "123456789", "1111111", "n/a", "-", "+1 555 555 5555")


@dataclass(frozen=True, slots=True)
class Phone:
    """A line: its area or network, the number within it, and an extension behind it."""

    culture: Culture
    area: str
    number: str
    extension: str = ""

    def at(self, extension: int) -> "Phone":
        """Give an extension of this line."""
        return replace(self, extension=str(extension))

    def written(self, dice: Dice) -> str:
        """Give the number as somebody would write it."""
        area, number, culture = self.area.replace(" ", ""), self.number, self.culture
        tail = dice.choose((" ext. {}", " x{}", " ext {}", ";ext={}", " #{}"))
        end = tail.format(self.extension) if self.extension else ""
        if dice.chance(_NATIONAL):
            return self._national(dice, area) + end
        calling = culture.calling
        ways = [
            f"+{calling}{area}{number}",
            f"+{calling} {area} {_spaced(number)}",
            f"+{calling} {area} {number}",
            f"00{calling} {area} {number}",
            f"+{calling}-{area}-{_spaced(number, '-')}",
        ]
        if culture.trunk:
            ways.append(f"+{calling} ({culture.trunk}) {area} {_spaced(number)}")
        return dice.choose_common(ways) + end

    def _national(self, dice: Dice, area: str) -> str:
        whole = self.culture.trunk + area
        number = self.number
        if self.culture.calling == "1":
            head, rest = number[:3], number[3:]
            ways = (f"({whole}) {head}-{rest}", f"{whole}-{head}-{rest}", f"{whole}.{head}.{rest}")
            return dice.choose((*ways, whole + number))
        ways = (f"{whole} {_spaced(number)}", f"{whole}{number}", f"{whole}/{number}")
        return dice.choose((*ways, f"{whole} {number}", f"({whole}) {number}"))


def mobile_of(culture: Culture, owner: int) -> Phone:
    """Give the mobile of a person by number: nobody else has it."""
    digits = culture.mobile_digits
    network = culture.mobile[owner // 10**digits % len(culture.mobile)]
    network = culture.mobile[(culture.mobile.index(network) + owner) % len(culture.mobile)]
    return Phone(culture, network, _number(owner, digits))


def fixed_line(culture: Culture, city: City, owner: int) -> Phone:
    """Give the fixed line of a house or firm in a city."""
    digits = culture.fixed_length - len(city.area.replace(" ", ""))
    return Phone(culture, city.area, _number(owner, digits, culture.fixed_starts))


def _number(owner: int, digits: int, starts: str = _STARTS) -> str:
    first, rest = divmod(owner * _STRIDE % (len(starts) * 10 ** (digits - 1)), 10 ** (digits - 1))
    return f"{starts[first]}{rest:0{digits - 1}d}"


def _spaced(number: str, mark: str = " ") -> str:
    return f"{number[:3]}{mark}{number[3:]}"
