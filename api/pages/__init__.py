"""The dashboard: server-rendered pages that work without scripts, and are pleasant with them."""

from api.pages import activity, assets, lead, leads, shell

ROUTERS = (assets.router, shell.router, leads.router, lead.router, activity.router)
