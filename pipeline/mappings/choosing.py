"""Choosing a file's mapping: by a name, else as the last time for such a header, else guessed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.errors import InvalidInput, NotFound
from pipeline.mappings.models import SavedMapping
from pipeline.normalize.text import fold_text, normalize_text
from pipeline.readers.headers import unnamed_column
from pipeline.readers.mapping import REMEMBERED, SAVED
from pipeline.readers.mapping import Mapping as ColumnMapping


def choose_mapping(
    db: Session, guessed: ColumnMapping, *, name: str = "", columns: Mapping[str, str]
) -> ColumnMapping:
    """Give the mapping for a file: what a person chose or once chose goes before what was guessed.

    ``name`` asks for a saved mapping; without it, the one last used for the same header applies.
    ``columns`` overrules single columns, by their names.

    Raises:
        NotFound: no saved mapping bears the name.
        InvalidInput: the file has none of the saved mapping's columns, no such column, or there
            is no such kind.
    """
    mapping = guessed
    if name:
        mapping = _apply(guessed, require_named(db, name))
    elif last := _get_last(db, fingerprint_header(guessed.header)):
        mapping = _by_place(guessed, last, REMEMBERED)
    return mapping.remapped(columns) if columns else mapping


def remember_mapping(db: Session, mapping: ColumnMapping, file_name: str | None) -> None:
    """Let the next file with the same header be read by this mapping.

    A header made of nothing but missing names says too little to be known again by.
    """
    if _is_unnamed(mapping.header):
        return
    fingerprint = fingerprint_header(mapping.header)
    known = db.scalars(select(SavedMapping).where(SavedMapping.fingerprint == fingerprint)).all()
    same = [saved for saved in known if saved.kinds == list(mapping.kinds)]
    unnamed = [saved for saved in known if saved.name is None]
    saved = next(iter([*same, *unnamed]), None)
    if saved is None:
        saved = SavedMapping(fingerprint=fingerprint, header=list(mapping.header))
        db.add(saved)
    if saved.name is None:
        saved.file_name = file_name
    saved.kinds = list(mapping.kinds)
    saved.used_at = utc_now()
    db.flush()


def require_named(db: Session, name: str) -> SavedMapping:
    """Give the saved mapping of a name.

    Raises:
        NotFound: no saved mapping bears the name; the text says which there are.
    """
    wanted = normalize_text(name)
    saved = db.scalar(select(SavedMapping).where(SavedMapping.name == wanted))
    if saved is None:
        query = select(SavedMapping.name).where(SavedMapping.name.is_not(None))
        names = ", ".join(map(str, db.scalars(query.order_by(SavedMapping.name).limit(50))))
        raise NotFound(f"There is no saved mapping of this name. There are: {names or 'none'}.")
    return saved


def fingerprint_header(header: Sequence[str]) -> str:
    """Give what headers share whose cells are the same but for case, accents and punctuation."""
    folded = "\n".join(fold_text(cell) for cell in header)
    return hashlib.blake2b(folded.encode(), digest_size=16).hexdigest()


def _get_last(db: Session, fingerprint: str) -> SavedMapping | None:
    query = select(SavedMapping).where(SavedMapping.fingerprint == fingerprint)
    newest = SavedMapping.used_at.desc(), SavedMapping.id.desc()
    return db.scalar(query.order_by(*newest).limit(1))


def _apply(guessed: ColumnMapping, saved: SavedMapping) -> ColumnMapping:
    if saved.fingerprint == fingerprint_header(guessed.header):
        return _by_place(guessed, saved, SAVED)
    kinds = {
        fold_text(column): kind for column, kind in zip(saved.header, saved.kinds, strict=True)
    }
    chosen = {
        column: kinds[fold_text(column)] for column in guessed.header if fold_text(column) in kinds
    }
    if not chosen:
        raise InvalidInput(
            f"The file has none of the columns of the saved mapping {saved.name!r}, which are: "
            f"{', '.join(saved.header)}. It has: {', '.join(guessed.header)}."
        )
    return replace(guessed.remapped(chosen), origin=SAVED)


def _by_place(guessed: ColumnMapping, saved: SavedMapping, origin: str) -> ColumnMapping:
    sure = [1.0] * len(saved.kinds)
    return replace(guessed, kinds=saved.kinds, confidence=sure, origin=origin)


def _is_unnamed(header: Sequence[str]) -> bool:
    return all(name == unnamed_column(place) for place, name in enumerate(header, start=1))
