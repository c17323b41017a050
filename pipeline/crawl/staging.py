"""What a page showed, as it waits to land: records as JSON, and back."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from pipeline.records import Issue, RawRecord, Severity

ALL = ""
"""The field under which the records themselves are counted."""


def stage_records(records: Sequence[RawRecord], region: str) -> bytes:
    """Write the records of a page down, with the country of its phone numbers."""
    return orjson.dumps({"region": region, "records": [_to_json(one) for one in records]})


def read_staged(text: bytes) -> tuple[str, list[RawRecord]]:
    """Read a page's records again: the country of their phone numbers, and they themselves."""
    page = orjson.loads(text)
    return page["region"], [_from_json(one) for one in page["records"]]


def count_fields(records: Iterable[RawRecord]) -> Counter[str]:
    """Count in how many records each field is filled, and under :data:`ALL` the records."""
    counts: Counter[str] = Counter()
    for record in records:
        counts[ALL] += 1
        counts.update(name for name, value in record.fields.items() if value)
        counts["email"] += bool(record.emails)
        counts["phone"] += bool(record.phones)
    return counts


def _to_json(record: RawRecord) -> dict[str, Any]:
    given: dict[str, Any] = {
        "fields": dict(record.fields),
        "emails": list(record.emails),
        "phones": list(record.phones),
        "custom": dict(record.custom),
        "raw": dict(record.raw),
        "url": record.url,
        "issues": [
            [issue.code, issue.field, issue.value, issue.expected, issue.severity.value]
            for issue in record.issues
        ],
    }
    return {name: value for name, value in given.items() if value}


def _from_json(given: Mapping[str, Any]) -> RawRecord:
    return RawRecord(
        fields=given.get("fields", {}),
        emails=given.get("emails", ()),
        phones=given.get("phones", ()),
        custom=given.get("custom", {}),
        raw=given.get("raw", {}),
        url=given.get("url"),
        issues=tuple(
            Issue(code, field, value, expected, Severity(severity))
            for code, field, value, expected, severity in given.get("issues", ())
        ),
    )
