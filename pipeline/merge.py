"""Survivorship: which value of a field wins when a record joins a lead."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.leads.keys import email_hash, phone_hash
from pipeline.records import EMPTY, TEXT_FIELDS, CleanRecord
from pipeline.rules import FILL, NEVER, OVERWRITE, Rules

_RANK = {"new": 0, "contacted": 1, "qualified": 2, "disqualified": 2}


def merge_record(
    values: dict[str, Any], record: CleanRecord, *, newer: bool, rules: Rules = EMPTY
) -> Iterator[str]:
    """Fold a record into a lead's values; yield the fields whose value now comes from it.

    A filled value beats a blank, a person's word (an origin of ``o:``) beats all, a verified
    phone beats an unverified one, and else the newer run beats the older; rows of one run are
    equally old (``newer`` is False) and the first stands. Blanks never erase, an e-mail or phone
    that loses stays among the lead's other ones, and a company's name is no person's.

    ``rules`` may say for a field that only a blank is filled (:data:`FILL`), or that the lead's
    value is not to be touched (:data:`NEVER`).
    """
    turn = _Turn(newer, rules)
    if turn.may("name") and _merge_name(values, record, newer=turn.newer("name")):
        yield "name"
    for field in TEXT_FIELDS:
        incoming = getattr(record, field)
        if incoming and turn.may(field) and _wins(values, field, incoming, newer=turn.newer(field)):
            values[field] = incoming
            yield field
    yield from _merge_contacts(values, record, turn)
    free = record.status and turn.rule("status") == OVERWRITE
    if record.status and free and _status_advances(values, record.status):
        values["status"] = record.status
        yield "status"
    yield from _merge_custom(values, record, turn)


@dataclass(frozen=True, slots=True)
class _Turn:
    """Whether a record is newer than what a lead has, and how far the rules let that count."""

    is_newer: bool
    rules: Rules

    def rule(self, field: str) -> str:
        whole = self.rules.get("custom", OVERWRITE) if field.startswith("custom.") else OVERWRITE
        return self.rules.get(field, whole)

    def may(self, field: str) -> bool:
        return not self.rules or self.rule(field) != NEVER

    def newer(self, field: str) -> bool:
        return self.is_newer and (not self.rules or self.rule(field) == OVERWRITE)


def _merge_contacts(values: dict[str, Any], record: CleanRecord, turn: _Turn) -> Iterator[str]:
    others = values["other_emails"], values["other_phones"]
    if turn.may("email") and _merge_email(values, record, newer=turn.newer("email")):
        yield "email"
    if turn.may("phone") and _merge_phone(values, record, turn):
        yield "phone"
    for field, old in zip(("other_emails", "other_phones"), others, strict=True):
        if values[field] != old:
            yield field


def _merge_custom(values: dict[str, Any], record: CleanRecord, turn: _Turn) -> Iterator[str]:
    for name, value in record.custom.items():
        field, old = f"custom.{name}", values["custom"].get(name)
        changes = value and value != old and (turn.newer(field) if old else turn.may(field))
        if changes:
            values["custom"] = {**values["custom"], name: value}
            yield field


def _merge_name(values: dict[str, Any], record: CleanRecord, *, newer: bool) -> bool:
    is_company = values["name"] == values["company"]
    if record.is_company and not is_company:
        return False
    names_other = not record.is_company and record.name != values["name"]
    names_person = is_company and names_other and not _is_persons(values, "name")
    won = names_person or _wins(values, "name", record.name, newer=newer)
    values["name"] = record.name if won else values["name"]
    return won


def _wins(values: dict[str, Any], field: str, incoming: str, *, newer: bool) -> bool:
    current = values[field]
    if not current:
        return True
    return newer and current != incoming and not _is_persons(values, field)


def _is_persons(values: dict[str, Any], field: str) -> bool:
    origin = values["origins"].get(field)
    # A value merged earlier in the same batch still points to its sighting, which has no id yet.
    return isinstance(origin, str) and origin.startswith("o:")


def _status_advances(values: dict[str, Any], status: str) -> bool:
    return _RANK[status] > _RANK[values["status"]] and not _is_persons(values, "status")


def _merge_email(values: dict[str, Any], record: CleanRecord, *, newer: bool) -> bool:
    won = bool(record.email) and _wins(values, "email", record.email or "", newer=newer)
    shown = record.email if won else values["email"]
    everything = [values["email"], *values["other_emails"], record.email, *record.other_emails]
    values["email"] = shown
    values["other_emails"] = _others(shown, everything, email_hash)
    return won


def _merge_phone(values: dict[str, Any], record: CleanRecord, turn: _Turn) -> bool:
    if record.phone and not values["phone"]:
        won = True
    elif turn.rule("phone") == FILL:
        won = False
    elif record.phone and record.phone_verified != values["phone_verified"]:
        won = record.phone_verified and not _is_persons(values, "phone")
    else:
        won = bool(record.phone) and _wins(
            values, "phone", record.phone or "", newer=turn.newer("phone")
        )
    shown = record.phone if won else values["phone"]
    everything = [values["phone"], *values["other_phones"], record.phone, *record.other_phones]
    values["phone"] = shown
    values["phone_verified"] = record.phone_verified if won else values["phone_verified"]
    values["other_phones"] = _others(shown, everything, lambda phone: phone_hash(phone) or phone)
    return won


def _others(shown: str | None, everything: list[str | None], identity: Any) -> list[str]:
    if all(value is None or value == shown for value in everything):
        return []
    seen = {identity(shown)} if shown else set()
    others = []
    for value in everything:
        if value and (key := identity(value)) not in seen:
            seen.add(key)
            others.append(value)
    return others
