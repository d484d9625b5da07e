"""Signing in with a password and a second step, under our frame."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client, override_settings

from tests.factories.world import World, make_account

PASSWORD = "a long and private sentence"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()  # allauth counts attempts


def account(name: str, desk: str, *, second_step: bool = False):
    made = make_account(name, desk)
    Authenticator.objects.using("owner").filter(user_id=made.pk).delete()
    made.set_password(PASSWORD)
    made.save(using="owner")
    secret = generate_totp_secret()
    if second_step:
        made._state.db = "default"
        TOTP.activate(made, secret)
    return made, secret


def code_for(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def sign_in(client: Client, name: str, password: str = PASSWORD):
    return client.post("/accounts/login/", {"login": name, "password": password})


def entries(kind: str, actor: int) -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry WHERE kind = %s AND actor_id = %s", [kind, actor])
        return int(cursor.fetchone()[0])


def test_a_respondent_signs_in_with_a_password_and_it_is_written_down(world: World) -> None:
    made, _secret = account("zq-resp", "respondent")
    client = Client()

    answer = sign_in(client, "zq-resp")

    assert answer.headers["Location"] == "/desk/"
    assert client.session["_auth_user_id"] == str(made.pk)
    assert entries("account.signed_in", made.pk) == 1


def test_a_wrong_password_says_so_and_signs_nobody_in(world: World) -> None:
    account("zq-wrong", "respondent")
    client = Client()

    known, unknown = sign_in(client, "zq-wrong", "not it at all"), sign_in(client, "zq-nobody", "not it at all")

    assert "_auth_user_id" not in client.session
    assert known.status_code == unknown.status_code == 200
    assert "are not correct" in known.content.decode()
    assert "are not correct" in unknown.content.decode()


def test_staff_without_a_second_step_see_only_the_page_to_set_one_up(world: World) -> None:
    account("zq-new-clerk", "clerk")
    client = Client()
    sign_in(client, "zq-new-clerk")

    for path in ("/", "/desk/", "/look-up/", "/limits/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("Location")) == (302, "/accounts/2fa/")
    page = client.get("/accounts/2fa/")
    assert "Set up a second step first." in page.content.decode()
    assert client.post("/accounts/logout/").status_code == 302


def test_staff_with_a_second_step_are_asked_for_it(world: World) -> None:
    made, secret = account("zq-clerk", "clerk", second_step=True)
    client = Client()

    asked = sign_in(client, "zq-clerk")

    assert asked.headers["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    assert "needs your attention" in wrong.content.decode()
    right = client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})
    assert right.headers["Location"] == "/desk/"
    assert entries("account.signed_in", made.pk) == 1


def test_a_closed_account_does_not_sign_in(world: World) -> None:
    made, _secret = account("zq-gone", "respondent")
    made.is_active = False
    made.save(using="owner")
    client = Client()

    sign_in(client, "zq-gone")

    assert "_auth_user_id" not in client.session


def test_nobody_adds_an_account_for_themselves(world: World) -> None:
    answer = Client().get("/accounts/signup/")

    assert "The court opens accounts" in answer.content.decode()


def test_a_forgotten_password_is_mended_by_mail_and_tells_nobody_who_has_an_account(world: World) -> None:
    account("zq-forgot", "respondent")
    client = Client()

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        known = client.post("/accounts/password/reset/", {"email": "zq-forgot@example.test"})
        unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.test"})

    assert known.headers["Location"] == unknown.headers["Location"]
    message = next(message for message in mail.outbox if message.to == ["zq-forgot@example.test"])
    link = next(word for word in str(message.body).split() if "/password/reset/key/" in word)
    page = client.get(link.removeprefix("http://testserver"), follow=True)
    assert "Choose a new password" in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/accounts/2fa/", "/accounts/2fa/webauthn/", "/accounts/password/change/", "/accounts/email/"]
)
def test_the_pages_of_an_account_stand_in_our_frame(path: str, world: World) -> None:
    account(f"zq-pages{path.replace('/', '-')}", "respondent")
    client = Client()
    sign_in(client, f"zq-pages{path.replace('/', '-')}")

    text = client.get(path, follow=True).content.decode()

    assert 'class="rk-header"' in text
    assert text.count("<h1") == 1
