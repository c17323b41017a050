"""Remembers for which versions of the libraries the long comparison was last passed."""

import json
from importlib.metadata import version
from pathlib import Path

ENOUGH = 1_000_000
LIBRARIES = ("email-validator", "idna", "phonenumbers")

_FILE = Path(__file__).with_name("passed.json")


def installed_versions() -> dict[str, str]:
    """Give the versions of the libraries that judge; they hold their rules and metadata."""
    return {name: version(name) for name in LIBRARIES}


def write_passed(cases: int, seed: int) -> None:
    """Write down that so many cases a side came out equal with what is installed."""
    passed = {"cases": cases, "seed": seed, "versions": installed_versions()}
    _FILE.write_text(json.dumps(passed, indent=2) + "\n", encoding="utf-8")


def read_passed() -> dict[str, object]:
    """Give what was last written down."""
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))
