"""What a lead costs in a store that grows: ``python -m tests.benchmarks.our_store FOLDER URL …``.

Made leads are imported and matched as the workers do it, with every commit durable. At each size
the next ones are measured: a file of them, and some that are entered one by one.
"""

import argparse
import csv
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from statistics import quantiles

from fastapi import Response
from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.leads import create
from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.dedupe.models import HotKey, LeadFeatures, MatchKey
from pipeline.leads.models import Lead
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import create_lead
from pipeline.matches.service import current_weights
from pipeline.resolve.duplicates import resolve_entered
from pipeline.resolve.index import bring_current
from pipeline.resolve.scoring import score
from pipeline.runs.models import Run
from pipeline.settings import Settings
from pipeline.work import spare_collector
from tests.benchmarks.contest import ROOT
from tests.benchmarks.our_import import import_file
from tests.benchmarks.peers.report import peak_megabytes
from tests.benchmarks.stages import Spent, processor_clock, spend

_SEED = 7
_DUPLICATES = 0.35
_ENTERED = 600
_MATCHING = ("index", "resolve")


class Store:
    """A database that leads are poured into, from one endless stream.

    Another process makes them, so that this one's memory is that of the engine.
    """

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings
        self._clock = processor_clock(settings.database_url)
        self._file = settings.data_dir / "leads.csv"
        self._poured = self._made = 0

    def fill(self, size: int) -> Spent:
        """Import and match leads until so many have come."""
        return self._pour(size - self._poured)

    def measure(self, probes: int) -> dict[str, float]:
        """Tell what the next leads cost, and what the store has come to."""
        stored = self._poured
        spent = self._pour(probes)
        matched = sum(spent.cpu[kind] for kind in _MATCHING)
        entered, matching, own = self._enter(_entered(probes))
        return {
            "stored": stored,
            "matching_us": matched / probes * 1e6,
            "record_us": sum(spent.cpu.values()) / probes * 1e6,
            "own_us": spent.own / probes * 1e6,
            "rate": probes / spent.seconds,
            "entered_p50_ms": entered[49],
            "entered_p99_ms": entered[98],
            "entered_cpu_ms": own,
            "matching_p50_ms": matching[49],
            "matching_p99_ms": matching[98],
            "megabytes": _resident_megabytes(),
            "peak_megabytes": peak_megabytes(),
            **self._look(_entered(probes)),
        }

    def _pour(self, count: int) -> Spent:
        self._make(count)
        self._poured += count
        with spend(self._clock) as spent:
            import_file(self._database, self._settings, self._file)
        return spent

    def _make(self, count: int) -> None:
        """Write the next leads of the stream."""
        options = ("--seed", _SEED, "--duplicates", _DUPLICATES, "--start", self._made, "--bare")
        command = (sys.executable, "-m", "tests.made_leads", self._file, count, *options)
        subprocess.run(list(map(str, command)), cwd=ROOT, check=True)
        self._made += count

    def _enter(self, count: int) -> tuple[list[float], list[float], float]:
        """Enter leads one by one, and give the percentiles of the milliseconds that takes.

        First those of a whole request, without HTTP; then those of the matching alone; last this
        process's milliseconds of processor time for a whole request.
        """
        entered, matching = [], []
        own = 0.0
        for number, lead in enumerate(self._next_created(2 * count)):
            began, cpu = time.perf_counter(), time.process_time()
            with self._database.write("bench") as db:
                db.info.update(region="US", matching="merge")
                if number % 2:
                    create(lead, db, Response())
                else:
                    stored = create_lead(db, lead)
                    started = time.perf_counter()
                    resolve_entered(db, stored)
                    matching.append((time.perf_counter() - started) * 1e3)
            if number % 2:
                own += time.process_time() - cpu
                entered.append((time.perf_counter() - began) * 1e3)
        return _percentiles(entered), _percentiles(matching), own / len(entered) * 1e3

    def _next_created(self, count: int) -> Iterator[LeadCreate]:
        """Give those of the next leads that the API takes: it asks for an address without fault."""
        self._make(count)
        with self._file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                name, phone = row["name"] or row["company"], row["phone"] or None
                with suppress(ValidationError):
                    yield LeadCreate(name=name, email=row["email"], phone=phone, source="bench")

    def _look(self, sample: int) -> dict[str, float]:
        with self._database.read() as db:
            newest = select(LeadFeatures.lead_id).order_by(LeadFeatures.lead_id.desc())
            entities = bring_current(db, db.scalars(newest.limit(sample)))
            compared = len(score(db, entities, current_weights(db)).comparisons)
            return {
                "leads": _count(db, Lead),
                "indexed": _count(db, LeadFeatures),
                "keys": _count(db, MatchKey),
                "hot_keys": _count(db, HotKey),
                "merged": db.scalar(select(func.sum(Run.merged))) or 0,
                "to_review": db.scalar(select(func.sum(Run.to_review))) or 0,
                "compared": compared / len(entities),
            }


def main() -> None:
    """Fill a store size by size, and print the figures of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--url", default="")
    parser.add_argument("--probes", type=int, required=True)
    parser.add_argument("sizes", type=int, nargs="+")
    arguments = parser.parse_args()
    arguments.folder.mkdir(exist_ok=True)
    settings = Settings(data_dir=arguments.folder, database_url=arguments.url)
    spare_collector()
    with closing(Database(settings.database)) as database:
        migrate(database)
        store = Store(database, settings)
        for size in sorted(arguments.sizes):
            filled = store.fill(size)
            figures = store.measure(arguments.probes) | _filled(filled, size)
            print(json.dumps(figures), flush=True)


def _filled(spent: Spent, size: int) -> Mapping[str, float]:
    by_kind = {f"fill_{kind}_cpu": seconds for kind, seconds in spent.cpu.items()}
    return {"filled_to": size, "fill_seconds": spent.seconds, **by_kind}


def _entered(probes: int) -> int:
    return min(probes, _ENTERED)


def _percentiles(milliseconds: list[float]) -> list[float]:
    return quantiles(milliseconds, n=100, method="inclusive")


def _count(db: Session, model: type) -> int:
    return db.scalar(select(func.count()).select_from(model)) or 0


def _resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4_096 / (1 << 20)


if __name__ == "__main__":
    main()
