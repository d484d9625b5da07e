"""The leak test: every address, for every reader, for records they must not see. No forbidden value in any answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from rollkeeper.access.declare import declaration_of, shows_no_record
from rollkeeper.people.models import PersonName
from tests.access.addresses import concrete, every_address
from tests.access.leaks import RELATED, alike, forbidden, found_in, text_of
from tests.factories.world import World

READERS = sorted(RELATED)
# Addresses that end the session or hand out something of the library; visiting them is not looking.
SKIP = ("accounts/logout",)


def client_of(reader: str, world: World) -> Client:
    """A browser signed in as the reader; errors of the site come back as pages, as they would to a person."""
    client = Client(raise_request_exception=False)
    if reader != "anonymous":
        client.force_login(world.account(reader), backend="django.contrib.auth.backends.ModelBackend")
    return client


def visits(world: World) -> Iterator[str]:
    """Every concrete address, for every record of the world."""
    seen = set()
    for address in every_address():
        if address.route.startswith(SKIP):
            continue
        for made in (world.case, world.other, world.sealed, world.protected):
            for url in concrete(address, made, world):
                if url not in seen:
                    seen.add(url)
                    yield url


def test_every_view_declares_its_look_or_why_it_needs_none() -> None:
    silent = [address.route for address in every_address() if declaration_of(address.view) is None]

    assert silent == []


@pytest.mark.parametrize("reader", READERS)
def test_no_address_shows_a_forbidden_value(reader: str, world: World) -> None:
    client, closed = client_of(reader, world), forbidden(reader, world)
    leaks, broken = {}, []

    for url in visits(world):
        for method in ("get", "post"):
            response = getattr(client, method)(url)
            found = found_in(response, closed, said=url)
            if found:
                leaks[f"{method} {url}"] = found
            if response.status_code >= 500 and response.status_code != 503:
                broken.append(f"{method} {url}")

    assert leaks == {}
    assert broken == []


def test_the_very_existence_of_a_fear_claim_is_absent(world: World) -> None:
    """8 CFR 1208.6: a reader whose right does not open it sees no form, no count, no word of it on any page."""
    url = f"/cases/{world.case.number}/proceedings/"

    opened = text_of(client_of("government", world).get(url))
    closed = text_of(client_of("narrow", world).get(url))

    assert "asylum" in opened.lower()
    assert "asylum" not in closed.lower()


@pytest.mark.parametrize("reader", [name for name in READERS if name != "anonymous"])
def test_searching_for_what_is_closed_finds_nothing(reader: str, world: World) -> None:
    client, closed = client_of(reader, world), forbidden(reader, world)

    for value in sorted(closed):
        response = client.post("/find/", {"words": value, "purpose": "records"})
        assert found_in(response, closed, said=value) == [], value


@pytest.mark.parametrize("reader", [name for name in READERS if name != "anonymous"])
def test_absent_and_closed_answer_alike(reader: str, world: World) -> None:
    """The same status, headers and words, but for the number that was asked."""
    client = client_of(reader, world)
    compared = 0
    for address in every_address():
        if address.parts != ("number",) and address.parts != ("case_number",):
            continue
        for name in {"case", "other", "sealed", "protected"} - set(RELATED[reader]):
            made = getattr(world, name)
            absent = made.number[:-6] + "987654"
            [closed_url] = concrete(address, made, world)
            closed, missing = client.get(closed_url), client.get(closed_url.replace(made.number, absent))
            assert alike(closed, missing, {made.number: absent}), closed_url
            compared += 1

    assert compared > 0


def leaky(request: HttpRequest) -> HttpResponse:
    """A view that goes around the door, as a careless hand might write it."""
    names = PersonName.objects.using("owner").values_list("family", flat=True)
    response = HttpResponse("nothing to see")
    response["X-Names"] = ",".join(names)
    return response


urlpatterns = [
    path("leaky/", shows_no_record("a planted leak")(leaky)),
    path("undeclared/", lambda request: HttpResponse("never")),
    path("", include("rollkeeper.conf.urls")),
]


@override_settings(ROOT_URLCONF="tests.access.test_leak")
def test_the_leak_test_finds_a_planted_leak(world: World) -> None:
    client = client_of("auditor", world)

    assert "/leaky/" in set(visits(world))
    assert found_in(client.get("/leaky/"), forbidden("auditor", world)) != []


@override_settings(ROOT_URLCONF="tests.access.test_leak")
def test_the_leak_test_finds_a_view_that_declares_nothing(world: World) -> None:
    assert "undeclared/" in [address.route for address in every_address() if declaration_of(address.view) is None]
    client = Client()
    client.force_login(world.account("clerk"), backend="django.contrib.auth.backends.ModelBackend")

    with pytest.raises(ImproperlyConfigured, match="declares no look"):
        client.get("/undeclared/")
