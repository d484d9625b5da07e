"""Signing in with a second step, in a real browser: an authenticator app, a passkey, recovery codes."""

from __future__ import annotations

import itertools

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from rollkeeper.accounts.models import Account
from tests.browser.conftest import OpenReader
from tests.browser.driver import NARROWEST, Reader
from tests.factories.world import World

PASSWORD = "a long and private sentence"
_names = itertools.count(1)


def new_account(desk: str) -> str:
    """A real (not invented) account with a password and no second step."""
    account = Account(username=f"zq-browser-{next(_names)}", desk=desk, display_name="Zq Browser")
    account.set_password(PASSWORD)
    account.save(using="owner")
    return account.username


def sign_in(one: Reader, name: str) -> None:
    one.open("/accounts/login/")
    one.page.get_by_label("User name").fill(name)
    one.page.get_by_label("Password", exact=True).fill(PASSWORD)
    one.page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(one: Reader) -> None:
    """Answer the page that asks once more, where it asks."""
    if "/reauthenticate/" in one.page.url:
        check(one, "reauthenticate")
        one.page.get_by_label("Password", exact=True).fill(PASSWORD)
        one.page.get_by_role("button", name="Go on").click()


def check(one: Reader, name: str) -> None:
    """This page is accessible and fits a telephone."""
    one.shoot(f"account-{name}")
    assert one.findings() == []
    one.width(NARROWEST)
    assert not one.overflows()
    one.width(1280)


def test_a_clerk_sets_up_an_authenticator_app_and_signs_in_with_it(open_reader: OpenReader, world: World) -> None:
    name = new_account("clerk")
    one = open_reader()
    sign_in(one, name)
    assert one.page.url.endswith("/accounts/2fa/")
    check(one, "second-step")

    one.page.get_by_role("link", name="Set it up").click()
    confirm(one)
    check(one, "totp")
    secret = one.page.locator("#authenticator_secret").input_value()
    one.page.locator("#id_code").fill(code_for(secret))
    one.page.get_by_role("button", name="Turn it on").click()
    check(one, "recovery-codes")
    codes = one.page.locator("#recovery_codes").input_value().split()
    one.page.get_by_role("button", name="Sign out").click()

    sign_in(one, name)
    assert "/2fa/authenticate/" in one.page.url
    check(one, "second-step-asked")
    one.page.locator("#id_code").fill(codes[0])
    one.page.get_by_role("main").get_by_role("button", name="Sign in").click()

    assert "authenticate" not in one.page.url
    assert one.page.get_by_role("button", name="Sign out").is_visible()


def test_a_passkey_is_added_and_signs_in_without_a_password(open_reader: OpenReader, world: World) -> None:
    name = new_account("chambers")
    one = open_reader()
    devices = one.context.new_cdp_session(one.page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(one, name)

    one.page.get_by_role("link", name="Add a passkey").click()
    confirm(one)
    check(one, "passkey-add")
    one.page.locator("#id_name").fill("My telephone")
    one.page.locator("label[for=id_passwordless]").click()
    one.page.locator("#mfa_webauthn_add").click()
    one.page.wait_for_url(lambda url: "/add/" not in url)
    one.open("/accounts/2fa/webauthn/")
    check(one, "passkeys")
    assert "My telephone" in one.page.get_by_role("main").inner_text()
    one.page.get_by_role("button", name="Sign out").click()
    one.open("/accounts/login/")
    one.page.get_by_role("button", name="Sign in with a passkey").click()
    one.page.get_by_role("button", name="Sign out").wait_for()

    assert "Zq Browser" in one.page.locator("header").inner_text()


def test_a_passkey_that_fails_says_so_in_the_page(open_reader: OpenReader, world: World) -> None:
    one = open_reader()
    one.open("/accounts/login/")
    one.page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")

    one.page.get_by_role("button", name="Sign in with a passkey").click()

    one.page.get_by_role("alert").get_by_text("The passkey was not used.").wait_for()


def code_for(secret: str) -> str:
    """The six digits that an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))
