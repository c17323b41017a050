"""Reasons: a comparison in one line of words and bits, the strongest evidence first."""

from collections.abc import Sequence

from pipeline.dedupe.compare import Comparison, Reason
from pipeline.dedupe.wording import guard_in_words, sentence_of
from pipeline.dedupe_file.ids import RowIds
from pipeline.dedupe_file.membership import Member

FOR, AGAINST = 4, 2
"""How many pieces of evidence are told."""

_SHORT = 100


def describe_member(member: Member, ids: RowIds) -> str:
    """Say to which row another was joined, and why."""
    told = f"with {ids.title(member.other)}"
    comparison = member.tie.comparison
    if not member.tie.judged:
        return f"{told}: {describe(comparison)}" if comparison else told
    return f"{told}: you said so" + (f"; {describe(comparison)}" if comparison else "")


def describe(comparison: Comparison) -> str:
    """Tell the strongest pieces of evidence for and against, and the score they add up to."""
    evidence = sorted(
        (one for one in comparison.reasons if one.code != "prior"),
        key=lambda one: (-abs(one.bits), one.code),
    )
    spoken = [one for one in evidence if one.bits > 0][:FOR]
    spoken += [one for one in evidence if one.bits < 0][:AGAINST]
    rest = comparison.bits - sum(one.bits for one in spoken)
    parts = [*map(_describe_one, spoken), f"all else ({rest:+.1f})"]
    return "; ".join(parts) + f" = {comparison.bits:.1f} bits"


def describe_guards(guards: Sequence[str]) -> str:
    """Say which rules keep a pair from being joined without a person."""
    return "; ".join(map(guard_in_words, guards))


def _describe_one(reason: Reason) -> str:
    line = " ".join(sentence_of(reason).split())
    short = line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"
    return f"{short[:1].lower()}{short[1:]} ({reason.bits:+.1f})"
