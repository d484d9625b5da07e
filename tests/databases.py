"""Databases for tests: one template, made again when the schema changes, and cheap copies of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from tests.environment import SERVER

SOURCE = Path(__file__).resolve().parent.parent / "src" / "rollkeeper"
ALIASES = ("default", "owner")


def schema_hash() -> str:
    """A name for what the template is made of: migrations, SQL, code tables, purposes, policies."""
    digest = hashlib.sha256()
    patterns = ("*/migrations/*.py", "*/sql/*.sql", "law/codes/*.csv", "law/purposes.toml", "access/install.py")
    for path in sorted(path for pattern in patterns for path in SOURCE.glob(pattern)):
        digest.update(path.name.encode() + path.read_bytes())
    for path in sorted(SOURCE.glob("*/models.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def use(name: str) -> str:
    """Point Django's connections at a database; returns the name they had."""
    before = str(connections["owner"].settings_dict["NAME"])
    connections.close_all()
    for alias in ALIASES:
        connections[alias].settings_dict["NAME"] = name
    return before


def make_template() -> str:
    """The template database, made now if it is missing."""
    name = f"rk_template_{schema_hash()}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(7261)")
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            _set_password(server)
            return name
        for (old,) in server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'rk\\_template\\_%'"
        ).fetchall():
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))
        half = f"{name}_half"
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(half)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
        _fill(half)
        _set_password(server)
        server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(name)))
    return name


def _set_password(server: psycopg.Connection) -> None:
    server.execute("ALTER ROLE rollkeeper_app LOGIN PASSWORD 'only-for-tests'")


def _fill(name: str) -> None:
    from rollkeeper.courts.actions import load_courts
    from rollkeeper.law.actions import load_law

    before = use(name)
    try:
        call_command("migrate", database="owner", verbosity=0)
        load_law()
        load_courts()
    finally:
        use(before)


@contextmanager
def copy_of(template: str, name: str) -> Iterator[str]:
    """A copy of a database in use by Django until the block ends, then dropped."""
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    before = use(name)
    try:
        yield name
    finally:
        use(before)
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
