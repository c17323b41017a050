"""What was chosen for the columns of files. The next file with the same header is read by it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from sqlalchemy.orm import Session

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_table
from pipeline.database.engine import Database
from pipeline.errors import InvalidInput
from pipeline.mappings.choosing import require_named
from pipeline.mappings.models import SavedMapping
from pipeline.mappings.service import (
    change_mapping,
    find_mappings,
    remove_mapping,
    require_mapping,
)
from pipeline.readers.mapping import kind_word


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the four acts."""
    acts = parser.add_subparsers(metavar="ACT", required=True)
    listing = acts.add_parser("list", help="list saved and remembered mappings")
    listing.add_argument("--limit", type=int, default=50, help="how many (default: 50)")
    listing.set_defaults(act=_list)
    show = acts.add_parser("show", help="show what each column is")
    show.set_defaults(act=_show)
    change = acts.add_parser("change", help="name it, or let some columns be something else")
    change.set_defaults(act=_change)
    delete = acts.add_parser("delete", help="forget it: files like it are guessed again")
    delete.set_defaults(act=_delete)
    for act in (show, change, delete):
        act.add_argument("mapping", metavar="NAME", help="its name, or its number in the list")
    change.add_argument("--name", help="its new name")
    add_column_argument(change)
    for act in acts.choices.values():
        add_common_arguments(act)


def add_column_argument(parser: ArgumentParser) -> None:
    """Declare the choice of single columns' kinds."""
    parser.add_argument(
        "--column",
        dest="columns",
        action="append",
        default=[],
        metavar="COLUMN=KIND",
        help="what a column holds: a field (as email), contact, custom, ignore; may be repeated",
    )


def read_columns(given: Sequence[str]) -> dict[str, str]:
    """Read ``COLUMN=KIND`` for each column given.

    Raises:
        InvalidInput: one has no kind.
    """
    pairs = [text.rpartition("=") for text in given]
    for (column, sign, kind), text in zip(pairs, given, strict=True):
        if not (column and sign and kind):
            raise InvalidInput(f"{text!r} names no column with its kind; write it as Mail=email.")
    return {column.strip(): kind.strip() for column, _, kind in pairs}


def run(arguments: Namespace, context: Context) -> int:
    """Do the act that was asked for."""
    with open_store(context.settings) as database:
        arguments.act(arguments, context, database)
    return 0


def _list(arguments: Namespace, context: Context, database: Database) -> None:
    with database.read() as db:
        found = find_mappings(db, limit=max(arguments.limit, 1))
    rows = [(str(one.id), _title(one), len(one.header), one.used_at) for one in found]
    headings = ("id", "name", "columns", "used")
    context.answer(
        [_document(one) for one in found],
        lambda: format_table(headings, rows) if rows else "None so far.",
    )


def _show(arguments: Namespace, context: Context, database: Database) -> None:
    with database.read() as db:
        saved = _require(db, arguments.mapping)
    context.answer(_document(saved), lambda: _columns_table(saved))


def _change(arguments: Namespace, context: Context, database: Database) -> None:
    columns = read_columns(arguments.columns)

    def change(db: Session) -> SavedMapping:
        saved = _require(db, arguments.mapping)
        change_mapping(db, saved, name=arguments.name, columns=columns)
        return saved

    saved = database.transact(change, actor=ACTOR)
    context.answer(_document(saved), lambda: _columns_table(saved))


def _delete(arguments: Namespace, context: Context, database: Database) -> None:
    def delete(db: Session) -> int:
        saved = _require(db, arguments.mapping)
        remove_mapping(db, saved)
        return saved.id

    number = database.transact(delete, actor=ACTOR)
    context.answer({"deleted": number}, f"Mapping {number} is forgotten.")


def _require(db: Session, name: str) -> SavedMapping:
    return require_mapping(db, int(name)) if name.isdecimal() else require_named(db, name)


def _title(saved: SavedMapping) -> str:
    return saved.name or f"(as in {saved.file_name})"


def _columns_table(saved: SavedMapping) -> str:
    pairs = zip(saved.header, map(kind_word, saved.kinds), strict=True)
    return format_table(("column", "holds"), list(pairs))


def _document(saved: SavedMapping) -> dict[str, object]:
    pairs = zip(saved.header, map(kind_word, saved.kinds), strict=True)
    return {
        "id": saved.id,
        "name": saved.name,
        "file_name": saved.file_name,
        "columns": [{"name": name, "kind": kind} for name, kind in pairs],
        "created_at": saved.created_at,
        "used_at": saved.used_at,
    }
