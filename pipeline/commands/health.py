"""Show how all sources are: their last runs, fill rates, politeness, and what is wrong."""

from argparse import ArgumentParser, Namespace

from pipeline.commands.context import Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_table
from pipeline.watching.health import SourceHealth, find_health

_HEADINGS = ("source", "state", "why", "records", "fields", "polite", "next due")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare nothing of its own."""
    add_common_arguments(parser)


def run(_: Namespace, context: Context) -> int:
    """Answer with one line a source, the worst first."""
    with open_store(context.settings) as database, database.read() as db:
        found = find_health(db)
    context.answer(
        [_document(one) for one in found],
        lambda: format_table(_HEADINGS, map(_row, found)) if found else "There are no sources.",
    )
    return 0


def _row(one: SourceHealth) -> tuple[object, ...]:
    rates = {name: rates[-1] for name, rates in one.rates.items() if rates}
    fields = " ".join(f"{name} {round(100 * rate)}%" for name, rate in rates.items() if rate)
    records = one.records[-1] if one.records else ""
    return one.slug, one.state, one.reason, records, fields, _politeness(one), one.due_at


def _politeness(one: SourceHealth) -> str:
    if one.compliance is None or not one.compliance.requests:
        return ""
    wrong = len(one.compliance.violations)
    return "yes" if one.compliance.is_compliant else f"{wrong} of {one.compliance.requests} wrong"


def _document(one: SourceHealth) -> dict[str, object]:
    return {
        "source": one.slug,
        "title": one.title,
        "state": one.state,
        "reason": one.reason,
        "last_run": one.last_run.id if one.last_run else None,
        "records": list(one.records),
        "rates": {name: list(rates) for name, rates in one.rates.items()},
        "due_at": one.due_at,
        "open_alarms": one.open_alarms,
        "requests_checked": one.compliance.requests if one.compliance else 0,
        "impolite_requests": len(one.compliance.violations) if one.compliance else 0,
    }
