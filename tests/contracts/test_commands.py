"""Every command has its module, its explanation, and its place in the README."""

import ast
from pathlib import Path

import pytest

from pipeline.cli import COMMANDS, run
from tests.contracts.source_tree import find_modules

README = Path("README.md").read_text()
JSONLESS = {"up"}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_command(name: str) -> None:
    assert f"leads {name}" in README


def test_every_module_that_can_run_is_a_command() -> None:
    runnable = {
        module.path.stem
        for module in find_modules("pipeline/commands")
        if {"add_arguments", "run"}
        <= {node.name for node in module.tree.body if isinstance(node, ast.FunctionDef)}
    }
    assert runnable == {module for module, _ in COMMANDS.values()}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"], {}) == 0

    text = capsys.readouterr().out
    assert text.startswith(f"usage: leads {name}")
    assert "--json" in text or "ACT" in text or name in JSONLESS
