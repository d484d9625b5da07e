"""Loading the courts and where they sit. Safe to run again."""

from __future__ import annotations

from django.db import transaction

from rollkeeper.courts.models import Court, HearingLocation
from rollkeeper.law import codetables

DEFAULT_ZONE = "America/New_York"


@transaction.atomic(using="owner")
def load_courts() -> int:
    """Load courts and hearing locations as the owner; returns the number of rows."""
    courts = [
        Court(code=row.code, name=row.name, city=row.city, state=row.state, time_zone=row.time_zone or DEFAULT_ZONE)
        for row in codetables.courts()
    ]
    Court.objects.using("owner").bulk_create(
        courts, update_conflicts=True, unique_fields=["code"], update_fields=["name", "city", "state", "time_zone"]
    )
    by_code = dict(Court.objects.using("owner").values_list("code", "pk"))
    places = [
        HearingLocation(code=row.code, name=row.name, court_id=by_code.get(row.court_code))
        for row in codetables.hearing_locations()
    ]
    HearingLocation.objects.using("owner").bulk_create(
        places, update_conflicts=True, unique_fields=["code"], update_fields=["name", "court"]
    )
    return len(courts) + len(places)
