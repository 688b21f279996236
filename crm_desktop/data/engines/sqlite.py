"""SQLite, and only through sqlcipher3: connections with their pragmas, and the journal triggers.

Every pragma here was measured against simulated power cuts, threads and damaged files; the
answers are asserted because SQLite silently keeps the old value where it cannot obey.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    Float,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    create_engine,
    event,
)
from sqlalchemy.pool import NullPool, QueuePool
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlcipher3 import dbapi2

from crm_desktop.data.errors import refusing
from crm_desktop.data.tables.base import journalled_columns, journalled_tables
from crm_desktop.domain.problems import Refused

APPLICATION_ID = 0x43524D31  # "CRM1" in the file's header
BUSY_MILLISECONDS = 5_000
READERS = 4
_ROOMY, _SPARING = -48_000, -2_000  # KB
_SAMPLED = 2_000  # rows of an index, as at closing
_WIPE_TRIES = 3  # each waits for the readers as long as a busy connection does

_SAFE = {
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "foreign_keys": 1,
}
LASTING = {"synchronous": 2, "fullfsync": 1, "checkpoint_fullfsync": 1}
_WRITER = {
    **_SAFE,
    **LASTING,
    "secure_delete": 1,
    "recursive_triggers": 1,
    "cache_size": -32_000,  # KB; a large import would else spill its pages again and again
}
_INTO = "INSERT INTO journal_change (gesture_id, table_name, row_id, kind, before, after)"
_SPAN = (
    "INSERT INTO journal_span (gesture_id, table_name, first_row, last_row, behind)"
    " VALUES ((SELECT gesture_id FROM journal_current), ?, ?, ?,"
    " coalesce((SELECT max(id) FROM journal_change), 0))"
)
# 8 MB of pages: a page of a list or fifty hits of a search lie far apart in a large book.
_READER = {**_SAFE, "query_only": 1, "cache_size": -8_000}


def connect(path: Path, *, read_only: bool = False) -> Any:
    """A bare driver connection; the caller issues BEGIN. Never creates a file unasked."""
    if read_only:
        name = path.absolute().as_uri() + "?mode=ro"
        connection = dbapi2.connect(name, uri=True, check_same_thread=False)
    else:
        connection = dbapi2.connect(str(path), check_same_thread=False)
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    return connection


def set_pragmas(connection: Any, wanted: dict[str, int]) -> None:
    """Set each pragma and assert the answer."""
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name}={value}").fetchall()
        answer = connection.execute(f"PRAGMA {name}").fetchone()
        # mmap_size answers nothing where memory mapping is compiled out.
        if answer is not None and answer[0] != value:
            raise RuntimeError(f"PRAGMA {name} answered {answer[0]} instead of {value}")


def writer_engine(path: Path, *, foreign_keys: bool = True) -> Engine:
    """The engine of the one writing connection: WAL, full synchronisation, BEGIN IMMEDIATE."""

    def creator() -> Any:
        with refusing(path):
            connection = connect(path)
            mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
            if mode != "wal":
                connection.close()
                raise Refused("book.no_wal", path=str(path))
            set_pragmas(connection, {**_WRITER, "foreign_keys": int(foreign_keys)})
            return connection

    engine = create_engine("sqlite://", module=dbapi2, creator=creator, poolclass=NullPool)
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def reader_engine(path: Path) -> Engine:
    """A small pool of connections that cannot write; each transaction is one snapshot."""

    def creator() -> Any:
        with refusing(path):
            connection = connect(path)
            set_pragmas(connection, _READER)
            return connection

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=creator,
        poolclass=QueuePool,
        pool_size=READERS,
        max_overflow=READERS,
    )
    _begin_with(engine, "BEGIN")
    return engine


def _begin_with(engine: Engine, statement: str) -> None:
    # The driver's own BEGIN leaves DDL outside the transaction; a killed migration then
    # leaves a book that can never be upgraded.
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    event.listen(engine, "begin", begin)


def create_file(path: Path) -> None:
    """An empty file with our mark, not yet a book. The path must not exist."""
    with refusing(path):
        connection = connect(path)
        try:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
        finally:
            connection.close()


def identify(path: Path) -> int:
    """The book's schema number. Refuses what is missing, damaged or not a book of ours."""
    if not path.is_file():
        raise Refused("book.missing", path=str(path))
    with refusing(path):
        connection = connect(path)
        try:
            mark = connection.execute("PRAGMA application_id").fetchone()[0]
            if mark != APPLICATION_ID:
                raise Refused("book.not_a_book", path=str(path))
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
        finally:
            connection.close()


