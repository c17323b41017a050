"""Who calls, and what they may do: each route names the role it needs with :func:`requires`."""

import ipaddress
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Security, params
from fastapi.security import APIKeyCookie, APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Session

from pipeline.access import ApiKey, Role, get_key, get_session_key, has_keys
from pipeline.errors import Forbidden, SignInNeeded

COOKIE = "leads_session"

_bearer = HTTPBearer(auto_error=False, description="An API key.")
_header = APIKeyHeader(name="X-API-Key", auto_error=False, description="An API key.")
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="A browser signed in at /login.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: as the change ledger names them, and with which role."""

    actor: str
    name: str
    role: Role


def get_caller(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    header: Annotated[str | None, Security(_header)],
    cookie: Annotated[str | None, Security(_cookie)],
) -> Caller:
    """Find out who calls.

    While no key is in force, whoever reaches a loopback address is its owner.

    Raises:
        SignInNeeded: a key is needed, or the one given is not in force.
    """
    secret = bearer.credentials if bearer else header
    with request.app.state.database.read() as db:
        key = get_key(db, secret) if secret else _session_key(db, cookie)
        if key is not None:
            return Caller(f"key:{key.id}", key.name, Role(key.role))
        local = is_loopback(request.app.state.settings.host)
        if secret is None and local and not has_keys(db):
            return Caller("anonymous", "anonymous", Role.ADMIN)
    raise SignInNeeded("Send an API key as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'.")


CallerNow = Annotated[Caller, Depends(get_caller)]


def requires(role: Role) -> params.Depends:
    """Say which role a route needs, as one of its ``dependencies``."""

    def require_role(caller: CallerNow) -> None:
        if not caller.role.covers(role):
            raise Forbidden(f"This needs the role {role}; the key has the role {caller.role}.")

    needed: params.Depends = Depends(require_role)
    return needed


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _session_key(db: Session, token: str | None) -> ApiKey | None:
    return get_session_key(db, token) if token else None
