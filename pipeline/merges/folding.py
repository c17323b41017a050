"""One lead's values folded into another's: survivorship with the age of each value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.merge import ADDRESS, Contest, merge_lead
from pipeline.operations.folding import Values


@dataclass(frozen=True, slots=True)
class Sources:
    """Each lead's own first sighting, and the run that each sighting was made by, if any."""

    firsts: Mapping[int, int]
    runs: Mapping[int, int | None]

    def origin(self, lead_id: int, values: Mapping[str, Any], field: str) -> str | None:
        """Give where a lead's value came from, also where that goes without saying."""
        first = self.firsts.get(lead_id)
        return values["origins"].get(field) or (f"s:{first}" if first else None)


def fold(
    winner: tuple[int, Mapping[str, Any]], loser: tuple[int, Mapping[str, Any]], sources: Sources
) -> Values:
    """Give the values of a lead with those of another folded in; each is told with its id."""
    known: dict[tuple[str | None, str | None], Contest] = {}

    def contest(field: str) -> Contest:
        origins = sources.origin(*winner, field), sources.origin(*loser, field)
        if origins not in known:
            known[origins] = _contest(*origins, sources.runs)
        return known[origins]

    values = {**winner[1], "origins": dict(winner[1]["origins"])}
    changed = list(merge_lead(values, loser[1], contest))
    for field in changed:
        origin = sources.origin(*loser, field)
        if origin is not None:
            values["origins"][field] = origin
    for name in ADDRESS:
        if name not in values["custom"]:
            values["origins"].pop(f"custom.{name}", None)
    return values


def _contest(mine: str | None, other: str | None, runs: Mapping[int, int | None]) -> Contest:
    """Compare two origins by what never changes, so that it always comes out the same."""
    (mine_is, my_id), (other_is, other_id) = _read(mine), _read(other)
    newer = other_id > my_id
    if not mine_is and not other_is:
        run = runs.get(my_id)
        # Rows of one run are equally old.
        newer = newer and (run is None or run != runs.get(other_id))
    return Contest(mine_is, other_is, newer)


def _read(origin: str | None) -> tuple[bool, int]:
    kind, _, number = (origin or "s:0").partition(":")
    return kind == "o", int(number)
