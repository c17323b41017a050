"""The demonstration's talk with the engine, through the same doors as everyone's."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from pipeline.errors import EngineUnreachable

CHUNK_BYTES = 1 << 16

Answer = dict[str, Any]


class EngineClient:
    """The HTTP API as far as the demonstration needs it.

    Every method raises ``EngineUnreachable`` where the engine gives no answer or an error.
    """

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=30.0, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def upload(self, path: Path, query: Mapping[str, str]) -> int:
        """Stream a file into an import and give the run's id."""
        head = {"Content-Type": "text/csv"}
        body = _read_chunks(path)
        return int(
            self._ask("POST", "/api/imports", params=query, content=body, headers=head)["id"]
        )

    def scrape(self, source: str, params: Mapping[str, str | int]) -> int:
        """Request a scrape and give the run's id."""
        body = {"source": source, "params": params}
        return int(self._ask("POST", "/api/runs", json=body)["id"])

    def require_run(self, run_id: int) -> Answer:
        """Give a run as it stands now."""
        return dict(self._ask("GET", f"/api/runs/{run_id}"))

    def find_rejects(self, run_id: int) -> list[Answer]:
        """Give what kept rows of a run from becoming leads, in order of row."""
        query = {"severity": "error", "limit": "200"}
        return list(self._ask("GET", f"/api/runs/{run_id}/issues", params=query))

    def _ask(self, method: str, path: str, **request: Any) -> Any:
        try:
            answer = self._http.request(method, path, **request)
        except httpx.HTTPError as error:
            raise EngineUnreachable(f"The engine gives no answer: {error}.") from None
        if answer.is_error:
            raise EngineUnreachable(
                f"The engine answers {method} {path} with {answer.status_code}: {answer.text}"
            )
        return answer.json()


def _read_chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
