"""The API's description is complete: every operation says what it does, and shows it."""

from typing import Any

from fastapi.testclient import TestClient


def test_every_operation_is_described_and_shown_by_examples(client: TestClient) -> None:
    spec = client.get("/openapi.json").json()
    operations = {
        f"{method} {path}": operation
        for path, item in spec["paths"].items()
        for method, operation in item.items()
    }

    assert len(operations) >= 25
    assert [name for name, one in operations.items() if not _is_described(one)] == []
    assert [name for name, one in operations.items() if not _is_shown(spec, one)] == []


def _is_described(operation: dict[str, Any]) -> bool:
    return bool(operation.get("summary") and operation.get("description"))


def _is_shown(spec: dict[str, Any], operation: dict[str, Any]) -> bool:
    """Whether the body that is sent and the one that comes back each have an example."""
    answers = [answer for code, answer in operation["responses"].items() if code.startswith("2")]
    bodies = [operation.get("requestBody", {}), *answers]
    return all(_has_example(spec, body) for body in bodies if body.get("content"))


def _has_example(spec: dict[str, Any], node: object, seen: tuple[str, ...] = ()) -> bool:
    if isinstance(node, list):
        return any(_has_example(spec, one, seen) for one in node)
    if not isinstance(node, dict):
        return False
    if "example" in node or "examples" in node:
        return True
    name = str(node.get("$ref", "")).rpartition("/")[2]
    if name and name not in seen:
        return _has_example(spec, spec["components"]["schemas"][name], (*seen, name))
    return any(_has_example(spec, one, seen) for one in node.values())
