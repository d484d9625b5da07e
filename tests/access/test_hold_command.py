"""`rollkeeper hold`: entered, listed, lifted; what it refuses."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from django.core.management.base import CommandError
from django.db import connections

from rollkeeper.access import door
from rollkeeper.access.command import hold
from tests.factories.cases import MadeCase, make_case, relate
from tests.factories.world import World


def run(*arguments: str) -> Result:
    return CliRunner().invoke(hold, list(arguments), catch_exceptions=True)


def number_in(result: Result) -> str:
    return result.output.split()[1]


@pytest.fixture
def own(world: World) -> MadeCase:
    made = make_case(world.court, world.judge)
    relate(made.case, world.principals["clerk"], "court")
    return made


def look(world: World, made: MadeCase) -> None:
    with door.look(world.account("clerk").pk, purpose="records", act="docket.read", case=made.number):
        pass


@pytest.mark.parametrize("scope", ["case", "person"])
def test_a_hold_stops_looks_until_it_is_lifted(scope: str, world: World, own: MadeCase) -> None:
    subject = own.number if scope == "case" else f"A {own.keyed.a_number[:3]}-{own.keyed.a_number[3:]}"

    placed = run("place", scope, subject, "--order", "S.D. Tex. 7:26-cv-1")

    assert placed.exit_code == 0, placed.output
    with pytest.raises(door.Refused):
        look(world, own)
    assert "S.D. Tex. 7:26-cv-1" in run("list").output

    assert run("lift", number_in(placed), "--order", "Lifted on appeal").exit_code == 0
    look(world, own)


def test_placing_and_lifting_are_in_the_ledger_with_their_orders(world: World, own: MadeCase) -> None:
    number = number_in(run("place", "case", own.number, "--order", "First order"))
    run("lift", number, "--order", "Second order")

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT kind, body::jsonb ->> 'order' FROM ledger_entry WHERE body::jsonb ->> 'hold' = %s ORDER BY id",
            [number],
        )
        assert cursor.fetchall() == [("hold.placed", "First order"), ("hold.lifted", "Second order")]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("place", "case", "HLG-00-000000", "--order", "x"), "There is no case of this number"),
        (("place", "person", "1", "--order", "x"), "There is nobody with this A-number"),
        (("place", "account", "nobody", "--order", "x"), "There is no account of this user name"),
        (("place", "principal", "' OR true --", "--order", "x"), "There is no office of this name"),
        (("lift", "999999", "--order", "x"), "No hold 999999 is in force"),
    ],
)
def test_what_does_not_exist_is_refused_in_a_sentence(arguments: tuple[str, ...], sentence: str, world: World) -> None:
    result = run(*arguments)

    assert isinstance(result.exception, CommandError)
    assert sentence in str(result.exception)


@pytest.mark.parametrize("arguments", [("place", "case", "x"), ("place", "case", "x", "--order", " "), ("lift", "0")])
def test_a_hold_without_its_order_is_not_entered(arguments: tuple[str, ...], world: World) -> None:
    assert run(*arguments).exit_code == 2


def test_the_help_teaches() -> None:
    text = run("--help").output

    assert "beats every right" in text
    assert "rollkeeper hold lift" in text
