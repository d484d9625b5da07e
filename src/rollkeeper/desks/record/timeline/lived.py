"""Lines about the person: contacts, entry, addresses, custody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from rollkeeper.custody.models import CustodyPeriod
from rollkeeper.desks.record.timeline.saying import Said, Scene, joined
from rollkeeper.desks.record.words import day_of, label
from rollkeeper.encounters import queries
from rollkeeper.people import queries as people


def encounters(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """Contacts with police or government, arrested or not. Raises KeyFault."""
    told = {}
    for row in queries.encounters(scene.look, only=keys):
        arrested = _("arrested") if row.arrested else _("not arrested")
        text = joined(label(row.kind.capitalize()), row.agency, row.place, arrested, row.outcome)
        source = joined(row.narrative, _("Source: %(source)s") % {"source": row.source})
        known = row.document_case_id in scene.cases
        url = scene.case_url("paper", row.document_case_id, row.document_id) if known and row.document_case_id else ""
        told[row.pk] = Said(text, source, url)
    return told


def entries_into_country(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """Entry into the United States, as the case records it."""
    return {
        key: Said(
            _("Entered the United States"),
            _("Recorded in case %(case)s") % {"case": scene.case_number(key)},
            scene.case_url("proceedings", key),
        )
        for key in keys
        if key in scene.cases
    }


def addresses(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """Changes of address. Raises KeyFault."""
    return {
        row.pk: Said(
            _("Address: %(address)s") % {"address": ", ".join(row.lines.splitlines())},
            _("Source: %(source)s, recorded %(day)s")
            % {"source": row.source, "day": day_of(row.recorded_on, scene.zone)},
        )
        for row in people.addresses(scene.look, only=keys)
    }


def custody(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """The beginning of each stretch in or out of detention."""
    found = CustodyPeriod.objects.filter(pk__in=keys).select_related("status")
    return {
        row.pk: Said(
            joined(
                label(row.status),
                row.facility,
                _("until %(day)s") % {"day": day_of(row.period.upper, scene.zone)} if row.period.upper else "",
            ),
            _("Custody history of case %(case)s") % {"case": scene.case_number(row.case_id)},
            scene.case_url("custody", row.case_id),
        )
        for row in found
    }
