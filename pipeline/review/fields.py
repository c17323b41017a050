"""Two leads side by side, field by field, and what a merge of them would give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from pipeline.leads.models import Lead
from pipeline.leads.values import snapshot
from pipeline.merges.families import load_sources
from pipeline.merges.folding import fold

SHOWN = (
    *("name", "email", "phone", "company", "title", "website", "status", "source"),
    *("other_emails", "other_phones"),
)


@dataclass(frozen=True, slots=True)
class FieldPair:
    """A field of both leads; ``agreement`` is same, differs or one_sided.

    ``merged`` is what it would be if the second were merged into the first.
    """

    name: str
    left: str
    right: str
    agreement: str
    merged: str


def compare_fields(db: Session, left: Lead, right: Lead) -> Sequence[FieldPair]:
    """Set the filled fields of two leads side by side. Changes nothing."""
    mine, other = snapshot(left), snapshot(right)
    sources = load_sources(db, (left.id, right.id), (mine, other))
    merged = _flat(fold((left.id, mine), (right.id, other), sources))
    mine, other = _flat(mine), _flat(other)
    filled = [name for name in {**mine, **other} if mine.get(name) or other.get(name)]
    return [
        FieldPair(
            name,
            mine.get(name, ""),
            other.get(name, ""),
            _agreement(mine.get(name, ""), other.get(name, "")),
            merged.get(name, ""),
        )
        for name in filled
    ]


def _flat(values: Mapping[str, Any]) -> dict[str, str]:
    """Give values as texts in the order they are shown; custom ones are ``custom.NAME``."""
    custom = {f"custom.{name}": text for name, text in sorted(values["custom"].items())}
    return {name: _text(values[name]) for name in SHOWN} | custom


def _agreement(left: str, right: str) -> str:
    if not (left and right):
        return "one_sided"
    return "same" if left.casefold() == right.casefold() else "differs"


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")
