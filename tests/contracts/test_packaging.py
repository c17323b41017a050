"""What is installed is ours: four generic names would otherwise be easily somebody else's."""

import importlib.util
import tomllib
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest

NAMES = ("pipeline", "api", "scrapers", "workers")
PROJECT = tomllib.loads(Path("pyproject.toml").read_text())


@pytest.mark.parametrize("name", NAMES)
def test_each_top_level_name_is_the_folder_of_this_project(name: str) -> None:
    found = importlib.util.find_spec(name)
    assert found is not None
    assert found.origin == str(Path(name, "__init__.py").resolve())


@pytest.mark.parametrize("name", NAMES)
def test_no_other_installed_package_brings_a_name_of_ours(name: str) -> None:
    assert set(packages_distributions().get(name, ())) <= {"lead-engine"}


def test_the_wheel_holds_the_four_packages() -> None:
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == list(NAMES)


def test_the_project_cannot_be_uploaded_by_mistake() -> None:
    assert "Private :: Do Not Upload" in PROJECT["project"]["classifiers"]


def test_the_command_and_the_sources_are_installed() -> None:
    entries = {(entry.group, entry.value) for entry in distribution("lead-engine").entry_points}
    assert ("console_scripts", "pipeline.cli:main") in entries
    assert ("lead_engine.sources", "scrapers") in entries
