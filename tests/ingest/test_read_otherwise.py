"""The same file read in another way says something else; read in the same way, nothing new."""

from typing import Any

import pytest

from pipeline.database.engine import Database
from pipeline.imports import ImportChoices
from pipeline.settings import Settings
from tests.imports import counts, find_leads, import_text

FILE = "name,email,phone,Position\nAnn Lee,ann@acme-tools.com,030 901820,Buyer\n"


@pytest.mark.parametrize(
    ("options", "field", "value"),
    [
        (
            {"choices": ImportChoices(columns={"Position": "custom"})},
            "custom",
            {"Position": "Buyer"},
        ),
        ({"region": "DE"}, "phone", "+4930901820"),
        (
            {"choices": ImportChoices(fixes=[("title", "Buyer", "Head of Buying")])},
            "title",
            "Head of Buying",
        ),
    ],
)
def test_another_reading_of_the_same_file_is_taken_over(
    database: Database, settings: Settings, options: dict[str, Any], field: str, value: object
) -> None:
    import_text(database, settings, FILE)

    again = import_text(database, settings, FILE)
    otherwise = import_text(database, settings, FILE, **options)

    assert counts(again) == {"unchanged": 1}
    assert counts(otherwise) == {"updated": 1}
    with database.read() as db:
        assert getattr(find_leads(db)[0], field) == value


def test_the_same_file_by_another_rule_is_taken_over(
    database: Database, settings: Settings
) -> None:
    changed = FILE.replace("Buyer", "CEO")
    import_text(database, settings, FILE)

    careful = ImportChoices(rules={"title": "fill"})
    assert counts(import_text(database, settings, changed, choices=careful)) == {"unchanged": 1}
    assert counts(import_text(database, settings, changed)) == {"updated": 1}
    with database.read() as db:
        assert find_leads(db)[0].title == "CEO"
