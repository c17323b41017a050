"""What came of a deduplicated file, for the person who waits for it."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.commands.tables import format_table

SHOWN = 10


def describe_summary(file: str, summary: Mapping[str, Any]) -> str:
    """Say in a few lines what was found, what was compared, and what can be done next."""
    return "\n".join(_lines(file, summary))


def _lines(file: str, summary: Mapping[str, Any]) -> Iterator[str]:
    records, clusters = summary["records"], summary["clusters"]
    yield (
        f"{records:,} rows are {clusters:,} clusters: {summary['duplicates']:,} rows are "
        f"duplicates of others ({summary['pairs']:,} pairs). {summary['seconds']:.1f} s."
    )
    yield (
        f"{summary['file']} has every row and column as it was, and behind them cluster, "
        "confidence and reasons."
    )
    if "merged_file" in summary:
        yield f"{summary['merged_file']} has one row per cluster."
    for new, title in summary["renamed"].items():
        yield f"Your own column {title!r} is called {new!r} there."
    if summary["left_out"]:
        yield f"{len(summary['left_out'])} lines above the header are not in it."
    if "answers" in summary:
        yield from _describe_answers(summary["answers"])
    yield ""
    mapping = summary["mapping"].items()
    yield format_table(("compared", "columns"), [(one, ", ".join(names)) for one, names in mapping])
    yield f"Rows go by {'their number' if summary['id'] is None else repr(summary['id'])}."
    if summary["mapping_guessed"]:
        yield f'This was guessed; to change it: --map "{summary["map"]}"'
    yield ""
    yield from _describe_next(file, summary)


def _describe_answers(answers: Mapping[str, Any]) -> Iterator[str]:
    yield f"{answers['taken']:,} answers were taken; {answers['unsure']:,} pairs are left open."
    for bad in answers["bad"][:SHOWN]:
        yield f"Line {bad['line']} is no answer: {bad['why']}."
    if len(answers["bad"]) > SHOWN:
        yield f"… and {len(answers['bad']) - SHOWN:,} more lines are none."


def _describe_next(file: str, summary: Mapping[str, Any]) -> Iterator[str]:
    doubtful = summary["bands"]["review"]
    if "pairs_file" in summary:
        pairs = summary["pairs_file"]
        yield f"{summary['pairs_written']:,} of {doubtful:,} doubtful pairs are in {pairs}: write"
        yield "1 or 0 into their column match, then run the same again with"
        yield f"--answers {pairs}; it learns from them."
    elif doubtful:
        yield f"{doubtful:,} pairs are doubtful. To decide some of them:"
        yield f"leads dedupe {file} --pairs pairs.csv --limit 50"
