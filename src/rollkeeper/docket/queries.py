"""Reads of the docket, inside a look and limited to the cases it opened.

Totals and pages count the entries that the look opens, and no others. Numbers are the official ones: an entry that is
closed to the reader leaves its number unused, as it does on paper.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import connections
from django.db.models import Q, QuerySet

from rollkeeper.access.looks import Look
from rollkeeper.docket.models import DocketEntry

SortKey = Literal["number", "filed", "kind"]
_ORDERS: dict[str, tuple[str, ...]] = {
    "number": ("number",),
    "filed": ("filed_at", "number"),
    "kind": ("kind", "number"),
}


@dataclass(frozen=True)
class DocketFilter:
    """What to keep of a docket; empty fields keep all. ``words`` are looked for in the title and the filer's name."""

    kind: str = ""
    side: str = ""
    words: str = ""
    with_paper: bool = False


@dataclass(frozen=True)
class DocketPage:
    """Some entries, how many there are in all, and which entry replaces which (number by entry id)."""

    entries: Sequence[DocketEntry]
    total: int
    replaced_by: Mapping[int, int]


def entries(look: Look, keep: DocketFilter | None = None) -> QuerySet[DocketEntry]:
    """The entries of the look's case, by number. ``document`` is None where the look does not open the paper."""
    keep = keep or DocketFilter()
    found = DocketEntry.objects.filter(case_id=look.case_id)
    if keep.kind:
        found = found.filter(kind=keep.kind)
    if keep.side:
        found = found.filter(side=keep.side)
    if keep.words:
        found = found.filter(Q(title__icontains=keep.words) | Q(filed_by__icontains=keep.words))
    if keep.with_paper:
        found = found.filter(document__size__gt=0)  # joins the paper, so that a closed one does not count
    return found.order_by("number")


def docket_page(
    look: Look, keep: DocketFilter, *, sort: SortKey, descending: bool, skip: int, take: int | None
) -> DocketPage:
    """One page of the docket; ``take`` None means all of it. A ``skip`` past the end shows the last page."""
    found = entries(look, keep)
    total = found.count()
    order = [f"-{name}" if descending else name for name in _ORDERS[sort]]
    ordered = found.select_related("document", "supersedes").order_by(*order)
    if take is None:
        rows = list(ordered)
    else:
        start = min(skip, (max(total, 1) - 1) // take * take)
        rows = list(ordered[start : start + take])
    return DocketPage(rows, total, _replaced_by(look, [row.pk for row in rows]))


def _replaced_by(look: Look, shown: Collection[int]) -> Mapping[int, int]:
    later = DocketEntry.objects.filter(case_id=look.case_id, supersedes_id__in=shown)
    return {replaced: number for replaced, number in later.values_list("supersedes_id", "number") if replaced}


def last_docket_look(look: Look, *, before: datetime) -> datetime | None:
    """When the reader of this look last opened this docket, before a moment; None for never."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT last_docket_look(%s, %s)", [look.case_id, before])
        found = cursor.fetchone()
    seen: datetime | None = found[0] if found else None
    return seen


def entered_since(look: Look, moment: datetime) -> int:
    """How many entries that the look opens were entered after a moment."""
    return DocketEntry.objects.filter(case_id=look.case_id, entered_at__gt=moment).count()
