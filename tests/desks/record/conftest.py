"""Fixtures of the record's pages: the rich case, and clients signed in for each desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.desks.record.court import Rich, build
from tests.factories.world import World

Sign = Callable[..., Client]


@pytest.fixture(scope="session")
def rich(world: World) -> Rich:
    """A case with something of everything; every reader of the small court's first case has a right to it."""
    return build(world)


@pytest.fixture
def sign(world: World) -> Sign:
    """Signs an account of the small court in: ``sign("clerk")``, ``sign("respondent", language="es")``."""

    def signed(name: str, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(world.account(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed
