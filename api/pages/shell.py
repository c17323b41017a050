"""What belongs to no page: the theme, and the help where no script runs."""

from typing import Annotated

from fastapi import Form, Request, Response

from api.access import CallerNow
from api.pages.rendering import LIST, THEME_COOKIE, THEMES, go_back, is_fragment, render
from api.pages.routing import READS, new_router, show_error

router = new_router()
lost = new_router()
YEAR = 365 * 86_400


@router.post("/theme", dependencies=READS)
def set_theme(
    request: Request,
    theme: Annotated[str, Form()],
    back: Annotated[str, Form()] = LIST,
) -> Response:
    """Remember the theme in a cookie, so that the next page comes in it at once."""
    answer = Response(status_code=204) if is_fragment(request) else go_back(back)
    if theme in THEMES:
        secure = request.url.scheme == "https"
        answer.set_cookie(THEME_COOKIE, theme, max_age=YEAR, samesite="lax", secure=secure)
    return answer


@lost.get("/{_:path}", dependencies=READS)
def show_nothing(request: Request, caller: CallerNow) -> Response:
    """Answer an address that is none of ours as a page. Must come after all other routes."""
    return show_error(request, 404, "There is no such page.", caller=caller)


@router.get("/help", dependencies=READS)
def show_help(request: Request, caller: CallerNow) -> Response:
    """Show the keys as a page."""
    return render(request, "help.html", caller=caller)
