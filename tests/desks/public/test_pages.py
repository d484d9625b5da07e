"""The start page, the limits, signing out, and pages that are not there."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from rollkeeper.desks.errors import pages
from tests.factories.world import World, make_account


def test_the_start_page_lets_people_look_up_and_sign_in(world: World) -> None:
    text = Client().get("/").content.decode()

    assert 'action="/look-up/"' in text
    assert 'href="/accounts/login/"' in text
    assert "Step into a role" not in text


def test_in_the_demonstration_it_offers_the_invented_roles_and_says_what_it_is(world: World) -> None:
    make_account("zq-demo-clerk", "clerk", is_demo=True, demo_line="42 filings wait for review.")

    with override_settings(ROLLKEEPER_DEMO=True):
        text = Client().get("/").content.decode()

    assert "Demonstration court:" in text
    assert "42 filings wait for review." in text
    assert 'value="zq-demo-clerk"' in text
    assert f'value="{world.account("clerk").username}"' not in text


def test_a_signed_in_reader_is_named_with_their_desk(world: World) -> None:
    client = Client()
    client.force_login(world.account("respondent"), backend="django.contrib.auth.backends.ModelBackend")

    text = client.get("/").content.decode()

    assert "You are signed in as Respondent of Tests" in text
    assert "Sign out" in text


@pytest.mark.parametrize("path", ["/nothing/", "/clerk/nothing/", "/files/HLG-99-999999/", "/%00", "/demo/"])
def test_what_is_not_there_is_one_page_with_a_next_step(path: str, world: World) -> None:
    answer = Client().get(path)

    assert answer.status_code == 404
    assert "We could not find that" in answer.content.decode()
    assert 'href="/look-up/"' in answer.content.decode()


def test_a_refusal_is_the_same_page_as_an_absence(world: World) -> None:
    request = RequestFactory().get("/somewhere/")

    absent, refused = pages.not_found(request), pages.refused(request)

    def text(answer: HttpResponse) -> str:
        return re.sub(r'value="[^"]*"', "", answer.content.decode())  # each form's own token

    assert (absent.status_code, text(absent)) == (refused.status_code, text(refused))


def test_a_form_without_its_token_says_what_to_do(world: World) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/look-up/", {"number": "098765432", "nationality": "MX"})

    assert answer.status_code == 403
    assert "Please send that again" in answer.content.decode()


def test_a_failure_of_ours_is_a_page_that_needs_neither_session_nor_database(world: World) -> None:
    answer = pages.server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "call the court" in answer.content.decode()


def test_an_unwritable_ledger_shows_the_page_that_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from rollkeeper.access import door

    def unwritable(*_arguments: object) -> None:
        raise door.LedgerUnavailable("The ledger could not be written, so nothing is shown.")

    monkeypatch.setattr(door, "public_lookup", unwritable)

    answer = Client().post("/look-up/", {"number": world.case.keyed.a_number, "nationality": "MX"})

    assert answer.status_code == 503
    assert "No record was opened." in answer.content.decode()
    assert world.court.name not in answer.content.decode()


def test_signing_out_leads_to_a_page_that_says_so(world: World) -> None:
    client = Client()
    client.force_login(world.account("respondent"), backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post("/accounts/logout/", follow=True)

    assert answer.redirect_chain[-1][0] == "/signed-out/"
    assert "You have signed out" in answer.content.decode()
    assert "_auth_user_id" not in client.session
