"""Pages from templates: escaped without exception, in the reader's theme and role."""

import gzip
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.access import Caller
from api.pages import formats
from api.pages.assets import accepts_gzip, asset_url
from pipeline.access import Role
from pipeline.leads.models import STATUSES

UI = "/api/ui-dashboard"
LIST = f"{UI}/leads-dashboard-ui"
TEMPLATES = Path(__file__).parents[2] / "templates"
THEME_COOKIE = "leads_theme"
THEMES = ("light", "dark")
_WORTH_COMPRESSING = 1_000


def render(
    request: Request,
    name: str,
    *,
    caller: Caller | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> Response:
    """Render a template with what all pages need: caller, theme, where we are."""
    role = caller.role if caller else Role.VIEWER
    text = (
        environment()
        .get_template(name)
        .render(
            caller=caller,
            can_write=role.covers(Role.REVIEWER),
            can_manage=role.covers(Role.ADMIN),
            theme=theme_of(request),
            here=f"{request.url.path}?{request.url.query}".rstrip("?"),
            path=request.url.path,
            **values,
        )
    )
    body, sent = text.encode("utf-8", "replace"), {"Vary": "HX-Request, Accept-Encoding"}
    if accepts_gzip(request) and len(body) > _WORTH_COMPRESSING:
        body, sent["Content-Encoding"] = gzip.compress(body, 5), "gzip"
    return HTMLResponse(body, status, {**sent, **(headers or {})})


@cache
def environment() -> Environment:
    """Give the template environment. Nothing in it can switch escaping off."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(UI=UI, LIST=LIST, STATUSES=STATUSES, static=asset_url)
    made.filters.update(formats.FILTERS)
    return made


def theme_of(request: Request) -> str:
    """Give the theme that this browser chose, or nothing where the system decides."""
    chosen = request.cookies.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def is_fragment(request: Request) -> bool:
    """Whether a script of ours asks, which puts the answer into the page it has."""
    return request.headers.get("HX-Request") == "true"


def go_back(back: str, *, done: int | None = None, fallback: str = LIST) -> Response:
    """Lead a browser back to the page a form stood on; ``done`` offers to undo an operation."""
    parts = urlsplit(back)
    own = not parts.scheme and not parts.netloc and parts.path.startswith(f"{UI}/")
    path, query = (parts.path, parts.query) if own else (fallback, "")
    fields = [one for one in parse_qsl(query) if one[0] != "done"]
    fields += [("done", str(done))] if done else []
    return RedirectResponse(f"{path}?{urlencode(fields)}" if fields else path, status_code=303)
