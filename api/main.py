"""The API's door: builds the app from settings. Nothing opens before the lifespan begins."""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api import (
    accounts,
    alarms,
    crawls,
    docs,
    duplicates,
    engine,
    events,
    exports,
    history,
    imports,
    login,
    mappings,
    operations,
    pages,
    plans,
    runs,
    schedules,
    sources,
    suppressions,
    why,
)
from api.access import is_loopback
from api.attempts import Attempts
from api.errors import add_error_handlers
from api.live import Hub
from api.middleware.body_limit import BodyLimit
from api.middleware.cross_site import CrossSiteGuard
from api.middleware.hosts import LOOPBACK, AllowedHosts
from api.middleware.request_log import RequestLog
from api.middleware.security_headers import SecurityHeaders
from pipeline.access import has_keys
from pipeline.database.engine import Database
from pipeline.database.migrate import migrate
from pipeline.errors import StartRefused
from pipeline.settings import Settings

log = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"
ROUTERS = (
    history.router,
    why.router,
    crawls.router,
    duplicates.router,
    imports.router,
    accounts.router,
    mappings.router,
    plans.router,
    runs.router,
    alarms.router,
    sources.router,
    schedules.router,
    operations.router,
    suppressions.router,
    exports.router,
    events.router,
    engine.router,
    docs.router,
    login.router,
    *pages.ROUTERS,
)


def create_app(settings: Settings) -> FastAPI:
    """Build the app: its routes, its error answers, and what every request passes."""
    app = FastAPI(
        title="Lead engine",
        lifespan=_lifespan,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.openapi = lambda: docs.describe(app)  # type: ignore[method-assign]
    app.state.settings = settings
    app.state.attempts = Attempts()
    app.state.leads_available = _include_leads(app)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    add_error_handlers(app)
    _add_middleware(app, settings)
    return app


def _include_leads(app: FastAPI) -> bool:
    # The site's other parts must answer even where the leads cannot be imported.
    try:
        from api import leads  # noqa: PLC0415 - guarded on purpose
    except ImportError:
        log.exception("The leads endpoints are not available.")
        return False
    app.include_router(leads.router)
    return True


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    # The last one added is the first one passed.
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    app.add_middleware(CrossSiteGuard)
    app.add_middleware(AllowedHosts, hosts=_hosts(settings))
    app.add_middleware(RequestLog)
    app.add_middleware(SecurityHeaders)


def _hosts(settings: Settings) -> set[str]:
    named = {name.strip() for name in settings.allowed_hosts.split(",") if name.strip()}
    return {*LOOPBACK, settings.host, *named}


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings = app.state.settings
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = Database(settings.database)
    app.state.database = database
    app.state.hub = Hub(database)
    try:
        migrate(database)
        _require_keys(database, settings.host)
        yield
    finally:
        await app.state.hub.close()
        database.close()


def _require_keys(database: Database, host: str) -> None:
    with database.read() as db:
        if not is_loopback(host) and not has_keys(db):
            raise StartRefused(
                f"{host} can be reached by others, and no API key exists. "
                "Make one with 'leads keys add', or listen on 127.0.0.1."
            )


app = create_app(Settings.from_env(os.environ))  # noqa: TID251 - one of the three doors
