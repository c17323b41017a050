"""Resolution through the real door: files are imported, and their leads are matched behind them."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.imports import ImportChoices
from pipeline.leads.models import Lead
from pipeline.matches.models import Match
from pipeline.merges.models import Merge
from pipeline.operations.models import Operation
from pipeline.runs.models import Run
from pipeline.settings import Settings
from tests.imports import counts, find_leads, import_rows, import_text

KATHARINE = "Katharine Oyelaran,k.oyelaran@brightwater-pumps.com,+44 20 7946 0018,Brightwater Pumps"
KATE = "Kate Oyelaran,kate.oyelaran@gmail.com,+44 20 7946 0018,Brightwater Pumps Ltd"
STRANGER = "Tomasz Wieczorek,t.wieczorek@nordwind.pl,+48 22 555 01 33,Nordwind"


def states(db: Session) -> list[str]:
    return list(db.scalars(select(Match.state).order_by(Match.id)))


def test_one_person_in_two_files_becomes_one_lead(
    database: Database, settings: Settings, strangers: int
) -> None:
    first = import_rows(database, settings, [KATHARINE, STRANGER])
    second = import_rows(database, settings, [KATE])

    assert (first.state, second.state) == ("finished", "finished")
    assert counts(second) == {"created": 1}
    assert (second.resolved, second.merged, second.to_review) == (1, 1, 0)
    with database.read() as db:
        leads = find_leads(db)[strangers:]
        assert len(leads) == len([KATHARINE, STRANGER])
        assert {leads[0].email, *leads[0].other_emails} == {
            "k.oyelaran@brightwater-pumps.com",
            "kate.oyelaran@gmail.com",
        }
        merge = db.scalars(select(Merge).order_by(Merge.id.desc()).limit(1)).one()
        assert (merge.winner_id, merge.loser_id) == (leads[0].id, leads[-1].id + 1)
        operation = db.get_one(Operation, merge.operation_id)
        assert (operation.kind, operation.run_id) == ("merge", second.id)
        assert states(db)[-1] == "merged"


def test_asked_to_review_only_matching_merges_nothing(
    database: Database, settings: Settings
) -> None:
    settings = settings.model_copy(update={"matching": "review"})
    import_rows(database, settings, [KATHARINE])

    run = import_rows(database, settings, [KATE])

    assert (run.resolved, run.merged, run.to_review) == (1, 0, 1)
    with database.read() as db:
        assert len(find_leads(db)) == 2
        assert states(db) == ["open"]


def test_switched_off_matching_looks_for_nobody(database: Database, settings: Settings) -> None:
    settings = settings.model_copy(update={"matching": "off"})
    import_rows(database, settings, [KATHARINE])

    run = import_rows(database, settings, [KATE])

    assert (run.state, run.resolved) == ("finished", 0)
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(Lead)) == 2
        assert states(db) == []


def test_a_date_of_birth_chosen_for_a_column_is_evidence(
    database: Database, settings: Settings, strangers: int
) -> None:
    choices = ImportChoices(columns={"Born": "birth_date", "Passport": "id_number"})
    rows = "Name,E-mail,Born,Passport\n{}\n"

    def enter(row: str) -> Run:
        return import_text(database, settings, rows.format(row), choices=choices)

    enter("Katharine Oyelaran,katharine@gmx.net,1984-03-09,X4471902B")
    assert enter("Katharine Oyelaran,ko84@web.de,09/03/1984,X 4471902 B").merged == 1
    other = enter("Katharine Oyelaran,kathi@posteo.de,1951-11-30,P9020114A")

    assert other.merged == 0
    with database.read() as db:
        first, second = find_leads(db)[strangers:]
        assert first.custom["birth_date"] == "09/03/1984"
        assert second.custom["id_number"] == "P9020114A"
