"""A hold is a deny that beats every right, from the moment its entry commits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest

from rollkeeper.access import door
from rollkeeper.cases.models import Case
from tests.access.test_raw import count, open_look
from tests.conftest import Connect
from tests.factories.cases import MadeCase, fill_case, make_case, relate
from tests.factories.world import World


@pytest.fixture
def made(world: World) -> MadeCase:
    """A case of this test's own, with the clerk's and the judge's right to it."""
    made = fill_case(make_case(world.court, world.judge, filed_on=date(2099, 1, 1)))  # first in every list
    relate(made.case, world.principals["clerk"], "court")
    relate(made.case, world.principals["judge"], "judge")
    return made


@contextmanager
def hold(owner: psycopg.Connection, scope: str, subject: int) -> Iterator[None]:
    """A hold in force for the length of a block."""
    row = owner.execute(
        "SELECT place_hold(%s, %s, 'Order of the district court, 1:26-cv-1')", [scope, subject]
    ).fetchone()
    assert row is not None
    try:
        yield
    finally:
        owner.execute("SELECT lift_hold(%s, 'Order lifting the first')", [row[0]])


@pytest.mark.parametrize("scope", ["case", "person", "account", "principal"])
def test_a_hold_ends_an_open_look_at_the_next_statement(
    scope: str, made: MadeCase, world: World, connect_as_site: Connect, connect_as_owner: Connect
) -> None:
    site, owner = connect_as_site(), connect_as_owner()
    subject = {
        "case": made.case.pk,
        "person": made.keyed.person.pk,
        "account": world.account("clerk").pk,
        "principal": world.principals["clerk"].pk,
    }[scope]
    open_look(site, world, case=made.number)
    assert count(site) > 0

    with hold(owner, scope, subject):
        assert count(site) == 0
        assert open_look(site, world, case=made.number)["allowed"] is False
        assert count(site) == 0

    assert open_look(site, world, case=made.number)["allowed"] is True


def test_a_hold_on_one_case_leaves_the_others_open(
    made: MadeCase, world: World, connect_as_site: Connect, connect_as_owner: Connect
) -> None:
    site = connect_as_site()
    with hold(connect_as_owner(), "case", made.case.pk):
        assert open_look(site, world)["allowed"] is True
        assert count(site) > 0


def test_a_held_case_is_in_no_list_and_no_search(made: MadeCase, world: World, connect_as_owner: Connect) -> None:
    clerk = world.account("clerk").pk

    def listed() -> set[str]:
        with door.listing(clerk, purpose="records", act="cases.list", which="cases", take=50) as look:
            return set(Case.objects.filter(pk__in=look.case_ids).values_list("number", flat=True))

    def found() -> int:
        with door.search(clerk, purpose="records", words=made.number) as look:
            return look.total

    assert made.number in listed()
    assert found() == 1
    with hold(connect_as_owner(), "case", made.case.pk):
        assert made.number not in listed()
        assert found() == 0


def test_a_refusal_under_a_hold_looks_like_any_other(made: MadeCase, world: World, connect_as_owner: Connect) -> None:
    clerk = world.account("clerk").pk
    with hold(connect_as_owner(), "case", made.case.pk):
        with (
            pytest.raises(door.Refused) as held,
            door.look(clerk, purpose="records", act="docket.read", case=made.number),
        ):
            pass
        with (
            pytest.raises(door.Refused) as absent,
            door.look(clerk, purpose="records", act="docket.read", case="HLG-1"),
        ):
            pass

    assert str(held.value) == str(absent.value)


def test_no_read_that_begins_after_the_hold_shows_a_row(
    made: MadeCase, world: World, connect_as_site: Connect, connect_as_owner: Connect
) -> None:
    """Readers in a tight loop; a read that starts after place_hold returned must be empty."""
    owner = connect_as_owner()
    placed = threading.Event()
    stop = threading.Event()
    late, reads = [], [0]

    def read(site: psycopg.Connection) -> None:
        open_look(site, world, case=made.number)
        while not stop.is_set():
            began_after = placed.is_set()
            rows = count(site)
            reads[0] += 1
            if began_after and rows:
                late.append(rows)

    readers = [threading.Thread(target=read, args=(connect_as_site(),)) for _ in range(4)]
    for reader in readers:
        reader.start()
    with hold(owner, "case", made.case.pk):
        placed.set()
        for _ in range(50):
            owner.execute("SELECT pg_sleep(0.01)")
        stop.set()
        for reader in readers:
            reader.join()

    assert reads[0] > 100
    assert late == []
