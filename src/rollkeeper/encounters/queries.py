"""Reads about contact with police or government, inside a look that opens encounters; absent to any other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from rollkeeper.access.looks import Look
from rollkeeper.encounters.models import Encounter


@dataclass(frozen=True)
class KnownEncounter:
    """One contact, opened. ``document_id`` names its paper where the look opens that too."""

    pk: int
    happened_at: datetime
    agency: str
    place: str
    kind: str
    arrested: bool
    outcome: str
    narrative: str
    source: str
    document_id: int | None
    document_case_id: int | None


def encounters(look: Look, only: Collection[int] | None = None) -> Sequence[KnownEncounter]:
    """The person's contacts, latest first; ``only`` limits them to some rows. Raises KeyFault."""
    found = Encounter.objects.filter(person_id=look.person_id).select_related("document")
    if only is not None:
        found = found.filter(pk__in=only)
    return [_opened(look, row) for row in found.order_by("-happened_at", "-pk")]


def _opened(look: Look, row: Encounter) -> KnownEncounter:
    return KnownEncounter(
        pk=row.pk,
        happened_at=row.happened_at,
        agency=look.reveal(row, "agency"),
        place=look.reveal(row, "place"),
        kind=look.reveal(row, "kind"),
        arrested=look.reveal(row, "arrested") == "yes",
        outcome=look.reveal(row, "outcome"),
        narrative=look.reveal(row, "narrative"),
        source=row.source,
        document_id=row.document.pk if row.document else None,
        document_case_id=row.document.case_id if row.document else None,
    )
