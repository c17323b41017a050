"""What a source last knew of its pages, so that an unchanged one costs a 304 or a hash."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.bodies.store import is_kept, read_body
from pipeline.database.base import utc_now
from pipeline.database.dialects import bulk_replace, driver_moment, in_values, table_of
from pipeline.fetch.response import Response
from pipeline.leads.keys import hash_bytes
from pipeline.runs.crawl_models import PageVersion
from pipeline.settings import Settings

_COLUMNS = (
    *("source", "url_key", "run_id", "etag", "last_modified", "digest", "contacts"),
    *("body_file", "body_at", "seen_at"),
)


@dataclass(frozen=True, slots=True)
class Version:
    """A page as it was fetched last: how its host named it, its hash, and where its body lies.

    ``contacts`` is the hash of what it showed.
    """

    etag: str
    last_modified: str
    digest: int
    contacts: int
    place: tuple[str, int]

    @classmethod
    def of(cls, response: Response, staged: bytes, place: tuple[str, int]) -> "Version":
        """Describe a page that has been read."""
        digest, contacts = hash_bytes(response.body), hash_bytes(staged)
        return cls(response.etag, response.last_modified, digest, contacts, place)


class Versions:
    """The known versions of a batch's pages."""

    def __init__(self, settings: Settings, known: Mapping[int, Version]) -> None:
        self._settings = settings
        self._known = known

    def get(self, url_key: int) -> Version | None:
        """Give what is known of a page, if its body is still kept: a 304 brings none."""
        known = self._known.get(url_key)
        if known is None or not (known.etag or known.last_modified):
            return None
        return known if is_kept(self._settings, known.place[0]) else None

    def restore(self, url_key: int, answer: Response) -> Response | None:
        """Give the page that a 304 speaks of, as it was."""
        known = self._known.get(url_key)
        kept = read_body(self._settings, *known.place) if known else None
        if known is None or kept is None:
            return None
        named = {"etag": known.etag, "last-modified": known.last_modified}
        headers = {**kept.headers, **{name: value for name, value in named.items() if value}}
        return replace(kept, headers=headers, fetched_at=answer.fetched_at)


def find_versions(
    db: Session, settings: Settings, source: str, url_keys: Iterable[int]
) -> Versions:
    """Give what a source knows of some pages."""
    rows = db.scalars(
        select(PageVersion).where(
            PageVersion.source == source, in_values(db, PageVersion.url_key, list(url_keys))
        )
    )
    known = {
        row.url_key: Version(
            row.etag or "",
            row.last_modified or "",
            row.digest,
            row.contacts,
            (row.body_file, row.body_at),
        )
        for row in rows
        if row.body_file is not None and row.body_at is not None
    }
    return Versions(settings, known)


def note_versions(
    db: Session, source: str, run_id: int, versions: Iterable[tuple[int, Version]]
) -> None:
    """Write down what pages look like now."""
    now = driver_moment(db, utc_now())
    rows = sorted(
        (
            *(source, url_key, run_id, one.etag or None, one.last_modified or None),
            *(one.digest, one.contacts, *one.place, now),
        )
        for url_key, one in versions
    )
    bulk_replace(db, table_of(PageVersion), ("source", "url_key"), _COLUMNS, rows)
