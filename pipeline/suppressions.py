"""Who must not be created or contacted: e-mails, phones and domains, kept as keyed digests."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import LargeBinary, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from pipeline.database.base import Base, utc_now
from pipeline.database.dialects import Id, UTCDateTime, in_values
from pipeline.errors import InvalidInput, NotFound
from pipeline.normalize.emails import email_key, normalize_email
from pipeline.normalize.phones import normalize_phone, phone_key

KINDS = ("email", "phone", "domain")


class Suppression(Base):
    """One suppressed identity. A plain hash of an e-mail could be guessed, so it is keyed."""

    __tablename__ = "suppressions"
    __table_args__ = (UniqueConstraint("digest"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)


class Pepper(Base):
    """The secret that keys the digests; made once, at the first suppression."""

    __tablename__ = "peppers"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)


def add_suppression(
    db: Session, kind: str, value: str, *, region: str = "US", reason: str = ""
) -> Suppression:
    """Suppress one e-mail, phone or domain; again is the same as once.

    Raises:
        InvalidInput: the kind is unknown, or the value is none of that kind.
    """
    digest = _digest(_require_pepper(db), kind, _canonical(kind, value, region))
    found = db.scalar(select(Suppression).where(Suppression.digest == digest))
    if found is not None:
        return found
    suppression = Suppression(kind=kind, digest=digest, reason=reason)
    db.add(suppression)
    db.flush()
    return suppression


def find_suppressed(db: Session, contacts: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Give those of the contacts, pairs of kind (email, phone) and value, that are suppressed."""
    pepper = db.scalar(select(Pepper.secret))
    if pepper is None:
        return set()
    digests: dict[str, list[tuple[str, str]]] = {}
    for contact in contacts:
        for digest in _digests(pepper, *contact):
            digests.setdefault(digest, []).append(contact)
    hits = db.scalars(select(Suppression.digest).where(in_values(db, Suppression.digest, digests)))
    return {contact for digest in hits for contact in digests[digest]}


def find_suppressions(
    db: Session, *, before_id: int | None = None, limit: int = 50
) -> list[Suppression]:
    """Give suppressions, the newest first, those older than ``before_id`` if given."""
    query = select(Suppression).order_by(Suppression.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(Suppression.id < before_id)
    return list(db.scalars(query))


def remove_suppression(db: Session, suppression_id: int) -> None:
    """Let whoever bears this be created again.

    Raises:
        NotFound: there is no such suppression.
    """
    suppression = db.get(Suppression, suppression_id)
    if suppression is None:
        raise NotFound(f"There is no suppression {suppression_id}.")
    db.delete(suppression)
    db.flush()


def _digests(pepper: bytes, kind: str, value: str) -> list[str]:
    if kind == "phone":
        key = phone_key(value)
        return [_digest(pepper, "phone", key)] if key else []
    domain = value.rpartition("@")[2]
    return [_digest(pepper, "email", email_key(value)), _digest(pepper, "domain", domain)]


def _canonical(kind: str, value: str, region: str) -> str:
    if kind == "email":
        return email_key(normalize_email(value))
    if kind == "phone":
        key = phone_key(normalize_phone(value, region).value)
        if key is None:
            raise InvalidInput("A suppressed phone needs at least seven digits.")
        return key
    if kind == "domain":
        return normalize_email(f"any@{value.strip().removeprefix('@')}").rpartition("@")[2]
    raise InvalidInput(f"Unknown kind of suppression; use one of {', '.join(KINDS)}.")


def _digest(pepper: bytes, kind: str, value: str) -> str:
    text = f"{kind}:{value}".encode()
    return hashlib.blake2b(text, digest_size=16, key=pepper).hexdigest()


def _require_pepper(db: Session) -> bytes:
    pepper = db.scalar(select(Pepper))
    if pepper is None:
        pepper = Pepper(id=1, secret=secrets.token_bytes(32))
        db.add(pepper)
        db.flush()
    return pepper.secret
