"""One click into an invented role: in the demonstration alone, and for invented people alone."""

import pytest
from django.db import connections
from django.test import Client, override_settings

from rollkeeper.accounts.actions import CannotStepIn, step_in
from rollkeeper.accounts.models import Account
from rollkeeper.accounts.rules import may_step_in, needs_second_factor
from tests.factories.world import World, make_account


@pytest.fixture(scope="module")
def invented(world: World) -> Account:
    return make_account("zq-invented", "clerk", is_demo=True)


def post(role: str, client: Client | None = None):
    return (client or Client()).post("/demo/step-in/", {"role": role})


def test_outside_the_demonstration_neither_page_nor_act_exists(invented: Account) -> None:
    assert Client().get("/demo/").status_code == 404
    client = Client()
    assert post("zq-invented", client).status_code == 404
    assert "_auth_user_id" not in client.session


def stepped_in(account: Account) -> int:
    """How often the ledger says that an account was stepped into."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ledger_entry WHERE kind = 'account.stepped_in' AND actor_id = %s", [account.pk]
        )
        return int(cursor.fetchone()[0])


def test_in_the_demonstration_one_click_signs_in_and_is_written_down(invented: Account) -> None:
    client = Client()
    before = stepped_in(invented)

    with override_settings(ROLLKEEPER_DEMO=True):
        answer = post("zq-invented", client)

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(invented.pk)
    assert stepped_in(invented) == before + 1


@pytest.mark.parametrize("role", ["clerk", "respondent", "operator", "nobody", "", "' OR 1=1 --"])
def test_even_in_the_demonstration_no_real_account_is_stepped_into(role: str, world: World) -> None:
    client = Client()

    with override_settings(ROLLKEEPER_DEMO=True):
        answer = post(role, client)

    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_closed_demonstration_account_is_not_stepped_into(world: World) -> None:
    make_account("zq-closed", "clerk", is_demo=True, is_active=False)

    with pytest.raises(CannotStepIn):
        step_in("zq-closed", demo=True)


def test_stepping_in_needs_a_post(invented: Account) -> None:
    with override_settings(ROLLKEEPER_DEMO=True):
        assert Client().get("/demo/step-in/?role=zq-invented").status_code == 405


def test_nothing_of_the_role_before_stays_in_the_session(invented: Account, world: World) -> None:
    client = Client()
    client.force_login(world.account("respondent"), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["left"] = "behind"
    session.save()

    with override_settings(ROLLKEEPER_DEMO=True):
        post("zq-invented", client)

    assert "left" not in client.session


@pytest.mark.parametrize("demo", [True, False])
@pytest.mark.parametrize("invented", [True, False])
@pytest.mark.parametrize("active", [True, False])
def test_only_active_invented_accounts_of_the_demonstration_may(demo: bool, invented: bool, active: bool) -> None:
    decision = may_step_in(demo=demo, is_demo_account=invented, is_active=active)

    assert decision.allowed == (demo and invented and active)
    assert decision.reason


@pytest.mark.parametrize(
    "desk", ["counsel", "government", "clerk", "chambers", "board", "oversight", "operator", "new"]
)
def test_everybody_but_respondents_needs_a_second_factor(desk: str) -> None:
    assert needs_second_factor(desk=desk, demo=False, is_demo_account=False)
    assert needs_second_factor(desk=desk, demo=True, is_demo_account=False)
    assert needs_second_factor(desk=desk, demo=False, is_demo_account=True)
    assert not needs_second_factor(desk=desk, demo=True, is_demo_account=True)
    assert not needs_second_factor(desk="respondent", demo=False, is_demo_account=False)
