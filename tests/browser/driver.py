"""A real Chromium, and what tests ask it: accessibility, weight, width, screenshots."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.site import PREFIX

PROJECT = Path(__file__).resolve().parents[2]
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = PROJECT / "var" / "screens"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
WIDE, NARROW, NARROWEST = 1280, 360, 320


def chromium_path() -> str:
    """ROLLKEEPER_CHROMIUM, else a Chromium on the path. Browser tests fail without one; they are never skipped."""
    found = os.environ.get("ROLLKEEPER_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "The browser tests need a Chromium; install one or set ROLLKEEPER_CHROMIUM to its path."
    return found


@contextmanager
def running() -> Iterator[Browser]:
    """A browser until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Reader:
    """One person at one browser. `problems` collects what the console and failed requests say."""

    site: str
    context: BrowserContext
    page: Page
    problems: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Open a page of the site; its status."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        return answer.status

    def step_into(self, name: str) -> None:
        """Become an invented reader, as a person would: with one click on its card."""
        self.open("/demo/")
        card = self.page.locator("form", has=self.page.locator(f'input[value="{PREFIX}{name}"]'))
        card.get_by_role("button").click()

    def width(self, pixels: int) -> None:
        """Look at the page through a window this wide."""
        self.page.set_viewport_size({"width": pixels, "height": 800})

    def overflows(self) -> bool:
        """Must this page be scrolled sideways?"""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def headings(self) -> list[str]:
        """The page's headings in order, as `h1 Find`."""
        script = "[...document.querySelectorAll('h1,h2,h3,h4')].map(e => e.tagName + ' ' + e.innerText)"
        return [str(text) for text in self.page.evaluate(script)]

    def findings(self) -> list[str]:
        """What axe finds or critical: the rule, and where."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = self.page.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)"
        )
        return [
            f"{item['id']}: {node['target']} {node['html'][:120]}"
            for item in found
            if item["impact"] in ("serious", "critical")
            for node in item["nodes"][:3]
        ]

    def shoot(self, name: str) -> None:
        """Keep screenshots at both widths in var/screens, for people to look at."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        for pixels in (WIDE, NARROW):
            self.width(pixels)
            safe = re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-") or "home"
            self.page.screenshot(path=SCREENS / f"{safe}-{pixels}.png", full_page=True)


@contextmanager
def reader(browser: Browser, site: str, *, language: str = "en-US", javascript: bool = True) -> Iterator[Reader]:
    """A fresh browser profile. The content policy stays in force; axe is run through the debugger, which it allows."""
    context = browser.new_context(
        locale=language, java_script_enabled=javascript, viewport={"width": WIDE, "height": 800}
    )
    page = context.new_page()
    one = Reader(site, context, page)
    page.on("console", lambda message: one.problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: one.problems.append(str(error)))
    try:
        yield one
    finally:
        context.close()


@contextmanager
def weighing(one: Reader) -> Iterator[dict[str, int]]:
    """Bytes that came over the wire while the block ran, by address; what the cache gave counts nothing."""
    session = one.context.new_cdp_session(one.page)
    session.send("Network.enable")
    bytes_of: dict[str, int] = {}
    addresses: dict[str, str] = {}

    def started(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def finished(event: dict[str, Any]) -> None:
        url = addresses.get(event["requestId"], "?")
        bytes_of[url] = bytes_of.get(url, 0) + int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", started)
    session.on("Network.loadingFinished", finished)
    yield bytes_of
    one.page.wait_for_load_state("load")
    session.detach()
