"""Who may do what: every route times every caller, against one table."""

from collections.abc import Iterator

import pytest
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from api.main import create_app
from pipeline.access import Role, add_key, find_keys, revoke_key
from pipeline.database.engine import Database
from pipeline.settings import Settings

V, R, A = Role.VIEWER, Role.REVIEWER, Role.ADMIN
OPEN = None
UI = "/api/ui-dashboard"

NEEDED: dict[str, Role | None] = {
    "POST /api/leads": R,
    "POST /api/leads/": R,
    "GET /api/leads": V,
    "GET /api/leads/": V,
    "GET /api/leads/{lead_id}": V,
    "GET /api/leads/{lead_id}/": V,
    "PUT /api/leads/{lead_id}/status": R,
    "PUT /api/leads/{lead_id}/status/": R,
    "DELETE /api/leads/{lead_id}": R,
    "DELETE /api/leads/{lead_id}/": R,
    "GET /api/leads/{lead_id}/history": V,
    "GET /api/leads/{lead_id}/why": V,
    "POST /api/leads/{lead_id}/merge": R,
    "POST /api/leads/{lead_id}/split": R,
    "POST /api/imports": A,
    "GET /api/imports": V,
    "GET /api/imports/{import_id}": V,
    "GET /api/imports/{import_id}/plan": V,
    "GET /api/imports/{import_id}/plan/rows": V,
    "POST /api/imports/{import_id}/plan": A,
    "POST /api/imports/{import_id}/apply": A,
    "GET /api/imports/{import_id}/receipt": V,
    "GET /api/imports/{import_id}/issues.csv": V,
    "GET /api/imports/{import_id}/events": V,
    "GET /api/mappings": V,
    "POST /api/mappings": A,
    "GET /api/mappings/{mapping_id}": V,
    "PATCH /api/mappings/{mapping_id}": A,
    "DELETE /api/mappings/{mapping_id}": A,
    "GET /api/runs": V,
    "POST /api/runs": A,
    "GET /api/runs/{run_id}": V,
    "POST /api/runs/{run_id}/pause": A,
    "POST /api/runs/{run_id}/resume": A,
    "POST /api/runs/{run_id}/cancel": A,
    "GET /api/runs/{run_id}/crawl": V,
    "POST /api/runs/{run_id}/replay": A,
    "GET /api/runs/{run_id}/rows": V,
    "GET /api/runs/{run_id}/issues": V,
    "GET /api/sources": V,
    "POST /api/sources": A,
    "POST /api/sources/file": A,
    "POST /api/sources/trial": A,
    "GET /api/sources/trial/{run_id}": V,
    "GET /api/sources/{slug:source}": V,
    "PUT /api/sources/{slug:source}": A,
    "DELETE /api/sources/{slug:source}": A,
    "GET /api/sources/{slug:source}/file": V,
    "GET /api/schedules": V,
    "POST /api/schedules": A,
    "GET /api/schedules/preview": V,
    "GET /api/schedules/{schedule_id}": V,
    "PATCH /api/schedules/{schedule_id}": A,
    "DELETE /api/schedules/{schedule_id}": A,
    "POST /api/schedules/{schedule_id}/run": A,
    "POST /api/schedules/{schedule_id}/pause": A,
    "POST /api/schedules/{schedule_id}/resume": A,
    "GET /api/alarms": V,
    "GET /api/alarms/{alarm_id}": V,
    "POST /api/runs/{run_id}/accept": R,
    "POST /api/runs/{run_id}/discard": R,
    "GET /api/health/sources": V,
    "GET /api/duplicates": V,
    "GET /api/duplicates/counts": V,
    "GET /api/duplicates/{match_id}": V,
    "POST /api/duplicates/{match_id}/merge": R,
    "POST /api/duplicates/{match_id}/distinct": R,
    "POST /api/duplicates/{match_id}/skip": R,
    "GET /api/operations": V,
    "GET /api/operations/{operation_id}": V,
    "GET /api/operations/{operation_id}/kept": V,
    "POST /api/operations/{operation_id}/undo": R,
    "GET /api/suppressions": V,
    "POST /api/suppressions": A,
    "DELETE /api/suppressions/{suppression_id}": A,
    "GET /api/exports": R,
    "GET /api/events": V,
    "GET /": V,
    "GET /debug/routes": V,
    "GET /openapi.json": V,
    "GET /docs": V,
    "GET /health": OPEN,
    "GET /login": OPEN,
    "POST /login": OPEN,
    "POST /logout": OPEN,
    "MOUNT /static": OPEN,
    f"GET {UI}/static/{{version}}/{{name:path}}": OPEN,
    f"POST {UI}/theme": V,
    f"GET {UI}/help": V,
    f"GET {UI}/leads-dashboard-ui": V,
    f"GET {UI}/leads/counts": V,
    f"GET {UI}/leads/rows": V,
    f"GET {UI}/leads/new": R,
    f"POST {UI}/leads/new": R,
    f"GET {UI}/leads/{{lead_id}}": V,
    f"POST {UI}/leads/{{lead_id}}/status": R,
    f"POST {UI}/leads/{{lead_id}}/delete": R,
    f"POST {UI}/leads/{{lead_id}}/split": R,
    f"GET {UI}/duplicates": V,
    f"GET {UI}/duplicates/{{match_id}}": V,
    f"POST {UI}/duplicates/{{match_id}}": R,
    f"GET {UI}/imports": V,
    f"POST {UI}/imports": A,
    f"GET {UI}/imports/{{run_id}}": V,
    f"POST {UI}/imports/{{run_id}}/plan": A,
    f"POST {UI}/imports/{{run_id}}/apply": A,
    f"GET {UI}/runs": V,
    f"POST {UI}/runs": A,
    f"GET {UI}/runs/{{run_id}}": V,
    f"POST {UI}/runs/{{run_id}}/pause": A,
    f"POST {UI}/runs/{{run_id}}/resume": A,
    f"POST {UI}/runs/{{run_id}}/cancel": A,
    f"POST {UI}/runs/{{run_id}}/replay": A,
    f"POST {UI}/runs/{{run_id}}/accept": R,
    f"POST {UI}/runs/{{run_id}}/discard": R,
    f"GET {UI}/scraping": V,
    f"GET {UI}/alarms/{{alarm_id}}": V,
    f"GET {UI}/schedules": V,
    f"POST {UI}/schedules": A,
    f"GET {UI}/schedules/{{schedule_id}}": V,
    f"POST {UI}/schedules/{{schedule_id}}": A,
    f"POST {UI}/schedules/{{schedule_id}}/run": A,
    f"POST {UI}/schedules/{{schedule_id}}/pause": A,
    f"POST {UI}/schedules/{{schedule_id}}/resume": A,
    f"POST {UI}/schedules/{{schedule_id}}/delete": A,
    f"GET {UI}/sources": V,
    f"POST {UI}/sources": A,
    f"GET {UI}/sources/new": A,
    f"POST {UI}/sources/import": A,
    f"POST {UI}/sources/trial": A,
    f"GET {UI}/sources/trial/{{run_id}}": V,
    f"GET {UI}/sources/{{slug}}": A,
    f"POST {UI}/sources/{{slug}}": A,
    f"POST {UI}/sources/{{slug}}/run": A,
    f"POST {UI}/sources/{{slug}}/delete": A,
    f"GET {UI}/activity": V,
    f"GET {UI}/{{_:path}}": V,
    f"POST {UI}/operations/{{operation_id}}/undo": R,
}
"""Each route and the least role that may use it; a route that is missing here fails a test."""


