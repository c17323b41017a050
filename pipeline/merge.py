"""Survivorship: which value of a field wins when a record joins a lead, or two leads are one."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from pipeline.leads.keys import email_hash, phone_hash
from pipeline.records import EMPTY, KEPT_AS_CUSTOM, TEXT_FIELDS, CleanRecord
from pipeline.rules import FILL, NEVER, OVERWRITE, Rules

ADDRESS = tuple(name for name in KEPT_AS_CUSTOM if name != "notes")
"""The custom fields that are one address, and move as a whole."""

_RANK = {"new": 0, "contacted": 1, "qualified": 2, "disqualified": 2}
_TAGS = re.compile(r"[,;|\n]")


class Contest(NamedTuple):
    """What speaks for either value of a field: a person's word, and which was said later."""

    mine_is_persons: bool
    other_is_persons: bool
    other_is_newer: bool


def merge_record(
    values: dict[str, Any], record: CleanRecord, *, newer: bool, rules: Rules = EMPTY
) -> Iterator[str]:
    """Fold a record into a lead's values; yield the fields whose value now comes from it.

    A filled value beats a blank, a person's word (an origin of ``o:``) beats all, a verified
    phone beats an unverified one, and else the newer run beats the older; rows of one run are
    equally old (``newer`` is False) and the first stands. Blanks never erase, an e-mail or phone
    that loses stays among the lead's other ones, and a company's name is no person's. An address
    moves as a whole, and never makes way for a less complete one; tags are united.

    ``rules`` may say for a field that only a blank is filled (:data:`FILL`), or that the lead's
    value is not to be touched (:data:`NEVER`).
    """
    return _merge(values, record, _OfRecord(newer, rules))


def merge_lead(
    values: dict[str, Any], other: Mapping[str, Any], contest: Callable[[str], Contest]
) -> Iterator[str]:
    """Fold another lead's values into a lead's; yield the fields whose value now comes from it.

    The same as for a record, but that age is compared field by field, a person's word in either
    lead counts, and the status is the furthest that one of them reached.
    """
    record = CleanRecord(
        row=0,
        is_company=other["name"] == other["company"],
        **{name: other[name] for name in _TAKEN},
    )
    return _merge(values, record, _OfLead(contest))


def unite_tags(old: str, new: str) -> str:
    """Give the tags of both texts, each once; the old text where there is nothing to add."""
    known = split_tags(old)
    seen = {tag.casefold() for tag in known}
    added = [tag for tag in split_tags(new) if tag.casefold() not in seen]
    return ", ".join([*known, *added]) if added else old


def split_tags(text: str) -> list[str]:
    """Give the tags of a text, each once."""
    tags = {tag.casefold(): tag for part in _TAGS.split(text) if (tag := part.strip())}
    return list(tags.values())


def is_tags(name: str) -> bool:
    """Whether a custom field of this name holds tags."""
    return name.casefold() == "tags"


_TAKEN = (
    *("name", "email", "phone", "phone_verified", "source", "status"),
    *("other_emails", "other_phones", "custom", *TEXT_FIELDS),
)


class _Turn(Protocol):
    """How a record may change a lead."""

    def may(self, field: str) -> bool:
        """Whether the field may be changed at all."""

    def fills_only(self, field: str) -> bool:
        """Whether only a blank may be filled."""

    def outranks(self, values: dict[str, Any], *fields: str) -> bool | None:
        """Whether the record's word counts more than the lead's, or less; None: neither."""

    def newer(self, field: str) -> bool:
        """Whether the record's value is newer and may take the place of another."""

    def advances(self, values: dict[str, Any], status: str) -> bool:
        """Whether the lead's status becomes the record's."""


@dataclass(frozen=True, slots=True)
class _OfRecord:
    """A record of a source, and how far the rules let it count."""

    is_newer: bool
    rules: Rules

    def may(self, field: str) -> bool:
        return not self.rules or self._rule(field) != NEVER

    def fills_only(self, field: str) -> bool:
        return bool(self.rules) and self._rule(field) == FILL

    def outranks(self, values: dict[str, Any], *fields: str) -> bool | None:
        return False if any(_is_persons(values, field) for field in fields) else None

    def newer(self, field: str) -> bool:
        return self.is_newer and (not self.rules or self._rule(field) == OVERWRITE)

    def advances(self, values: dict[str, Any], status: str) -> bool:
        is_free = not self.rules or self._rule("status") == OVERWRITE
        further = _RANK[status] > _RANK[values["status"]]
        return is_free and further and not _is_persons(values, "status")

    def _rule(self, field: str) -> str:
        whole = self.rules.get("custom", OVERWRITE) if field.startswith("custom.") else OVERWRITE
        return self.rules.get(field, whole)


@dataclass(frozen=True, slots=True)
class _OfLead:
    """Another lead, all of whose values count as much as this one's."""

    contest: Callable[[str], Contest]

    def may(self, _field: str) -> bool:
        return True

    def fills_only(self, _field: str) -> bool:
        return False

    def outranks(self, _values: dict[str, Any], *fields: str) -> bool | None:
        contests = [self.contest(field) for field in fields]
        mine = any(one.mine_is_persons for one in contests)
        other = any(one.other_is_persons for one in contests)
        return None if mine == other else other

    def newer(self, field: str) -> bool:
        return self.contest(field).other_is_newer

    def advances(self, values: dict[str, Any], status: str) -> bool:
        step = _RANK[status] - _RANK[values["status"]]
        if step or status == values["status"]:
            return step > 0
        verdict = self.outranks(values, "status")
        return self.newer("status") if verdict is None else verdict


