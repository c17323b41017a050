"""The one room where SQLite and PostgreSQL differ."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import orjson
from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    ColumnElement,
    Connection,
    CursorResult,
    DateTime,
    Delete,
    Dialect,
    Double,
    Engine,
    Integer,
    Table,
    Text,
    Update,
    any_,
    bindparam,
    event,
    literal,
    text,
)
from sqlalchemy import (
    cast as sql_cast,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from pipeline.errors import StartRefused

Json = JSON(none_as_null=True)
Id = BigInteger().with_variant(Integer, "sqlite")

# SQLite's autocheckpoint and cache are sized for batches of some thousand rows. The heap's limit
# holds for all connections of a process together: a lease is renewed beside its batch.
_PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=30000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=FAST",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",
    "PRAGMA soft_heap_limit=83886080",
    "PRAGMA wal_autocheckpoint=32768",
)
_PG_OPTIONS = "-c lock_timeout=60s -c idle_in_transaction_session_timeout=300s -c timezone=UTC"
# Serialization failure, deadlock, lock not available: the transaction is gone, so try again.
_TRANSIENT_STATES = {"40001", "40P01", "55P03"}
_WRITERS_LOCK = 0x1EAD
_MIGRATION_LOCK = 0x1EAD0


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC on both databases; SQLite alone would return naive ones."""

    impl = DateTime
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(timezone=True)

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a naive datetime: it would mean something else on each machine."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A datetime without time zone.")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the moment back as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class epoch_now(FunctionElement[float]):  # noqa: N801 - reads as the SQL function it is
    """The database's own clock in seconds since 1970: the only clock that leases know."""

    type = Double()
    inherit_cache = True


@compiles(epoch_now, "sqlite")
def _epoch_now_sqlite(_element: Any, _compiler: Any, **_: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(epoch_now, "postgresql")
def _epoch_now_postgresql(_element: Any, _compiler: Any, **_: Any) -> str:
    return "(extract(epoch from clock_timestamp())::float8)"


class iso_moment(FunctionElement[str]):  # noqa: N801 - reads as the SQL function it is
    """A moment as ISO 8601 text in UTC, always with microseconds: one text on both databases."""

    type = Text()
    inherit_cache = True


@compiles(iso_moment, "sqlite")
def _iso_moment_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"(replace({compiler.process(element.clauses, **options)}, ' ', 'T') || 'Z')"


@compiles(iso_moment, "postgresql")
def _iso_moment_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"to_char({moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"


def engine_options(url: str) -> dict[str, Any]:
    """Give the arguments of ``create_engine`` that fit the database behind ``url``."""
    options: dict[str, Any] = {
        "json_serializer": lambda value: orjson.dumps(value).decode(),
        "json_deserializer": orjson.loads,
        "pool_size": 10,
        "max_overflow": 40,
        # The connection used last knows most pages: rotating would fill a cache for each.
        "pool_use_lifo": True,
    }
    if url.startswith("postgresql"):
        options |= {"pool_pre_ping": True, "connect_args": {"options": _PG_OPTIONS}}
    elif url.startswith("sqlite"):
        options |= {"connect_args": {"check_same_thread": False}}
    else:
        raise StartRefused("LEADS_DATABASE_URL: use sqlite:///FILE or postgresql://…")
    return options


def snapshot_options(url: str) -> dict[str, Any]:
    """Give the options of a connection whose transaction sees one state of the database.

    Any transaction of SQLite does; while it lasts, the write-ahead log grows by all that is
    written, and is folded in afterwards.
    """
    if url.startswith("postgresql"):
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {}


def prepare(engine: Engine) -> None:
    """Make an engine's connections behave alike: explicit BEGIN, WAL, timeouts."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connect_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def is_transient(error: DBAPIError) -> bool:
    """Whether the database asks to try the whole transaction again (busy, deadlock)."""
    original = error.orig
    if isinstance(original, sqlite3.OperationalError):
        return "locked" in str(original) or "busy" in str(original)
    return getattr(original, "sqlstate", None) in _TRANSIENT_STATES


def serialize_writers(db: Session) -> None:
    """Let one transaction at a time decide who is a new person, until it commits.

    SQLite does this by itself: its write transactions begin IMMEDIATE.
    """
    if _dialect(db) == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS_LOCK})


def prefer_indexes(db: Session) -> None:
    """Let this transaction look rows up by index, however many it looks for.

    PostgreSQL rather reads a whole table than some thousand rows of it, which is right for a
    report, but makes each batch of a long import slower than the one before.
    """
    if _dialect(db) == "postgresql":
        db.execute(text("SET LOCAL enable_seqscan = off"))


def serialize_migrations(connection: Connection) -> None:
    """Let one migration at a time look at the schema, until its transaction ends.

    SQLite does this by itself: its write transactions begin IMMEDIATE.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})


