"""Reads about who appears for whom, inside a look and limited to the cases it opened."""

from __future__ import annotations

from collections.abc import Sequence

from rollkeeper.access.looks import Look
from rollkeeper.representation.models import Appearance


def appearances(look: Look) -> Sequence[Appearance]:
    """Every appearance, those still open first, then the latest."""
    found = Appearance.objects.filter(case_id__in=look.case_ids).select_related("practitioner__firm")
    return sorted(found, key=lambda row: (row.ended_on is None, str(row.filed_on or ""), row.pk), reverse=True)
