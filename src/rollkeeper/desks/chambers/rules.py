"""What a hearing still lacks, which one comes next, and which days a calendar shows. Pure: facts in, answers out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ENGLISH = "ENG"
DAY, WEEK = "day", "week"
FIRST, LAST = date(1950, 1, 2), date(2149, 12, 26)  # beyond these the calendar only turns


@dataclass(frozen=True)
class HearingFacts:
    """What readiness depends on. ``language`` is a code of the language table, empty if none is recorded."""

    notice_sent: bool
    language: str
    has_counsel: bool
    is_over: bool


@dataclass(frozen=True)
class Readiness:
    """What is missing before a hearing can go ahead, and what to arrange; both empty when nothing is."""

    missing: tuple[str, ...] = ()
    arrange: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def readiness(facts: HearingFacts) -> Readiness:
    """Notice must have gone out and the language be known; an interpreter and absent counsel are to be arranged for.

    A respondent may come without counsel (8 USC 1362: at no expense to the government), so that alone delays nothing.
    """
    if facts.is_over:
        return Readiness()
    missing = [] if facts.notice_sent else ["notice"]
    if not facts.language:
        missing.append("language")
    arrange = ["interpreter"] if facts.language and facts.language != ENGLISH else []
    if not facts.has_counsel:
        arrange.append("counsel")
    return Readiness(tuple(missing), tuple(arrange))


@dataclass(frozen=True)
class Span:
    """The days a calendar shows, ``first`` to ``last``, with the moments they begin and end in a court's zone."""

    view: str
    on: date
    first: date
    last: date
    begins: datetime
    ends: datetime

    @property
    def days(self) -> list[date]:
        """Every day of the span."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    @property
    def step(self) -> timedelta:
        """How far the links before and after lead."""
        return timedelta(days=7 if self.view == WEEK else 1)


def span_of(view: str, on: date, zone: ZoneInfo) -> Span:
    """A day, or the Monday-to-Sunday week around it; a day begins at the court's midnight, whatever its clocks do."""
    on = min(max(on, FIRST), LAST)
    first = on - timedelta(days=on.weekday()) if view == WEEK else on
    last = first + timedelta(days=6) if view == WEEK else on
    begins = datetime.combine(first, time(), zone)
    return Span(view, on, first, last, begins, datetime.combine(last + timedelta(days=1), time(), zone))


def asked_day(text: str, today: date) -> date:
    """The day an address asks for; today where it asks for none or for nonsense."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today


def next_of(hearings: Iterable[tuple[int, datetime, bool]], now: datetime) -> int | None:
    """The hearing (id, end, put off) that is going on or comes first; they are given in order of time."""
    return next((pk for pk, ends, put_off in hearings if ends > now and not put_off), None)
