"""Saved mappings as people handle them: made, listed, changed, renamed and deleted."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import serialize_writers
from pipeline.errors import Conflict, InvalidInput, NotFound
from pipeline.mappings.choosing import fingerprint_header
from pipeline.mappings.models import MAX_NAME, SavedMapping
from pipeline.normalize.text import normalize_text
from pipeline.readers.headers import name_columns
from pipeline.readers.mapping import Mapping as ColumnMapping

MAX_COLUMNS = 1_000


def add_mapping(db: Session, name: str, columns: Sequence[tuple[str, str]]) -> SavedMapping:
    """Save a mapping under a name: each column of the file, in its order, with its kind.

    Raises:
        InvalidInput: the name is blank, too long or a number, there are no columns, a kind is
            none, or two columns are one field.
        Conflict: another mapping bears the name.
    """
    if not 0 < len(columns) <= MAX_COLUMNS:
        raise InvalidInput(f"A mapping has 1 to {MAX_COLUMNS:,} columns.")
    header = name_columns([column for column, _ in columns])
    kinds = dict(zip(header, (kind for _, kind in columns), strict=True))
    mapping = ColumnMapping(header, [""] * len(header)).remapped(kinds)
    saved = SavedMapping(
        name=_free_name(db, name),
        fingerprint=fingerprint_header(header),
        header=header,
        kinds=list(mapping.kinds),
    )
    db.add(saved)
    db.flush()
    return saved


def find_mappings(
    db: Session, *, before_id: int | None = None, limit: int = 50
) -> list[SavedMapping]:
    """Give saved mappings, the newest first, those older than ``before_id`` if given."""
    query = select(SavedMapping).order_by(SavedMapping.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(SavedMapping.id < before_id)
    return list(db.scalars(query))


def require_mapping(db: Session, mapping_id: int) -> SavedMapping:
    """Give a saved mapping.

    Raises:
        NotFound: there is no such mapping.
    """
    saved = db.get(SavedMapping, mapping_id)
    if saved is None:
        raise NotFound(f"There is no saved mapping {mapping_id}.")
    return saved


def change_mapping(
    db: Session, saved: SavedMapping, *, name: str | None = None, columns: Mapping[str, str]
) -> None:
    """Give a saved mapping another name, and some of its columns another kind.

    With other kinds, it is the one that the next file with its header is read by.

    Raises:
        InvalidInput: the name cannot be used, or there is no such column or kind.
        Conflict: another mapping bears the name.
    """
    if name is not None:
        saved.name = _free_name(db, name, saved.id)
    if columns:
        saved.kinds = list(ColumnMapping(saved.header, saved.kinds).remapped(columns).kinds)
        saved.used_at = utc_now()
    db.flush()


def remove_mapping(db: Session, saved: SavedMapping) -> None:
    """Forget a saved mapping; files like it are guessed again."""
    db.delete(saved)
    db.flush()


def _free_name(db: Session, name: str, own_id: int | None = None) -> str:
    name = normalize_text(name)
    if not name or len(name) > MAX_NAME or name.isdecimal():
        raise InvalidInput(f"A name has 1 to {MAX_NAME} characters, and not only digits.")
    serialize_writers(db)
    taken = db.scalar(select(SavedMapping.id).where(SavedMapping.name == name))
    if taken not in {None, own_id}:
        raise Conflict(f"The saved mapping {taken} has this name already.")
    return name
