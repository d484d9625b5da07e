"""What a person meets before signing in, in a real browser: both languages and widths, with and without JavaScript."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from tests.browser.conftest import OpenReader
from tests.browser.driver import NARROWEST, weighing
from tests.factories.world import World

PATHS = [
    "/",
    "/look-up/",
    "/limits/",
    "/signed-out/",
    "/demo/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/no/",
]
FIRST_LOAD = 200 * 1024
LATER = 40 * 1024


@pytest.mark.parametrize("language", ["en-US", "es-MX"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_open_to_everyone(path: str, language: str, open_reader: OpenReader) -> None:
    one = open_reader(language=language)

    one.open(path)
    one.shoot(f"{language[:2]}-{path}")

    assert one.findings() == []
    assert [text[:2] for text in one.headings()].count("H1") == 1
    one.width(NARROWEST)
    assert not one.overflows()
    assert [problem for problem in one.problems if "404" not in problem] == []


def test_the_first_page_is_light_and_the_next_ones_lighter(open_reader: OpenReader) -> None:
    one = open_reader()

    with weighing(one) as first:
        one.open("/")
    with weighing(one) as later:
        one.open("/look-up/")

    assert sum(first.values()) <= FIRST_LOAD, first
    assert sum(later.values()) <= LATER, later


def test_looking_up_a_hearing_works_without_javascript(open_reader: OpenReader, world: World) -> None:
    one = open_reader(javascript=False)
    one.open("/")

    one.page.get_by_label("A-number").fill(f"A {world.case.keyed.a_number}")
    one.page.get_by_label("Nationality").select_option("MX")
    one.page.get_by_role("button", name="Look up").click()

    assert world.court.name in one.page.get_by_role("main").inner_text()


def test_a_mistake_takes_the_focus_to_what_is_wrong(open_reader: OpenReader) -> None:
    one = open_reader()
    one.open("/look-up/")

    one.page.get_by_label("A-number").fill("12")
    one.page.get_by_role("button", name="Look up").click()
    one.page.wait_for_load_state("load")

    assert "rk-error-summary" in str(one.page.evaluate("document.activeElement.className"))
    one.page.get_by_role("link", name="A-number").click()
    assert one.page.evaluate("document.activeElement.id") == "id_number"
    assert one.page.get_by_label("A-number").input_value() == "12"


def test_the_first_tab_leads_past_the_menu(open_reader: OpenReader) -> None:
    one = open_reader()
    one.open("/limits/")

    one.page.keyboard.press("Tab")
    assert one.page.evaluate("document.activeElement.className") == "usa-skipnav"
    one.page.keyboard.press("Enter")

    assert one.page.evaluate("document.activeElement.id") == "main-content"


def test_the_language_is_switched_with_one_click_and_kept(open_reader: OpenReader) -> None:
    one = open_reader(javascript=False)
    one.open("/look-up/")

    one.page.get_by_role("button", name="Español").click()
    assert one.page.url.endswith("/look-up/")
    one.open("/limits/")

    assert one.page.locator("html").get_attribute("lang") == "es"


def test_a_page_prints_without_buttons_and_with_its_page_numbers(open_reader: OpenReader) -> None:
    one = open_reader()
    one.open("/look-up/")

    printed = pypdfium2.PdfDocument(io.BytesIO(one.page.pdf(prefer_css_page_size=True)))

    text = printed[0].get_textpage().get_text_range()
    assert f"1 / {len(printed)}" in text
    assert "Español" not in text
    printed.close()
