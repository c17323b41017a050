"""Who may import whom is checked, and the check can fail: planted violations are all found."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOTS = ("pipeline", "api", "scrapers", "workers")
KIT = {"extract", "sources", "records", "errors"}
CONFIG = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS = {contract["name"].partition(":")[0]: contract for contract in CONFIG["contracts"]}
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

VIOLATIONS = (
    ("workers/tasks.py", "scrapers.website", "Three leaves over one core"),
    ("pipeline/ingest.py", "scrapers.website", "Three leaves over one core"),
    ("pipeline/normalize/text.py", "pipeline.database.base", "imports only go down"),
    ("pipeline/exports/registry.py", "pipeline.ingest", "imports only go down"),
    ("pipeline/leads/keys.py", "pipeline.leads.service", "No cycles anywhere"),
    ("scrapers/listing.py", "scrapers.website", "No scraper knows another"),
    ("scrapers/website.py", "pipeline.leads.models", "A scraper sees the kit"),
    ("api/leads.py", "pipeline.work", "The api asks for work"),
    ("pipeline/runs/service.py", "redis", "Celery and redis live in the workers"),
    ("pipeline/leads/service.py", "fastapi", "FastAPI lives in the api"),
    ("pipeline/imports.py", "httpx", "the one polite door"),
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the code, to be spoilt."""
    ignore = shutil.ignore_patterns("__pycache__", "static")
    for root in ROOTS:
        shutil.copytree(root, tmp_path / root, ignore=ignore)
    shutil.copy("pyproject.toml", tmp_path)
    return tmp_path


def test_the_code_keeps_every_contract(tree: Path) -> None:
    assert _verdicts(_lint(tree)) == dict.fromkeys(_names(), "KEPT")


def test_every_contract_finds_what_breaks_it(tree: Path) -> None:
    for file, module, _ in VIOLATIONS:
        path = tree / file
        path.write_text(f"{path.read_text()}\nimport {module}\n")

    out = _lint(tree)

    assert _verdicts(out) == dict.fromkeys(_names(), "BROKEN")
    for file, module, contract in VIOLATIONS:
        told = next(part for part in _explanations(out) if contract in part.splitlines()[0])
        # Cycles are told with the names within their package.
        assert Path(file).stem in told, (file, contract)
        assert module.rpartition(".")[2] in told, (module, contract)


def test_a_new_module_belongs_nowhere_until_someone_says_where(tree: Path) -> None:
    (tree / "pipeline" / "leftovers.py").write_text('"""Whatever."""\n')

    out = _lint(tree)

    assert _verdicts(out)["Inside the pipeline, imports only go down"] == "BROKEN"
    assert "leftovers" in out


def test_a_scraper_may_import_the_kit_and_nothing_else_of_the_pipeline() -> None:
    forbidden = CONTRACTS["A scraper sees the kit"]["forbidden_modules"]
    modules = {path.stem for path in Path("pipeline").iterdir() if path.suffix == ".py"}
    modules |= {path.parent.name for path in Path("pipeline").glob("*/__init__.py")}

    assert {f"pipeline.{name}" for name in modules - KIT - {"__init__"}} == {
        name for name in forbidden if name.startswith("pipeline.")
    }


def _lint(tree: Path) -> str:
    command = [sys.executable, "-c", LINT, "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def _names() -> list[str]:
    return [contract["name"] for contract in CONFIG["contracts"]]


def _verdicts(out: str) -> dict[str, str]:
    flat = " ".join(out.split())
    return {
        name: match[1]
        for name in _names()
        if (match := re.search(rf"{re.escape(name)} (KEPT|BROKEN)", flat))
    }


def _explanations(out: str) -> list[str]:
    """Give what is said of each broken contract, beginning with its name."""
    _, _, told = out.partition("Broken contracts\n")
    return [part for part in re.split(r"\n(?=[^\n]+\n-{3,}\n)", told) if part.strip()]
