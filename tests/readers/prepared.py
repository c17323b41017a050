"""Preparing a file in a test, and reading all of it back."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.readers.files import FilePlan, prepare_file
from pipeline.records import RawRecord
from tests.imports import read_records


def read_file(
    folder: Path, content: bytes, reading: Mapping[str, Any] | None = None
) -> tuple[FilePlan, list[RawRecord]]:
    """Prepare a file, and give its plan and all of its records."""
    (folder / "given").write_bytes(content)
    plan, split = prepare_file(folder / "given", folder / "copy", 3, reading=reading or {})
    plan = FilePlan.from_json(json.loads(json.dumps(plan.to_json())))
    assert sorted(path.name for path in folder.iterdir()) == ["copy", "given"]
    found = [one for part in split.batches for one in read_records(folder / "copy", plan, part)]
    assert len(found) == split.rows
    return plan, found


def read_cells(
    folder: Path, content: bytes, reading: Mapping[str, Any] | None = None
) -> list[dict[str, str]]:
    """Give the filled cells of each row, by their columns."""
    return [dict(one.raw) for one in read_file(folder, content, reading)[1]]
