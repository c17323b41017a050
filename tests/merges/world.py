"""Random leads to which random things are done, and a simple model of what must come of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.dialects import serialize_writers
from pipeline.database.engine import Database
from pipeline.edits import merge_into_lead
from pipeline.errors import Conflict
from pipeline.leads.schemas import LeadCreate
from pipeline.leads.service import create_lead, delete_lead, update_lead_status
from pipeline.merges.models import Merge
from pipeline.merges.service import merge_all, split_lead
from pipeline.operations.folding import fold_back
from pipeline.operations.ledger import find_lead_changes
from pipeline.operations.models import Operation
from pipeline.operations.reversals import UndoReport
from pipeline.settings import Settings
from pipeline.undo.service import take_back
from tests.imports import import_text
from tests.merges.reading import State, check_state, contacts_of, head_of, read_state

PEOPLE = 30
MOST_LEADS = 40
STATUSES = ("new", "contacted", "qualified", "disqualified")


@dataclass
class Model:
    """What a person would expect: who is a part of whom, and each lead's own status.

    ``own`` are the statuses that a lead would have if nothing had ever been merged, ``before``
    those that an operation found. ``as_merged`` is each merged lead as it was just before.
    """

    parents: dict[int, int] = field(default_factory=dict)
    own: dict[int, str] = field(default_factory=dict)
    before: dict[tuple[int, int], str] = field(default_factory=dict)
    as_merged: dict[int, tuple[Any, Any]] = field(default_factory=dict)

    def set_status(self, operation: int, lead_id: int, status: str) -> None:
        """Note that an operation gave a lead a status."""
        self.before.setdefault((operation, lead_id), self.own[lead_id])
        self.own[lead_id] = status

    def members(self, lead_id: int) -> set[int]:
        """Give a lead and all that live on in it."""
        known = {lead_id, *self.parents}
        return {one for one in known if one == lead_id or lead_id in self.above(one)}

    def above(self, lead_id: int) -> Iterator[int]:
        """Give the lead that a lead was merged into, the one that this was merged into, …."""
        while lead_id in self.parents:
            lead_id = self.parents[lead_id]
            yield lead_id


class World:
    """A database, a model of it, and the steps that can be taken in it."""

    def __init__(self, database: Database, settings: Settings, seed: int) -> None:
        self.random = Random(seed)
        self.model = Model()
        self.steps = 0
        self.doing = "nothing yet"
        self._database = database
        self._settings = settings
        self._news = 0
        self._told: list[tuple[int, int, Any]] = []
        self.state = self._write(read_state)

    def step(self) -> str:
        """Take a random step and check all that must hold; give its name."""
        steps: list[tuple[int, Callable[[], object]]] = [
            (16 if len(self.state.leads) < MOST_LEADS else 2, self.create),
            (6, self.import_file),
            (14, self.change_status),
            (8, self.edit),
            (20, self.merge),
            (12, self.split),
            (24, self.undo),
            (4, self.delete),
        ]
        weights = [weight for weight, _ in steps]
        step = self.random.choices([one for _, one in steps], weights)[0]
        self.doing = step.__name__
        step()
        self.steps += 1
        self._check_history()
        return self.doing

    def create(self) -> None:
        """Enter a lead."""
        entered = self._entered(status=self.random.choice(STATUSES))
        lead_id = self._write(lambda db: create_lead(db, entered).id)
        self.model.own[lead_id] = entered.status
        self._look()

    def import_file(self) -> None:
        """Import a few rows, of people known and unknown."""
        rows = [self._row() for _ in range(self.random.randint(1, 4))]
        text = "\n".join(["name,email,phone,title,Tags,City,Address", *rows, ""])
        import_text(self._database, self._settings, text)
        self._look()
        self._adopt()

    def change_status(self) -> None:
        """Decide about a lead."""
        lead_id, status = self._any_living(), self.random.choice(STATUSES)
        if lead_id is None or self.state.leads[lead_id]["status"] == status:
            return
        self._write(lambda db: update_lead_status(db, lead_id, status))
        self.model.set_status(self._last_operation(), lead_id, status)
        self._look()

    def edit(self) -> None:
        """Enter what is known of a lead once more, which joins it."""
        lead_id = self._any_living()
        if lead_id is None:
            return
        entered = self._entered(status="new")
        self._write(lambda db: merge_into_lead(db, lead_id, entered))
        self._look()

    def merge(self) -> None:
        """Merge a few leads in one operation."""
        alive = sorted(self.state.leads)
        self.random.shuffle(alive)
        pairs = []
        for _ in range(self.random.choice((1, 1, 1, 2, 4))):
            if len(alive) > 1:
                loser = alive.pop()
                pairs.append((self.random.choice(alive), loser))
        if not pairs:
            return
        before = self.state
        self._write(lambda db: merge_all(db, pairs))
        winners = set[int]()
        for winner, loser in pairs:
            self.model.parents[loser] = winner
            if loser not in winners:
                self.model.as_merged[loser] = (before.leads[loser], before.moments[loser])
            winners.add(winner)
        self._look()
        for head in {head_of(self.model.parents, winner) for winner, _ in pairs}:
            parts = {head} | {lo for _, lo in pairs if head_of(self.model.parents, lo) == head}
            kept = set[str]().union(*(contacts_of(before.leads[part]) for part in parts))
            assert contacts_of(self.state.leads[head]) == kept

    def split(self, lead_id: int | None = None) -> None:
        """Split a merged lead off."""
        possible = [
            one for one in sorted(self.model.parents) if self._head(one) in self.state.leads
        ]
        if not possible:
            return
        loser = self.random.choice(possible) if lead_id is None else lead_id
        before, head = self.state, self._head(loser)
        self._write(lambda db: split_lead(db, loser))
        for above in self.model.above(loser):
            # It will come back without this one.
            self.model.as_merged.pop(above, None)
        del self.model.parents[loser]
        self._look()
        now = self.state.leads
        kept = contacts_of(now[loser]) | contacts_of(now[head])
        assert contacts_of(before.leads[head]) <= kept
        if loser in self.model.as_merged:
            # Byte for byte, moments too, unless something was done to its own parts meanwhile.
            values, moment = self.model.as_merged.pop(loser)
            assert (now[loser], self.state.moments[loser]) == (values, moment)

    def delete(self) -> None:
        """Delete a lead."""
        lead_id = self._any_living()
        if lead_id is None:
            return
        self._write(lambda db: delete_lead(db, lead_id))
        self._look()

    def undo(self) -> None:
        """Take an operation back, and now and then that again, which must give all back."""
        before = self.state
        report = self._undo_one(self._draw_operation())
        if report is None or report.kept or self.random.random() < 0.4:
            return
        after = self.state
        again = self._undo_one(report.operation_id)
        assert again is not None
        if not again.kept:
            self._assert_same(self.state, before)
            third = self._undo_one(again.operation_id)
            if third is not None and not third.kept:
                self._assert_same(self.state, after)

    def split_all(self) -> None:
        """Split whatever is merged, in any order, and find each lead with its own status."""
        self.doing = "split_all"
        merged = sorted(one for one in self.model.parents if self._head(one) in self.state.leads)
        self.random.shuffle(merged)
        for lead_id in merged:
            self.split(lead_id)
        for lead_id, values in self.state.leads.items():
            assert (lead_id, values["status"]) == (lead_id, self.model.own[lead_id])

    def _undo_one(self, operation_id: int | None) -> UndoReport | None:
        if operation_id is None:
            return None
        try:
            report = self._write(lambda db: take_back(db, operation_id))
        except Conflict:
            return None
        assert isinstance(report, UndoReport)
        self._note_undo(report)
        self._look()
        return report

    def _note_undo(self, report: UndoReport) -> None:
        """Let the model be as an undo says that things are."""
        kept = {lead_id for lead_id, _ in report.kept}
        for (operation, lead_id), status in list(self.model.before.items()):
            if operation == report.undoes and lead_id not in kept:
                self.model.set_status(report.operation_id, lead_id, status)
        with self._database.read() as db:
            standing = db.execute(
                select(Merge.loser_id, Merge.winner_id).where(Merge.split_by.is_(None))
            )
            parents = {loser: winner for loser, winner in standing}  # noqa: C416 - typed pairs
        # An undo may do anything to the parts of a merged lead.
        self.model.as_merged.clear()
        self.model.parents = parents

    def _look(self) -> None:
        self.state = self._write(read_state)
        self._write(lambda db: check_state(db, self.state, self.model.parents))
        with self._database.read() as db:
            lead_id = self._any_living()
            if lead_id is not None:
                last = find_lead_changes(db, lead_id)[-1][0].id
                self._told.append((last, lead_id, self.state.leads[lead_id]))

    def _check_history(self) -> None:
        """Check that the ledger tells what a lead was at an earlier moment."""
        if not self._told:
            return
        last, lead_id, values = self.random.choice(self._told)
        with self._database.read() as db:
            changes = [change for change, _ in find_lead_changes(db, lead_id)]
        place = [change.id for change in changes].index(last)
        present = self.state.leads.get(lead_id)
        assert _as_of(present, changes, place) == dict(values)

    def _adopt(self) -> None:
        for lead_id, values in self.state.leads.items():
            self.model.own.setdefault(lead_id, values["status"])

    def _draw_operation(self) -> int | None:
        query = select(Operation.id).where(Operation.undone_by.is_(None), Operation.changes > 0)
        with self._database.read() as db:
            ids = list(db.scalars(query.order_by(Operation.id.desc()).limit(25)))
        return self.random.choice(ids) if ids else None

    def _last_operation(self) -> int:
        with self._database.read() as db:
            return db.scalars(select(Operation.id).order_by(Operation.id.desc()).limit(1)).one()

    def _any_living(self) -> int | None:
        alive = sorted(self.state.leads)
        return self.random.choice(alive) if alive else None

    def _head(self, lead_id: int) -> int:
        return head_of(self.model.parents, lead_id)

    def _entered(self, *, status: str) -> LeadCreate:
        person = self.random.randrange(PEOPLE)
        return LeadCreate.model_validate(
            {
                "name": f"Person {person}",
                "email": self._email(person),
                "phone": self._phone() if self.random.random() < 0.5 else None,
                "source": self.random.choice(("Fair", "Web", "Referral")),
                "status": status,
            }
        )

    def _row(self) -> str:
        person = self.random.randrange(PEOPLE)
        phone = self._phone() if self.random.random() < 0.4 else ""
        title = self.random.choice(("", "CEO", "Chair", "Engineer"))
        tags = self.random.choice(("", "red", "blue; red", "green"))
        place = self.random.choice((",", "Bern,", "Rome,Via Roma 1", "Oslo,Gate 2"))
        return f"Person {person},{self._email(person)},{phone},{title},{tags},{place}"

    def _email(self, person: int) -> str:
        return f"p{person}{self.random.choice(('', '', 'b', 'c'))}@acme-tools.com"

    def _phone(self) -> str:
        self._news += 1
        return f"+1 202 555 {self._news % 100 + 100:04d}"

    def _assert_same(self, now: State, then: State) -> None:
        assert now.leads == then.leads
        assert now.keys == then.keys
        assert now.sightings == then.sightings
        assert now.withdrawn == then.withdrawn

    def _write(self, work: Callable[[Session], Any]) -> Any:
        def locked(db: Session) -> Any:
            serialize_writers(db)
            return work(db)

        return self._database.transact(locked, actor="world")


def _as_of(present: Any, changes: list[Any], place: int) -> Any:
    """Give a lead's values right after one of its changes, as the ledger tells them."""
    state = present
    for change in reversed(changes[place + 1 :]):
        state = fold_back(state, change)
    origins = {name: origin for name, origin in state["origins"].items() if origin}
    return {**state, "origins": origins}
