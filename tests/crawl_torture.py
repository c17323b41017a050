"""Crawls under random kills: ``python -m tests.crawl_torture --kills 100``.

Whatever dies, and when: no page is lost and no lead doubled, no page is fetched twice without
need, the page that kills its reader is set aside, and by the hosts' own log nobody was asked
sooner than the engine promises.
"""

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from sqlalchemy import select

from pipeline.crawl import request_scrape
from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.runs.crawl_models import FrontierPage
from pipeline.runs.ledger import OPEN_STATES
from pipeline.runs.models import Batch
from pipeline.runs.service import is_balanced, require_run
from pipeline.settings import Settings
from pipeline.work import work_on_run
from tests.parts.faults import Fault, kill_a_child, kill_everything, kill_the_worker
from tests.parts.postgres import open_postgres
from tests.parts.stack import open_stack
from tests.parts.tangle import POISONED, Host, make_tangle
from tests.parts.waiting import wait_until
from tests.parts.web import NETWORK, Request, Web, open_web
from tests.parts.web_source import POISON, SLUG, open_announced
from tests.torture import dump, fresh_settings, hard

DELAY = 0.1
HOSTS, PAGES = 12, 20
PATIENCE_SECONDS = 120
# A busy machine may deliver a request late and so the next one seemingly early.
JITTER_SECONDS = 0.05
# A page that was read is kept at once; so long it takes at most, a redirect's second half included.
SLACK_SECONDS = 0.5
# A frozen process would ask on when it wakes, before it can know that its work is another's.
FAULTS: Mapping[Fault, int] = {kill_a_child: 6, kill_the_worker: 3, kill_everything: 1}

# A busy machine lets a worker live on for a moment before it comes to read its death.
POISON_SECONDS = 1.0
OK = 200
Span = tuple[float, float]
"""From when to when somebody may have died: whoever is to be killed must first be alive."""


@dataclass(frozen=True, slots=True)
class Peace:
    """What becomes of a web when nothing happens: leads, pages, and requests for each page."""

    leads: list[str]
    pages: Mapping[str, tuple[str, str | None]]
    requests: Counter[tuple[str, str]]
    read: int


def undisturbed(settings: Settings, hosts: Sequence[Host]) -> Peace:
    """Give what becomes of a web whose poisoned page does no harm."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (
        open_web(hosts) as web,
        open_announced(settings.data_dir / "sources"),
        closing(Database(settings.database)) as database,
    ):
        settings = opened(settings, web)
        migrate(database)
        run_id = request(database, web, armed=False)
        wait_until(lambda: _has_ended(database, settings, run_id), seconds=PATIENCE_SECONDS)
        judge_compliance(web)
        with database.read() as db:
            read = require_run(db, run_id).read
        return Peace(dump(database), pages(database, run_id), web.count(), read)


def torture(
    settings: Settings, hosts: Sequence[Host], peace: Peace, random: Random, kills: int
) -> None:
    """Crawl a web with two workers and ``kills`` on the way, and judge the result."""
    deck = [fault for fault, share in FAULTS.items() for _ in range(share)]
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (
        open_web(hosts) as web,
        open_announced(settings.data_dir / "sources") as environ,
        open_stack(opened(settings, web), environ) as stack,
        closing(Database(stack.settings.database)) as database,
    ):
        run_id, deaths = request(database, web, armed=True), list[Span]()
        for number in range(kills):
            _await_requests(database, web, run_id, max(peace.requests.total() * number // kills, 1))
            time.sleep(random.uniform(0, 0.3))
            began = time.monotonic()
            random.choice(deck)(stack, random)
            deaths.append((began, time.monotonic()))
        wait_until(lambda: not _is_open(database, run_id), seconds=PATIENCE_SECONDS)
        judge(database, run_id, peace)
        poisoned = [(one.ended, one.ended + POISON_SECONDS) for one in _find_poison(web)]
        judge_requests(web, peace, deaths + poisoned)
        judge_compliance(web)
        assert stack.stop() == 0
        assert stack.survivors() == []


def request(database: Database, web: Web, *, armed: bool) -> int:
    """Request the crawl of a web from its first page."""
    params = {"start": [f"{web.origins[0]}/"], "armed": armed, "max_pages": 10_000, "max_depth": 99}
    with database.write() as db:
        return request_scrape(db, SLUG, params).id


def opened(settings: Settings, web: Web) -> Settings:
    """Let a web be fetched, politely; matching has a torture of its own."""
    changes = {
        "fetch_allow": f"127.0.0.0/8:{web.port}",
        "fetch_delay_seconds": DELAY,
        "matching": "off",
    }
    return settings.model_copy(update=changes)


def pages(database: Database, run_id: int) -> Mapping[str, tuple[str, str | None]]:
    """Give what became of each page, by its place: the port differs from web to web."""
    with database.read() as db:
        found = db.scalars(select(FrontierPage).where(FrontierPage.run_id == run_id)).all()
    by_place = {_place(page.url): (page.state, page.error) for page in found}
    assert len(by_place) == len(found)
    return by_place


def judge(database: Database, run_id: int, peace: Peace) -> None:
    """See that the run balances, and came to the pages and leads that it comes to in peace."""
    with database.read() as db:
        run = require_run(db, run_id)
        assert (run.state, run.error, run.read) == ("finished", None, peace.read)
        assert is_balanced(run)
        assert set(db.scalars(select(Batch.state).distinct())) == {"done"}
    poison = f"{NETWORK}.{POISONED + 1}{POISON}"
    assert pages(database, run_id) == {**peace.pages, poison: ("failed", "killed_worker")}
    assert dump(database) == peace.leads


def judge_requests(web: Web, peace: Peace, deaths: Sequence[Span]) -> None:
    """See by the hosts' log that only what was on its way when somebody died is asked for again."""
    more = web.count() - peace.requests
    again: dict[tuple[str, str], list[Request]] = defaultdict(list)
    for request in web.log:
        again[request.host, request.path].append(request)
    unexplained: dict[str, list[Request]] = defaultdict(list)
    for (host, path), requests in again.items():
        if path == "/robots.txt" or not more[host, path]:
            continue
        needed = [one for one in requests if _was_cut_short(one, deaths)]
        if len(needed) < more[host, path]:
            unexplained[host] += requests
            assert more[host, path] - len(needed) == 1, (requests, deaths)
    # The poison kills once more when it is read from what was kept, which no host can see; at that
    # moment each host may have had one request on its way.
    assert all(len({one.path for one in found}) == 1 for found in unexplained.values())


