"""API keys and browser sessions: who may do what. Only digests are kept."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import String, Text, delete, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from pipeline.database.base import Base, utc_now
from pipeline.database.dialects import Id, UTCDateTime

SESSION_LIFE = timedelta(days=7)
_PREFIX_LENGTH = 8


class Role(StrEnum):
    """What a key may do: look, decide about leads, or everything."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def covers(self, needed: "Role") -> bool:
        """Whether this role may do what ``needed`` may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


class ApiKey(Base):
    """A key for the API and the dashboard. ``prefix`` tells keys apart without telling the key."""

    __tablename__ = "api_keys"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(8))
    prefix: Mapped[str] = mapped_column(String(16), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class BrowserSession(Base):
    """A signed-in browser."""

    __tablename__ = "sessions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    key_id: Mapped[int] = mapped_column(Id)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)


def add_key(db: Session, name: str, role: Role) -> str:
    """Make a key and give it; it cannot be read again."""
    secret = f"lk_{secrets.token_urlsafe(32)}"
    db.add(ApiKey(name=name, role=role, prefix=secret[:_PREFIX_LENGTH], digest=_digest(secret)))
    db.flush()
    return secret


def find_keys(db: Session) -> list[ApiKey]:
    """Give all keys that are not revoked."""
    return list(db.scalars(select(ApiKey).where(ApiKey.revoked_at.is_(None)).order_by(ApiKey.id)))


def has_keys(db: Session) -> bool:
    """Whether any key is in force: if so, every caller needs one."""
    return bool(db.scalar(select(exists().where(ApiKey.revoked_at.is_(None)))))


def revoke_key(db: Session, key_id: int) -> bool:
    """Put a key and its sessions out of force; False if there is none."""
    key = db.get(ApiKey, key_id)
    if key is None or key.revoked_at is not None:
        return False
    key.revoked_at = utc_now()
    db.execute(delete(BrowserSession).where(BrowserSession.key_id == key_id))
    return True


def get_key(db: Session, secret: str) -> ApiKey | None:
    """Give the key in force that this secret is, compared in constant time."""
    digest = _digest(secret)
    found = None
    query = select(ApiKey).where(
        ApiKey.prefix == secret[:_PREFIX_LENGTH], ApiKey.revoked_at.is_(None)
    )
    for key in db.scalars(query):
        if hmac.compare_digest(key.digest, digest):
            found = key
    return found


def open_session(db: Session, key: ApiKey) -> str:
    """Sign a browser in and give its token; sessions that ran out are cleared away."""
    db.execute(delete(BrowserSession).where(BrowserSession.expires_at < utc_now()))
    token = secrets.token_urlsafe(32)
    expires = utc_now() + SESSION_LIFE
    db.add(BrowserSession(digest=_digest(token), key_id=key.id, expires_at=expires))
    db.flush()
    return token


def get_session_key(db: Session, token: str) -> ApiKey | None:
    """Give the key behind a browser's token, if both are still in force."""
    session = db.get(BrowserSession, _digest(token))
    if session is None or session.expires_at < utc_now():
        return None
    key = db.get(ApiKey, session.key_id)
    return key if key is not None and key.revoked_at is None else None


def close_session(db: Session, token: str) -> None:
    """Sign a browser out."""
    db.execute(delete(BrowserSession).where(BrowserSession.digest == _digest(token)))


def _digest(secret: str) -> str:
    # The secret has 256 random bits, so a plain hash is as good as a slow one.
    return hashlib.sha256(secret.encode()).hexdigest()
