"""DuckDB, shut in: no file but those named, no extension, no configuration."""

from pathlib import Path

import duckdb

Connection = duckdb.DuckDBPyConnection

_SHUT = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}


def open_engine(room: Path) -> Connection:
    """A connection in memory that spills into `room` and fetches nothing.

    It may still read files: the text of an extract is loaded through it before
    `lock` is called.
    """
    connection = duckdb.connect(config=dict(_SHUT))
    connection.execute(f"SET temp_directory = '{_plain(room / 'spill')}'")
    return connection


def lock(connection: Connection, *folders: Path) -> None:
    """Shut the connection in: from here on it sees these folders and no other file.

    Nothing that someone else wrote is evaluated before this.
    """
    listed = ", ".join(f"'{_plain(folder)}'" for folder in folders)
    connection.execute(f"SET allowed_directories = [{listed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def out_of_room(error: duckdb.Error) -> bool:
    """Whether DuckDB failed because the disk is full. Its own text is never shown."""
    said = str(error).lower()
    return any(word in said for word in ("no space left", "file too large", "disk quota"))


def path_literal(path: Path) -> str:
    """A path as DuckDB reads it."""
    return f"'{_plain(path)}'"


def _plain(path: Path) -> str:
    return path.resolve().as_posix().replace("'", "''")
