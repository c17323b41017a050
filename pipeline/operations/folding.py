"""What a lead was at an earlier time: its present values, with later changes taken off again."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

Values = dict[str, Any]


class Recorded(Protocol):
    """What folding needs to know of a change."""

    @property
    def action(self) -> str:
        """``create``, ``update`` or ``delete``."""

    @property
    def before(self) -> Values | None:
        """The changed fields as they were, all of them for a deletion."""

    @property
    def after(self) -> Values | None:
        """The changed fields as they became; of a creation all, or None."""


Known = TypeVar("Known", bound=Recorded)


def overlay(values: Mapping[str, Any], part: Mapping[str, Any]) -> Values:
    """Lay some fields over a lead's values; ``origins`` are laid over one by one.

    A field without origin is said by an origin of None, which stays.
    """
    origins = {**values.get("origins", {}), **part.get("origins", {})}
    return {**values, **part, "origins": origins}


def fold_back(values: Mapping[str, Any] | None, change: Recorded) -> Values | None:
    """Give a lead's values before a change, from those after it; None where it did not exist."""
    if change.action == "create":
        return None
    if change.action == "delete" or values is None:
        return dict(change.before or {})
    return overlay(values, change.before or {})


def created_values(present: Mapping[str, Any] | None, changes: Sequence[Recorded]) -> Values:
    """Give the values with which the first of a lead's changes created it.

    ``changes`` are that creation and all later changes of the lead, the oldest first; ``present``
    are its values now, None where it is gone.
    """
    creation, *later = changes
    if creation.after is not None:
        return dict(creation.after)
    values = dict(present) if present is not None else None
    for change in reversed(later):
        values = fold_back(values, change)
    return values or {}


def unfold(
    present: Mapping[str, Any] | None, changes: Sequence[Known]
) -> list[tuple[Known, Values | None, Values | None]]:
    """Give each change with its two sides, those of creations filled in.

    ``changes`` are all of a lead's, the oldest first. Updates keep their changed fields only.
    """
    unfolded = []
    values = dict(present) if present is not None else None
    for change in reversed(changes):
        after = values if change.action == "create" and change.after is None else change.after
        unfolded.append((change, change.before, after))
        values = fold_back(values, change)
    return unfolded[::-1]
