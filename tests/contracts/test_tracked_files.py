"""What the project is made of: no foreign folder, no trace of a machine or of an index."""

import re
from pathlib import Path

from tests.contracts.source_tree import find_tracked_files

FOLDERS = {".ci", "api", "pipeline", "scrapers", "templates", "tests", "workers"}
FILES = {
    ".dockerignore",
    ".env.example",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "DECISIONS.md",
    "Dockerfile",
    "GLOSSARY.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docker-compose.yml",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements-peers.lock",
    "requirements.lock",
}
MACHINE = re.compile(r"(?<![\w.-])/(?:(?:home|Users)/\w+|root|work)/|[A-Z]:\\Users\\")
INDEX = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|index-url|/simple/")
VENDORED = "api/static/vendor/"


def test_the_top_level_holds_what_it_should() -> None:
    files = find_tracked_files()
    assert {path.parts[0] for path in files if len(path.parts) > 1} == FOLDERS
    assert {path.name for path in files if len(path.parts) == 1} <= FILES


def test_no_file_names_a_place_on_a_machine_or_an_index() -> None:
    telling = {
        f"{path}: {match[0]}"
        for path in find_tracked_files()
        if not str(path).startswith(VENDORED) and path.name != Path(__file__).name
        for pattern in (MACHINE, INDEX)
        for match in pattern.finditer(path.read_bytes().decode("utf-8", "replace"))
    }
    assert telling == set()


def test_nothing_generated_is_kept() -> None:
    generated = (".pyc", ".db", ".sqlite", ".log", ".part", ".orig", ".rej", ".egg-info")
    assert [path for path in find_tracked_files() if path.name.endswith(generated)] == []
