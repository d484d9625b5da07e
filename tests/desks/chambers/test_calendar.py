"""A judge's day and week, and the court's calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from psycopg.types.range import DateRange

from rollkeeper.courts.models import Closure, Court, Judge
from rollkeeper.hearings.models import Hearing
from rollkeeper.law.models import AdjournmentCode
from tests.disclosures.reading import queries_of, reader
from tests.factories.cases import MadeCase, make_case, relate
from tests.factories.world import World

CENTRAL = ZoneInfo("America/Chicago")
MONDAY = datetime(2031, 3, 3, tzinfo=CENTRAL)  # a week of these tests' own


def set_hearing(made: MadeCase, at: datetime, **more: object) -> Hearing:
    case = made.case
    fields: dict[str, object] = {
        "judge": case.judge, "court": case.court, "calendar_type_id": "I", "medium": "video", "language_id": "SP",
        "notice_sent_on": at.date() - timedelta(days=30),
    }  # fmt: skip
    return Hearing.objects.using("owner").create(case=case, starts_at=at, **(fields | more))


@pytest.fixture
def own(world: World) -> MadeCase:
    made = make_case(world.court, world.judge)
    relate(made.case, world.principals["judge"], "judge")
    relate(made.case, world.principals["clerk"], "court")
    return made


def text_of(world: World, name: str, address: str) -> str:
    response = reader(world, name).get(address)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def test_a_judges_day_shows_each_hearing_with_what_it_needs(world: World, own: MadeCase) -> None:
    set_hearing(own, MONDAY.replace(hour=9))
    set_hearing(own, MONDAY.replace(hour=13, minute=30), notice_sent_on=None, language_id=None)

    text = text_of(world, "judge", "/calendar/?view=day&on=2031-03-03")

    assert "Monday, 3 March 2031" in text
    assert "times are Central" in text
    assert text.index("9:00 a.m.") < text.index("1:30 p.m.")
    assert own.number in text
    for words in ("Spanish", "interpreter", "Video", "No counsel", "Notice not sent", "Language not recorded"):
        assert words in text


def test_the_next_hearing_stands_out_and_one_that_was_put_off_does_not(world: World, own: MadeCase) -> None:
    now = datetime.now(CENTRAL)
    put_off = set_hearing(
        own, now + timedelta(minutes=1), adjournment=AdjournmentCode.objects.using("owner").order_by("code")[0]
    )
    coming = set_hearing(own, now + timedelta(minutes=2))
    on = coming.starts_at.astimezone(CENTRAL).date()

    text = text_of(world, "judge", f"/calendar/?view=day&on={on}")

    assert f'<tr class="rk-current" id="hearing-{coming.pk}">' in text
    assert f'<tr class="rk-current" id="hearing-{put_off.pk}">' not in text


def test_a_week_shows_its_days_and_why_the_court_is_closed(world: World, own: MadeCase) -> None:
    week = MONDAY + timedelta(days=7)
    set_hearing(own, week.replace(hour=10))
    Closure.objects.using("owner").create(
        court=world.court,
        days=DateRange(week.date() + timedelta(days=1), week.date() + timedelta(days=2)),
        reason="Storm",
    )

    text = text_of(world, "judge", f"/calendar/?view=week&on={week.date()}")

    assert "Week of 10 March 2031" in text
    assert "Closed: Storm" in text
    assert text.count("No hearing") == 3
    assert "Saturday" not in text


def test_hearings_of_one_hour_are_counted_in_a_week(world: World) -> None:
    week = MONDAY + timedelta(days=14)
    for _ in range(3):
        made = make_case(world.court, world.judge)
        relate(made.case, world.principals["judge"], "judge")
        set_hearing(made, week.replace(hour=8, minute=30), calendar_type_id="M", notice_sent_on=None)

    text = text_of(world, "judge", f"/calendar/?view=week&on={week.date()}")

    assert "Master, 3 cases" in text
    assert "3 lack something" in text


def test_the_clerk_sees_every_judge_of_the_court_and_no_other_court(world: World, own: MadeCase) -> None:
    week = MONDAY + timedelta(days=21)
    second = Judge.objects.using("owner").create(code="ZSECND", name="Judge Zqsecond", court=world.court)
    other = make_case(world.court, second)
    relate(other.case, world.principals["clerk"], "court")
    away = make_case(world.other_court, world.other_judge)
    relate(away.case, world.principals["other_clerk"], "court")
    for made, hour in ((own, 9), (other, 10), (away, 11)):
        set_hearing(made, week.replace(hour=hour))
    address = f"/calendar/?on={week.date()}"

    clerk, judge = text_of(world, "clerk", address), text_of(world, "judge", address)

    assert own.number in clerk
    assert other.number in clerk
    assert "Judge Zqsecond" in clerk
    assert away.number not in clerk
    assert other.number not in judge
    assert own.number in judge


def test_a_hearing_without_a_right_to_its_case_is_absent(world: World) -> None:
    at = MONDAY + timedelta(days=28, hours=9)
    set_hearing(make_case(world.court, world.judge), at)

    assert "No hearing is set for this day" in text_of(world, "judge", f"/calendar/?on={at.date()}")


@pytest.mark.parametrize("name", ["respondent", "counsel", "government", "auditor", "operator"])
def test_other_desks_have_no_calendar(name: str, world: World) -> None:
    assert reader(world, name).get("/calendar/").status_code == 404


def test_anonymous_readers_sign_in_first(world: World, client: object) -> None:
    response = client.get("/calendar/")  # type: ignore[attr-defined]  # Django's test client

    assert response.status_code == 302
    assert "login" in response["Location"]


@pytest.mark.parametrize(
    "query", ["?on=nonsense", "?view=year", "?on=0001-01-01&view=week", "?on=9999-12-31&view=week"]
)
def test_nonsense_in_the_address_shows_a_calendar(query: str, world: World) -> None:
    assert reader(world, "judge").get(f"/calendar/{query}").status_code == 200


def test_the_same_number_of_queries_for_one_hearing_and_for_three(world: World, own: MadeCase) -> None:
    client, day = reader(world, "judge"), MONDAY + timedelta(days=35)
    set_hearing(own, day.replace(hour=9))
    few = queries_of(client, f"/calendar/?on={day.date()}")
    for hour in (10, 11):
        made = make_case(world.court, world.judge)
        relate(made.case, world.principals["judge"], "judge")
        set_hearing(made, day.replace(hour=hour))

    assert queries_of(client, f"/calendar/?on={day.date()}") == few


def test_the_look_names_each_case_on_the_calendar(world: World, own: MadeCase) -> None:
    day = MONDAY + timedelta(days=36)
    set_hearing(own, day.replace(hour=9))

    text_of(world, "judge", f"/calendar/?on={day.date()}")

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT body::jsonb ->> 'act' FROM ledger_entry e JOIN ledger_subject s ON s.entry_id = e.id"
            " WHERE s.subject_kind = 'c' AND s.subject_id = %s",
            [own.case.pk],
        )
        assert cursor.fetchall() == [("calendar.read",)]


def test_a_court_has_its_own_time_zone(world: World) -> None:
    assert Court.objects.using("owner").get(pk=world.court.pk).time_zone == CENTRAL.key
