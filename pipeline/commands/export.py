"""Write leads out, safe to open in a spreadsheet and read back exactly by leads import."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.commands.context import Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.errors import InvalidInput
from pipeline.exports.leads import write_leads
from pipeline.exports.registry import EXPORTERS
from pipeline.exports.whole_file import write_whole
from pipeline.leads.models import STATUSES
from pipeline.leads.search import SORTS, Search

STANDARD_OUTPUT = "-"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which leads, in which format and order, and where to."""
    add_common_arguments(parser)
    formats = ", ".join(f"{name} ({exporter.title})" for name, exporter in EXPORTERS.items())
    parser.add_argument("--format", default="csv", choices=list(EXPORTERS), help=formats)
    parser.add_argument("--status", choices=STATUSES, help="only leads of this status")
    parser.add_argument("--source", metavar="NAME", help="only leads of this source")
    parser.add_argument("--run", metavar="ID", type=int, help="only leads that this run has seen")
    parser.add_argument(
        "--q",
        default="",
        metavar="WORDS",
        help="only leads with all these words in their name, e-mail, phone and company",
    )
    parser.add_argument(
        "--sort", default="added", help=f"{', '.join(SORTS)}; reversed by -: --sort=-added"
    )
    parser.add_argument(
        "-o",
        "--out",
        "--output",
        metavar="FILE",
        default=STANDARD_OUTPUT,
        help="default: -, standard output",
    )


def run(arguments: Namespace, context: Context) -> int:
    """Export the leads."""
    to_standard_output = arguments.out == STANDARD_OUTPUT
    if context.as_json and to_standard_output:
        raise InvalidInput("--json answers on standard output, so the leads need -o FILE.")
    with open_store(context.settings) as database:
        chunks = write_leads(database, arguments.format, _search(arguments))
        if to_standard_output:
            for chunk in chunks:
                sys.stdout.buffer.write(chunk)
            return 0
        path = Path(arguments.out)
        size = write_whole(path, chunks)
    context.answer(
        {"format": arguments.format, "file": str(path), "bytes": size},
        f"Wrote {path} ({size:,} bytes).",
    )
    return 0


def _search(arguments: Namespace) -> Search:
    return Search(
        status=arguments.status,
        text=arguments.q,
        source=arguments.source,
        run_id=arguments.run,
        sort=arguments.sort,
    )
