"""Find the rows of any file that are one person or company; no row and no column is lost.

The file is written anew with three more columns: cluster, confidence and reasons. No database
is needed, and nothing leaves this computer.
"""

import shutil
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.commands.context import Context, add_json_argument
from pipeline.commands.dedupe_report import describe_summary
from pipeline.commands.reading_choices import add_reading_arguments, read_reading
from pipeline.commands.regions import read_region
from pipeline.commands.stages import open_stages
from pipeline.dedupe.features import MATCH_FIELDS
from pipeline.dedupe_file import merged
from pipeline.dedupe_file.output import FORMATS, as_bytes, output_header
from pipeline.dedupe_file.questions import HEADER, find_questions, question_rows
from pipeline.dedupe_file.service import Choices, Found, dedupe_table, output_rows
from pipeline.dedupe_file.summary import summarize
from pipeline.dedupe_file.table import Table, open_table
from pipeline.errors import InvalidInput
from pipeline.exports.whole_file import write_whole

STANDARD = "-"
_PACKED = frozenset({".gz", ".bz2", ".xz", ".zip", ".zst"})


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the file, what its columns are, the answers, and where to."""
    add_json_argument(parser)
    parser.add_argument("file", metavar="FILE", help="any file that can be imported; - reads stdin")
    parser.add_argument(
        "-o",
        "--out",
        "--output",
        metavar="FILE",
        help="a .csv, .xlsx or .jsonl file, or - (default: NAME-deduped.csv beside the file)",
    )
    parser.add_argument(
        "--map",
        dest="columns",
        action="append",
        default=[],
        metavar="FIELD=COLUMN,…",
        help="the columns to compare, and no others (default: a guess, which is told); fields are "
        f"{', '.join(MATCH_FIELDS)}; may be repeated, a field too",
    )
    parser.add_argument(
        "--id", metavar="COLUMN", default="", help="what names a row in pairs (default: a guess)"
    )
    parser.add_argument(
        "--answers",
        metavar="FILE",
        help="what you know of pairs: id_a,id_b,match with 1 or 0; ids are rows' numbers where "
        "no column names them",
    )
    parser.add_argument(
        "--pairs", metavar="FILE", help="write the doubtful pairs here, to fill in as answers"
    )
    parser.add_argument(
        "--limit", type=int, metavar="N", help="no more than so many doubtful pairs"
    )
    parser.add_argument(
        "--merged", metavar="FILE", help="write one row per cluster here, blanks filled from all"
    )
    parser.add_argument(
        "--at-least",
        type=float,
        default=0.5,
        metavar="P",
        help="join pairs of at least this probability (default: 0.5; 0.99 joins the sure ones)",
    )
    parser.add_argument("--region", default="", help="the country of phones without one, as DE")
    add_reading_arguments(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Write the file and, if asked for, the doubtful pairs; tell what came of it."""
    began = time.perf_counter()
    target = _choose_target(arguments, context)
    choices = _read_choices(arguments, context)
    with (
        _open_source(arguments.file) as source,
        open_stages() as tell,
        open_table(source, read_reading(arguments)) as table,
    ):
        found = dedupe_table(table, choices, tell)
        tell("writing", len(found.clusters))
        header, renamed = output_header(table, found.width)
        _write(target, as_bytes(target, header, output_rows(table, found)))
        summary = summarize(table, found, renamed) | {"file": str(target)}
        if arguments.merged:
            summary |= _write_merged(Path(arguments.merged), table, found)
        if arguments.pairs:
            summary |= _write_questions(Path(arguments.pairs), table, found, arguments.limit)
    summary["seconds"] = round(time.perf_counter() - began, 3)
    if str(target) == STANDARD:
        context.tell(describe_summary(arguments.file, summary))
    else:
        context.answer(summary, lambda: describe_summary(arguments.file, summary))
    return 0


def _choose_target(arguments: Namespace, context: Context) -> Path:
    """Give the file to write, which is none of those that are read."""
    given = arguments.out
    if given is None and arguments.file == STANDARD:
        raise InvalidInput("Standard input has no name to write beside: name a file with -o.")
    if given == STANDARD and context.as_json:
        raise InvalidInput("--json answers on standard output; name a file with -o.")
    target = Path(given) if given else _beside(Path(arguments.file))
    written = [Path(name) for name in (target, arguments.pairs, arguments.merged) if name]
    _require_writable([arguments.file, arguments.answers], written)
    return target


def _require_writable(read: Iterable[str | None], written: Iterable[Path]) -> None:
    """Make sure that each file to write is of a known format, and none of the others."""
    taken = {Path(name).absolute() for name in read if name}
    for path in (path for path in written if str(path) != STANDARD):
        if path.suffix and path.suffix.lower() not in FORMATS:
            raise InvalidInput(f"{path}: give a file that ends with {', '.join(FORMATS)}.")
        if path.absolute() in taken:
            raise InvalidInput(f"{path} would be overwritten: name another file.")
        taken.add(path.absolute())


def _beside(file: Path) -> Path:
    name = Path(file.stem) if file.suffix.lower() in _PACKED else Path(file.name)
    return file.with_name(f"{name.stem}-deduped.csv")


def _read_choices(arguments: Namespace, context: Context) -> Choices:
    if not 0 < arguments.at_least < 1:
        raise InvalidInput(f"--at-least {arguments.at_least}: give a number between 0 and 1.")
    if arguments.limit is not None and arguments.limit < 0:
        raise InvalidInput(f"--limit {arguments.limit}: give how many pairs to ask.")
    return Choices(
        columns=arguments.columns,
        id_column=arguments.id,
        region=read_region(arguments.region) or context.settings.default_region,
        answers=Path(arguments.answers) if arguments.answers else None,
        at_least=arguments.at_least,
    )


@contextmanager
def _open_source(name: str) -> Iterator[Path]:
    if name != STANDARD:
        yield Path(name)
        return
    with TemporaryDirectory(prefix="leads-") as folder:
        path = Path(folder) / "stdin.csv"
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield path


def _write(target: Path, chunks: Iterable[bytes]) -> None:
    if str(target) == STANDARD:
        sys.stdout.buffer.writelines(chunks)
    else:
        write_whole(target, chunks)


def _write_merged(path: Path, table: Table, found: Found) -> dict[str, Any]:
    header, _ = output_header(table, found.width, merged.ADDED)
    write_whole(path, as_bytes(path, header, merged.merged_rows(table, found)))
    return {"merged_file": str(path)}


def _write_questions(path: Path, table: Table, found: Found, limit: int | None) -> dict[str, Any]:
    questions = find_questions(found, limit)
    write_whole(path, as_bytes(path, HEADER, question_rows(table, found, questions)))
    return {"pairs_file": str(path), "pairs_written": len(questions)}
