"""docker-compose.yml fits the code: its settings, its commands, its promises."""

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.cli import COMMANDS
from pipeline.settings import PREFIX, Settings

TEXT = Path("docker-compose.yml").read_text()
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
OURS = sorted(name for name, service in SERVICES.items() if "build" in service)
DEFAULT = re.compile(r"\$\{\w+:-(.*?)\}")
REQUIRED = re.compile(r"\$\{\w+:\?\}")


def test_every_setting_it_names_exists_and_has_a_usable_value() -> None:
    for name in OURS:
        environment = {
            key: REQUIRED.sub("secret", DEFAULT.sub(r"\1", str(value)))
            for key, value in SERVICES[name]["environment"].items()
        }
        assert all(key.startswith(PREFIX) for key in environment)
        Settings.from_env(environment)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_starts_again_and_says_whether_it_is_well(name: str) -> None:
    service = SERVICES[name]
    assert service["restart"] in {"unless-stopped", "on-failure:5"}
    assert service["healthcheck"].get("test") or name == "migrate"


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_is_pinned_by_a_tag(name: str) -> None:
    assert re.fullmatch(r"[a-z/-]+:\d+(\.\d+)*", SERVICES[name]["image"])


@pytest.mark.parametrize("name", OURS)
def test_every_command_starts_something_that_exists(name: str) -> None:
    program, first, *rest = SERVICES[name]["command"]
    if program == "leads":
        assert first in COMMANDS
    else:
        module = rest[0] if program == "python" else first.partition(":")[0]
        assert importlib.util.find_spec(module) is not None


def test_no_secret_has_a_default() -> None:
    for line in TEXT.splitlines():
        if "PASSWORD" in line and not line.startswith("#"):
            assert REQUIRED.search(line) or "$$" in line, line


def test_nothing_is_published_beyond_this_machine() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_all_parts_share_the_folder_that_keeps_the_uploads() -> None:
    assert all(SERVICES[name]["volumes"] == ["data:/data"] for name in OURS)
    assert "LEADS_DATA_DIR=/data" in Path("Dockerfile").read_text()


def test_the_image_runs_as_an_ordinary_user_from_hashed_packages() -> None:
    steps = Path("Dockerfile").read_text().splitlines()
    assert "USER leads" in steps
    assert "RUN pip install --require-hashes -r requirements.lock" in steps
