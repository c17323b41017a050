"""The API keeps every promise of its own description, under generated requests of all kinds."""

import schemathesis
from fastapi.testclient import TestClient
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from api.uploads import RAW_TYPES
from pipeline.access import Role
from pipeline.settings import Settings
from tests.parts.servers import open_client

EXAMPLES = 4
TEXT_TYPES = {"application/json", "text/csv", "text/tab-separated-values"}
FILE_TYPES = set(RAW_TYPES) - TEXT_TYPES
"""Types of files that schemathesis has no notion of; any bytes will do."""
CHECKS = {
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
    "use_after_free",
    "ensure_resource_availability",
    "ignored_auth",
}


@schemathesis.serializer(*FILE_TYPES)
def _as_bytes(_: object, value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def test_generated_requests_find_no_broken_promise(
    settings: Settings, keys: dict[Role, str]
) -> None:
    # The name by which schemathesis calls an app in this process.
    known = settings.model_copy(update={"allowed_hosts": "testserver"})

    with open_client(known) as client:
        failures, errors, checked = _run(client, keys[Role.ADMIN])

    assert failures == []
    assert errors == []
    assert checked >= CHECKS


def _run(client: TestClient, key: str) -> tuple[list[str], list[str], set[str]]:
    headers = {"Authorization": f"Bearer {key}"}
    config = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "headers": headers,
            "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"},
            # A stream of events has no end to wait for; its own tests read it.
            "operations": [{"include-path": "/api/events", "enabled": False}],
        }
    )
    schema = schemathesis.openapi.from_asgi(
        "/openapi.json", client.app, config=config, headers=headers
    )
    failures: list[str] = []
    errors: list[str] = []
    checked: set[str] = set()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            for check in (one for found in event.recorder.checks.values() for one in found):
                checked.add(check.name)
                if check.failure_info is not None:
                    told = check.failure_info
                    failures.append(f"{check.name}: {told.failure}\n{told.code_sample}")
        elif isinstance(event, events.NonFatalError | events.FatalError):
            errors.append(str(event))
    return failures, errors, checked
