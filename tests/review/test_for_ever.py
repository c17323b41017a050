"""Answers outrank rules through everything that can befall their leads afterwards."""

from pipeline.database.engine import Database
from pipeline.leads.models import Lead
from pipeline.leads.service import delete_lead
from pipeline.matches.models import MatchState
from pipeline.resolve.batches import request_resolution
from pipeline.review.acts import merge_pair, tell_apart
from pipeline.review.questions import Wanted, find_questions
from pipeline.settings import Settings
from pipeline.work import work_on_run
from tests.imports import find_leads, import_rows
from tests.matches.matching import find_matches

SURE = [
    "Katharina Brandt,katharina.brandt@brandt-optik.de,+49 30 901820,Brandt Optik",
    "Katharina Brandt,k.brandt@brandt-optik.de,+49 30 901821,Brandt Optik",
]
"""Two records that matching alone would call one person, or at least ask about."""


def living(database: Database) -> list[str | None]:
    with database.read() as db:
        return [lead.email for lead in find_leads(db)]


def resolve_again(database: Database, settings: Settings) -> None:
    with database.write("test") as db:
        run = request_resolution(db)
    while work_on_run(database, settings, run.id):
        pass


def ask(database: Database, settings: Settings) -> int:
    """Import two records of one person and let a person decide; give the match."""
    import_rows(database, settings.model_copy(update={"matching": "review"}), SURE)
    with database.read() as db:
        (question,) = find_questions(db, Wanted()).questions
        return question.match.id


def test_leads_told_apart_stay_two_through_resolutions_and_imports(
    database: Database, settings: Settings
) -> None:
    match_id = ask(database, settings)
    with database.write() as db:
        tell_apart(db, match_id)

    resolve_again(database, settings)
    import_rows(database, settings, [*SURE, "Bo Ray,bo@x-tools.org"])

    assert len(living(database)) == 3
    with database.read() as db:
        assert find_questions(db, Wanted()).questions == []
        assert [one.state for one in find_matches(db)] == [MatchState.DISTINCT]


def test_leads_told_apart_stay_two_though_deleted_and_imported_again(
    database: Database, settings: Settings
) -> None:
    match_id = ask(database, settings)
    with database.write() as db:
        tell_apart(db, match_id)
        for lead in find_leads(db):
            delete_lead(db, lead.id)

    import_rows(database, settings, SURE)
    resolve_again(database, settings)

    assert len(living(database)) == 2
    with database.read() as db:
        assert find_questions(db, Wanted()).questions == []


def test_leads_called_one_are_merged_again_though_deleted_and_imported_again(
    database: Database, settings: Settings
) -> None:
    match_id = ask(database, settings)
    with database.write() as db:
        merge_pair(db, match_id)
        (lead,) = find_leads(db)
        delete_lead(db, lead.id)

    # Even where rules only ask, what a person has said is done.
    import_rows(database, settings.model_copy(update={"matching": "review"}), SURE)

    assert len(living(database)) == 1


def test_an_open_question_is_about_what_its_leads_are_after_an_import(
    database: Database, settings: Settings
) -> None:
    match_id = ask(database, settings)
    with database.read() as db:
        before = find_matches(db)[0].bits
        right = db.get_one(Lead, find_matches(db)[0].right_id)

    quiet = settings.model_copy(update={"matching": "review"})
    import_rows(database, quiet, [f"Katharina Brandt,{right.email},+49 30 901820,Brandt Optik"])

    with database.read() as db:
        match = next(one for one in find_matches(db) if one.id == match_id)
        assert match.state == MatchState.OPEN
        assert match.bits != before
