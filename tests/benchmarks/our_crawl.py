"""The crawl as the engine does it: ``python -m tests.benchmarks.our_crawl URL FOLDER``.

Everything is on: robots.txt, the ledger, exact dedupe, sightings and changes on SQLite. Prints
what came of it as JSON. The processor time is that of the crawl, imports and migration excluded.
"""

import json
import resource
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.crawl import request_scrape
from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from pipeline.work import spare_collector, work_on_run
from tests.benchmarks import directory_source


def main() -> None:
    """Crawl and report."""
    url, folder = sys.argv[1], Path(sys.argv[2])
    _install_source(folder)
    settings = Settings(
        data_dir=folder, fetch_allow=urlsplit(url).netloc, fetch_delay_seconds=0, contact="bench"
    )
    with closing(Database(settings.database)) as database:
        migrate(database)
        spare_collector()
        began = _processor_seconds()
        params = {"url": f"{url}/", "max_pages": 100_000, "max_depth": 1_000}
        with database.write("bench") as db:
            run_id = request_scrape(db, directory_source.SLUG, params).id
        while work_on_run(database, settings, run_id):
            pass
        seconds = _processor_seconds() - began
        with database.read() as db:
            run = require_run(db, run_id)
        assert run.state == "finished", (run.state, run.error)
        print(json.dumps({"pages": run.pages, "records": run.read, "seconds": seconds}))


def _install_source(folder: Path) -> None:
    """Announce the benchmark's source as a package of somebody else's would."""
    info = folder / "bench_directory-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bench-directory\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        f"[lead_engine.sources]\nbench = {directory_source.__name__}\n"
    )
    sys.path.insert(0, str(folder))


def _processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
