"""`rollkeeper account`: what it makes, what it refuses, and what it leaves in the ledger."""

import json

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.db import connections

from rollkeeper.access.models import Membership
from rollkeeper.accounts.command import account
from rollkeeper.accounts.models import Account, Desk
from tests.factories.world import World

pytestmark = pytest.mark.usefixtures("world")


def run(*arguments: str, stdin: str = ""):
    return CliRunner().invoke(account, list(arguments), input=stdin)


def last_entry(kind: str) -> dict[str, object]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT body FROM ledger_entry WHERE kind = %s ORDER BY id DESC LIMIT 1", [kind])
        found = cursor.fetchone()
    return dict(json.loads(found[0])) if found else {}


def test_an_added_clerk_can_sign_in_with_the_password_shown_once() -> None:
    answer = run("add", "zq-lopez", "--name", "M. Lopez", "--desk", "clerk", "--court", "hlg")

    assert answer.exit_code == 0, answer.output
    password = answer.output.rsplit(": ", 1)[1].strip()
    made = Account.objects.using("owner").get(username="zq-lopez")
    assert made.check_password(password)
    assert made.court is not None
    assert made.court.code == "HLG"
    assert not made.is_staff
    entry = last_entry("account.added")
    assert entry["account"] == made.pk
    assert entry["office"] == "Clerk's office, Harlingen"  # the office that was there, not a second one
    assert password not in json.dumps(entry)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "zq-a", "--name", "A", "--desk", "clerk"], "--court"),
        (["add", "zq-a", "--name", "A", "--desk", "chambers"], "--judge"),
        (["add", "zq-a", "--name", "A", "--desk", "clerk", "--court", "QQQ"], "There is no court 'QQQ'"),
        (["add", "clerk", "--name", "A", "--desk", "respondent"], "is taken"),
        (["disable", "zq-nobody", "--reason", "x"], "There is no account"),
        (["reset-mfa", "zq-nobody", "--reason", "x"], "There is no account"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_1(arguments: list[str], said: str) -> None:
    before = Account.objects.using("owner").count()

    answer = run(*arguments)

    assert answer.exit_code == 1
    assert said in answer.output
    assert Account.objects.using("owner").count() == before


def test_a_weak_password_is_refused() -> None:
    answer = run("add", "zq-weak", "--name", "W", "--desk", "respondent", "--password-stdin", stdin="password\n")

    assert answer.exit_code == 1
    assert "too weak" in answer.output


def test_a_closed_account_is_closed_once_and_the_reason_is_kept() -> None:
    run("add", "zq-left", "--name", "L", "--desk", "respondent")

    assert run("disable", "zq-left", "--reason", "left the court").exit_code == 0
    assert run("disable", "zq-left", "--reason", "again").exit_code == 1

    assert not Account.objects.using("owner").get(username="zq-left").is_active
    assert last_entry("account.closed")["reason"] == "left the court"
    assert "zq-left" not in run("list").output
    assert "zq-left" in run("list", "--all").output


def test_resetting_the_second_step_removes_every_factor(world: World) -> None:
    run("add", "zq-lost", "--name", "L", "--desk", "respondent")
    made = Account.objects.using("owner").get(username="zq-lost")
    Authenticator.objects.using("owner").create(user=made, type="totp", data={"secret": "x"})

    answer = run("reset-mfa", "zq-lost", "--reason", "telephone lost")

    assert answer.exit_code == 0
    assert not Authenticator.objects.using("owner").filter(user_id=made.pk).exists()
    assert last_entry("account.second_factor_reset")["removed"] == 1


def test_counsel_of_one_firm_act_for_one_office() -> None:
    run("add", "zq-ada", "--name", "A", "--desk", "counsel", "--office", "Zq Legal Aid")
    run("add", "zq-ben", "--name", "B", "--desk", "counsel", "--office", "Zq Legal Aid")

    members = Membership.objects.using("owner").filter(principal__name="Zq Legal Aid")
    assert sorted(member.account.username for member in members) == ["zq-ada", "zq-ben"]


def test_the_desks_are_all_explained() -> None:
    output = run("roles").output

    assert all(desk in output for desk in Desk.values)
    assert output.count("second step required") == len(Desk.values) - 1


def test_help_teaches_with_examples() -> None:
    assert "rollkeeper account add mlopez" in run("--help").output