@pytest.fixture
def callers(database: Database, keys: dict[Role, str]) -> dict[str, str | None]:
    """The secrets of all kinds of callers: three roles, and three who have no key in force."""
    with database.write() as db:
        revoked = add_key(db, "gone", Role.ADMIN)
        revoke_key(db, find_keys(db)[-1].id)
    nobodies = {"anonymous": None, "garbage": "lk_garbage", "revoked": revoked}
    return {**{str(role): secret for role, secret in keys.items()}, **nobodies}


def test_every_route_is_in_the_table(settings: Settings) -> None:
    assert set(_routes(settings)) == set(NEEDED)


def test_every_route_admits_exactly_whom_it_should(
    settings: Settings, client: TestClient, callers: dict[str, str | None]
) -> None:
    wrong = {}
    for route in _routes(settings):
        needed = NEEDED.get(route, A)
        for caller, secret in callers.items():
            status = _ask(client, route, secret)
            expected = _expected(needed, caller)
            if (status if status in {401, 403} else 200) != expected:
                wrong[f"{caller}: {route}"] = status

    assert wrong == {}


def _expected(needed: Role | None, caller: str) -> int:
    if needed is OPEN:
        return 200
    if caller not in set(Role):
        return 401
    return 200 if Role(caller).covers(needed) else 403


def _ask(client: TestClient, route: str, secret: str | None) -> int:
    """Ask as a caller; nobody waits for the end of a stream, so it begins at a wrong place."""
    method, path = route.split(" ")
    if method == "MOUNT":
        method, path = "GET", f"{path}/docs.js"
    for name in ("lead", "import", "run", "schedule", "operation", "suppression", "match", "alarm"):
        path = path.replace(f"{{{name}_id}}", "7")
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    query = {"after": "nowhere"} if path == "/api/events" else {}
    status: int = client.request(
        method, path, headers=headers, params=query, follow_redirects=False
    ).status_code
    # A wrong key typed into the form is 401 too, but not for want of a key.
    return 200 if path == "/login" and status == 401 else status


def _routes(settings: Settings) -> Iterator[str]:
    for context in iter_route_contexts(create_app(settings).routes):
        for method in sorted(context.methods or {"MOUNT"}):
            yield f"{method} {context.path.replace(':int}', '}')}"
