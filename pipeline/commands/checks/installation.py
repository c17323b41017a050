"""Whether this machine has what the engine needs: a folder, a database, a broker, sources."""

import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import closing
from urllib.parse import urlsplit

from sqlalchemy.exc import OperationalError

from pipeline.commands.checks.finding import Finding
from pipeline.commands.engine_note import get_engine
from pipeline.commands.store import connect, reason
from pipeline.database.migrate import get_revision, newest_revision
from pipeline.errors import LeadEngineError
from pipeline.settings import Settings
from pipeline.sources import load_sources

LEAST_FREE_BYTES = 200 << 20
_REDIS_PORT = 6379
_PATIENCE_SECONDS = 5.0
# The broker belongs to the workers, which the core does not import.
_FIND_BROKER = """
import sys
from pipeline.errors import StartRefused
from workers.broker import find_server
try:
    print(find_server())
except StartRefused as refusal:
    sys.exit(str(refusal))
"""


def check_folder(settings: Settings) -> Finding:
    """Whether the data folder can be written and has room."""
    folder = settings.data_dir
    if not folder.exists():
        return Finding("data folder", True, f"{folder} will be made by the first command")
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"written")
    except OSError as error:
        advice = "Give this user the right to write there, or name another folder with --data."
        return Finding("data folder", False, f"{folder}: {error.strerror}", advice)
    free = shutil.disk_usage(folder).free
    room = f"{folder}, {free / 1e9:,.1f} GB free"
    return Finding("data folder", free > LEAST_FREE_BYTES, room, "Make room on its disk.")


def check_database(settings: Settings) -> Finding:
    """Whether the database answers and has the newest schema."""
    if is_fresh(settings):
        return Finding("database", True, "none yet; the first command makes it")
    try:
        with closing(connect(settings)) as database:
            revision = get_revision(database)
    except OperationalError as error:
        advice = "See that it is running and that LEADS_DATABASE_URL is right."
        return Finding("database", False, reason(error), advice)
    except LeadEngineError as error:
        return Finding("database", False, str(error), "See LEADS_DATABASE_URL in .env.example.")
    newest = newest_revision()
    if revision == newest:
        return Finding("database", True, f"answers, at revision {revision}")
    detail = f"at revision {revision}, not {newest}"
    return Finding("database", False, detail, "Run: leads migrate")


def is_fresh(settings: Settings) -> bool:
    """Whether the embedded database has not been made yet."""
    return not settings.database_url and not (settings.data_dir / "leads.db").exists()


def check_broker(settings: Settings) -> Finding:
    """Whether the broker that is set answers, or there is a binary to start one."""
    if settings.redis_url:
        return _check_redis(settings.redis_url)
    found = subprocess.run(  # noqa: S603 - our own module, under our own interpreter
        [sys.executable, "-c", _FIND_BROKER], capture_output=True, text=True, check=False
    )
    if found.returncode == 0:
        return Finding("broker", True, found.stdout.strip())
    return Finding("broker", False, "no binary", found.stderr.strip())


def _check_redis(url: str) -> Finding:
    target = urlsplit(url)
    place = (target.hostname or "localhost", target.port or _REDIS_PORT)
    try:
        socket.create_connection(place, _PATIENCE_SECONDS).close()
    except OSError as error:
        detail = f"nothing answers at {place[0]} port {place[1]}: {error}"
        return Finding("broker", False, detail, "Start it, or correct LEADS_REDIS_URL.")
    return Finding("broker", True, f"answers at {place[0]} port {place[1]}")


def check_sources() -> Finding:
    """Whether every source can be loaded."""
    try:
        register = load_sources()
    except LeadEngineError as error:
        return Finding("sources", False, str(error), "Give one of them another slug.")
    if register.broken:
        detail = "; ".join(f"{one.module}: {one.reason}" for one in register.broken)
        return Finding("sources", False, detail, "Mend or remove these modules.")
    return Finding("sources", True, ", ".join(register.sources) or "none")


def check_engine(settings: Settings) -> Finding:
    """Whether an engine is up here; none is no fault."""
    engine = get_engine(settings.data_dir)
    if engine is None:
        return Finding("engine", True, "not running; commands do their work themselves")
    return Finding("engine", True, f"up at {engine.address} since {engine.since}")
