"""Other sites' pages may not act in the name of a browser that is signed in, or local."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import ProblemResponse

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})


class CrossSiteGuard:
    """Refuses unsafe requests that a browser marks as coming from another origin.

    A request with a key in a header is exempt: no page can add one to a foreign request unasked.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and scope["method"] not in _SAFE:
            headers = Headers(scope=scope)
            if not _bears_key(headers) and not _is_own(headers):
                answer = ProblemResponse(403, "A page of another site asked for this.")
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _bears_key(headers: Headers) -> bool:
    return "authorization" in headers or "x-api-key" in headers


def _is_own(headers: Headers) -> bool:
    # Browsers tell the site only to https and loopback; elsewhere the origin must do. Its scheme
    # says nothing where a proxy ends the TLS.
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in _OWN
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
