"""Takes the record's indexes away while very many rows are copied in, and puts them back, also after a crash.

Copying under indexes is several times slower. What was taken is written into a table in the same transaction, so that
an interrupted run leaves a list behind from which the next one starts by putting everything back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction
from psycopg import sql

from rollkeeper.demo.rows import COLUMNS

LIST = "demo_indexes_taken"
# Every index of the record that enforces nothing: not unique, not of a constraint.
PLAIN = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  JOIN pg_class t ON t.oid = i.indrelid
 WHERE t.relname = ANY (%s) AND t.relnamespace = 'public'::regnamespace AND NOT i.indisunique AND NOT i.indisprimary
   AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY 1
"""


@contextmanager
def away(wanted: bool) -> Iterator[None]:
    """Without the plain indexes of the record until the block ends well; nothing happens unless ``wanted``."""
    if wanted:
        _take()
    yield
    if wanted:
        put_back()


@transaction.atomic(using="owner")
def _take() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(PLAIN, [[*COLUMNS, "documents_document"]])
        found = cursor.fetchall()
        cursor.execute(sql.SQL("CREATE TABLE {} (name text PRIMARY KEY, made text NOT NULL)").format(_list()))
        for name, made in found:
            cursor.execute(sql.SQL("INSERT INTO {} VALUES (%s, %s)").format(_list()), [name, made])
            cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))


def put_back() -> None:
    """Make every index on the list again, and forget the list. Without a list nothing happens."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [LIST])
        if not cursor.fetchone()[0]:
            return
        cursor.execute("SET maintenance_work_mem = '256MB'")
        cursor.execute(sql.SQL("SELECT name, made FROM {} ORDER BY 1").format(_list()))
        for name, made in cursor.fetchall():
            _make(cursor, name, made)
        cursor.execute(sql.SQL("DROP TABLE {}").format(_list()))
        cursor.execute("RESET maintenance_work_mem")


def _make(cursor: Any, name: str, made: str) -> None:  # Any: Django's cursor wrapper
    cursor.execute("SELECT to_regclass(%s) IS NULL", [f'public."{name}"'])
    if cursor.fetchone()[0]:
        cursor.execute(made)


def _list() -> sql.Identifier:
    return sql.Identifier(LIST)
