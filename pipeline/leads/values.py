"""A lead as plain values: what the change ledger keeps and undo restores."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pipeline.leads.models import Lead
from pipeline.records import TEXT_FIELDS

RESTORABLE = (
    "name",
    "email",
    "phone",
    "phone_verified",
    "status",
    "source",
    *TEXT_FIELDS,
    "other_emails",
    "other_phones",
    "custom",
)
"""The fields that operations change; ``origins`` travels along with them, field by field."""

BLANKS: Mapping[str, Any] = {
    **dict.fromkeys(RESTORABLE),
    "phone_verified": False,
    "other_emails": [],
    "other_phones": [],
    "custom": {},
}
"""What a field holds that nobody has filled, or that did not exist yet."""


def snapshot(lead: Lead) -> dict[str, Any]:
    """Give all that is needed to bring this lead back after a deletion."""
    values = {name: getattr(lead, name) for name in RESTORABLE}
    values["origins"] = dict(lead.origins)
    values["created_at"] = lead.created_at.isoformat()
    return values


def parse_moment(text: str) -> datetime:
    """Read a moment as :func:`snapshot` wrote it."""
    return datetime.fromisoformat(text)


def difference(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the fields in which two snapshots differ, as pairs of old and new values.

    ``origins`` holds only the origins of these fields, so that a later edit of another field
    does not stand in the way of an undo.
    """
    changed = [name for name in RESTORABLE if before[name] != after[name]]
    old = {name: before[name] for name in changed}
    new = {name: after[name] for name in changed}
    if changed:
        names = [*changed, *_changed_customs(before["custom"], after["custom"])]
        old["origins"] = {name: before["origins"].get(name) for name in names}
        new["origins"] = {name: after["origins"].get(name) for name in names}
    return old, new


def _changed_customs(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    names = sorted({*before, *after})
    return [f"custom.{name}" for name in names if before.get(name) != after.get(name)]
