"""Which lines a person's timeline has, in order: one UNION over every table that knows something about the person.

Only day, kind and row id are read here, so that a page of a long life costs as little as a page of a short one; what
the lines say is read in ``lines.py``, for the lines of one page. Row-level security decides what is there at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, DateField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_noop

from rollkeeper.access.looks import Look
from rollkeeper.appeals.models import Appeal
from rollkeeper.cases.models import Application, Case, Proceeding
from rollkeeper.custody.models import Bond, CustodyPeriod
from rollkeeper.docket.models import DocketEntry
from rollkeeper.encounters.models import Encounter
from rollkeeper.filings.queries import open_motions
from rollkeeper.hearings.models import Hearing
from rollkeeper.people.models import Address
from rollkeeper.representation.models import Appearance

# What the filter offers, and the kinds of line behind each choice.
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "encounters": (gettext_noop("Contact with police or government"), ("encounter",)),
    "filings": (gettext_noop("Filings"), ("case", "filing", "motion")),
    "hearings": (gettext_noop("Hearings"), ("hearing",)),
    "decisions": (gettext_noop("Decisions"), ("decision", "application_decided", "appeal_decided")),
    "custody": (gettext_noop("Custody and bond"), ("custody", "bond")),
    "addresses": (gettext_noop("Changes of address"), ("address",)),
    "counsel": (gettext_noop("Counsel"), ("appearance", "appearance_ended")),
    "applications": (gettext_noop("Applications"), ("application", "application_decided")),
    "appeals": (gettext_noop("Appeals"), ("appeal", "appeal_decided")),
    "entry": (gettext_noop("Entry into the country"), ("entered",)),
}


@dataclass(frozen=True)
class Place:
    """One line's place: its day (in the court's zone), its kind, and the id of the row it comes from."""

    day: date
    kind: str
    pk: int


def places(look: Look, zone: str, *, group: str, skip: int, take: int) -> tuple[Sequence[Place], int]:
    """The lines of one page, latest first, and how many there are. A ``skip`` past the end shows the last page."""
    wanted = GROUPS[group][1] if group in GROUPS else None
    parts = [
        rows.filter(line_day__isnull=False)
        .annotate(line_kind=Value(kind, CharField()))
        .values_list("line_day", "line_kind", "pk")
        for kind, rows in _sources(look, ZoneInfo(zone)).items()
        if wanted is None or kind in wanted
    ]
    every = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    total = every.count()
    start = min(skip, (max(total, 1) - 1) // take * take)
    found = every.order_by("-line_day", "line_kind", "-pk")[start : start + take]
    return [Place(day, kind, pk) for day, kind, pk in found], total


def _sources(look: Look, zone: ZoneInfo) -> Mapping[str, QuerySet[Any]]:  # Any: a different model for each kind
    cases = {"case_id__in": look.case_ids}
    entries = DocketEntry.objects.filter(**cases)
    return {
        "encounter": _dated(Encounter.objects.filter(person_id=look.person_id), TruncDate("happened_at", tzinfo=zone)),
        "entered": _dated(Case.objects.filter(pk__in=look.case_ids), F("entered_on")),
        "case": _dated(Case.objects.filter(pk__in=look.case_ids), F("filed_on")),
        "filing": _dated(entries.exclude(kind=DocketEntry.Kind.HEARING), TruncDate("filed_at", tzinfo=zone)),
        "motion": _dated(open_motions(look).filter(entry=None), F("received_on")),  # the others are docket entries
        "hearing": _dated(Hearing.objects.filter(**cases), TruncDate("starts_at", tzinfo=zone)),
        "decision": _dated(Proceeding.objects.filter(**cases), F("completed_on")),
        "custody": _dated(CustodyPeriod.objects.filter(**cases), F("period__startswith")),
        "bond": _dated(Bond.objects.filter(**cases), Coalesce("decided_on", "heard_on", "requested_on")),
        "address": _dated(Address.objects.filter(person_id=look.person_id), F("period__startswith")),
        "appearance": _dated(Appearance.objects.filter(**cases), F("filed_on")),
        "appearance_ended": _dated(Appearance.objects.filter(**cases), F("ended_on")),
        "application": _dated(Application.objects.filter(**cases), F("received_on")),
        "application_decided": _dated(Application.objects.filter(**cases), F("decided_on")),
        "appeal": _dated(Appeal.objects.filter(**cases), F("filed_on")),
        "appeal_decided": _dated(Appeal.objects.filter(**cases), F("decided_on")),
    }


def _dated(rows: QuerySet[Any], day: Combinable) -> QuerySet[Any]:  # Any: a different model for each kind
    dated: QuerySet[Any] = rows.order_by().annotate(line_day=ExpressionWrapper(day, DateField()))
    return dated
