"""How values look on a page: numbers, moments, sizes, links."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from pipeline.database.base import utc_now

_STEPS = ((60, "s", 1), (3_600, "min", 60), (86_400, "h", 3_600), (86_400 * 30, "d", 86_400))
_KILO = 1_024
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def number(value: int) -> str:
    """Give a whole number with thousands set apart."""
    return f"{value:,}"


def age(moment: datetime) -> str:
    """Give how long ago something was, shortly; a date once it is a month old."""
    seconds = max(0, int((utc_now() - moment).total_seconds()))
    if seconds < 5:  # noqa: PLR2004 - what a reader calls now
        return "now"
    return _short(seconds) or f"{moment.day} {moment:%b %Y}"


def ago(moment: datetime) -> str:
    """Say how long ago something was."""
    short = age(moment)
    return short if short == "now" or short[-4:].isdigit() else f"{short} ago"


def until(moment: datetime) -> str:
    """Say in how long something comes."""
    seconds = int((moment - utc_now()).total_seconds())
    return f"in {duration(seconds)}" if seconds > 0 else "due now"


def duration(seconds: float) -> str:
    """Say how long something took or lasts, in its one or two largest units."""
    if seconds < 10:  # noqa: PLR2004 - below, tenths matter
        return f"{max(seconds, 0):.1f} s"
    whole = timedelta(seconds=round(seconds))
    days, rest = whole.days, whole.seconds
    hours, minutes, seconds = rest // 3_600, rest % 3_600 // 60, rest % 60
    units = ((days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s"))
    said = [f"{count} {unit}" for count, unit in units if count]
    return " ".join(said[:2])


def moment(value: datetime) -> str:
    """Give a moment in full."""
    return value.strftime("%Y-%m-%d %H:%M:%S UTC")


def file_size(count: int) -> str:
    """Give a number of bytes in its fitting unit."""
    size, unit = float(count), "bytes"
    for larger in ("KB", "MB", "GB"):
        if size < _KILO:
            break
        size, unit = size / _KILO, larger
    return f"{count} bytes" if unit == "bytes" else f"{size:.1f} {unit}"


def phone(text: str) -> str:
    """Set the groups of a phone number apart; a number that is not E.164 stays as it is."""
    if not _E164.fullmatch(text):
        return text
    number = PhoneNumber(raw_input=text)
    try:
        phonenumbers.parse(text, numobj=number)
    except NumberParseException:
        return text
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def bits(value: float) -> str:
    """Give bits of evidence with their sign, a real minus among them."""
    return f"{value:+.1f}".replace("-", "\N{MINUS SIGN}")


def web_link(text: object) -> str:
    """Give the address of a value that is a web address, nothing for all else.

    A stored value never becomes a link that runs something.
    """
    address = str(text or "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def _short(seconds: int) -> str:
    return next(
        (f"{seconds // size} {unit}" for limit, unit, size in _STEPS if seconds < limit), ""
    )


FILTERS = {
    "phone": phone,
    "number": number,
    "age": age,
    "ago": ago,
    "until": until,
    "duration": duration,
    "moment": moment,
    "file_size": file_size,
    "bits": bits,
    "web_link": web_link,
}
