"""Fixtures for all tests. Each starts a real part, and only when a test asks for it."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.settings import Settings
from tests.parts.postgres import PostgresServer, open_postgres

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from playwright.sync_api import Browser, Page

TEMPLATE = "migrated"

# A busy machine must not make a property test fail.
hypothesis.settings.register_profile("steady", deadline=None)
hypothesis.settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests with a browser come last: its driver keeps an event loop in this thread."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A running PostgreSQL with one migrated database, the template of all others."""
    with open_postgres() as server:
        _migrate(server.create(TEMPLATE))
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, the template of all others."""
    path = tmp_path_factory.mktemp("sqlite") / "leads.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def _database_names() -> Iterator[str]:
    return (f"test_{number}" for number in count())


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite database in the test's data folder, and its URL."""
    path = tmp_path / "data" / "leads.db"
    path.parent.mkdir(exist_ok=True)
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: PostgresServer, _database_names: Iterator[str]) -> Iterator[str]:
    """A migrated, empty PostgreSQL database, and its URL."""
    name = next(_database_names)
    yield postgres.create(name, template=TEMPLATE)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of each kind in turn."""
    fixture = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    url: str = request.getfixturevalue(fixture)
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The same, opened."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A unit of work on the test's database."""
    with database.write() as session:
        yield session


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a throw-away engine, on the test's database where the test has one."""
    asked = {"database_url", "sqlite_url", "postgres_url"} & set(request.fixturenames)
    name = "database_url" if "database_url" in asked else next(iter(asked), None)
    (tmp_path / "data").mkdir(exist_ok=True)
    return Settings(
        data_dir=tmp_path / "data",
        database_url=request.getfixturevalue(name) if name else "",
        tick_seconds=0.1,
    )


@pytest.fixture
def client(settings: Settings, database: Database) -> "Iterator[TestClient]":
    """A client of the API on each kind of database."""
    from tests.parts import servers  # noqa: PLC0415 - lazy: most tests need no API

    with servers.open_client(settings) as opened:
        yield opened


@pytest.fixture
def address(settings: Settings, sqlite_url: str) -> Iterator[str]:
    """The address of a running API on SQLite, for a browser."""
    from tests.parts import servers  # noqa: PLC0415 - lazy: most tests need no API

    with servers.open_api(settings) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """A running Chromium."""
    from tests.parts import chromium  # noqa: PLC0415 - lazy: most tests need no browser

    with chromium.open_chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: "Browser", address: str) -> "Iterator[Page]":
    """A page on the running API that fails the test on script errors and foreign hosts."""
    from tests.parts import pages  # noqa: PLC0415 - lazy: most tests need no browser

    with pages.open_watched_page(browser, address) as opened:
        yield opened


def _migrate(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.close()
