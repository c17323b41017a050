"""The data folder belongs to one engine at a time."""

import json
from pathlib import Path

import pytest

from pipeline.errors import DataFolderHeld
from workers.folder import hold_folder, write_note


def test_a_second_engine_is_told_who_holds_the_folder_where_and_since_when(tmp_path: Path) -> None:
    with hold_folder(tmp_path):
        write_note(tmp_path, address="http://127.0.0.1:8000", broker="redis://x")
        note = json.loads((tmp_path / "engine.json").read_text())
        with pytest.raises(DataFolderHeld) as held, hold_folder(tmp_path):
            pass
    assert f"process {note['pid']} at http://127.0.0.1:8000, since {note['since']}" in str(
        held.value
    )


def test_an_engine_that_is_just_starting_holds_the_folder_too(tmp_path: Path) -> None:
    with (
        hold_folder(tmp_path),
        pytest.raises(DataFolderHeld, match="just starting"),
        hold_folder(tmp_path),
    ):
        pass


def test_a_freed_folder_can_be_held_again_and_tells_of_nobody(tmp_path: Path) -> None:
    with hold_folder(tmp_path):
        write_note(tmp_path, address="http://127.0.0.1:8000", broker="redis://x")
    assert not (tmp_path / "engine.json").exists()
    with hold_folder(tmp_path):
        pass


def test_only_its_owner_may_look_into_a_new_data_folder(tmp_path: Path) -> None:
    with hold_folder(tmp_path / "data"):
        assert (tmp_path / "data").stat().st_mode & 0o077 == 0
