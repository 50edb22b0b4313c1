"""The database, its session, the kinds of columns we use, and the one place that commits."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    Engine,
    Executable,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    event,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry

from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.write_line import BUSY, in_line

BUSY_TRIES = 4
Value = TypeVar("Value")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC; naive ones are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Big = BigInteger().with_variant(Integer, "sqlite")
Key = Annotated[int, mapped_column(Big, primary_key=True)]
Word = Annotated[str, mapped_column(String(120))]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]


class Base(DeclarativeBase):
    """The base of all tables: named constraints, wide integers, aware moments."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_N_label)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime: UtcDateTime, int: Big},
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model
    """The class every table derives from."""

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_after_commit: ContextVar[list[Callable[[], None]] | None] = ContextVar("after", default=None)
_before_commit: ContextVar[list[Callable[[], None]] | None] = ContextVar("before", default=None)
_facts: ContextVar[dict[Hashable, Any] | None] = ContextVar("facts", default=None)


def read(statement: Executable, **asked: Any) -> Sequence[Any]:
    """All rows of a statement as plain values: for pages, which look and change nothing.

    The columns of an entity stand one by one, and nothing is kept in the session, which costs a
    third of loading objects. What was added to the session and not flushed is not seen.
    Loads: 1 statement.
    """
    return db.session.connection().execute(statement, asked).all()


class NestedCommit(RuntimeError):
    """`committing()` was entered inside another one."""


class InsideTransaction(RuntimeError):
    """Something outside the database was asked for while a change was open."""


@contextmanager
def committing() -> Iterator[None]:
    """One change, whole or not at all; the only place that commits.

    SQLite takes its write lock at once (BEGIN IMMEDIATE), writers in the order of coming. A busy
    database is asked again up to three times with jitter before anything of the body has run;
    then OutsideDown. Afterwards callbacks given to `after_commit` run in order. Nested use raises
    NestedCommit.
    """
    if _writing.get():
        raise NestedCommit("committing() inside committing()")
    done: list[Callable[[], None]] = []
    _end_reading()
    url = db.engine.url
    with in_line(url.database if url.get_backend_name() == "sqlite" else None):
        yield from _change(done)
    for call in done:
        call()


def _change(done: list[Callable[[], None]]) -> Iterator[None]:
    """Begin, let the body run, commit or roll back; `done` gets what follows a commit."""
    session = db.session
    _begin_write()
    flag, calls = _writing.set(True), _after_commit.set([])
    facts, last = _facts.set({}), _before_commit.set([])
    try:
        yield
        for call in _before_commit.get() or ():
            call()
        session.commit()
        done += _after_commit.get() or []
    except BaseException as fault:
        session.rollback()
        if isinstance(fault, DBAPIError) and is_busy(fault):
            raise OutsideDown(BUSY) from fault
        raise
    finally:
        _writing.reset(flag)
        _after_commit.reset(calls)
        _facts.reset(facts)
        _before_commit.reset(last)


def _end_reading() -> None:
    """End the reading transaction, so that nobody waits with an old picture of the data."""
    session = db.session
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a change was begun outside committing()")
    session.commit()


def _begin_write() -> None:
    """Open a writing transaction, patiently."""
    session = db.session
    for attempt in range(BUSY_TRIES):
        try:
            session.connection(execution_options={"zuruf_write": True})
            return
        except OperationalError as fault:
            session.rollback()
            if not is_busy(fault) or attempt == BUSY_TRIES - 1:
                raise OutsideDown(BUSY) from fault
            time.sleep(random.uniform(0.02, 0.1) * 2**attempt)  # noqa: S311 - jitter


def is_busy(fault: DBAPIError) -> bool:
    """Whether a fault says "later", not "never": locks, deadlocks, serialization, connection."""
    state = getattr(fault.orig, "sqlstate", None)
    text = str(fault.orig).lower()
    return (
        fault.connection_invalidated
        or state in {"40001", "40P01", "55P03", "57P01"}
        or "database is locked" in text
        or ("connection" in text and "refused" in text)
    )


def after_commit(call: Callable[[], None]) -> None:
    """Run `call` once the open change is committed; never if it is rolled back."""
    calls = _after_commit.get()
    if calls is None:
        raise RuntimeError("after_commit() needs committing()")
    calls.append(call)


def before_commit(call: Callable[[], None]) -> None:
    """Run `call` inside the open change once all else is done; never if it is rolled back."""
    calls = _before_commit.get()
    if calls is None:
        raise RuntimeError("before_commit() needs committing()")
    calls.append(call)


def once(key: Hashable, load: Callable[[], Value]) -> Value:
    """What `load` finds, asked for once in the open change; outside of one, each time."""
    held = _facts.get()
    if held is None:
        return load()
    if key not in held:
        held[key] = load()
    found: Value = held[key]
    return found


def in_change() -> bool:
    """Whether a change is open in this context."""
    return _writing.get()


def outside_only(what: str) -> None:
    """Assert that no change is open. Raises InsideTransaction naming `what`."""
    if _writing.get():
        raise InsideTransaction(f"{what} inside a transaction")


def engine_options(url: str) -> dict[str, Any]:
    """How the engine is made for a database address."""
    if url.startswith("sqlite"):
        return {"connect_args": {"isolation_level": None, "timeout": 5, "check_same_thread": False},
                "pool_size": 16, "max_overflow": 64, "pool_timeout": 30}
    options = "-c statement_timeout=10000 -c lock_timeout=5000 -c timezone=UTC"
    return {"pool_size": 8, "max_overflow": 16, "pool_pre_ping": True, "pool_recycle": 1800,
            "connect_args": {"options": options, "connect_timeout": 3}}


def prepare_engine(engine: Engine) -> None:
    """Give a fresh engine our ways: WAL, foreign keys, explicit BEGIN on SQLite."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000",
                       "synchronous=NORMAL", "temp_store=MEMORY", "cache_size=-16000",
                       "mmap_size=268435456", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Any) -> None:
        if connection.get_execution_options().get("zuruf_write"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:  # cannot fail, and every page needs it: straight to the driver
            connection.connection.dbapi_connection.execute("BEGIN")
