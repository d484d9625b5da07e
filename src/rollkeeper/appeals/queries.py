"""Reads about appeals, inside a look and limited to the cases it opened."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F

from rollkeeper.access.looks import Look
from rollkeeper.appeals.models import Appeal


def appeals(look: Look) -> Sequence[Appeal]:
    """Appeals to the Board, latest first."""
    found = Appeal.objects.filter(case_id__in=look.case_ids).select_related("appeal_type", "decision")
    return list(found.order_by(F("filed_on").desc(nulls_last=True), "-pk"))