def quick_check(connection: Any, path: Path) -> None:
    """Refuse a damaged database; 0.14 s for 170 MB."""
    with refusing(path):
        answers = connection.execute("PRAGMA quick_check(5)").fetchall()
    if [tuple(answer) for answer in answers] != [("ok",)]:
        raise Refused("book.damaged", path=str(path))


def row_counts(connection: Any) -> dict[str, int]:
    """Rows of every table but search tables; takes a SQLAlchemy connection or a bare one."""
    execute = getattr(connection, "exec_driver_sql", connection.execute)
    names = execute(
        "SELECT name FROM pragma_table_list WHERE schema='main' AND type='table'"
        " AND name NOT LIKE 'sqlite#_%' ESCAPE '#' ORDER BY name"
    ).fetchall()
    return {n: int(execute(f'SELECT count(*) FROM "{n}"').fetchone()[0]) for (n,) in names}


def check_metadata(metadata: MetaData) -> None:
    """Raise ValueError where a table could not be journalled without a hole."""
    for table in journalled_tables(metadata):
        if [c.name for c in table.primary_key] != ["id"]:
            raise ValueError(f"{table.name}: the primary key must be `id` alone")
        if not table.dialect_options["sqlite"]["autoincrement"]:
            raise ValueError(f"{table.name}: ids must be AUTOINCREMENT, else they are used again")
        for column in journalled_columns(table):
            _check_type(column)
        for column in table.columns:
            derived = column.info.get("derived")
            if not derived and column.server_default is not None:
                raise ValueError(f"{column}: what a journalled column holds is written, not given")
            if derived and not column.nullable and column.server_default is None:
                raise ValueError(f"{column}: a derived column is nullable or has a server default")
        for key in table.foreign_key_constraints:
            parent = key.referred_table
            if parent in journalled_tables(metadata) and (
                len(key.elements) != 1 or key.elements[0].column.name != "id"
            ):
                raise ValueError(f"{table.name}: foreign keys refer to `id`")


def _check_type(column: Column[Any]) -> None:
    kept: TypeEngine[Any] = column.type
    while isinstance(kept, TypeDecorator):
        kept = kept.impl_instance
    if isinstance(kept, (Float, Numeric, LargeBinary, JSON)):
        raise ValueError(f"{column}: {kept!r} does not survive the journal exactly")


def create_journal_triggers(connection: Connection, metadata: MetaData) -> None:
    """Make the TEMP triggers that record every row a statement of this connection touches.

    A test holds that the book's tables pass `check_metadata`.
    """
    execute = connection.exec_driver_sql
    execute("CREATE TEMP TABLE journal_current (gesture_id INTEGER)")
    execute("INSERT INTO journal_current VALUES (NULL)")
    for table in journalled_tables(metadata):
        for statement in _triggers(table):
            execute(statement)


def record_inserts_later(connection: Connection, table: Table) -> None:
    """Take the trigger of inserts away, for many rows at once; what `record_inserts` needs.

    A trigger costs three times what the row costs. Whoever fails in between gives the
    transaction up, which brings the trigger back.
    """
    connection.exec_driver_sql(f"DROP TRIGGER temp.{_quoted(f'journal_{table.name}_insert')}")


def record_inserts_again(connection: Connection, table: Table) -> None:
    """Put the trigger of inserts back."""
    connection.exec_driver_sql(_triggers(table)[0])


def last_id(connection: Connection, table: Table) -> int:
    """The highest id a row of the table ever had."""
    asked = (
        f"SELECT max(coalesce((SELECT max(id) FROM main.{_quoted(table.name)}), 0),"
        " coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0))"
    )
    return int(connection.exec_driver_sql(asked, (table.name,)).scalar_one())


def record_inserts(connection: Connection, table: Table, after: int, count: int) -> None:
    """Record the `count` rows inserted behind the id `after`: as one span, without their values.

    Their ids have to follow each other.
    """
    rows = connection.exec_driver_sql(
        f"SELECT count(*), max(id) FROM main.{_quoted(table.name)} WHERE id > ?", (after,)
    ).one()
    if tuple(rows) != (count, after + count):
        raise RuntimeError(f"{table.name}: {count} rows inserted, found {rows} behind {after}")
    connection.exec_driver_sql(_SPAN, (table.name, after + 1, after + count))


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """A larger cache of pages inside: with the usual one a large insert spills and reads again."""
    with _pages_kept(connection, _ROOMY):
        yield


@contextmanager
def sparing(connection: Connection) -> Iterator[None]:
    """A smaller cache of pages inside, and what is sorted in a nameless file where it is more.

    Rows read as they lie need each page once. For readers only, who have no temporary tables.
    """
    connection.exec_driver_sql("PRAGMA temp_store=1")
    try:
        with _pages_kept(connection, _SPARING):
            yield
    finally:
        connection.exec_driver_sql("PRAGMA temp_store=0")


