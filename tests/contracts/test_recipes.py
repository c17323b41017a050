"""The recipes of CONTRIBUTING.md work: each is applied as printed to a copy, and its checks run.

So does the README's recipe for a file of one's own.
"""

import csv
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli import run
from pipeline.dedupe.features import MATCH_FIELDS
from pipeline.settings import PREFIX
from tests.parts import ENVIRON

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text()
BINARIES = Path(sys.executable).parent
KEPT = frozenset({".env.example"})
LEFT_OUT = frozenset({"__pycache__", "data", "build", "dist"})

PEOPLE = """full_name,mail,tel,town
Ann Fielding,ann.fielding@example.com,+1 415 555 2671,Oakland
Ann Fielding,ann.fielding@example.com,(415) 555-2671,Oakland
Bo Quigley,bq1971@example.org,,Boston
"""

_RECIPE = re.compile(r"^### (Add .+)$", re.MULTILINE)
_PIECE = re.compile(
    r"^`(?P<path>[\w./-]+)`$|^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block, and the file that it makes or changes; checks have none."""

    path: str
    language: str
    body: str


def _recipes() -> dict[str, list[Block]]:
    parts = _RECIPE.split(TEXT)[1:]
    return {title: list(_blocks(text)) for title, text in zip(parts[::2], parts[1::2], strict=True)}


def _blocks(text: str) -> Iterator[Block]:
    path = ""
    for piece in _PIECE.finditer(text):
        if piece["path"]:
            path = piece["path"]
        else:
            yield Block(path, piece["language"], piece["body"])


RECIPES = _recipes()


def test_there_is_a_recipe_for_whatever_is_added_most() -> None:
    assert {title.split()[-1] for title in RECIPES} == {
        *("source", "field", "export", "endpoint", "setting")
    }
    for blocks in RECIPES.values():
        assert blocks[-1].language == "sh"
        assert any(block.path.startswith("tests/") for block in blocks)


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_works_as_printed(title: str, tmp_path: Path) -> None:
    copy = tmp_path / "project"
    shutil.copytree(ROOT, copy, ignore=_ignore)
    for block in RECIPES[title]:
        if block.language == "sh":
            _run_checks(copy, block.body.replace("{tmp}", str(tmp_path / "data")))
        elif block.language == "diff":
            _change(copy / block.path, block.body)
        else:
            _create(copy / block.path, block.body)


def test_the_readme_dedupes_a_file_as_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = (ROOT / "README.md").read_text().partition("## The duplicates in any file")[2]
    asked, answered = re.findall(r"^(leads dedupe .+?)(?:  # .*)?$", section, re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(PEOPLE)

    assert run(shlex.split(asked, comments=True)[1:], {}) == 0
    header, *pairs = csv.reader(Path("doubtful.csv").read_text().splitlines())
    assert header[:3] == ["id_a", "id_b", "match"]
    filled = [[*pair[:2], "0", *pair[3:]] for pair in pairs]
    with Path("doubtful.csv").open("w", newline="") as file:
        csv.writer(file).writerows([header, *filled])
    assert run(shlex.split(answered, comments=True)[1:], {}) == 0

    rows = list(csv.DictReader(Path("people-deduped.csv").read_text().splitlines()))
    assert [row["full_name"] for row in rows] == ["Ann Fielding", "Ann Fielding", "Bo Quigley"]
    assert rows[0]["cluster"] == rows[1]["cluster"] != rows[2]["cluster"]
    assert rows[1]["confidence"] > "0.9"
    assert rows[1]["reasons"].startswith("with row 1")
    for field in MATCH_FIELDS:
        assert re.search(rf"\b{field}\b", section), field


def _ignore(_: str, names: list[str]) -> set[str]:
    return {name for name in names if name.startswith(".")} - KEPT | LEFT_OUT & {*names}


def _create(path: Path, body: str) -> None:
    assert not path.exists(), f"{path.name} exists already"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body)


def _change(path: Path, diff: str) -> None:
    """Replace the one place that has the old lines by the new ones."""
    lines = diff.splitlines(keepends=True)
    assert {line[0] for line in lines} <= {" ", "+", "-"}, "a diff's lines begin with + or - or ' '"
    old = "".join(line[1:] for line in lines if line[0] != "+")
    new = "".join(line[1:] for line in lines if line[0] != "-")
    text = "\n" + path.read_text()
    assert text.count("\n" + old) == 1, f"{path.name} does not have exactly once:\n{old}"
    path.write_text(text.replace("\n" + old, "\n" + new)[1:])


def _run_checks(copy: Path, commands: str) -> None:
    environ = {name: value for name, value in ENVIRON.items() if not name.startswith(PREFIX)}
    for command in commands.splitlines():
        program, *arguments = shlex.split(command)
        done = subprocess.run(
            [BINARIES / Path(program).name, *arguments],
            cwd=copy,
            env=environ | {"PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
