"""Reads about motions, inside a look and limited to the cases it opened.

A motion whose docket entry is closed to the look is closed too: its kind and its day would tell what was sealed.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet

from rollkeeper.access.looks import Look
from rollkeeper.filings.models import Motion


def open_motions(look: Look) -> QuerySet[Motion]:
    """The motions of the look's cases that it opens."""
    visible = Q(entry=None) | Q(entry__number__gt=0)  # joins the entry, so that a closed one hides its motion
    return Motion.objects.filter(visible, case_id__in=look.case_ids)


def motions(look: Look) -> Sequence[Motion]:
    """Every motion, latest first, with its docket entry."""
    found = open_motions(look).select_related("motion_type", "entry")
    return list(found.order_by(F("received_on").desc(nulls_last=True), "-pk"))


def pending_motions(look: Look) -> Sequence[Motion]:
    """Motions of the look's case that wait for a decision, oldest first. Imported ones are not ours to decide."""
    waiting = open_motions(look).filter(case_id=look.case_id, outcome=Motion.Outcome.PENDING, release_key=None)
    return list(waiting.select_related("motion_type", "entry").order_by(F("received_on").asc(nulls_last=True), "pk"))
