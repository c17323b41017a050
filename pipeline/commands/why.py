"""Tell why a lead is what it is: its records, the pairs it was in, who decided what."""

from argparse import ArgumentParser, Namespace

from pipeline.commands.context import Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_table
from pipeline.commands.why_document import why_document
from pipeline.leads.history import shown_values
from pipeline.matches.models import Match
from pipeline.provenance import name_cells
from pipeline.review.explanation import steps_of
from pipeline.review.why import Why, explain_lead


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which lead."""
    add_common_arguments(parser)
    parser.add_argument("lead", metavar="ID", type=int, help="the lead's id, a merged one's too")


def run(arguments: Namespace, context: Context) -> int:
    """Answer with the lead's whole history."""
    with open_store(context.settings) as database, database.read() as db:
        why = explain_lead(db, arguments.lead)
        name_cells(db, why.history.sightings)
    context.answer(why_document(why), lambda: _describe(why))
    return 0


def _describe(why: Why) -> str:
    history = why.history
    title = f"Lead {why.lead_id}, {history.lead.name}"
    if why.asked != why.lead_id:
        title = f"Lead {why.asked} lives on in lead {why.lead_id}, {history.lead.name}"
    parts = [f"{title}, seen {len(history.sightings)} times:", _sightings(why)]
    if why.merges:
        parts += ["Merged:", _merges(why)]
    if why.matches:
        parts += ["Compared with others:", *(_match(one) for one in why.matches)]
    return "\n\n".join([*parts, "Changed:", _changes(why)])


def _sightings(why: Why) -> str:
    headings = ("sighting", "source", "run", "row", "first seen", "last seen", "taken back by")
    return format_table(
        headings,
        [
            (
                *(str(one.id), one.source, _number(one.run_id), one.row),
                *(one.first_seen, one.last_seen, _number(one.withdrawn_by)),
            )
            for one in why.history.sightings
        ],
    )


def _merges(why: Why) -> str:
    rows = [
        (
            *(str(one.merge.loser_id), str(one.merge.winner_id), str(one.operation.id)),
            *(one.operation.actor, one.merge.at, _number(one.merge.split_by)),
        )
        for one in why.merges
    ]
    return format_table(("lead", "into", "operation", "by", "when", "split by"), rows)


def _match(match: Match) -> str:
    head = f"Leads {match.left_id} and {match.right_id}: {match.state}, {match.bits:+.1f} bits"
    by = f" by operation {match.operation_id}" if match.operation_id else ""
    lines = [f"  {step.reason.bits:+6.1f}  {step.text}" for step in steps_of(match)]
    return "\n".join([head + by, *lines])


def _changes(why: Why) -> str:
    rows = [
        (
            *(str(one.operation.id), one.operation.kind, one.operation.actor, one.change.at),
            ", ".join(name for name in shown_values(one.after) or {} if one.before is not None),
        )
        for one in why.history.entries
    ]
    return format_table(("operation", "kind", "by", "when", "fields"), rows)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
