"""The whole engine on one machine: which processes it is made of, and in which order they live."""

import asyncio
import logging
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.settings import Settings
from workers.broker import broker_url, configuration, find_server, socket_path
from workers.children import Child, keep_small
from workers.folder import write_note
from workers.pings import ping_broker, ping_web, until_it_answers

log = logging.getLogger(__name__)

KEEP_SMALL_EVERY_SECONDS = 30.0
# A broker that ends so often at once cannot read its files; they hold nothing but pokes.
BROKEN_AFTER = 3
# -P: a folder of the same name where the engine was started from must not be taken for ours.
_PYTHON = (sys.executable, "-P", "-m")
_CELERY = (*_PYTHON, "workers.app", "--quiet")


@dataclass(frozen=True)
class Engine:
    """The children of one engine; ``broker`` is None where a running one was given."""

    broker: Child | None
    worker: Child
    beat: Child
    web: Child


def assemble(settings: Settings, listener: socket.socket) -> Engine:
    """Say how each process is started and how many seconds it may take to end."""
    logs = settings.data_dir / "logs"
    logs.mkdir(exist_ok=True)
    worker = (f"--loglevel={settings.log_level}", "--without-gossip", "--without-mingle")
    # Beat would name every tick at a lower level.
    beat = ("--loglevel=WARNING", "--pidfile=")
    web = (*_PYTHON, "workers.web", str(listener.fileno()), settings.log_level)
    return Engine(
        None if settings.redis_url else _embedded_broker(settings, logs / "broker.log"),
        Child("worker", (*_CELERY, "worker", *worker), logs / "worker.log", 6),
        Child("beat", (*_CELERY, "beat", *beat), logs / "beat.log", 3),
        Child("api", web, logs / "api.log", 4, pass_fds=(listener.fileno(),)),
    )


async def run(engine: Engine, settings: Settings, address: str) -> None:
    """Start everything, say where it is, and keep it running until cancelled.

    Raises:
        StartRefused: a part does not come up; the text names its log.
    """
    tasks = []
    try:
        if engine.broker is not None:
            tasks.append(asyncio.create_task(engine.broker.keep_running()))
            await until_it_answers(engine.broker, lambda: ping_broker(socket_path(settings)))
        others = (engine.worker, engine.beat, engine.web)
        tasks.extend(asyncio.create_task(child.keep_running()) for child in others)
        await until_it_answers(engine.web, lambda: ping_web(address))
        write_note(settings.data_dir, address=address, broker=broker_url(settings))
        log.info("Lead engine is up at %s, its logs are in %s", address, settings.data_dir / "logs")
        tasks.append(asyncio.create_task(_keep_logs_small(engine)))
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await _stop(engine)


async def _stop(engine: Engine) -> None:
    # Who asks ends first, then who works, then who carries the messages.
    await asyncio.gather(engine.web.stop(), engine.beat.stop())
    await engine.worker.stop()
    if engine.broker is not None:
        await engine.broker.stop()


async def _keep_logs_small(engine: Engine) -> None:
    while True:
        await asyncio.sleep(KEEP_SMALL_EVERY_SECONDS)
        for child in (engine.broker, engine.worker, engine.beat, engine.web):
            if child is not None:
                keep_small(child.log_file)


def _embedded_broker(settings: Settings, log_file: Path) -> Child:
    folder = settings.data_dir / "broker"

    def prepare(failures: int) -> None:
        if failures >= BROKEN_AFTER:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(exist_ok=True)

    return Child(
        "broker",
        (str(find_server()), "-"),
        log_file,
        grace=3,
        stdin=configuration(settings).encode(),
        before_start=prepare,
    )
