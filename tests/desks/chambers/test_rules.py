"""Readiness, spans and the next hearing: tables of cases and one property."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollkeeper.desks.chambers.rules import HearingFacts, asked_day, next_of, readiness, span_of

CENTRAL = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("facts", "missing", "arrange"),
    [
        (HearingFacts(True, "ENG", True, False), (), ()),
        (HearingFacts(True, "SP", True, False), (), ("interpreter",)),
        (HearingFacts(False, "SP", False, False), ("notice",), ("interpreter", "counsel")),
        (HearingFacts(True, "", True, False), ("language",), ()),
        (HearingFacts(False, "", False, True), (), ()),
    ],
)
def test_readiness(facts: HearingFacts, missing: tuple[str, ...], arrange: tuple[str, ...]) -> None:
    found = readiness(facts)

    assert (found.missing, found.arrange, found.is_ready) == (missing, arrange, not missing)


def test_a_day_lasts_from_midnight_to_midnight_of_the_court_also_when_clocks_change() -> None:
    span = span_of("day", date(2026, 3, 8), CENTRAL)

    assert span.ends.astimezone(UTC) - span.begins.astimezone(UTC) == timedelta(hours=23)


def test_a_week_begins_on_monday() -> None:
    span = span_of("week", date(2026, 7, 9), CENTRAL)

    assert (span.first, span.last, len(span.days)) == (date(2026, 7, 6), date(2026, 7, 12), 7)


@given(on=st.dates(), view=st.sampled_from(["day", "week"]))
def test_every_day_has_a_span_with_neighbours(on: date, view: str) -> None:
    span = span_of(view, on, CENTRAL)

    assert span.first <= span.on <= span.last
    assert span.begins < span.ends
    assert span.first - span.step < span.first + span.step


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-02-30", "9999999-01-01", "' OR 1=1 --"])
def test_a_day_that_cannot_be_read_is_today(text: str) -> None:
    assert asked_day(text, date(2026, 7, 6)) == date(2026, 7, 6)


def test_the_next_hearing_is_the_one_going_on_and_none_that_was_put_off() -> None:
    now = datetime(2026, 7, 6, 15, 0, tzinfo=UTC)
    hearings = [
        (1, now - timedelta(minutes=1), False),
        (2, now + timedelta(minutes=5), True),
        (3, now + timedelta(minutes=9), False),
    ]

    assert next_of(hearings, now) == 3
    assert next_of(hearings[:2], now) is None
