"""Where journals lie, reading a page back, and when they are thrown away."""

import shutil
import time
from pathlib import Path

from pipeline.bodies.entries import Kind, read_entry
from pipeline.bodies.journal import read_kept
from pipeline.fetch.response import Response
from pipeline.settings import Settings

_DAY = 86_400.0


def bodies_folder(settings: Settings) -> Path:
    """Give the folder of all journals."""
    return settings.data_dir / "bodies"


def journal_name(run_id: int, batch_id: int, attempt: int) -> str:
    """Name the journal of one attempt at a batch, relative to :func:`bodies_folder`."""
    return f"{run_id}/{batch_id}-{attempt}"


def is_kept(settings: Settings, body_file: str) -> bool:
    """Whether a journal is still there."""
    return (bodies_folder(settings) / body_file).exists()


def read_page(
    settings: Settings, body_file: str, body_at: int
) -> tuple[Response, list[str]] | None:
    """Give a kept page and the sitemaps its site named; None where it is not kept any more."""
    try:
        with (bodies_folder(settings) / body_file).open("rb") as file:
            file.seek(body_at)
            entry = read_entry(file)
    except OSError:
        return None
    return read_kept(entry) if entry is not None and entry.kind is Kind.PAGE else None


def read_body(settings: Settings, body_file: str, body_at: int) -> Response | None:
    """Give a kept page; None where it is not kept any more."""
    kept = read_page(settings, body_file, body_at)
    return kept[0] if kept else None


def remove_old_bodies(settings: Settings, open_runs: set[int]) -> int:
    """Throw away the pages of runs that ended too long ago; give of how many runs.

    A run's pages are as old as the newest journal of it.
    """
    oldest = time.time() - settings.keep_pages_days * _DAY
    removed = 0
    for folder in bodies_folder(settings).glob("*"):
        if folder.name.isdigit() and int(folder.name) in open_runs:
            continue
        if max((path.stat().st_mtime for path in folder.glob("*")), default=0.0) < oldest:
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed
