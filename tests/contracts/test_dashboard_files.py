"""What the dashboard's files may hold: no inline script or style, no unescaped value, few bytes."""

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from api.pages.rendering import environment

STATIC = Path("api/static")
TEMPLATES = sorted(Path("templates").rglob("*.html"))
SCRIPTS = sorted(STATIC.glob("*.js"))
SHEETS = sorted(STATIC.glob("*.css"))
VENDOR = STATIC / "vendor"
PACKAGES: Mapping[str, Mapping[str, Mapping[str, str]]] = json.loads(
    (VENDOR / "vendor.lock.json").read_text()
)["packages"]
KB = 1_024

NEVER_IN_TEMPLATES = {
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an inline style": r"<style|\sstyle=",
    "an event handler": r"\son[a-z]+=|\shx-on",
    "script in an attribute": r"""=["']\s*js:|javascript:|hx-vals""",
    "a trigger filter, which needs eval": r'hx-trigger="[^"]*\[',
    "a value that is not escaped": r"\|\s*safe\b|autoescape|Markup",
    "another host": r"""(?:src|href|action)=["'](?:https?:)?//""",
}
NEVER_IN_SCRIPTS = {
    "HTML made of data": r"\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write",
    "eval": r"\beval\(|new Function|setTimeout\(\s*[\"']",
    "another host": r"""["'](?:https?:)?//""",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_templates_keep_to_the_content_security_policy_and_escape_everything(path: Path) -> None:
    text = path.read_text()
    found = {what for what, pattern in NEVER_IN_TEMPLATES.items() if re.search(pattern, text)}
    assert found == set()


@pytest.mark.parametrize("path", SCRIPTS, ids=str)
def test_scripts_never_make_html_of_data(path: Path) -> None:
    text = path.read_text()
    found = {what for what, pattern in NEVER_IN_SCRIPTS.items() if re.search(pattern, text)}
    assert found == set()


def test_the_template_environment_escapes_whatever_the_file_is_called() -> None:
    assert environment().autoescape is True
    assert environment().from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"


def test_vendored_files_are_the_published_ones() -> None:
    locked = {
        name: digest for package in PACKAGES.values() for name, digest in package["files"].items()
    }
    there = {
        path.relative_to(VENDOR).as_posix()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "vendor.lock.json"
    }
    assert there == set(locked)
    for name, digest in locked.items():
        found = hashlib.sha384((VENDOR / name).read_bytes()).digest()
        assert digest == f"sha384-{base64.b64encode(found).decode()}", name
    assert all(f"{package}/LICENSE" in locked for package in PACKAGES)


def test_scripts_and_styles_are_light() -> None:
    assert _compressed(SCRIPTS) < 12 * KB
    assert _compressed(SHEETS) < 15 * KB
    assert max(len(path.read_text().splitlines()) for path in (*SCRIPTS, *SHEETS)) <= 400


def _compressed(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)
