"""The large database of the measurements: made once for a schema and a size, kept between runs."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from rollkeeper.access.install import install_door
from rollkeeper.demo.households import nations
from rollkeeper.demo.names import alias, draw, tongues
from rollkeeper.demo.shares import shares
from tests import databases
from tests.bench.environment import NATIONAL, SERVER
from tests.bench.report import say

PEOPLE = 10_000_000 if NATIONAL else 1_000_000
ACCOUNTS = {"board": 1, "clerk": 2, "counsel": 3}  # rights to every case, to 100,000 and to 500
PURPOSES = {"board": "records", "clerk": "records", "counsel": "representation"}
VERSION = b"1"  # change it when what drawn_names() draws changes
FILL = Path(__file__).parent / "sql" / "fill.sql"
TABLES = ("people_personname", "people_identifier", "people_person", "cases_case", "access_caserelation",
          "docket_docketentry", "access_nametoken", "access_nameindex")  # fmt: skip


@contextmanager
def database() -> Iterator[str]:
    """Django's connections on the large database, with the door as the sources have it now."""
    name = _name()
    if not _exists(name):
        _make(name)
    before = databases.use(name)
    try:
        install_door()
        yield name
    finally:
        databases.use(before)


def conninfo(name: str, *, site: bool) -> str:
    """How to connect to a database as the site's role, or as the owner."""
    if not site:
        return make_conninfo(SERVER, dbname=name)
    return make_conninfo(SERVER, dbname=name, user="rollkeeper_app", password="only-for-tests")


def _name() -> str:
    """By what the tables are made of; the door's functions are put in place at every run."""
    digest = hashlib.sha256(FILL.read_bytes() + VERSION)
    for pattern in ("*/migrations/*.py", "ledger/sql/*.sql", "demo/words/*.toml", "demo/names.py"):
        for path in sorted(databases.SOURCE.glob(pattern)):
            digest.update(path.read_bytes())
    return f"rk_bench_{PEOPLE // 1000}k_{digest.hexdigest()[:10]}"


def _exists(name: str) -> bool:
    with psycopg.connect(SERVER) as server:
        return server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _make(name: str) -> None:
    begun = time.monotonic()
    half = f"{name}_half"
    template = databases.make_template()
    with psycopg.connect(SERVER, autocommit=True) as server:
        like = f"rk\\_bench\\_{PEOPLE // 1000}k\\_%"
        for (old,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like]).fetchall():
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(half), sql.Identifier(template)))
    with psycopg.connect(conninfo(half, site=False), autocommit=True) as owner:
        _fill(owner)
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(name)))
    say(f"made the database of {PEOPLE:,} people in {time.monotonic() - begun:.0f} s; it is kept")


def _fill(owner: psycopg.Connection) -> None:
    owner.execute("SET session_replication_role = replica")
    owner.execute("SET synchronous_commit = off")
    owner.execute("SET maintenance_work_mem = '1GB'")
    indexes = owner.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = ANY (%s::text[]::regclass[]) AND NOT i.indisunique AND NOT i.indisexclusion",
        [list(TABLES)],
    ).fetchall()
    for index, _ in indexes:
        owner.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(index)))
    _step("names", lambda: _copy_names(owner))
    for number, statement in enumerate(_statements(), start=1):
        _step(f"tables, {number} of {len(_statements())}", lambda s=statement: owner.execute(s))
    _step("index_names()", lambda: owner.execute("SELECT index_names()"))
    for index, definition in indexes:
        _step(f"index {index}", lambda d=definition: owner.execute(d))
    _step("vacuum", lambda: owner.execute("VACUUM (FREEZE, ANALYZE)"))
    _step("checkpoint", lambda: owner.execute("CHECKPOINT"))  # else the first measurement pays for it


def _statements() -> list[str]:
    text = FILL.read_text(encoding="utf-8").replace("%(people)s", str(PEOPLE)).replace("%%", "%")
    return [statement for statement in text.split(";\n") if statement.strip()]


def _step(what: str, do: object) -> None:
    begun = time.monotonic()
    assert callable(do)
    do()
    spent = time.monotonic() - begun
    if spent > 2:
        say(f"filled: {what}, {spent:.0f} s")


def _copy_names(owner: psycopg.Connection) -> None:
    owner.execute("CREATE TEMPORARY TABLE bench_name (person bigint, nation text, kind text, family text, given text)")
    with owner.cursor() as cursor, cursor.copy("COPY bench_name FROM STDIN") as copy:
        for row in drawn_names():
            copy.write_row(row)


def drawn_names() -> Iterator[tuple[int, str, str, str, str]]:
    """Person, nationality, kind, family and given name; three people in ten have an alias. Always the same."""
    source = random.Random(20261122)
    nation_shares, kinds = shares("nationality"), tongues()
    for person in range(1, PEOPLE + 1):
        nation = nation_shares.draw(source)
        name = draw(kinds[source.choice(nations()[nation].tongues)], "FM"[person % 2], source)
        yield person, nation, "legal", name.family, name.given
        if source.random() < 0.3:
            other = alias(name, source)
            yield person, nation, "alias", other.family, other.given
