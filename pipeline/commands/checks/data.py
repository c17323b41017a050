"""Whether the data holds together: files of runs, their accounting, the exact keys of leads."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.commands.checks.finding import Finding
from pipeline.dedupe.models import LeadFeatures
from pipeline.leads.keys import lead_hashes
from pipeline.leads.models import Lead, LeadKey
from pipeline.runs.ledger import OPEN_STATES, find_open_runs
from pipeline.runs.models import RowOutcome, Run
from pipeline.runs.service import is_balanced
from pipeline.settings import Settings

MAX_SHOWN = 10
SLICE = 50_000
"""Leads whose keys are compared at once. Each slice costs one pass over all keys."""

_KEY_COLUMNS = (Lead.id, Lead.email, Lead.phone, Lead.other_emails, Lead.other_phones)


def check_waiting(db: Session, *, engine_is_up: bool) -> Finding:
    """Whether any run waits although nobody works on it."""
    waiting = [] if engine_is_up else [run_id for run_id, _ in find_open_runs(db)]
    if not waiting:
        return Finding("open runs", True, "none that waits for nobody")
    advice = f"Run: leads resume {waiting[0]}, or leads up"
    return Finding("open runs", False, f"interrupted: {_list(waiting)}", advice)


def check_spool(db: Session, settings: Settings) -> Finding:
    """Whether every import that is still to be done has its file."""
    query = select(Run.id, Run.file_path).where(Run.kind == "import", Run.state.in_(OPEN_STATES))
    paths = {run_id: settings.spool / str(name) for run_id, name in db.execute(query)}
    missing = [run_id for run_id, path in paths.items() if not path.exists()]
    if missing:
        advice = f"Run: leads cancel {missing[0]}, then import the file again"
        return Finding("spool", False, f"no file for runs {_list(missing)}", advice)
    return Finding("spool", True, f"{len(paths)} files of open imports, all there")


def check_accounting(db: Session) -> Finding:
    """Whether each finished run's rows all have exactly one outcome."""
    counts = select(RowOutcome.run_id, func.count()).group_by(RowOutcome.run_id)
    listed = Counter({run_id: count for run_id, count in db.execute(counts)})  # noqa: C416 - typed pairs
    ended = db.scalars(select(Run).where(Run.state.in_(("finished", "inconsistent")))).all()
    wrong = [
        run.id
        for run in ended
        if run.state != "finished" or not is_balanced(run) or listed[run.id] != _rows_of(run)
    ]
    if wrong:
        advice = f"Run: leads runs {wrong[0]}; undo its operation and run it again"
        return Finding("accounting", False, f"runs do not balance: {_list(wrong)}", advice)
    return Finding("accounting", True, f"{len(ended):,} finished runs, all balance")


def check_keys(db: Session) -> Finding:
    """Whether each lead has exactly the keys of its e-mails and phones, and none has others'."""
    wrong: list[int] = []
    checked, last = 0, 0
    while leads := db.execute(
        select(*_KEY_COLUMNS).where(Lead.id > last).order_by(Lead.id).limit(SLICE)
    ).all():
        first, last = leads[0].id, leads[-1].id
        found = _keys_between(db, first, last)
        wrong += [lead.id for lead in leads if lead_hashes(lead._asdict()) != found[lead.id]]
        checked += len(leads)
    stray = select(LeadKey.lead_id).where(LeadKey.lead_id.not_in(select(Lead.id))).distinct()
    wrong += db.scalars(stray.order_by(LeadKey.lead_id)).all()
    if wrong:
        advice = "Restore a backup, or report this with the ids: it must not happen."
        return Finding("exact keys", False, f"wrong for leads {_list(wrong)}", advice)
    return Finding("exact keys", True, f"{checked:,} leads, all as their values say")


def check_index(db: Session, settings: Settings) -> Finding:
    """Whether every lead is in the index that new ones are matched by."""
    if settings.matching == "off":
        return Finding("matching", True, "switched off")
    leads = db.scalar(select(func.count()).select_from(Lead)) or 0
    indexed = (
        select(func.count()).select_from(Lead).join(LeadFeatures, LeadFeatures.lead_id == Lead.id)
    )
    missing = leads - (db.scalar(indexed) or 0)
    if missing:
        advice = "Run: leads resolve"
        return Finding("matching", False, f"{missing:,} of {leads:,} leads not looked at", advice)
    return Finding("matching", True, f"{leads:,} leads in the index")


def _rows_of(run: Run) -> int:
    """Give how many rows of a run have an outcome: an undo takes back leads and reads no rows."""
    return 0 if run.kind == "undo" else run.read


def _keys_between(db: Session, first: int, last: int) -> defaultdict[int, set[int]]:
    keys: defaultdict[int, set[int]] = defaultdict(set)
    query = select(LeadKey.lead_id, LeadKey.key).where(LeadKey.lead_id.between(first, last))
    for lead_id, key in db.execute(query):
        keys[lead_id].add(key)
    return keys


def _list(ids: Sequence[int]) -> str:
    return _join(ids[:MAX_SHOWN]) + (f" and {len(ids) - MAX_SHOWN:,} more" * (len(ids) > MAX_SHOWN))


def _join(ids: Iterable[int]) -> str:
    return ", ".join(map(str, ids))
