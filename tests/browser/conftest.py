"""Fixtures of the browser tests: the site once for all of them, a browser for each module."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.browser import driver
from tests.browser.driver import Reader
from tests.browser.site import invent_readers, serving
from tests.factories.world import World

OpenReader = Callable[..., Reader]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these drive a real Chromium."""
    for item in items:
        if item.nodeid.startswith("tests/browser"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def readers(world: World) -> list[str]:
    """The invented readers of the small court, by the names of its accounts."""
    return invent_readers(world)


@pytest.fixture(scope="session")
def site(readers: list[str]) -> Iterator[str]:
    """Address of the real site, in the demonstration's way."""
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[Browser]:
    """A browser. While it runs Django would refuse the database in this thread, though nothing here is concurrent."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with driver.running() as one:
        yield one
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_reader(browser: Browser, site: str) -> Iterator[OpenReader]:
    """Opens fresh browser profiles: `open_reader()`, `open_reader(language="es-MX", javascript=False)`."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(driver.reader(browser, site, **options))
