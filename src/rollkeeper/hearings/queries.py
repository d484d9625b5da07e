"""Reads about hearings, inside a look and limited to the cases it opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from rollkeeper.access.looks import Look
from rollkeeper.hearings.models import Hearing


def hearings(look: Look) -> QuerySet[Hearing]:
    """Every hearing of the look's cases, latest first; slice it for a page."""
    found = Hearing.objects.filter(case_id__in=look.case_ids)
    return found.select_related(
        "court", "location", "judge", "calendar_type", "schedule_type", "language", "adjournment"
    ).order_by("-starts_at", "-pk")


def next_hearing(look: Look, *, at: datetime) -> Hearing | None:
    """The first hearing of the look's case from ``at`` on that was not put off."""
    coming = hearings(look).filter(case_id=look.case_id, starts_at__gte=at, adjournment=None)
    return coming.order_by("starts_at", "pk").first()


def next_hearings(look: Look, *, at: datetime) -> Mapping[int, Hearing]:
    """For a list: the next hearing by case id. Cases without one are absent."""
    coming = Hearing.objects.filter(case_id__in=look.case_ids, starts_at__gte=at, adjournment=None)
    first = coming.order_by("case_id", "starts_at", "pk").distinct("case_id")
    return {hearing.case_id: hearing for hearing in first}
