"""The dashboard: server-rendered pages that work without scripts, and are pleasant with them."""

from api.pages import (
    activity,
    assets,
    duplicates,
    imports,
    lead,
    leads,
    plans,
    runs,
    schedules,
    scraping,
    shell,
    sources,
)

ROUTERS = (
    assets.router,
    shell.router,
    leads.router,
    lead.router,
    duplicates.router,
    imports.router,
    plans.router,
    runs.router,
    scraping.router,
    schedules.router,
    sources.router,
    activity.router,
    shell.lost,
)
