"""Staging: the release's rows as they were read, in unlogged tables of a schema of their own, for the owner alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db import connections
from psycopg import sql

from rollkeeper.releases.archive import Member, Release
from rollkeeper.releases.cells import KnownCodes
from rollkeeper.releases.events import Event, Kind, Outcome, Sink
from rollkeeper.releases.inflate import DEFLATE64
from rollkeeper.releases.keys import KeyFile
from rollkeeper.releases.layout import Table, main_tables
from rollkeeper.releases.reader import Counts, TableReader

SCHEMA = "release_staging"
SQL = Path(__file__).resolve().parent / "sql"
# What the record has a place for. The other main tables are read and counted too, to know the release to be whole.
LOADED = (
    "A_TblCase", "B_TblProceeding", "B_TblProceedCharges", "tbl_schedule", "tbl_Court_Appln", "tbl_Court_Motions",
    "D_TblAssociatedBond", "tbl_CustodyHistory", "tbl_JuvenileHistory", "tbl_Lead_Rider", "tbl_RepsAssigned",
    "tblAppeal",
)  # fmt: skip
NUMBERS = ("key", "int")
Progress = Callable[[str, int], None]  # name of the step, and how much of it was done since the last call


def owner_cursor() -> Any:  # Any: Django's cursor wrapper has no public type
    """A cursor of the owner's connection; psycopg's own methods (``copy``) are reachable through it."""
    return connections["owner"].cursor()


def run_file(cursor: Any, name: str) -> None:  # Any: as above
    """Run one of the files in ``sql/``."""
    cursor.execute((SQL / name).read_text(encoding="utf-8"))


def staged(table: str) -> sql.Identifier:
    """The staging table of a main table."""
    return sql.Identifier(SCHEMA, table.lower())


def make_tables(key_files: dict[str, KeyFile]) -> None:
    """Make the schema anew: a table for each loaded table with every column of the layout, and the key files' codes."""
    with owner_cursor() as cursor:
        run_file(cursor, "stage.sql")
        for name in LOADED:
            columns: list[sql.Composable] = [sql.SQL("line bigint")]
            for column in main_tables()[name].columns:
                kind = "bigint" if column.kind in NUMBERS else "text"
                columns.append(sql.SQL("{} {}").format(sql.Identifier(column.name.lower()), sql.SQL(kind)))
            cursor.execute(sql.SQL("CREATE UNLOGGED TABLE {} ({})").format(staged(name), sql.SQL(", ").join(columns)))
        with cursor.copy(f"COPY {SCHEMA}.keys (file, code, label) FROM STDIN") as copy:
            for stem, key_file in key_files.items():
                for code, label in key_file.labels():
                    copy.write_row((stem, code, label))


def drop() -> None:
    """Remove the schema."""
    with owner_cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def read_tables(
    release: Release, known: KnownCodes, sink: Sink, progress: Progress, *, keep: bool
) -> dict[str, Counts]:
    """Read every main table, to staging if ``keep``; returns row counts by lower-case stem.

    A table that the release lacks is told to ``sink``. ``progress`` is told bytes of clean rows.
    """
    counts = {}
    for name, table in main_tables().items():
        member = release.find(name)
        if member is None:
            sink(Event(f"{name}.csv", 0, Kind.MISSING_MEMBER, Outcome.NOTED))
            continue
        if member.method == DEFLATE64:
            sink(Event(member.name, 0, Kind.DEFLATE64, Outcome.NOTED))
        with release.open(member) as stream:
            reader = TableReader(member.name, stream, table, sink, known)
            blocks = _told(reader.copy_blocks(), member, progress)
            if keep and name in LOADED:
                _copy(reader, table, blocks)
            else:
                for _ in blocks:
                    pass
            counts[name.lower()] = reader.counts
    return counts


def _told(blocks: Iterable[bytes], member: Member, progress: Progress) -> Iterable[bytes]:
    for block in blocks:
        progress(member.name, len(block))
        yield block


def _copy(reader: TableReader, table: Table, blocks: Iterable[bytes]) -> None:
    """COPY one table. Columns that the layout does not know are staged beside the others, as text, and not loaded."""
    names = [sql.Identifier("line")]
    with owner_cursor() as cursor:
        for position, column in enumerate(reader.header.columns):
            name = column.name.lower() if column else f"unknown_{position + 1}"
            if column is None:
                cursor.execute(
                    sql.SQL("ALTER TABLE {} ADD COLUMN {} text").format(staged(table.name), sql.Identifier(name))
                )
            names.append(sql.Identifier(name))
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT text, NULL '', ENCODING 'UTF8')")
        with cursor.copy(statement.format(staged(table.name), sql.SQL(", ").join(names))) as copy:
            for block in blocks:
                copy.write(block)
        for name in _joined_by(table):
            cursor.execute(sql.SQL("CREATE INDEX ON {} ({})").format(staged(table.name), sql.Identifier(name)))
        cursor.execute(sql.SQL("ANALYZE {}").format(staged(table.name)))


def _joined_by(table: Table) -> list[str]:
    """Columns that checks and joins look rows up by: the row's key, and its case."""
    case = [column.name.lower() for column in table.columns if column.refers_to == "A_TblCase" and not column.is_key]
    return [table.key.name.lower(), *case]
