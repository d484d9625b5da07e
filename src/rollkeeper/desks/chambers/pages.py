"""The calendar as its page shows it: days, and on each day the hearings of one hour and kind together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from rollkeeper.desks.chambers import rules
from rollkeeper.desks.frame.moments import day_words
from rollkeeper.desks.record.words import label, name_words, proper
from rollkeeper.hearings.calendar_queries import CalendarHearing

MISSING = {"notice": "Notice not sent", "language": "Language not recorded"}
FEW = 2  # a week shows this many hearings of one hour by name; more are counted


@dataclass(frozen=True)
class Line:
    """One hearing as a line of the calendar."""

    pk: int
    number: str
    name: str
    a_number: str
    starts_at: datetime
    minutes: int
    kind: str
    about: str
    judge: str
    language: str
    interpreter: bool
    counsel: str
    medium: str
    place: str
    notice: date | None
    missing: tuple[str, ...]
    detained: bool
    put_off: str
    is_over: bool
    is_next: bool

    @property
    def ready(self) -> bool:
        """Whether nothing is missing and it was not put off."""
        return not self.missing and not self.put_off


@dataclass(frozen=True)
class Slot:
    """The hearings that begin at one moment."""

    starts_at: datetime
    kind: str
    lines: Sequence[Line]

    @property
    def is_many(self) -> bool:
        """Whether a week counts them instead of naming each."""
        return len(self.lines) > FEW

    @property
    def unready(self) -> int:
        """How many lack something."""
        return sum(bool(line.missing) for line in self.lines)

    @property
    def holds_next(self) -> bool:
        """Whether the next hearing is among them."""
        return any(line.is_next for line in self.lines)


@dataclass(frozen=True)
class Day:
    """One day of the calendar; ``closed`` says why the court is closed, or is empty."""

    on: date
    is_today: bool
    closed: str
    slots: Sequence[Slot]

    @property
    def name(self) -> str:
        """`Monday, 6 July`: the year stands in the page's title."""
        return day_words(self.on, "en", weekday=True).rsplit(" ", 1)[0]

    @property
    def count(self) -> int:
        """How many hearings are set, those put off not counted."""
        return sum(not line.put_off for slot in self.slots for line in slot.lines)


def days_of(
    hearings: Sequence[CalendarHearing], span: rules.Span, zone: ZoneInfo, now: datetime, closed: Mapping[date, str]
) -> list[Day]:
    """The days of a span; weekend days of a week only when something is on them."""
    coming = rules.next_of(((one.hearing.pk, one.ends_at, one.put_off) for one in hearings), now)
    lines = [line_of(one, now, is_next=one.hearing.pk == coming) for one in hearings]
    by_day: dict[date, list[Line]] = {}
    for line in lines:
        by_day.setdefault(line.starts_at.astimezone(zone).date(), []).append(line)
    today = now.astimezone(zone).date()
    return [
        Day(on, on == today, closed.get(on, ""), _slots(by_day.get(on, ())))
        for on in span.days
        if span.view == rules.DAY or on.weekday() < 5 or on in by_day
    ]


def _slots(lines: Iterable[Line]) -> list[Slot]:
    grouped = groupby(lines, key=lambda line: line.starts_at)
    slots = [(at, list(group)) for at, group in grouped]
    return [Slot(at, ", ".join(sorted({line.kind for line in group if line.kind})), group) for at, group in slots]


def line_of(one: CalendarHearing, now: datetime, *, is_next: bool) -> Line:
    """A hearing in the words of the page."""
    row = one.hearing
    facts = rules.HearingFacts(
        notice_sent=row.notice_sent_on is not None,
        language=row.language_id or "",
        has_counsel=bool(one.counsel),
        is_over=one.ends_at <= now or one.put_off,
    )
    found = rules.readiness(facts)
    return Line(
        pk=row.pk,
        number=row.case.number,
        name=name_words(one.name),
        a_number=one.a_number or "",
        starts_at=row.starts_at,
        minutes=row.minutes,
        kind=label(row.calendar_type),
        about=label(row.schedule_type),
        judge=str(row.judge or ""),
        language=proper(row.language) or "Not recorded",
        interpreter="interpreter" in found.arrange,
        counsel="; ".join(one.counsel) or "No counsel",
        medium=row.get_medium_display(),
        place=label(row.location),
        notice=row.notice_sent_on,
        missing=tuple(MISSING[what] for what in found.missing),
        detained=one.detained,
        put_off=label(row.adjournment) if one.put_off else "",
        is_over=facts.is_over and not one.put_off,
        is_next=is_next,
    )
