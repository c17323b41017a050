"""The rules that decide whether a clean record may become a lead."""

from pipeline.records import MAX_VALUE, TEXT_FIELDS, CleanRecord, Issue

_BOUNDED = ("name", *TEXT_FIELDS, "source", "email", "phone")


def validate_record(record: CleanRecord) -> CleanRecord:
    """Add an issue for each rule the record breaks: a name or company, an e-mail or phone."""
    if any(issue.code == "broken_row" for issue in record.issues) and not _has_anything(record):
        # That nothing of it could be read has been said.
        return record
    if not record.name:
        record.issues.append(Issue("no_name", "name", "", "a person's or a company's name"))
    if not record.email and not record.phone:
        expected = "an e-mail address or a phone number that can be used"
        record.issues.append(Issue("no_contact", "email, phone", "", expected))
    for field in _BOUNDED:
        value = getattr(record, field)
        if value and len(value) > MAX_VALUE:
            expected = f"at most {MAX_VALUE:,} characters"
            record.issues.append(Issue("too_long", field, f"{value[:80]}…", expected))
    return record


def _has_anything(record: CleanRecord) -> bool:
    return bool(record.name or record.email or record.phone)
