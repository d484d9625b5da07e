"""A court's calendar: the hearings of one look at a calendar, with what a judge and a clerk must know of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rollkeeper.access.looks import Look
from rollkeeper.hearings.models import Hearing
from rollkeeper.people.models import PersonName
from rollkeeper.people.queries import a_numbers, legal_names
from rollkeeper.representation.models import Appearance

DETAINED = "D"  # custody status of the release's code key


@dataclass(frozen=True)
class CalendarHearing:
    """A hearing on a calendar. ``name`` and ``a_number`` are None where a protection closes them."""

    hearing: Hearing
    name: PersonName | None
    a_number: str | None
    counsel: tuple[str, ...]
    government: tuple[str, ...]

    @property
    def starts_at(self) -> datetime:
        """When it starts (UTC)."""
        return self.hearing.starts_at

    @property
    def ends_at(self) -> datetime:
        """When it is set to end (UTC)."""
        return self.hearing.starts_at + timedelta(minutes=self.hearing.minutes)

    @property
    def detained(self) -> bool:
        """Whether the respondent is detained."""
        return bool(self.hearing.case.custody_id == DETAINED)

    @property
    def put_off(self) -> bool:
        """Whether it was adjourned: it stays on the calendar, struck."""
        return self.hearing.adjournment_id is not None


def on_calendar(look: Look) -> Sequence[CalendarHearing]:
    """The hearings of a look at a calendar (door.listing, "calendar"), by time.."""
    found = Hearing.objects.filter(pk__in=look.rows, case_id__in=look.case_ids).select_related(
        "case", "court", "judge", "location", "calendar_type", "schedule_type", "language", "adjournment"
    )
    names, numbers, lawyers = legal_names(look), a_numbers(look), _lawyers(look)
    return [
        CalendarHearing(
            hearing,
            names.get(hearing.case.respondent_id),
            numbers.get(hearing.case.respondent_id),
            lawyers.get((hearing.case_id, "respondent"), ()),
            lawyers.get((hearing.case_id, "government"), ()),
        )
        for hearing in found.order_by("starts_at", "pk")
    ]


def _lawyers(look: Look) -> Mapping[tuple[int, str], tuple[str, ...]]:
    """Who appears now, by case and side."""
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    open_now = Appearance.objects.filter(case_id__in=look.case_ids, ended_on=None).select_related("practitioner")
    for row in open_now.order_by("filed_on", "pk"):
        if row.practitioner is not None:
            key = (row.case_id, row.side)
            found[key] = (*found.get(key, ()), str(row.practitioner))
    return found
