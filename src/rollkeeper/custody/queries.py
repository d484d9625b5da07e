"""Reads about custody and bond, inside a look and limited to the cases it opened."""

from __future__ import annotations

from collections.abc import Sequence

from rollkeeper.access.looks import Look
from rollkeeper.custody.models import Bond, CustodyPeriod


def periods(look: Look) -> Sequence[CustodyPeriod]:
    """Stretches in and out of detention, latest first. ``period.upper`` is None while one lasts."""
    found = CustodyPeriod.objects.filter(case_id__in=look.case_ids).select_related("status")
    return list(found.order_by("-period", "-pk"))


def bonds(look: Look) -> Sequence[Bond]:
    """Bond hearings and what came of them, latest first."""
    found = Bond.objects.filter(case_id__in=look.case_ids).select_related("judge", "decision")
    return sorted(found, key=lambda bond: (str(bond.heard_on or bond.requested_on or ""), bond.pk), reverse=True)
