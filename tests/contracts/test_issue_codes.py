"""Every issue that the code can raise says how it is put right."""

import ast
from collections.abc import Iterator

from pipeline.runs.remedies import describe_remedy, has_remedy
from tests.contracts.source_tree import find_modules

MAKERS = {"Issue", "_warning"}


def test_each_code_of_an_issue_has_a_remedy_of_its_own() -> None:
    codes = set(_find_codes())
    assert {"bad_email", "no_contact", "broken_row", "poison_row"} <= codes
    assert {code for code in codes if not has_remedy(code)} == set()


def test_an_unknown_code_has_a_sentence_too() -> None:
    assert describe_remedy("from_another_source").endswith(".")


def _find_codes() -> Iterator[str]:
    for module in find_modules("pipeline", "scrapers"):
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            code = node.args[0]
            if ast.unparse(node.func) in MAKERS and isinstance(code, ast.Constant):
                yield str(code.value)
