"""Clients for the tests that open papers through the site."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.world import World


@pytest.fixture
def sign(world: World) -> Callable[[str], Client]:
    """Signs an account of the small court in."""

    def signed(name: str) -> Client:
        client = Client()
        client.force_login(world.account(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed
