"""Lines about what the court did: hearings, decisions, bond."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from rollkeeper.appeals.models import Appeal
from rollkeeper.cases.models import Application, Proceeding
from rollkeeper.custody.models import Bond
from rollkeeper.desks.record.timeline.saying import Said, Scene, joined
from rollkeeper.desks.record.words import decision_words, dollars, label, moment_of, place
from rollkeeper.hearings.models import Hearing


def hearings(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """Hearings, held, put off or to come."""
    found = Hearing.objects.filter(pk__in=keys).select_related(
        "court", "location", "judge", "calendar_type", "adjournment"
    )
    told = {}
    for row in found:
        zone = row.court.time_zone if row.court else scene.zone
        if row.adjournment:
            fate = _("put off: %(why)s") % {"why": label(row.adjournment)}
        else:
            fate = _("to come") if row.starts_at >= scene.at else ""
        kind = _("%(kind)s hearing") % {"kind": label(row.calendar_type)} if row.calendar_type else _("Hearing")
        text = joined(kind, moment_of(row.starts_at, zone), place(row.location), row.judge, fate)
        source = _("Calendar, case %(case)s") % {"case": scene.case_number(row.case_id)}
        told[row.pk] = Said(text, source, f"{scene.case_url('hearings', row.case_id)}#hearing-{row.pk}")
    return told


def decisions(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """What ended a proceeding."""
    found = Proceeding.objects.filter(pk__in=keys).select_related("court", "judge", "decision", "other_completion")
    return {
        row.pk: Said(
            joined(decision_words(row), row.judge, row.court.city or row.court.name),
            _("Proceeding %(number)s of case %(case)s")
            % {"number": row.number, "case": scene.case_number(row.case_id)},
            scene.case_url("proceedings", row.case_id),
        )
        for row in found
    }


def bonds(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """Bond asked for, heard or decided."""
    found = Bond.objects.filter(pk__in=keys).select_related("judge", "decision")
    return {
        row.pk: Said(
            joined(
                _("Bond"),
                label(row.decision) or _("not decided yet"),
                dollars(row.amount) if row.amount is not None else "",
                row.judge,
            ),
            _("Bond hearings of case %(case)s") % {"case": scene.case_number(row.case_id)},
            scene.case_url("custody", row.case_id),
        )
        for row in found
    }


def applications(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """How an application ended."""
    found = Application.objects.filter(pk__in=keys).select_related("application_type", "decision")
    return {
        row.pk: Said(
            joined(label(row.application_type), label(row.decision) or _("decided")),
            _("Applications of case %(case)s") % {"case": scene.case_number(row.case_id)},
            scene.case_url("proceedings", row.case_id),
        )
        for row in found
    }


def appeals(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """What the Board decided."""
    found = Appeal.objects.filter(pk__in=keys).select_related("appeal_type", "decision")
    return {
        row.pk: Said(
            joined(_("Board of Immigration Appeals"), label(row.decision) or _("decided")),
            _("Appeals of case %(case)s") % {"case": scene.case_number(row.case_id)},
            scene.case_url("proceedings", row.case_id),
        )
        for row in found
    }
