"""A raw record turned into a clean one: every value in its canonical form, every doubt an issue."""

from collections.abc import Mapping

from pipeline.errors import BadEmail
from pipeline.normalize.companies import normalize_company
from pipeline.normalize.countries import country_code
from pipeline.normalize.emails import email_key, find_emails, normalize_email
from pipeline.normalize.mail_typos import likely_domain
from pipeline.normalize.names import join_name, normalize_name
from pipeline.normalize.phones import find_phones, looks_like_phone, normalize_phone
from pipeline.normalize.statuses import normalize_status
from pipeline.normalize.text import normalize_text
from pipeline.normalize.websites import normalize_website
from pipeline.records import KEPT_AS_CUSTOM, CleanRecord, Issue, RawRecord, Severity

PHONE = "a phone number with at least five digits"
PHONE_OF = "a number that begins with + and a country code, or one that is valid in "
WEBSITE = "a web address such as https://example.com"
DOMAIN = "a domain that receives mail; perhaps "
STATUS = "new, contacted, qualified or disqualified, or a usual word for one of them"


def normalize_record(raw: RawRecord, *, source: str, region: str) -> CleanRecord:
    """Clean one record. ``source`` and ``region`` hold where the record itself names none.

    A record's own country says what its phones without a country code mean.
    """
    fields = raw.fields
    region = country_code(fields.get("country", "")) or region
    record = CleanRecord(row=raw.row, raw=raw.raw, url=raw.url, issues=list(raw.issues))
    record.source = normalize_text(fields.get("source", "")) or source
    record.company = normalize_company(fields.get("company", "")) or None
    record.title = normalize_text(fields.get("title", "")) or None
    person = _name(fields)
    record.name = person or record.company or ""
    record.is_company = not person
    _add_emails(record, raw)
    _add_phones(record, raw, region)
    _add_website(record, fields.get("website", ""))
    _add_status(record, fields.get("status", ""))
    record.custom = _custom(raw)
    return record


def _name(fields: Mapping[str, str]) -> str:
    whole = fields.get("name", "")
    if whole.strip():
        return normalize_name(whole)
    return normalize_name(join_name(fields.get("given_name", ""), fields.get("surname", "")))


def _add_emails(record: CleanRecord, raw: RawRecord) -> None:
    emails: dict[str, str] = {}
    for cell in raw.emails:
        for part in find_emails(cell):
            try:
                email = normalize_email(part)
            except BadEmail as error:
                record.issues.append(_warning("bad_email", "email", part, str(error)))
            else:
                emails.setdefault(email_key(email), email)
                if meant := likely_domain(email.rpartition("@")[2]):
                    record.issues.append(_warning("likely_typo", "email", part, DOMAIN + meant))
    if emails:
        record.email, *record.other_emails = emails.values()


def _add_phones(record: CleanRecord, raw: RawRecord, region: str) -> None:
    verified: dict[str, None] = {}
    odd: dict[str, None] = {}
    for cell in raw.phones:
        for part in find_phones(cell):
            phone = normalize_phone(part, region)
            if phone.verified:
                verified[phone.value] = None
            elif looks_like_phone(part):
                odd[phone.value] = None
                record.issues.append(_warning("unverified_phone", "phone", part, PHONE_OF + region))
            else:
                record.issues.append(_warning("bad_phone", "phone", part, PHONE))
    phones = [*verified, *odd]
    if phones:
        record.phone, *record.other_phones = phones
        record.phone_verified = bool(verified)


def _add_website(record: CleanRecord, text: str) -> None:
    if not text.strip():
        return
    record.website = normalize_website(text)
    if record.website is None:
        record.issues.append(_warning("bad_website", "website", text, WEBSITE))


def _add_status(record: CleanRecord, text: str) -> None:
    if not text.strip():
        return
    record.status = normalize_status(text)
    if record.status is None:
        record.issues.append(_warning("unknown_status", "status", text, STATUS))


def _warning(code: str, field: str, value: str, expected: str) -> Issue:
    return Issue(code, field, value, expected, Severity.WARNING)


def _custom(raw: RawRecord) -> dict[str, str]:
    kept = {name: raw.fields[name] for name in KEPT_AS_CUSTOM if name in raw.fields}
    cleaned = {name: normalize_text(value) for name, value in {**kept, **raw.custom}.items()}
    return {name: value for name, value in cleaned.items() if value}
