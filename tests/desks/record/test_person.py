"""The person page: the whole timeline, each line under its protection."""

from __future__ import annotations

import pytest

from tests.desks.record.answers import bare, text
from tests.desks.record.conftest import Sign
from tests.desks.record.court import Rich
from tests.factories.world import World


def test_the_timeline_tells_every_kind_with_its_source(rich: Rich, sign: Sign) -> None:
    """Latest first, years down the side, over two pages."""
    client = sign("respondent")

    pages = [client.get(f"/people/{rich.person_id}/?page={number}") for number in (1, 2)]

    told = " ".join(text(page) for page in pages)
    for words in (
        "Individual hearing", "put off: Respondent to seek representation",
        "Traffic stop · County sheriff · Highway 77", "not arrested · Warning",
        "Source: I-213", "Address: 12 Alder Quay, Harlingen, TX 78550",
        "Address: 3 Heron Lane, Brownsville, TX 78520", "Source: Charging document", "Entered the United States",
        "Case opened at Harlingen Immigration Court", "Application for asylum (I-589)", "Applied for Asylum",
        "Marchetti, Ilse appears for the respondent", "Brandt, Owen no longer appears for the respondent",
        "Detained · South station · until 20 March 2024", "Bond · Granted, amount decreased · $4,500",
        "Board of Immigration Appeals · Dismiss Appeal/Affirm IJ's Decision", f"Docket of {rich.number}, entry 60",
        "struck by Judge Zqhlg: Filed in the wrong case",
    ):  # fmt: skip
        assert words in told, words
    years = [int(part[:4]) for part in pages[0].content.decode().split('rk-timeline__year"><h2>')[1:]]
    assert years == sorted(years, reverse=True)
    assert len(years) > 1


@pytest.mark.parametrize(("who", "sees"), [("counsel", True), ("government", True), ("judge", True), ("clerk", False)])
def test_encounters_are_for_those_whose_right_opens_them(rich: Rich, sign: Sign, who: str, sees: bool) -> None:
    """A clerk's page has neither the lines nor a trace of them."""
    client = sign(who)

    whole = text(client.get(f"/people/{rich.person_id}/"))
    alone = text(client.get(f"/people/{rich.person_id}/?kind=encounters"))

    assert ("County sheriff" in whole) is sees
    assert ("County sheriff" in alone) is sees
    assert ("Nothing of this kind is recorded" in alone) is not sees
    assert "12 Alder Quay" in whole  # each of them works with the address


def test_a_filter_keeps_one_kind(rich: Rich, sign: Sign) -> None:
    """And a kind that does not exist keeps all."""
    client = sign("counsel")

    hearings = text(client.get(f"/people/{rich.person_id}/?kind=hearings"))
    nonsense = text(client.get(f"/people/{rich.person_id}/?kind=nonsense"))

    assert "1 to 3 of 3" in hearings
    assert "Filing number" not in hearings
    assert "Filing number" in nonsense


def test_sealed_lines_are_absent_and_not_counted(rich: Rich, sign: Sign) -> None:
    """The judge's timeline is one longer than the clerk's would be with the encounters taken out."""
    judge, clerk = (text(sign(who).get(f"/people/{rich.person_id}/?kind=filings")) for who in ("judge", "clerk"))

    assert "of 61," in judge  # 60 entries and the case itself
    assert "of 60," in clerk


def test_names_and_family_show_what_the_look_opens(rich: Rich, sign: Sign) -> None:
    """Aliases are the person's; a relative's name belongs to the relative's record."""
    page = sign("clerk").get(f"/people/{rich.person_id}/")

    assert "Okafor Diaz, Mara" in text(page)
    assert "Family Spouse Their names are in their own records" in text(page)
    assert "Hiddenname" not in page.content.decode()
    assert f"/people/{rich.relative_id}/" not in page.content.decode()


def test_another_person_and_nobody_are_one_page(world: World, rich: Rich, sign: Sign) -> None:
    """Absent, another court's, a relative without a case, a number no table could hold."""
    client = sign("respondent")
    ids = ["987654321", str(world.other.keyed.person.pk), str(rich.relative_id), "9" * 15]

    answers = [client.get(f"/people/{number}/") for number in ids]

    assert client.get(f"/people/{rich.person_id}/").status_code == 200
    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({bare(answer, *(f"/people/{number}/" for number in ids)) for answer in answers}) == 1
    assert client.get(f"/people/{'9' * 40}/").status_code == 404


def test_the_page_is_spanish_for_a_respondent(rich: Rich, sign: Sign) -> None:
    """Labels, days, countries; what the court wrote stays as it is."""
    page = text(sign("respondent", language="es").get(f"/people/{rich.person_id}/"))

    for words in (
        "Sobre la persona",
        "Domicilio y contacto",
        "Parada de tráfico",
        "sin arresto",
        "9 de agosto de 2025",
        "Cónyuge",
    ):
        assert words in page, words
