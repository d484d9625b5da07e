"""What waits at the court: the numbers, and the lists behind them."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest

from rollkeeper.access.models import Principal
from rollkeeper.courts.models import Court, Judge
from rollkeeper.filings.models import Motion
from rollkeeper.hearings.models import Hearing
from rollkeeper.law.models import MotionType
from tests.disclosures.reading import browser_of, queries_of, reader
from tests.factories.cases import NOW, MadeCase, make_case, relate
from tests.factories.world import World, make_account

WHAT = ["motions", "notices", "unscheduled", "detained", "unrepresented"]


class Office:
    """A clerk's office at a court of its own, so that every number is this test's."""

    def __init__(self, code: str) -> None:
        self.court = Court.objects.using("owner").get(code=code)
        self.judge = Judge.objects.using("owner").create(code=f"Y{code}", name=f"Judge of {code}", court=self.court)
        self.principal = Principal.objects.using("owner").create(
            kind="court", name=f"Clerk's office, {self.court.city}", court=self.court
        )
        self.clerk = make_account(f"clerk-of-{code}", "clerk", self.principal, court=self.court)

    def case(self, **more: object) -> MadeCase:
        made = make_case(self.court, self.judge, **more)  # type: ignore[arg-type]  # its own options
        relate(made.case, self.principal, "court")
        return made

    def text(self, address: str) -> str:
        response = browser_of(self.clerk).get(address)
        assert response.status_code == 200
        return " ".join(unescape(response.content.decode()).split())


def file_motion(made: MadeCase, received: date, outcome: str = "") -> None:
    kind = MotionType.objects.using("owner").order_by("code")[0]
    Motion.objects.using("owner").create(
        case=made.case, motion_type=kind, side="respondent", received_on=received, outcome=outcome
    )


def test_what_waits_longest_stands_first_and_each_number_is_a_link(world: World) -> None:
    office = Office("DAL")
    made = office.case(filed_on=date(2024, 5, 1))
    file_motion(made, date(2023, 1, 9))
    file_motion(made, date(2023, 2, 9))
    file_motion(made, date(2023, 3, 9), outcome="granted")

    text = office.text("/court/")

    assert '<a href="/court/waiting/motions/">2</a>' in text
    assert "9 January 2023" in text
    assert text.index("Motions without a ruling") < text.index("Cases without a hearing")
    assert made.number not in text, "the overview counts and names nobody"


def test_an_empty_court_says_so(world: World) -> None:
    office = Office("ELP")

    assert "/court/waiting/" not in office.text("/court/")
    for what in WHAT:
        assert "rk-empty" in office.text(f"/court/waiting/{what}/")


def test_the_lists_show_what_waits_oldest_first(world: World) -> None:
    office = Office("SNA")
    later, earlier = office.case(filed_on=date(2024, 6, 1)), office.case(filed_on=date(2022, 6, 1))
    Hearing.objects.using("owner").create(
        case=later.case, court=office.court, judge=office.judge, starts_at=NOW + timedelta(days=5)
    )

    unscheduled, notices = office.text("/court/waiting/unscheduled/"), office.text("/court/waiting/notices/")
    unrepresented = office.text("/court/waiting/unrepresented/")

    assert earlier.number in unscheduled
    assert later.number not in unscheduled
    assert later.number in notices
    assert unrepresented.index(earlier.number) < unrepresented.index(later.number)


def test_a_list_has_pages_with_the_total(world: World) -> None:
    office = Office("KAN")
    made = [office.case(filed_on=date(2024, 1, 1) + timedelta(days=n)) for n in range(27)]

    first, second = office.text("/court/waiting/unscheduled/"), office.text("/court/waiting/unscheduled/?page=2")

    assert "1 to 25 of 27" in first
    assert "26 to 27 of 27" in second
    assert made[0].number in first
    assert made[26].number in second
    assert made[26].number not in first


def test_a_clerk_sees_nothing_of_another_court(world: World) -> None:
    office = Office("NEW")
    mine, theirs = office.case(), world.case

    text = office.text("/court/waiting/unscheduled/") + office.text("/court/waiting/unrepresented/")

    assert mine.number in text
    assert theirs.number not in text


@pytest.mark.parametrize("name", ["respondent", "counsel", "government", "judge", "auditor", "operator"])
def test_other_desks_have_no_overview(name: str, world: World) -> None:
    client = reader(world, name)

    assert client.get("/court/").status_code == 404
    assert client.get("/court/waiting/motions/").status_code == 404


def test_a_list_that_does_not_exist_is_not_found(world: World) -> None:
    client = reader(world, "clerk")

    assert client.get("/court/waiting/everything/").status_code == 404
    assert client.get("/court/waiting/motions/?page=999999999").status_code == 200


@pytest.mark.parametrize("what", ["motions", "unscheduled"])
def test_the_same_number_of_queries_for_one_row_and_for_three(what: str, world: World) -> None:
    office = Office({"motions": "OMA", "unscheduled": "DEN"}[what])
    client = browser_of(office.clerk)
    file_motion(office.case(), date(2024, 1, 1))
    few = queries_of(client, f"/court/waiting/{what}/")
    for day in (2, 3):
        file_motion(office.case(), date(2024, 1, day))

    assert queries_of(client, f"/court/waiting/{what}/") == few
