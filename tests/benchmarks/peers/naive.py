"""An import as tutorials write it: ``python -m tests.benchmarks.peers.naive FILE URL ROWS``.

Each row is checked by pydantic and phonenumbers, looked up, added and committed.
"""

import sys
from pathlib import Path

import phonenumbers
from pydantic import BaseModel, EmailStr
from sqlalchemy import String, create_engine, select  # noqa: TID251 - the peer is not our engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from tests.benchmarks.peers.report import read_people, report


class _Base(DeclarativeBase):
    pass


class _Person(_Base):
    __tablename__ = "naive_people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(String, index=True)
    phone: Mapped[str]
    source: Mapped[str]


class _PersonIn(BaseModel):
    name: str
    email: EmailStr
    phone: str
    source: str


def main() -> None:
    """Import a file's first rows, and report."""
    file, url, rows = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    engine = create_engine(url)
    _Base.metadata.create_all(engine)

    def work() -> None:
        with Session(engine) as db:
            for row in read_people(file, rows):
                _insert(db, row)

    report(rows, work)
    engine.dispose()


def _insert(db: Session, row: dict[str, str]) -> None:
    phone = phonenumbers.parse(row["Phone"], "US")
    person = _PersonIn(
        name=row["Full Name"],
        email=row["Email"],
        phone=phonenumbers.format_number(phone, phonenumbers.PhoneNumberFormat.E164),
        source=row["Lead Source"],
    )
    if db.scalar(select(_Person).where(_Person.email == person.email)) is None:
        db.add(_Person(**person.model_dump()))
    db.commit()


if __name__ == "__main__":
    main()
