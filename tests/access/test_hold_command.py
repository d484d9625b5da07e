"""`rollkeeper hold`: what it closes, what it refuses, and what it leaves in the ledger."""

import json

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from rollkeeper.access.command import hold
from rollkeeper.access.models import Hold
from tests.factories.cases import MadeCase, fill_case, make_case, relate
from tests.factories.world import World


@pytest.fixture
def made(world: World) -> MadeCase:
    """A case of this test's own, with the clerk's right to it."""
    made = fill_case(make_case(world.court, world.judge))
    relate(made.case, world.principals["clerk"], "court")
    return made


def run(*arguments: str) -> Result:
    """The command, as an operator types it."""
    return CliRunner().invoke(hold, list(arguments))


def last_entry(kind: str) -> dict[str, object]:
    """The newest ledger entry of a kind."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT body FROM ledger_entry WHERE kind = %s ORDER BY id DESC LIMIT 1", [kind])
        return dict(json.loads(cursor.fetchone()[0]))


def test_a_case_is_held_by_its_number_and_released_with_both_orders_in_the_ledger(made: MadeCase) -> None:
    placed = run("place", "--case", made.number, "--order", "D. Mass., 1:26-cv-1")
    number = Hold.objects.using("owner").get(scope="case", subject_id=made.case.pk, lifted_at=None).pk
    placed_entry = last_entry("hold.placed")
    lifted = run("lift", str(number), "--order", "D. Mass., order of 9 March")

    assert placed.output == f"Hold {number} is in force: the case {made.number} is closed to everybody.\n"
    assert (placed_entry["hold"], placed_entry["order"]) == (number, "D. Mass., 1:26-cv-1")
    assert lifted.output == f"Hold {number} is lifted.\n"
    assert last_entry("hold.lifted")["order"] == "D. Mass., order of 9 March"
    assert "in force" not in run("list").output.partition(f" {number} ")[2].splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["place", "--case", "NO-SUCH-CASE", "--order", "x"], 1, "There is no case 'NO-SUCH-CASE'. Nothing was held."),
        (["place", "--account", "zq-nobody", "--order", "x"], 1, "There is no account 'zq-nobody'."),
        (["place", "--order", "x"], 2, "Name exactly one of --case, --person, --account and --principal."),
        (["place", "--case", "a", "--account", "b", "--order", "x"], 2, "Name exactly one of"),
        (["place", "--case", "a"], 2, "Missing option '--order'"),
        (["lift", "999999", "--order", "x"], 1, "There is no hold 999999 in force."),
    ],
)
@pytest.mark.usefixtures("world")
def test_what_cannot_be_held_or_lifted_is_one_sentence_and_changes_nothing(
    arguments: list[str], code: int, said: str
) -> None:
    before = Hold.objects.using("owner").count()

    answer = run(*arguments)

    assert answer.exit_code == code
    assert said in answer.output
    assert Hold.objects.using("owner").count() == before
