"""What the browser tests share: a database to look into, leads to look at, the pages' addresses."""

import threading
from collections.abc import Callable, Iterator

import pytest

from pipeline.database.engine import Database
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import create_lead, get_lead_by_id, update_lead_status
from pipeline.runs.ledger import find_open_runs
from pipeline.settings import Settings
from pipeline.work import work_on_run

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


@pytest.fixture
def worker(store: Database, settings: Settings) -> Iterator[None]:
    """Somebody who works on whatever run is requested, as a worker process does."""
    stopping = threading.Event()

    def work() -> None:
        while not stopping.wait(0.05):
            with store.read() as db:
                runs = find_open_runs(db)
            for run_id, _ in runs:
                work_on_run(store, settings, run_id)

    thread = threading.Thread(target=work)
    thread.start()
    yield
    stopping.set()
    thread.join()
