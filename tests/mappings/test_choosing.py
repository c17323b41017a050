"""What a person chose for a file's columns holds for the next file with the same header."""

import pytest

from pipeline.database.engine import Database
from pipeline.errors import Conflict, InvalidInput, NotFound
from pipeline.imports import ImportChoices
from pipeline.mappings.choosing import choose_mapping, fingerprint_header
from pipeline.mappings.service import add_mapping, change_mapping, find_mappings, remove_mapping
from pipeline.readers.mapping import REMEMBERED, SAVED, Mapping
from pipeline.runs.models import Run
from pipeline.settings import Settings
from tests.imports import find_leads, import_text

HEADER = ["Who", "Reach", "Team"]
GUESSED = Mapping(HEADER, ["", "", ""])
PEOPLE = "Who,Reach,Team\nAnn Lee,ann@example.com,North\n"
CHOSEN = ImportChoices(columns={"Who": "name", "Reach": "email", "Team": "company"})


def mapping_of(run: Run) -> Mapping:
    return Mapping.from_json(run.params["mapping"])


def test_the_next_file_with_the_same_header_is_read_as_the_last_was(
    database: Database, settings: Settings
) -> None:
    first = import_text(database, settings, PEOPLE, choices=CHOSEN)
    again = import_text(database, settings, PEOPLE.replace("Ann", "Eve").replace("ann@", "eve@"))

    assert list(mapping_of(first).kinds) == ["name", "email", "company"]
    assert mapping_of(again).kinds == ["name", "email", "company"]
    assert mapping_of(again).confidence == [1.0, 1.0, 1.0]
    assert mapping_of(again).origin == REMEMBERED
    with database.read() as db:
        assert [(lead.name, lead.company) for lead in find_leads(db)] == [
            ("Ann Lee", "North"),
            ("Eve Lee", "North"),
        ]


def test_what_nobody_chose_is_not_remembered(database: Database, settings: Settings) -> None:
    import_text(database, settings, "Name,Email\nAnn,ann@example.com\n")
    with database.read() as db:
        assert find_mappings(db) == []


def test_a_file_without_a_header_is_not_known_again(database: Database, settings: Settings) -> None:
    choices = ImportChoices(columns={"column_3": "title"})
    import_text(database, settings, "Ann Lee,ann@example.com,Chef\n", choices=choices)
    with database.read() as db:
        assert find_mappings(db) == []


def test_choosing_again_corrects_what_is_remembered(database: Database, settings: Settings) -> None:
    import_text(database, settings, PEOPLE, choices=CHOSEN)
    run = import_text(database, settings, PEOPLE, choices=ImportChoices(columns={"Team": "custom"}))

    assert mapping_of(run).kinds == ["name", "email", ""]
    with database.read() as db:
        (saved,) = find_mappings(db)
        assert (saved.name, saved.file_name, saved.kinds) == (
            None,
            "people.csv",
            ["name", "email", ""],
        )


def test_a_saved_mapping_reads_a_file_with_other_columns_too(
    database: Database, settings: Settings
) -> None:
    with database.write("test") as db:
        add_mapping(db, "Fair", [("Who", "name"), ("REACH", "email"), ("Team", "custom")])

    text = "Job,Reach,Who\nChef,ann@example.com,Ann Lee\n"
    run = import_text(database, settings, text, choices=ImportChoices(mapping="Fair"))

    assert list(mapping_of(run).kinds) == ["title", "email", "name"]
    assert mapping_of(run).origin == SAVED


def test_a_file_without_the_chosen_column_fails_and_says_what_it_has(
    database: Database, settings: Settings
) -> None:
    run = import_text(
        database, settings, PEOPLE, choices=ImportChoices(columns={"Colour": "company"})
    )
    assert run.state == "failed"
    assert "'Colour'. It has: Who, Reach, Team." in str(run.error)


def test_what_cannot_be_chosen_is_refused_at_once(database: Database, settings: Settings) -> None:
    with pytest.raises(NotFound, match="There are: none"):
        import_text(database, settings, PEOPLE, choices=ImportChoices(mapping="Fair"))
    with pytest.raises(InvalidInput, match="no kind 'colour'"):
        import_text(database, settings, PEOPLE, choices=ImportChoices(columns={"Who": "colour"}))


def test_the_mapping_used_last_is_the_one_remembered(database: Database) -> None:
    columns = list(zip(HEADER, ("name", "email", "custom"), strict=True))
    with database.write("test") as db:
        first = add_mapping(db, "First", columns)
        second = add_mapping(db, "Second", [*columns[:2], ("Team", "company")])
        assert choose_mapping(db, GUESSED, columns={}).kinds == ["name", "email", "company"]

        change_mapping(db, first, columns={"team": "title"})
        assert choose_mapping(db, GUESSED, columns={}).kinds == ["name", "email", "title"]

        remove_mapping(db, first)
        assert choose_mapping(db, GUESSED, columns={}).kinds == second.kinds
        remove_mapping(db, second)
        assert choose_mapping(db, GUESSED, columns={}) == GUESSED


def test_a_mapping_that_shares_no_column_is_refused(database: Database) -> None:
    with database.write("test") as db:
        add_mapping(db, "Other", [("Nom", "name")])
        with pytest.raises(InvalidInput, match="none of the columns of the saved mapping 'Other'"):
            choose_mapping(db, GUESSED, name="Other", columns={})


def test_a_name_belongs_to_one_mapping(database: Database) -> None:
    columns = [("Who", "name")]
    with database.write("test") as db:
        saved = add_mapping(db, "Fair", columns)
        change_mapping(db, saved, name="Fair", columns={})
        with pytest.raises(Conflict):
            add_mapping(db, " Fair ", columns)
        for name in ("", "12", "x" * 201):
            with pytest.raises(InvalidInput):
                add_mapping(db, name, columns)
        with pytest.raises(InvalidInput):
            add_mapping(db, "Empty", [])
        with pytest.raises(InvalidInput):
            add_mapping(db, "Twice", [("Who", "name"), ("What", "name")])


def test_a_header_is_known_whatever_its_case_and_punctuation() -> None:
    assert fingerprint_header(["E-Mail", "Prénom"]) == fingerprint_header(["e mail:", "PRENOM"])
    assert fingerprint_header(["a", "b"]) != fingerprint_header(["b", "a"])
    assert fingerprint_header(["a", "b"]) != fingerprint_header(["a b"])
