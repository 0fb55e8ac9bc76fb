"""The database: one engine, sessions for reading and for writing, and the promise that a commit is on disk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session, sessionmaker

SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON")


class NotDurable(RuntimeError):
    """The database acknowledges before the disk has it; ``setting`` says which of its settings is to blame."""

    def __init__(self, setting: str, found: str):
        super().__init__(f"{setting}={found}")
        self.setting, self.found = setting, found


class Database:
    """An engine with two ways in: ``reading`` and ``writing``.

    SQLite has one writer at a time. A lock in front of it queues the writers of this process fairly, where SQLite's
    own busy handler would have them sleep and race; ``BEGIN IMMEDIATE`` spares a reader that turns writer a deadlock.
    """

    def __init__(self, url: str):
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._lock = threading.Lock() if self.is_sqlite else None
        self._read = sessionmaker(self.engine, expire_on_commit=False, autoflush=False)
        self._write = sessionmaker(
            self.engine.execution_options(portevoix_write=True), expire_on_commit=False, autoflush=False
        )

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session whose changes are never kept."""
        with self._read() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session committed when the block ends well, rolled back otherwise. The only commit line."""
        if self._lock is None:
            with self._write.begin() as session:
                yield session
            return
        with self._lock, self._write.begin() as session:
            yield session

    def forget(self) -> None:
        """After an erasure: leaves no copy of it in SQLite's write-ahead log (PostgreSQL recycles its own)."""
        if self.is_sqlite:
            raw = self.engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                raw.close()

    def check_durable(self) -> None:
        """Raises ``NotDurable`` unless an acknowledged commit is flushed to disk."""
        with self.engine.connect() as connection:
            if self.is_sqlite:
                _must_be(connection, "PRAGMA journal_mode", "journal_mode", {"wal"})
                _must_be(connection, "PRAGMA synchronous", "synchronous", {"2", "3"})
            else:
                _must_be(connection, "SHOW fsync", "fsync", {"on"})
                _must_be(
                    connection,
                    "SHOW synchronous_commit",
                    "synchronous_commit",
                    {"on", "local", "remote_write", "remote_apply"},
                )


def _must_be(connection: Connection, query: str, setting: str, accepted: set[str]) -> None:
    found = str(connection.execute(text(query)).scalar_one()).lower()
    if found not in accepted:
        raise NotDurable(setting, found)


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_size=20,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
        )
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, pool_size=40, max_overflow=0, pool_use_lifo=True, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection, _record) -> None:
    connection.isolation_level = None  # transactions are ours to begin, below
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("portevoix_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
