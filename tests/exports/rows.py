"""Leads as exporters are given them."""

from typing import Any

from pipeline.exports.columns import COLUMNS, LeadRow
from pipeline.exports.registry import EXPORTERS

LEAD: dict[str, Any] = {
    "id": 7,
    "name": "Ann Lee",
    "email": "ann@example.com",
    "phone": "+14155552671",
    "status": "new",
    "source": "LinkedIn",
    "created_at": "2026-05-01T12:00:00.000001Z",
    "updated_at": "2026-05-02T12:00:00.000000Z",
    "company": None,
    "title": "=cmd|' /C calc'!A0",
    "website": "https://example.com",
    "other_emails": ["a@example.com", "b@example.com"],
    "other_phones": [],
    "custom": {"source": "Fair", "Industry": "Steel, iron"},
}
CUSTOM = ("Industry", "source")


def lead_row(**changes: Any) -> LeadRow:
    """Give the lead above, with some values changed."""
    values = {**LEAD, **changes}
    return tuple(values[name] for name in (*COLUMNS, "custom"))


def write(name: str, *leads: LeadRow, custom: tuple[str, ...] = CUSTOM) -> bytes:
    """Write leads in one format, each in a batch of its own."""
    exporter = EXPORTERS[name]
    return b"".join(exporter.write(([lead] for lead in leads), custom if exporter.flat else ()))
