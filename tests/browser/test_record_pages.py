"""The record's pages in a real browser, at both widths: no serious axe finding, nothing to scroll sideways."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenReader
from tests.desks.record.court import Rich, build
from tests.factories.world import World


@pytest.fixture(scope="module")
def rich(world: World, readers: list[str]) -> Rich:
    """A case with something of everything."""
    return build(world)


@pytest.mark.parametrize("who", ["clerk", "judge", "respondent"])
def test_every_tab_can_be_read(rich: Rich, open_reader: OpenReader, who: str) -> None:
    """Each page of the record, as a tired clerk and as a person on an old phone."""
    one = open_reader()
    one.step_into(who)
    if who == "respondent":
        one.page.get_by_role("button", name="Español").click()
    case = f"/cases/{rich.number}/"
    pages = [
        case,
        *(f"{case}{tab}/" for tab in ("people", "proceedings", "hearings", "custody", "papers")),
        f"/people/{rich.person_id}/",
        "/cases/",
        "/find/",
        f"{case}?print=all",
    ]

    for page in pages:
        assert one.open(page) == 200, page
        assert one.findings() == [], page
        one.shoot(f"record-{who}-{page}")
        assert not one.overflows(), page
    assert one.problems == []