def reserve_ids(db: Session, table: Table, count: int) -> Sequence[int]:
    """Take ``count`` ids of a table beforehand, so that rows can name each other in one go."""
    if count == 0:
        return ()
    if _dialect(db) == "postgresql":
        query = "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :n)"
        return db.execute(text(query), {"name": table.name, "n": count}).scalars().all()
    query = "SELECT seq FROM sqlite_sequence WHERE name = :name"
    last = db.execute(text(query), {"name": table.name}).scalar() or 0
    return range(last + 1, last + count + 1)


def table_of(model: type[Any]) -> Table:
    """Give the table behind a model."""
    return cast("Table", model.__table__)


def bulk_insert(
    db: Session, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert driver-ready rows the fastest way: COPY on PostgreSQL, executemany on SQLite.

    JSON columns take text, moments what :func:`driver_moment` gives.
    """
    if not rows:
        return
    connection = db.connection()
    if connection.dialect.name == "postgresql":
        _copy(connection, table, columns, rows)
        return
    _execute_many(db, _insert_into(table, columns), rows)


def bulk_count(db: Session, table: Table, counts: Iterable[tuple[int, int]]) -> None:
    """Add to the counters of a table of two columns, key and count; unknown keys begin at 0."""
    key, count = (column.name for column in table.columns)
    insert = f'INSERT INTO "{table.name}" ("{key}", "{count}")'
    added = f'DO UPDATE SET "{count}" = "{table.name}"."{count}" + excluded."{count}"'
    _insert_unless(db, insert, f'ON CONFLICT ("{key}") {added}', counts)


def bulk_add(
    db: Session, table: Table, columns: Sequence[str], rows: Iterable[tuple[int, ...]]
) -> None:
    """Insert rows of whole numbers; those that are there already stay as they are."""
    names = ", ".join(f'"{column}"' for column in columns)
    insert = f'INSERT INTO "{table.name}" ({names})'
    _insert_unless(db, insert, "ON CONFLICT DO NOTHING", rows)


def bulk_insert_new(
    db: Session, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert driver-ready rows; those whose key is there already stay as they are."""
    _execute_many(db, f"{_insert_into(table, columns)} ON CONFLICT DO NOTHING", rows)


def bulk_replace(
    db: Session,
    table: Table,
    key: Sequence[str],
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Insert driver-ready rows; of those whose key is there already, the other columns change."""
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in key)
    keys = ", ".join(f'"{name}"' for name in key)
    statement = f"{_insert_into(table, columns)} ON CONFLICT ({keys}) DO UPDATE SET {sets}"
    _execute_many(db, statement, rows)


def bulk_update(
    db: Session, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Update rows by id; each tuple holds the new values in order, the id last."""
    sets = ", ".join(f'"{column}" = ?' for column in columns)
    statement = f'UPDATE "{table.name}" SET {sets} WHERE id = ?'  # noqa: S608 - names are ours
    _execute_many(db, statement, sorted(rows, key=lambda row: row[-1]))


def bulk_delete(
    db: Session, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Delete the rows whose columns, all of whole numbers, equal one of the tuples."""
    ordered = sorted(rows)
    if ordered and _dialect(db) == "postgresql":
        # One statement: one for each row, even in a pipeline, takes ten times as long.
        names = ", ".join(f'"{column}"' for column in columns)
        arrays = ", ".join(["%s::bigint[]"] * len(columns))
        gone = f"SELECT * FROM unnest({arrays})"  # noqa: S608 - names are ours
        statement = f'DELETE FROM "{table.name}" WHERE ({names}) IN ({gone})'  # noqa: S608 - likewise
        values = tuple(list(column) for column in zip(*ordered, strict=True))
        db.connection().exec_driver_sql(statement, values)
        return
    wheres = " AND ".join(f'"{column}" = ?' for column in columns)
    _execute_many(db, f'DELETE FROM "{table.name}" WHERE {wheres}', ordered)  # noqa: S608 - names are ours


def count_updated(db: Session, statement: Update | Delete) -> int:
    """Run an UPDATE or DELETE past the session's objects and give the number of rows it met."""
    result = db.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount


def driver_moment(db: Session, moment: datetime) -> Any:
    """Give a moment as the driver takes it in :func:`bulk_insert`."""
    if _dialect(db) == "postgresql":
        return moment
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def find_rows(
    db: Session, table: Table, columns: Sequence[str], key: str, values: Iterable[int]
) -> Sequence[Any]:
    """Give columns, as the driver reads them, of the rows whose key is one of some whole numbers.

    It costs a tenth of what an expression does, where it is asked for each lead anew.
    """
    names, numbers = ", ".join(f'"{name}"' for name in columns), ",".join(map(str, values))
    given, wanted = "IN (SELECT value FROM json_each(?))", f"[{numbers}]"
    if _dialect(db) == "postgresql":
        given, wanted = "= ANY(%s::bigint[])", f"{{{numbers}}}"
    statement = f'SELECT {names} FROM "{table.name}" WHERE "{key}" {given}'  # noqa: S608 - names are ours
    return db.connection().exec_driver_sql(statement, (wanted,)).all()


def in_values(
    db: Session, column: InstrumentedAttribute[Any], values: Iterable[Any]
) -> ColumnElement[bool]:
    """Say ``column IN values`` with one parameter, however many values there are."""
    if _dialect(db) == "postgresql":
        array = ARRAY(column.type)
        if column.type.python_type is int:
            # Such text is made much faster than the driver makes an array of numbers.
            numbers = f"{{{','.join(map(str, values))}}}"
            return column == any_(sql_cast(literal(numbers, Text()), array))
        return column == any_(literal(list(values), array))
    wanted = text("SELECT value FROM json_each(:wanted)").bindparams(
        bindparam("wanted", orjson.dumps(list(values)).decode(), unique=True)
    )
    return column.in_(wanted)


def _dialect(db: Session) -> str:
    return db.get_bind().dialect.name


def _copy(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    cursor = cast("Any", connection.connection.dbapi_connection).cursor()
    with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def _insert_into(table: Table, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608 - names are ours


def _insert_unless(
    db: Session, insert: str, conflict: str, rows: Iterable[tuple[int, ...]]
) -> None:
    # In order of key: writers that lock the same rows in another order would deadlock.
    ordered = sorted(rows)
    if not ordered:
        return
    width = len(ordered[0])
    if _dialect(db) == "postgresql":
        arrays = ", ".join(["%s::bigint[]"] * width)
        values = tuple(list(column) for column in zip(*ordered, strict=True))
        statement = f"{insert} SELECT * FROM unnest({arrays}) {conflict}"  # noqa: S608 - names are ours
        db.connection().exec_driver_sql(statement, values)
        return
    marks = ", ".join("?" * width)
    db.connection().exec_driver_sql(f"{insert} VALUES ({marks}) {conflict}", ordered)


def _execute_many(db: Session, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    if _dialect(db) == "postgresql":
        cursor = cast("Any", db.connection().connection.dbapi_connection).cursor()
        cursor.executemany(statement.replace("?", "%s"), rows)
    else:
        db.connection().exec_driver_sql(statement, list(rows))


def _connect_sqlite(connection: Any, _: Any) -> None:
    # The driver must not open transactions behind our back: BEGIN is ours to say.
    connection.isolation_level = None
    cursor = connection.cursor()
    mode = cursor.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode not in {"wal", "memory"}:
        raise StartRefused("SQLite cannot keep its write-ahead log here; use a local disk.")
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A read that turns into a write fails at once with BUSY, so writers say so beforehand.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