def _find_poison(web: Web) -> list[Request]:
    return [one for one in web.log if one.path == POISON and one.status == OK]


def _was_cut_short(request: Request, deaths: Sequence[Span]) -> bool:
    latest = request.ended + SLACK_SECONDS
    return any(request.began <= last and first <= latest for first, last in deaths)


def judge_compliance(web: Web) -> None:
    """See by the hosts' log that no two requests were closer than allowed, or at the same time."""
    slow = next(iter(web.hosts))
    for gap, before, after in web.gaps():
        owed = DELAY * 2 if slow == before.host and before.path != "/robots.txt" else DELAY
        assert gap >= owed - JITTER_SECONDS, (gap, before, after)
        assert after.began >= before.ended - JITTER_SECONDS, (before, after)
        if before.status == 429:
            assert gap >= 1 - JITTER_SECONDS, (gap, before, after)


def _await_requests(database: Database, web: Web, run_id: int, count: int) -> None:
    def look() -> bool:
        return len(web.log) >= count or not _is_open(database, run_id)

    wait_until(look, seconds=PATIENCE_SECONDS)


def _is_open(database: Database, run_id: int) -> bool:
    with database.read() as db:
        return require_run(db, run_id).state in OPEN_STATES


def _has_ended(database: Database, settings: Settings, run_id: int) -> bool:
    work_on_run(database, settings, run_id)
    return not _is_open(database, run_id)


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"


def main() -> None:
    """Run rounds on both databases in turn until there were enough kills."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    hosts, done, number = make_tangle(HOSTS, PAGES, DELAY * 2), 0, 0
    with tempfile.TemporaryDirectory(prefix="leads-calm-") as folder:
        peace = undisturbed(hard(Path(folder)), hosts)
    with open_postgres() as server:
        while done < arguments.kills:
            started, random = time.monotonic(), Random(arguments.seed + number)
            kills = min(random.randint(6, 14), arguments.kills - done)
            with fresh_settings(server, number) as settings:
                torture(settings, hosts, peace, random, kills)
            seconds, kind = time.monotonic() - started, settings.database.partition(":")[0]
            done, number = done + kills, number + 1
            print(f"{done:5} kills: {kills:2} in {seconds:2.0f} s, {kind}", flush=True)


if __name__ == "__main__":
    main()
