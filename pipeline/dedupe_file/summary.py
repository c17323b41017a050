"""Summaries: what came of a file, as plain values."""

from collections.abc import Mapping
from typing import Any

from pipeline.dedupe.learning import Refit
from pipeline.dedupe_file.answers import Answers
from pipeline.dedupe_file.service import Found
from pipeline.dedupe_file.table import Table


def summarize(table: Table, found: Found, renamed: Mapping[str, str]) -> dict[str, Any]:
    """Tell how many records, clustered pairs and clusters there are, and what was compared.

    ``duplicates`` counts the rows beyond the first of each cluster; ``bands`` the compared pairs
    that are sure, and those that wait for a person.
    """
    clusters = len(set(found.clusters))
    return {
        "records": len(found.clusters),
        "pairs": found.count_pairs(),
        "clusters": clusters,
        "duplicates": len(found.clusters) - clusters,
        "bands": found.count_bands(),
        "mapping": found.columns.by_name(table.names),
        "mapping_guessed": found.columns.guessed,
        "map": found.columns.as_option(table.names),
        "id": found.ids.name,
        "renamed": dict(renamed),
        "left_out": [list(row) for row in table.split.preamble],
        "format": table.plan.format,
        "encoding": table.plan.encoding,
        **({"answers": _summarize_answers(found.answers)} if found.answers else {}),
        **({"learnt": _summarize_learning(found.learnt)} if found.learnt else {}),
    }


def _summarize_answers(answers: Answers) -> dict[str, Any]:
    return {
        "taken": len(answers.judged),
        "unsure": answers.unsure,
        "bad": [{"line": line, "why": why} for line, why in answers.bad],
    }


def _summarize_learning(learnt: Refit) -> dict[str, Any]:
    return {"taken": learnt.taken, **learnt.report}
