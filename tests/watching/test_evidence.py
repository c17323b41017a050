"""A page before and after: the same address if it can be, its like if not, none if none is kept."""

import shutil

from pipeline.bodies.store import bodies_folder
from pipeline.database.engine import Database
from pipeline.settings import Settings
from pipeline.watching.alarms import find_alarms
from pipeline.watching.evidence import Evidence, show_evidence
from tests.parts.sites import Site, to_answer
from tests.watching.conftest import PAGES, Crawl, cards


def _show(database: Database, settings: Settings, field: str) -> Evidence:
    with database.read() as db:
        alarms = {one.field: one for one in find_alarms(db)}
        return show_evidence(db, settings, alarms[field])


def test_a_count_is_shown_by_a_page_that_shows_fewer_records(
    database: Database, local: Settings, directory: Site, crawl: Crawl
) -> None:
    for _ in range(5):
        crawl()
    for page in range(1, PAGES):
        directory.pages[f"/{page}"] = to_answer(cards(page, count=1))

    assert crawl().state == "quarantined"

    evidence = _show(database, local, "")
    assert evidence.is_told
    assert evidence.before is not None
    assert evidence.after is not None
    assert (evidence.before.found, evidence.after.found) == (10, 1)
    assert evidence.before.url == evidence.after.url == f"{directory.url}/1"
    assert evidence.before.values[:2] == ["Person Number10", "Person Number11"]
    assert "Person Number10" in evidence.before.excerpt


def test_pages_that_are_not_kept_are_no_evidence(
    database: Database, local: Settings, directory: Site, crawl: Crawl
) -> None:
    for _ in range(4):
        crawl()
    for page in range(PAGES):
        directory.pages[f"/{page}"] = to_answer(cards(page, phone="span"))
    crawl()
    shutil.rmtree(bodies_folder(local))

    evidence = _show(database, local, "phone")

    assert (evidence.before, evidence.after, evidence.is_told) == (None, None, False)


def test_where_the_reading_has_changed_and_not_the_page_the_evidence_says_so(
    database: Database, local: Settings, directory: Site, crawl: Crawl
) -> None:
    for _ in range(4):
        crawl()
    for page in range(PAGES):
        directory.pages[f"/{page}"] = to_answer(cards(page, phone="span"))
    crawl()
    with database.write() as db:
        (alarm,) = find_alarms(db)
        alarm.field = "title"

    evidence = _show(database, local, "title")

    assert evidence.before is not None
    assert evidence.is_same_page
    assert not evidence.is_told
