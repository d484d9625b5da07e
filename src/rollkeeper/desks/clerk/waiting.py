"""What may wait at a court: the lists of the overview, and the rows of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connections

from rollkeeper.access.looks import Look
from rollkeeper.cases.models import Case
from rollkeeper.cases.queries import cases_in
from rollkeeper.desks.record.words import label
from rollkeeper.filings.models import Motion
from rollkeeper.hearings.models import Hearing


@dataclass(frozen=True)
class Kind:
    """A list: what waits, what the clerk does about it, and what its day means."""

    what: str
    title: str
    meaning: str
    since: str
    empty: str


KINDS: Mapping[str, Kind] = {
    kind.what: kind
    for kind in (
        Kind("motions", "Motions without a ruling", "Filed and not decided.", "Received",
             "No motion waits for a ruling."),
        Kind(
            "notices", "Hearings without a notice", "Set, and no notice of hearing has gone out.", "Hearing on",
            "Every hearing has its notice.",
        ),
        Kind(
            "unscheduled", "Cases without a hearing", "Pending, and no hearing is set.", "Filed",
            "Every pending case has a hearing set.",
        ),
        Kind("detained", "Detained respondents", "Pending, and the respondent is detained.", "Filed",
             "No respondent of a pending case is detained."),
        Kind(
            "unrepresented", "Respondents without counsel", "Pending, and nobody appears for the respondent.", "Filed",
            "Every respondent of a pending case has counsel.",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Count:
    """How many wait and since which day the oldest does."""

    kind: Kind
    waiting: int
    oldest: date | None


@dataclass(frozen=True)
class Waiting:
    """One row of a list: the case, since when, and what of it waits."""

    case: Case
    since: date | None
    about: str


def counts() -> Sequence[Count]:
    """What waits at the court of an open overview (door.overview), what waits longest first."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT what, waiting, oldest FROM overview_counts()")
        found = [Count(KINDS[what], waiting, oldest) for what, waiting, oldest in cursor.fetchall() if what in KINDS]
    return sorted(found, key=lambda count: (count.waiting == 0, count.oldest or date.max))


def rows_of(look: Look, kind: Kind) -> Sequence[Waiting]:
    """The rows of a look at a list (door.listing, "waiting"), in its order. Three queries at most."""
    cases = {case.pk: case for case in cases_in(look)}
    if kind.what == "motions":
        motions = Motion.objects.select_related("motion_type").in_bulk([row for row in look.rows if row])
        return [
            Waiting(cases[row.case_id], row.received_on, label(row.motion_type))
            for row in (motions.get(pk) for pk in look.rows)
            if row is not None and row.case_id in cases
        ]
    if kind.what == "notices":
        hearings = Hearing.objects.select_related("calendar_type").in_bulk([row for row in look.rows if row])
        return [
            Waiting(cases[row.case_id], row.starts_at.date(), label(row.calendar_type))
            for row in (hearings.get(pk) for pk in look.rows)
            if row is not None and row.case_id in cases
        ]
    return [Waiting(cases[pk], cases[pk].filed_on, label(cases[pk].custody)) for pk in look.case_ids if pk in cases]
