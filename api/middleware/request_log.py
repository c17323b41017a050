"""One id and one line of log a request, without query, body or anything personal."""

import logging
import time
import uuid

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import ProblemResponse

log = logging.getLogger("api.requests")


class RequestLog:
    """Gives each request an id, logs what came of it, and answers 500 where all else failed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and see how it ends."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = uuid.uuid4().hex
        started, status = time.perf_counter(), 0

        async def send_marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        try:
            await self.app(scope, receive, send_marked)
        except Exception as error:
            # The message of an error may hold values of people; its type and place do not.
            log.error("%s failed: %s", request_id, describe_place(error))  # noqa: TRY400 - see above
            if status:
                raise
            answer = ProblemResponse(500, f"The engine failed. The log has it as {request_id}.")
            await answer(scope, receive, send_marked)
        finally:
            spent = (time.perf_counter() - started) * 1000
            log.info(
                "%s %s %s %d %.1f ms", request_id, scope["method"], _route(scope), status, spent
            )


def describe_place(error: BaseException) -> str:
    """Give an error's type and where it was raised, without its message."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} in {' > '.join(places[-6:])}"


def _route(scope: Scope) -> str:
    # The route's pattern, not the path: a path may hold anything.
    route = scope.get("route")
    return str(getattr(route, "path", "-"))
