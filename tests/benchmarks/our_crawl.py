"""The crawl as the engine does it: ``python -m tests.benchmarks.our_crawl FOLDER PAGES URL …``.

Everything is on: robots.txt, the ledger, exact dedupe, sightings and changes on SQLite; all but
matching, which has a benchmark of its own. The figures leave out imports and migration.
"""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from pipeline.crawl import request_scrape
from pipeline.database.engine import Database
from pipeline.runs.service import require_run
from pipeline.settings import Settings
from pipeline.work import spare_collector, work_on_run
from tests.benchmarks import directory_source
from tests.benchmarks.crawl_report import read_arguments, report


def main() -> None:
    """Crawl and report."""
    task = read_arguments()
    _install_source(task.folder)
    settings = Settings(
        data_dir=task.folder,
        fetch_allow="127.0.0.0/8",
        fetch_delay_seconds=0,
        contact="bench@directory.example",
        matching="off",
        workers=1,
    )
    params = {
        "origins": task.origins,
        "reading": task.reading,
        "follow": task.follow,
        "listed": 0 if task.follow else task.pages,
        "max_pages": 100_000,
        "max_depth": 1_000,
        "concurrency": 8 if len(task.origins) == 1 else 1,  # as many as Scrapy
    }
    _migrate(task.folder)
    with closing(Database(settings.database)) as database:
        spare_collector()

        def crawl() -> tuple[int, int]:
            with database.write("bench") as db:
                run_id = request_scrape(db, directory_source.SLUG, params).id
            while work_on_run(database, settings, run_id):
                pass
            with database.read() as db:
                run = require_run(db, run_id)
            assert run.state == "finished", (run.state, run.error)
            return run.pages, run.read

        report(crawl)


def _migrate(folder: Path) -> None:
    """Lay out the tables from another process: a worker's holds no tools for that."""
    command = [sys.executable, "-m", "pipeline.cli", "migrate", "--data", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _install_source(folder: Path) -> None:
    """Announce the benchmark's source as a package of somebody else's would."""
    info = folder / "bench_directory-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bench-directory\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        f"[lead_engine.sources]\nbench = {directory_source.__name__}\n"
    )
    sys.path.insert(0, str(folder))


if __name__ == "__main__":
    main()
