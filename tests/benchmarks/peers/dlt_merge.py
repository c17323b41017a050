"""dlt merges a file: ``python -m tests.benchmarks.peers.dlt_merge FILE URL ROWS FOLDER``.

Nothing is validated; the e-mail is the key.
"""

import os
import sys
from pathlib import Path
from typing import Any

# No messages home, and nothing written outside the folder; it must be said before the import.
os.environ |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "DLT_DATA_DIR": sys.argv[4]}  # noqa: TID251 - a process of its own

import dlt

from tests.benchmarks.peers.report import read_people, report


def main() -> None:
    """Import a file's first rows, and report."""
    file, url, rows = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    pipeline = dlt.pipeline(
        pipeline_name="bench",
        pipelines_dir=sys.argv[4],
        destination=_destination(url),
        dataset_name="main" if url.startswith("sqlite") else "dlt_people",
    )
    people = dlt.resource(
        read_people(file, rows), name="people", primary_key="Email", write_disposition="merge"
    )
    report(rows, lambda: pipeline.run(people).raise_on_failed_jobs())


def _destination(url: str) -> Any:
    if url.startswith("sqlite"):
        return dlt.destinations.sqlalchemy(credentials=url)
    # It insists on a password and a host; the socket's folder comes after and wins.
    given = url.replace("postgresql+psycopg://postgres@", "postgresql://postgres:none@localhost")
    return dlt.destinations.postgres(credentials=given)


if __name__ == "__main__":
    main()
