"""A store with some hundred strangers, as rare values are rare only among many."""

import csv
import io

import pytest

from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.imports import import_text
from tests.made_leads import COLUMNS, make_leads

STRANGERS = 250


@pytest.fixture
def strangers(database: Database, settings: Settings) -> int:
    """Import people who are nobody's duplicates; give how many leads there are then."""
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS)
    rows.writeheader()
    rows.writerows(one.values for one in make_leads(STRANGERS, seed=11, duplicates=0.0))
    run = import_text(database, settings, text.getvalue())
    assert run.state == "finished"
    return run.created - run.merged
