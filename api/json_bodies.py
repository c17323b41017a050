"""JSON bodies read strictly: UTF-8, each name once, no NaN, declared as JSON."""

import json
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn

from fastapi import Request, Response, params
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException


class StrictRoute(APIRoute):
    """A route that reads its JSON body strictly; what is not meant as JSON is refused with 415."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Give the handler that FastAPI calls for each request."""
        handle = super().get_route_handler()
        takes_json = self.body_field is not None and not isinstance(
            self.body_field.field_info, params.Form
        )

        async def handle_strictly(request: Request) -> Response:
            if takes_json:
                _require_json(request)
            return await handle(_StrictRequest(request.scope, request.receive))

        return handle_strictly


class _StrictRequest(Request):
    async def json(self) -> Any:
        return parse_json(await self.body())


def parse_json(body: bytes) -> Any:
    """Read a JSON text.

    Raises:
        json.JSONDecodeError: it is none, or one that two readers would understand differently.
    """
    try:
        return json.loads(
            body.decode(), object_pairs_hook=_require_once, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        reason = "the body is not UTF-8; Windows PowerShell needs charset=utf-8 and UTF-8 bytes"
        raise json.JSONDecodeError(reason, "", error.start) from None
    except json.JSONDecodeError as error:
        raise json.JSONDecodeError(error.msg, "", error.pos) from None
    except RecursionError:
        raise json.JSONDecodeError("nested too deeply", "", 0) from None
    except ValueError as error:
        raise json.JSONDecodeError(str(error), "", 0) from None


def _require_json(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    has_body = request.headers.get("content-length", "") != "0" and (
        "content-length" in request.headers or "transfer-encoding" in request.headers
    )
    if has_body and kind != "application/json" and not kind.endswith("+json"):
        raise HTTPException(415, "Send the body as application/json.")


def _require_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return values


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
