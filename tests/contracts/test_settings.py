"""The settings and their documentation are one."""

import re
from pathlib import Path

import pytest

from pipeline.errors import StartRefused
from pipeline.settings import PREFIX, Settings

EXAMPLE = Path(".env.example").read_text().splitlines()
LINE = re.compile(rf"{PREFIX}([A-Z_]+)=(.*)")


def test_the_example_names_every_setting_once_and_no_other() -> None:
    named = [match[1].lower() for line in EXAMPLE if (match := LINE.fullmatch(line))]
    assert sorted(named) == sorted(Settings.model_fields)


def test_the_example_gives_the_defaults() -> None:
    given = {PREFIX + match[1]: match[2] for line in EXAMPLE if (match := LINE.fullmatch(line))}
    assert Settings.from_env(given) == Settings()


def test_every_setting_is_explained_above_it() -> None:
    explained = False
    for line in EXAMPLE:
        if LINE.fullmatch(line):
            assert explained, line
        else:
            explained = line.startswith("# ")


def test_settings_survive_the_way_through_the_environment() -> None:
    settings = Settings(data_dir=Path("/x"), port=0, fetch_delay_seconds=0.25, contact="a@b.c")
    assert Settings.from_env(settings.to_env()) == settings


@pytest.mark.parametrize(
    ("name", "value"), [("LEADS_PORT", "eighty"), ("LEADS_TYPO", "1"), ("LEADS_WORKERS", "0")]
)
def test_a_bad_setting_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(StartRefused, match=name):
        Settings.from_env({name: value})


def test_a_secret_in_a_setting_is_not_repeated_when_it_is_refused() -> None:
    with pytest.raises(StartRefused) as refused:
        Settings.from_env({"LEADS_PORT": "hunter2"})
    assert "hunter2" not in str(refused.value)
