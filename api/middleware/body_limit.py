"""No body is read beyond its limit, whether or not it says how long it is."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_KEY = "leads.body_limit"


class BodyLimit:
    """Counts what is read of a body and stops the request with 413 at the limit."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with a ``receive`` that keeps to the limit."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope[_KEY] = self.max_bytes
        announced = _announced(scope)
        read = 0

        async def receive_limited() -> Message:
            nonlocal read
            _require_within(scope, announced)
            message = await receive()
            if message["type"] == "http.request":
                read += len(message.get("body", b""))
                _require_within(scope, read)
            return message

        await self.app(scope, receive_limited, send)


def raise_body_limit(request: Request, max_bytes: int) -> None:
    """Let this one request have a larger body, before any of it is read."""
    request.scope[_KEY] = max_bytes


def _announced(scope: Scope) -> int:
    text = Headers(scope=scope).get("content-length", "0")
    return int(text) if text.isascii() and text.isdigit() else 0


def _require_within(scope: Scope, count: int) -> None:
    if count > scope[_KEY]:
        raise HTTPException(413, f"The body is larger than {scope[_KEY]:,} bytes.")
