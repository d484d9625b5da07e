"""Fixtures for every test: a real PostgreSQL, a small court in it, and connections as the roles that matter."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from psycopg.conninfo import make_conninfo

from tests import databases
from tests.environment import DATABASE
from tests.factories.world import World, build_world

ENGINE_FOLDERS = ("tests/access", "tests/ledger", "tests/stories", "tests/record")
_copies = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the door, the ledger and the record depend on what PostgreSQL does."""
    for item in items:
        if item.nodeid.startswith(ENGINE_FOLDERS):
            item.add_marker(pytest.mark.engine)


@pytest.fixture(scope="session")
def template(django_db_blocker: Any) -> Iterator[str]:  # Any: pytest-django exports no type for it
    """Name of the template database: migrated, with code tables and purposes."""
    with django_db_blocker.unblock():
        yield databases.make_template()


@pytest.fixture(scope="session", autouse=True)
def database(template: str) -> Iterator[str]:
    """The database of this run. Tests commit for real and make data of their own; nothing is rolled back."""
    with databases.copy_of(template, DATABASE):
        yield DATABASE


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Style sheets and scripts, collected the way `make run` does."""
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def fresh_database(template: str) -> Iterator[str]:
    """A database of one test's own, for tests that harm it or count everything in it."""
    with databases.copy_of(template, f"{DATABASE}_{next(_copies)}") as name:
        yield name


@pytest.fixture(autouse=True)
def _leave_no_transaction_open() -> Iterator[None]:
    yield
    for connection in connections.all(initialized_only=True):
        if connection.in_atomic_block:
            connection.close()


@pytest.fixture(scope="session")
def world(database: str) -> World:
    """A small court: two courts, a judge each, accounts for every desk, and cases with a row in every table."""
    return build_world()


def conninfo(alias: str) -> str:
    """How to connect to the present test database as the role of a Django alias, without Django."""
    settings = connections[alias].settings_dict
    return make_conninfo(
        dbname=settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"],
        port=settings["PORT"] or None,
    )


Connect = Callable[[], psycopg.Connection]


@pytest.fixture
def connect_as_site(database: str) -> Iterator[Connect]:
    """Opens raw connections as ``rollkeeper_app``, the way an attacker inside the site would."""
    yield from _connector("default")


@pytest.fixture
def connect_as_owner(database: str) -> Iterator[Connect]:
    """Opens raw connections as the owner of the schema."""
    yield from _connector("owner")


def _connector(alias: str) -> Iterator[Connect]:
    opened: list[psycopg.Connection] = []

    def connect() -> psycopg.Connection:
        opened.append(psycopg.connect(conninfo(alias), autocommit=True))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture(scope="session")
def state() -> str:
    """The state folder of the tests."""
    return os.environ["ROLLKEEPER_STATE"]
