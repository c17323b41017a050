"""The locks: complete, hashed, without any address, and as the project asks."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NAMES = ("requirements.lock", "requirements-dev.lock", "requirements-peers.lock")
LOCKS = {name: Path(name).read_text() for name in NAMES}
PROJECT = tomllib.loads(Path("pyproject.toml").read_text())
GROUPS = PROJECT["dependency-groups"]
PEERS = GROUPS.pop("peers")
ASKED = {
    "requirements.lock": PROJECT["project"]["dependencies"] + GROUPS["build"],
    "requirements-dev.lock": PROJECT["project"]["dependencies"]
    + [requirement for group in GROUPS.values() for requirement in group],
    "requirements-peers.lock": PEERS,
}
PINNED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(\[[a-z,]+\])?==(?P<version>\S+)( ; [^\\]+)? \\\n"
    r"(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+",
    re.MULTILINE,
)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_nothing_but_pinned_and_hashed_requirements(lock: str) -> None:
    # So it holds no address, no path and no option either.
    assert PINNED.sub("", LOCKS[lock]) == ""


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_satisfies_what_the_project_asks_for(lock: str) -> None:
    locked = versions(lock)
    for text in ASKED[lock]:
        wanted = Requirement(text)
        found = locked[canonicalize_name(wanted.name)]
        assert all(wanted.specifier.contains(version) for version in found), text


def test_the_developers_lock_holds_the_users_lock() -> None:
    assert versions("requirements.lock").items() <= versions("requirements-dev.lock").items()


def versions(lock: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for match in PINNED.finditer(LOCKS[lock]):
        found.setdefault(canonicalize_name(match["name"]), set()).add(match["version"])
    return {name: frozenset(every) for name, every in found.items()}
