"""Rules that no linter knows: sizes, names, docstrings, who commits, who reads the environment."""

import ast
import re
import statistics
import tomllib
from itertools import chain
from pathlib import Path

from tests.contracts.source_tree import Function, find_modules

DOORS = {"pipeline/cli.py", "api/main.py", "workers/app.py"}
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "core", "manager", "managers"}
EVERYWHERE = ("pipeline", "api", "scrapers", "workers", "tests")
SILENT = re.compile(r"# (?:noqa(?!: ?[A-Z0-9, ]+ - \w)|type: ignore(?!\[[a-z, -]+\]))")


def test_only_the_engine_commits_and_rolls_back() -> None:
    ending = {
        str(module.path)
        for module in find_modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in {"commit", "rollback"}
    }
    assert ending == {"pipeline/database/engine.py"}


def test_only_one_room_knows_which_database_it_is() -> None:
    asking = {
        str(module.path)
        for module in find_modules()
        if any(name.endswith("dialect.name") for name in module.attributes())
        or "sqlalchemy.dialects" in module.text
    }
    assert asking == {"pipeline/database/dialects.py"}


def test_only_the_three_doors_read_the_environment() -> None:
    names = {"os.environ", "os.getenv", "os.environb"}
    reading = {str(m.path) for m in find_modules() if names & set(m.attributes())}
    borrowing = {str(m.path) for m in find_modules() if re.search(r"from os import .*env", m.text)}
    assert (reading, borrowing) == (DOORS, set())


def test_nothing_is_opened_when_a_module_is_imported() -> None:
    openers = {"Database", "create_engine", "Session", "sessionmaker", "Settings", "AsyncClient"}
    opened = {
        str(module.path)
        for module in find_modules()
        for node in module.tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call)
        if ast.unparse(node.value.func).rpartition(".")[2] in openers
    }
    assert opened == set()


def test_no_file_is_long_and_most_are_short() -> None:
    sizes = {str(module.path): module.lines for module in find_modules()}
    assert {path: size for path, size in sizes.items() if size > 400} == {}
    assert statistics.median(sizes.values()) <= 100


def test_no_function_is_long_and_most_are_short() -> None:
    sizes = {
        f"{module.path}:{function.name}": _length(function)
        for module in find_modules()
        if "migrations" not in module.path.parts
        for function in module.functions()
    }
    assert {name: size for name, size in sizes.items() if size > 50} == {}
    assert statistics.median(sizes.values()) <= 15


def test_a_task_is_one_call_into_the_pipeline() -> None:
    (tasks,) = (m for m in find_modules("workers") if m.path.name == "tasks.py")
    sizes = {
        function.name: _length(function)
        for function in tasks.functions()
        if any("task" in ast.unparse(one) for one in function.decorator_list)
    }
    assert sizes
    assert {name: size for name, size in sizes.items() if size > 5} == {}


def test_a_scraper_fits_on_a_screen() -> None:
    long = {str(module.path): module.lines for module in find_modules("scrapers")}
    assert {path: size for path, size in long.items() if size > 60} == {}


def test_no_module_is_a_drawer_for_everything() -> None:
    names = {
        part for module in find_modules(*EVERYWHERE) for part in module.path.with_suffix("").parts
    }
    assert names & DRAWERS == set()


def test_every_module_says_what_it_is_for() -> None:
    silent = {str(m.path) for m in find_modules(*EVERYWHERE) if not ast.get_docstring(m.tree)}
    assert silent == set()


def test_every_exception_to_a_rule_gives_its_reason() -> None:
    silent = {
        f"{module.path}:{number}"
        for module in find_modules(*EVERYWHERE)
        if module.path.name != Path(__file__).name
        for number, line in enumerate(module.text.splitlines(), start=1)
        if SILENT.search(line)
    }
    assert silent == set()


def test_every_rule_that_is_off_gives_its_reason() -> None:
    text = Path("pyproject.toml").read_text()
    lint = tomllib.loads(text)["tool"]["ruff"]["lint"]
    off = {*lint["ignore"], *chain(*lint["per-file-ignores"].values())}
    explained = set(re.findall(r'"([A-Z]+\d*)"[\],]+ +# \w.+$', text, re.MULTILINE))
    assert off
    assert off - explained == set()


def _length(function: Function) -> int:
    """Give the lines of a function's body, without its docstring."""
    body: list[ast.stmt] = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