def _merge(values: dict[str, Any], record: CleanRecord, turn: _Turn) -> Iterator[str]:
    if turn.may("name") and _merge_name(values, record, turn):
        yield "name"
    for field in TEXT_FIELDS:
        incoming = getattr(record, field)
        if incoming and turn.may(field) and _wins(values, field, incoming, turn):
            values[field] = incoming
            yield field
    yield from _merge_contacts(values, record, turn)
    if record.status and turn.advances(values, record.status):
        values["status"] = record.status
        yield "status"
    if record.custom:
        yield from _merge_address(values, record.custom, turn)
        yield from _merge_custom(values, record.custom, turn)


def _merge_contacts(values: dict[str, Any], record: CleanRecord, turn: _Turn) -> Iterator[str]:
    others = values["other_emails"], values["other_phones"]
    if turn.may("email") and _merge_email(values, record, turn):
        yield "email"
    if turn.may("phone") and _merge_phone(values, record, turn):
        yield "phone"
    for field, old in zip(("other_emails", "other_phones"), others, strict=True):
        if values[field] != old:
            yield field


def _merge_address(values: dict[str, Any], custom: Mapping[str, str], turn: _Turn) -> Iterator[str]:
    new = {name: value for name in ADDRESS if (value := custom.get(name))}
    old = {name: value for name in ADDRESS if (value := values["custom"].get(name))}
    if not new or new == old or not turn.may("custom.address"):
        return
    # One that says the same and more only fills blanks, whoever said the less.
    if not old.items() <= new.items() and not _replaces(values, old, new, turn):
        return
    rest = {name: value for name, value in values["custom"].items() if name not in old}
    values["custom"] = {**rest, **new}
    yield from (f"custom.{name}" for name in new if new[name] != old.get(name))


def _replaces(
    values: dict[str, Any], old: Mapping[str, str], new: Mapping[str, str], turn: _Turn
) -> bool:
    if len(new) < len(old) or turn.fills_only("custom.address"):
        return False
    fields = [f"custom.{name}" for name in ADDRESS if name in old or name in new]
    verdict = turn.outranks(values, *fields)
    return any(map(turn.newer, fields)) if verdict is None else verdict


def _merge_custom(values: dict[str, Any], custom: Mapping[str, str], turn: _Turn) -> Iterator[str]:
    for name, value in custom.items():
        if not value or name in ADDRESS or not turn.may(field := f"custom.{name}"):
            continue
        old = values["custom"].get(name)
        if old and is_tags(name):
            taken = old if turn.fills_only(field) else unite_tags(old, value)
        else:
            taken = value if _beats(old, value, values, field, turn) else old
        if taken != old:
            values["custom"] = {**values["custom"], name: taken}
            yield field


def _merge_name(values: dict[str, Any], record: CleanRecord, turn: _Turn) -> bool:
    is_company = values["name"] == values["company"]
    if record.is_company and not is_company:
        return False
    names_person = is_company and not record.is_company and record.name != values["name"]
    if names_person:
        won = turn.outranks(values, "name") is not False
    else:
        won = _wins(values, "name", record.name, turn)
    values["name"] = record.name if won else values["name"]
    return won


def _wins(values: dict[str, Any], field: str, incoming: str, turn: _Turn) -> bool:
    return _beats(values[field], incoming, values, field, turn)


def _beats(
    current: str | None, incoming: str, values: dict[str, Any], field: str, turn: _Turn
) -> bool:
    if not current:
        return True
    if current == incoming:
        return False
    verdict = turn.outranks(values, field)
    return turn.newer(field) if verdict is None else verdict


def _is_persons(values: dict[str, Any], field: str) -> bool:
    origin = values["origins"].get(field)
    # A value merged earlier in the same batch still points to its sighting, which has no id yet.
    return isinstance(origin, str) and origin.startswith("o:")


def _merge_email(values: dict[str, Any], record: CleanRecord, turn: _Turn) -> bool:
    won = bool(record.email) and _wins(values, "email", record.email or "", turn)
    shown = record.email if won else values["email"]
    everything = [values["email"], *values["other_emails"], record.email, *record.other_emails]
    values["email"] = shown
    values["other_emails"] = _others(shown, everything, email_hash)
    return won


def _merge_phone(values: dict[str, Any], record: CleanRecord, turn: _Turn) -> bool:
    won = bool(record.phone) and _phone_wins(values, record, turn)
    shown = record.phone if won else values["phone"]
    everything = [values["phone"], *values["other_phones"], record.phone, *record.other_phones]
    values["phone"] = shown
    values["phone_verified"] = record.phone_verified if won else values["phone_verified"]
    values["other_phones"] = _others(shown, everything, phone_identity)
    return won


def _phone_wins(values: dict[str, Any], record: CleanRecord, turn: _Turn) -> bool:
    if values["phone"] and turn.fills_only("phone"):
        return False
    if values["phone"] and record.phone_verified != values["phone_verified"]:
        verdict = turn.outranks(values, "phone")
        return record.phone_verified if verdict is None else verdict
    return _wins(values, "phone", record.phone or "", turn)


def phone_identity(phone: str) -> int | str:
    """Give what tells a phone from others: its exact key, or itself where it has none."""
    return phone_hash(phone) or phone


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
