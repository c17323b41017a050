"""Write leads out, safe to open in a spreadsheet and read back exactly by leads import."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pipeline.commands.context import Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.errors import InvalidInput
from pipeline.exports.leads import write_leads
from pipeline.exports.registry import EXPORTERS
from pipeline.leads.models import STATUSES


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which leads, in which format, and where to."""
    add_common_arguments(parser)
    parser.add_argument(
        "--format", default="csv", choices=list(EXPORTERS), help="excel is CSV with a mark for it"
    )
    parser.add_argument("--status", choices=STATUSES, help="only leads of this status")
    parser.add_argument("-o", "--output", metavar="FILE", help="default: standard output")


def run(arguments: Namespace, context: Context) -> int:
    """Export the leads."""
    if context.as_json and arguments.output is None:
        raise InvalidInput("--json answers on standard output, so the leads need -o FILE.")
    with open_store(context.settings) as database:
        chunks = write_leads(database, arguments.format, status=arguments.status)
        if arguments.output is None:
            for chunk in chunks:
                sys.stdout.buffer.write(chunk.encode())
            return 0
        path = Path(arguments.output)
        size = _write(path, chunks)
    context.answer(
        {"format": arguments.format, "file": str(path), "bytes": size},
        f"Wrote {path} ({size:,} bytes).",
    )
    return 0


def _write(path: Path, chunks: Iterable[str]) -> int:
    """Write a file that is there whole or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            size = sum(file.write(chunk.encode()) for chunk in chunks)
        part.replace(path)
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return size
