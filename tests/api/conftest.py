"""Fixtures of the API's tests: keys of each role, and a lead like the spec's."""

from collections.abc import Mapping

import pytest

from pipeline.access import Role, add_key
from pipeline.database.engine import Database

LEAD: Mapping[str, str] = {
    "name": "John Doe",
    "email": "john@example.com",
    "phone": "+1-555-0100",
    "source": "LinkedIn",
    "status": "new",
}


@pytest.fixture
def lead() -> dict[str, str]:
    """The lead of the spec's first example."""
    return dict(LEAD)


@pytest.fixture
def keys(database: Database) -> dict[Role, str]:
    """A key of each role; from now on every caller needs one."""
    with database.write() as db:
        return {role: add_key(db, f"a {role}", role) for role in Role}
