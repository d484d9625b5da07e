"""What every answer carries: the content policy, one language, the maintenance page when it is on."""

from pathlib import Path

import pytest
from django.test import Client, override_settings

pytestmark = pytest.mark.usefixtures("world")
PAGES = [
    "/",
    "/look-up/",
    "/limits/",
    "/signed-out/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/nothing-here/",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_strict_content_policy_and_nothing_inline(path: str) -> None:
    response = Client().get(path)

    policy = response.headers["Content-Security-Policy"]
    html = response.content.decode()
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "<style" not in html
    assert " style=" not in html
    assert " onclick=" not in html
    for script in html.split("<script")[1:]:
        assert 'src="' in script.split(">")[0] or "application/json" in script.split(">")[0]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_title_one_h1_and_a_way_past_the_menu(path: str) -> None:
    html = Client().get(path).content.decode()

    assert html.count("<h1") == 1
    assert 'href="#main-content"' in html
    assert "<title> ·" not in html


def test_the_reader_chooses_spanish_and_comes_back_to_the_page() -> None:
    client = Client()

    answer = client.post("/language/", {"language": "es", "next": "/look-up/"})

    assert answer.headers["Location"] == "/look-up/"
    page = client.get("/look-up/")
    assert 'lang="es"' in page.content.decode()
    assert "Consultar una audiencia" in page.content.decode()


def test_the_browsers_language_counts_when_nothing_was_chosen() -> None:
    assert 'lang="es"' in Client(headers={"Accept-Language": "es-MX,es;q=0.9"}).get("/").content.decode()
    assert 'lang="en"' in Client(headers={"Accept-Language": "fr"}).get("/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.test/", "//evil.test/", "javascript:alert(1)"])
def test_the_language_switch_leads_to_no_other_site(elsewhere: str) -> None:
    assert Client().post("/language/", {"language": "es", "next": elsewhere}).headers["Location"] == "/"


def test_an_unknown_language_changes_nothing() -> None:
    answer = Client().post("/language/", {"language": "xx"})

    assert "rollkeeper_language" not in answer.cookies


@pytest.mark.parametrize("path", ["/", "/look-up/", "/limits/", "/signed-out/", "/accounts/login/", "/nothing-here/"])
def test_a_spanish_page_has_no_english_sentence_of_ours_left(path: str) -> None:
    from rollkeeper.desks.frame.catalogue import catalogues, read_po

    html = Client(headers={"Accept-Language": "es"}).get(path).content.decode()

    for catalogue in catalogues():
        left = [text for text in read_po(catalogue) if len(text) > 12 and "\0" not in text and f">{text}<" in html]
        assert left == []


def test_while_the_maintenance_file_exists_every_page_says_so(tmp_path: Path) -> None:
    notice = tmp_path / "maintenance"
    notice.write_text("We are back at 6 p.m. Central.", encoding="utf-8")

    with override_settings(MAINTENANCE_FILE=notice):
        answer = Client().get("/look-up/")

    assert answer.status_code == 503
    assert "We are back at 6 p.m. Central." in answer.content.decode()
    assert Client().get("/look-up/").status_code == 200
