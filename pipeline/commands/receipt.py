"""Show an import's receipt: what became of its rows, and the hashes that prove it."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from pipeline.commands.context import Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_facts
from pipeline.receipts import Receipt, issue_receipt
from pipeline.records import Outcome


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which import."""
    add_common_arguments(parser)
    parser.add_argument("run", metavar="RUN", type=int, help="its number, as leads runs shows it")


def run(arguments: Namespace, context: Context) -> int:
    """Answer with the receipt; 1 if its accounting does not balance."""
    with open_store(context.settings) as database:
        receipt = issue_receipt(database, arguments.run)
    context.answer(asdict(receipt), lambda: _describe(receipt))
    return 0 if receipt.balanced else 1


def _describe(receipt: Receipt) -> str:
    counts = [(str(outcome), getattr(receipt, outcome.value)) for outcome in Outcome]
    facts = (
        ("import", str(receipt.run)),
        ("state", receipt.state + (" (a plan)" if receipt.plan else "")),
        ("file", receipt.file_name),
        ("bytes", receipt.bytes),
        ("SHA-256", receipt.sha256),
        ("read", receipt.read),
        *counts,
        ("balanced", receipt.balanced),
        ("outcome SHA-256", receipt.outcome_sha256),
        ("encoding", receipt.reading.get("encoding")),
        ("requested", f"{receipt.requested_at:%Y-%m-%d %H:%M:%S} UTC by {receipt.requested_by}"),
        ("ended", f"{receipt.finished_at:%Y-%m-%d %H:%M:%S} UTC"),
    )
    return format_facts(facts)
