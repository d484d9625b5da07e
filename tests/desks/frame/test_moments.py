"""Dates as a person reads them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from rollkeeper.desks.frame import moments
from rollkeeper.desks.frame.templatetags.frame import a_number, day, moment

CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("at", "language", "words"),
    [
        (datetime(2026, 7, 6, 18, 0, tzinfo=UTC), "en", "Monday, 6 July 2026, 1:00 p.m. (Central)"),
        (datetime(2026, 7, 6, 18, 0, tzinfo=UTC), "es", "lunes, 6 de julio de 2026, 1:00 p. m. (hora del Centro)"),
        (datetime(2026, 12, 1, 6, 5, tzinfo=UTC), "en", "Tuesday, 1 December 2026, 12:05 a.m. (Central)"),
        (datetime(2026, 12, 1, 18, 0, tzinfo=UTC), "en", "Tuesday, 1 December 2026, 12:00 p.m. (Central)"),
    ],
)
def test_a_moment_is_told_on_the_courts_own_clock(at: datetime, language: str, words: str) -> None:
    assert moments.moment_words(at, CHICAGO, language) == words


def test_a_zone_without_a_common_name_is_named_by_its_key() -> None:
    assert moments.zone_words(ZoneInfo("Europe/Paris"), "en") == "Europe/Paris"


def test_a_moment_takes_a_court_and_shows_nothing_for_none() -> None:
    class Court:
        time_zone = "America/New_York"

    assert moment(datetime(2026, 7, 6, 3, 0, tzinfo=UTC), Court()).startswith("Sunday, 5 July 2026, 11:00 p.m.")
    assert moment(None) == ""


def test_a_court_day_is_the_day_at_the_court_not_in_utc() -> None:
    late = datetime(2026, 7, 6, 3, 0, tzinfo=UTC)

    assert day(late, "America/Chicago") == "5 July 2026"
    assert day(date(2026, 7, 6)) == "6 July 2026"


@pytest.mark.parametrize("given", ["098765432", "98765432", 98765432, "A098765432", "A 098-765-432"])
def test_an_a_number_reads_in_groups_of_three(given: str | int) -> None:
    assert a_number(given) == "A\u00a0098\u00a0765\u00a0432"


def test_what_is_no_a_number_is_shown_as_it_is() -> None:
    assert a_number("none") == "none"
