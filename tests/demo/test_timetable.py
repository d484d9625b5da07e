"""A judge's time: no weekends, no holidays, never two things at once."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollkeeper.demo.timetable import INDIVIDUAL, MASTER, MASTER_CASES, federal_holidays, timetable

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2026, date(2026, 1, 19)),  # third Monday of January
        (2026, date(2026, 5, 25)),  # last Monday of May
        (2026, date(2026, 7, 3)),  # 4 July is a Saturday
        (2026, date(2026, 11, 26)),  # fourth Thursday of November
        (2027, date(2027, 12, 24)),  # 25 December is a Saturday
        (2023, date(2023, 1, 2)),  # 1 January is a Sunday
    ],
)
def test_legal_holidays_are_kept_on_the_right_day(year: int, day: date) -> None:
    assert day in federal_holidays(year)


def test_there_are_eleven_legal_holidays_a_year() -> None:
    assert all(len(federal_holidays(year)) == 11 for year in range(2020, 2035))


def test_half_days_never_overlap_and_never_fall_on_a_day_off() -> None:
    times = timetable(FIRST, LAST, "America/Chicago")

    slots = sorted(times.slots[MASTER] + times.slots[INDIVIDUAL], key=lambda slot: slot.starts_at)

    assert all(one.ends_at <= other.starts_at for one, other in pairwise(slots))
    assert all(slot.day.weekday() < 5 and slot.day not in federal_holidays(2026) for slot in slots)


def test_a_half_day_follows_the_clock_of_the_court() -> None:
    times = timetable(FIRST, LAST, "America/Chicago")

    hours = {slot.day.month: slot.starts_at.hour for slot in times.slots[MASTER] if slot.starts_at.minute == 30}

    assert (hours[1], hours[7]) == (14, 13)  # 8:30 in Harlingen, winter and summer, in UTC


@given(st.lists(st.dates(FIRST, LAST), min_size=1, max_size=80))
def test_one_case_at_a_time_and_never_before_the_day_asked(days: list[date]) -> None:
    times = timetable(FIRST, LAST, "America/Denver")

    slots = [times.take(INDIVIDUAL, day) for day in days]

    taken = [slot.starts_at for slot in slots if slot]
    assert len(taken) == len(set(taken))
    assert all(slot is None or slot.day >= day for slot, day in zip(slots, days, strict=True))


def test_a_master_calendar_takes_many_cases_and_then_no_more() -> None:
    times = timetable(FIRST, LAST, "America/Denver")

    slots = [times.take(MASTER, FIRST) for _ in range(MASTER_CASES + 1)]

    assert len({slot.starts_at for slot in slots if slot}) == 2
    assert slots[0] is not None
    assert slots[0].taken == MASTER_CASES


def test_when_a_judge_has_no_time_left_nothing_is_taken() -> None:
    assert timetable(FIRST, LAST, "America/Denver").take(INDIVIDUAL, date(2027, 3, 1)) is None
