"""Every page that every invented reader can open, in a real Chromium: what axe finds, and what comes over the wire."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser

from tests.bench import report
from tests.browser import driver
from tests.browser.driver import Reader, weighing
from tests.browser.site import invent_readers, serving
from tests.browser.test_every_page import READERS, addresses, is_page
from tests.factories.world import build_world

KILOBYTE = 1024


def run() -> None:
    """Open everything once with an empty cache and once with a full one."""
    world = build_world()
    invent_readers(world)
    findings: list[str] = []
    first: dict[str, float] = {}
    later: dict[str, float] = {}
    with serving() as site, _browser() as browser:
        for name in READERS:
            before = len(first)
            with driver.reader(browser, site) as one:
                one.step_into(name)
                for path in addresses(world):
                    if is_page(one, path):
                        label = f"{name} {path}"
                        first[label], later[label] = _weights(one, path)
                        findings += [f"{label}: {found}" for found in one.findings()]
            report.say(f"{name}: {len(first) - before} pages")
    _put_down(findings, first, later)


def _put_down(findings: list[str], first: dict[str, float], later: dict[str, float]) -> None:
    report.line("pages opened by seven readers", len(first), "pages", None)
    report.line("serious or critical axe findings", len(findings), "findings", 0, note="; ".join(findings[:3]))
    for name, weights, bar in (("first load", first, 200), ("once the rest is kept", later, 40)):
        heaviest = max(weights, key=lambda page: weights[page])
        report.line(f"heaviest page, {name}", weights[heaviest], "KB", bar, note=heaviest)


def _weights(one: Reader, path: str) -> tuple[float, float]:
    """Kilobytes of a page with the browser's cache emptied, and again with it full."""
    session = one.context.new_cdp_session(one.page)
    session.send("Network.clearBrowserCache")
    session.detach()
    taken = []
    for _ in range(2):
        with weighing(one) as weights:
            one.open(path)
        taken.append(sum(weights.values()) / KILOBYTE)
    return taken[0], taken[1]


@contextmanager
def _browser() -> Iterator[Browser]:
    """A browser; while it runs Django would refuse the database in this thread, though nothing here is concurrent."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with driver.running() as browser:
            yield browser
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
