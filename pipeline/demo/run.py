"""The demonstration: the whole engine on a throw-away folder, a messy file, and a small site."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from threading import current_thread, main_thread
from typing import Never, TextIO

from rich.console import Console

from pipeline.demo.engine_client import Answer, EngineClient
from pipeline.demo.product import (
    is_balanced,
    print_accounting,
    print_rate,
    print_rejects,
    print_ways_on,
)
from pipeline.demo.sample_file import FILE_NAME, write_sample_file
from pipeline.demo.sample_site import SampleSite, serve_sample_site
from pipeline.demo.stack import Stack, open_stack
from pipeline.demo.watch import watch_run
from pipeline.settings import Settings

WORK_SECONDS = 60.0
"""Each run has this long to come to its end."""


def run_demo(settings: Settings, *, exit_when_done: bool, out: TextIO) -> int:
    """Start the engine, give it the sample file and the sample site, print what came of them.

    Stays until Ctrl-C, so that the dashboard can be tried, unless ``exit_when_done``. Gives the
    exit status: 0 if both runs finished and their accounting balances, else 1. The engine is
    stopped and its folder removed in any case.

    Raises:
        StartRefused: the engine did not start.
        EngineUnreachable: the engine died or answered with an error.
        KeyboardInterrupt: stopped before the work was done.
    """
    console = Console(file=out, highlight=False)
    with _stopping_on_sigterm(), serve_sample_site() as site:
        console.print("Starting the engine on a throw-away folder …")
        with open_stack(_allow(settings, site)) as stack, EngineClient(stack.address) as engine:
            runs = _work(console, stack, engine, site)
            _print_product(console, stack, engine, site, runs)
            if exit_when_done:
                console.print("Stopping all of it; without --exit it stays, to be tried.")
            else:
                _stay(console, stack)
        return 0 if all(map(is_balanced, runs.values())) else 1


def _allow(settings: Settings, site: SampleSite) -> Settings:
    """Open the one private address that the sample site stands at."""
    return settings.model_copy(
        update={"fetch_allow": site.host_and_port, "fetch_delay_seconds": 0.0}
    )


def _work(
    console: Console, stack: Stack, engine: EngineClient, site: SampleSite
) -> dict[str, Answer]:
    """Import first and scrape then, so that the site can tell news of people the file knows."""
    path = stack.data_dir / FILE_NAME
    write_sample_file(path)
    watch = partial(watch_run, console, stack, engine, seconds=WORK_SECONDS)
    file_run = engine.upload(path, {"file_name": FILE_NAME, "source": "Trade fair"})
    runs = {"file": watch(file_run, label="Importing a messy file")}
    limit = 2 * len(site.pages)
    site_run = engine.scrape("website", {"url": f"{site.url}/", "max_pages": limit})
    return runs | {"site": watch(site_run, label="Scraping a small site")}


def _print_product(
    console: Console,
    stack: Stack,
    engine: EngineClient,
    site: SampleSite,
    runs: dict[str, Answer],
) -> None:
    print_accounting(console, runs)
    print_rejects(console, engine.find_rejects(runs["file"]["id"]))
    print_rate(console, runs["file"])
    print_ways_on(console, stack, site.url, runs["file"]["operation_id"])


def _stay(console: Console, stack: Stack) -> None:
    console.print("Press Ctrl-C to stop the engine and remove the folder.")
    with suppress(KeyboardInterrupt):
        while True:
            time.sleep(0.5)
            stack.require_running()


@contextmanager
def _stopping_on_sigterm() -> Iterator[None]:
    """Let SIGTERM end the demonstration as Ctrl-C does, so that nothing is left behind."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: object) -> Never:
    raise KeyboardInterrupt
