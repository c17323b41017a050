"""What the browser tests share: a database to look into, leads to look at, the pages' addresses."""

from collections.abc import Callable, Iterator

import pytest

from pipeline.database.engine import Database
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import create_lead, get_lead_by_id, update_lead_status

UI = "/api/ui-dashboard"
LIST = f"{UI}/leads-dashboard-ui"

AddLead = Callable[..., int]
StatusOf = Callable[[int], str | None]


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Database]:
    """The database behind the page, as another process would open it."""
    opened = Database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def add_lead(store: Database) -> AddLead:
    """A function that adds a lead past the dashboard and gives its id."""

    def add(name: str, *, status: str = "new", **values: str) -> int:
        given = {
            "name": name,
            "email": f"{name.split(maxsplit=1)[0].lower()}@example.com",
            **values,
        }
        with store.write("cli") as db:
            lead = create_lead(db, LeadCreate.model_validate({"source": "Referral", **given}))
            update_lead_status(db, lead.id, status)
            return lead.id

    return add


@pytest.fixture
def status_of(store: Database) -> StatusOf:
    """A function that gives a lead's status as it is in the database; None if there is no lead."""

    def status(lead_id: int) -> str | None:
        with store.read() as db:
            lead = get_lead_by_id(db, lead_id)
            return lead.status if lead else None

    return status