@contextmanager
def _pages_kept(connection: Connection, size: int) -> Iterator[None]:
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar()
    connection.exec_driver_sql(f"PRAGMA cache_size={size}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size={before}")


def set_gesture(connection: Connection, gesture_id: int | None) -> None:
    """From now on changes belong to this gesture; with None they fail."""
    connection.exec_driver_sql("UPDATE temp.journal_current SET gesture_id=?", (gesture_id,))


def learn_again(connection: Connection) -> None:
    """Statistics for indexes that are new, in a book that has any: without them plans go astray."""
    execute = connection.exec_driver_sql
    if execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").fetchone():
        execute(f"PRAGMA analysis_limit={_SAMPLED}").fetchone()
        execute("ANALYZE")


def wipe(connection: Connection) -> bool:
    """Rewrite the whole file, its statistics and its log. Whether nothing old is left anywhere.

    Deleted rows leave copies behind: in pages that were split, in samples of the planner, in
    the log.
    """
    driver: Any = connection.connection.driver_connection
    if driver.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").fetchone():
        for (name,) in driver.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE 'sqlite#_stat%' ESCAPE '#'"
        ).fetchall():
            driver.execute(f"DELETE FROM {_quoted(name)}")
        driver.execute(f"PRAGMA analysis_limit={_SAMPLED}").fetchone()
        driver.execute("ANALYZE")
    driver.execute("VACUUM")
    for _ in range(_WIPE_TRIES):
        busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy:
            return True
    return False


def create_custom_index(connection: Connection, table: str, key: str) -> None:
    """Index one value of the column `custom`: a filter on it walks the index, not the table.

    Outside of the models; `restore` knows such indexes by the start of their names.
    """
    value = _literal(f'$."{key}"')
    connection.exec_driver_sql(
        f"CREATE INDEX IF NOT EXISTS {_quoted(f'ix_custom_{table}_{key}')}"
        f" ON {_quoted(table)} (json_extract(custom, {value}))"
    )


def drop_custom_index(connection: Connection, table: str, key: str) -> None:
    """Take such an index away."""
    connection.exec_driver_sql(f"DROP INDEX IF EXISTS {_quoted(f'ix_custom_{table}_{key}')}")


def _triggers(table: Table) -> list[str]:
    name = table.name
    columns = [column.name for column in journalled_columns(table)]
    rest = [column for column in columns if column != "id"]
    into = _INTO
    gesture = "(SELECT gesture_id FROM journal_current)"
    text = _literal(name)
    new, old = _whole(table, "NEW."), _whole(table, "OLD.")
    inserted = f"{into} VALUES ({gesture}, {text}, NEW.id, 'I', NULL, {new});"
    deleted = f"{into} VALUES ({gesture}, {text}, OLD.id, 'D', {old}, NULL);"

    def trigger(suffix: str, when: str, body: str) -> str:
        head = f"CREATE TEMP TRIGGER {_quoted(f'journal_{name}_{suffix}')} AFTER {when}"
        return f"{head} BEGIN {body} END"

    on = f"ON main.{_quoted(name)}"
    made = [
        trigger("insert", f"INSERT {on}", inserted),
        trigger("delete", f"DELETE {on}", deleted),
        # A row that gets another id is another row.
        trigger("moved", f"UPDATE OF id {on} WHEN OLD.id IS NOT NEW.id", deleted + inserted),
    ]
    if rest:
        # BINARY: else a column with another collation would hide a change of case.
        parts = " UNION ALL ".join(
            f"SELECT {_literal(c)} AS k, OLD.{_quoted(c)} COLLATE BINARY AS o,"
            f" NEW.{_quoted(c)} COLLATE BINARY AS n"
            for c in rest
        )
        changed = (
            f"{into} SELECT {gesture}, {text}, NEW.id, 'U', json_group_object(k, o),"
            f" json_group_object(k, n) FROM ({parts}) WHERE o IS NOT n HAVING count(*) > 0;"
        )
        names = ", ".join(_quoted(c) for c in rest)
        made.append(trigger("update", f"UPDATE OF {names} {on} WHEN OLD.id IS NEW.id", changed))
    return made


def _whole(table: Table, side: str) -> str:
    return _pairs([column.name for column in journalled_columns(table)], side)


def _pairs(names: Iterable[str], side: str) -> str:
    pairs = ", ".join(f"{_literal(c)}, {side}{_quoted(c)}" for c in names if c != "id")
    return f"json_object({pairs})"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
