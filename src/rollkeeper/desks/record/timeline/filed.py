"""Lines about what was filed: cases, docket entries, motions, applications, appeals, appearances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from rollkeeper.appeals.models import Appeal
from rollkeeper.cases.models import Application
from rollkeeper.desks.record.timeline.saying import Said, Scene, joined
from rollkeeper.desks.record.words import label
from rollkeeper.docket.models import DocketEntry
from rollkeeper.filings.models import Motion
from rollkeeper.foundation.choices import Side
from rollkeeper.representation.models import Appearance


def cases(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """The day a charging document reached the court."""
    return {
        key: Said(
            _("Case opened at %(court)s") % {"court": scene.cases[key].court.name},
            joined(label(scene.cases[key].case_type), scene.case_number(key)),
            scene.case_url("case", key),
        )
        for key in keys
        if key in scene.cases
    }


def docket_entries(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """Filings, as the docket names them. A struck one stays readable."""
    told = {}
    for row in DocketEntry.objects.filter(pk__in=keys).select_related("document"):
        source = _("Docket of %(case)s, entry %(number)s") % {
            "case": scene.case_number(row.case_id),
            "number": row.number,
        }
        struck = row.struck_at is not None
        why = _("struck by %(who)s: %(why)s") % {"who": row.struck_by, "why": row.struck_reason} if struck else ""
        by = row.filed_by or label(Side(row.side).label)
        if row.document is not None:
            url = scene.case_url("paper", row.case_id, row.document.pk)
        else:
            url = f"{scene.case_url('case', row.case_id)}#entry-{row.number}"
        told[row.pk] = Said(row.title, joined(source, _("by %(who)s") % {"who": by}, why), url, struck)
    return told


def motions(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """Motions that came without a docket entry, from the public release."""
    return {
        row.pk: Said(
            joined(label(row.motion_type) or _("Motion"), label(Motion.Outcome(row.outcome).label)),
            _("Public case release, case %(case)s") % {"case": scene.case_number(row.case_id)},
            scene.case_url("proceedings", row.case_id),
        )
        for row in Motion.objects.filter(pk__in=keys).select_related("motion_type")
    }


def applications(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """Applications for relief, when they were received."""
    return {
        row.pk: Said(
            _("Applied for %(what)s") % {"what": label(row.application_type)},
            _("Applications of case %(case)s") % {"case": scene.case_number(row.case_id)},
            scene.case_url("proceedings", row.case_id),
        )
        for row in Application.objects.filter(pk__in=keys).select_related("application_type")
    }


def appeals(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """Appeals, when they were filed."""
    return {
        row.pk: Said(
            joined(label(row.appeal_type) or _("Appeal"), label(Side(row.side).label)),
            _("Appeals of case %(case)s") % {"case": scene.case_number(row.case_id)},
            scene.case_url("proceedings", row.case_id),
        )
        for row in Appeal.objects.filter(pk__in=keys).select_related("appeal_type")
    }


def appearances(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """The day counsel entered an appearance."""
    return _appearances(scene, keys, _("%(who)s appears for the %(side)s"))


def appearances_ended(scene: Scene, keys: Sequence[int]) -> Mapping[int, Said]:
    """The day an appearance ended."""
    return _appearances(scene, keys, _("%(who)s no longer appears for the %(side)s"))


def _appearances(scene: Scene, keys: Sequence[int], words: str) -> Mapping[int, Said]:
    return {
        row.pk: Said(
            words % {"who": row.practitioner or _("Counsel"), "side": label(Side(row.side).label).lower()},
            _("Appearances in case %(case)s") % {"case": scene.case_number(row.case_id)},
            scene.case_url("people", row.case_id),
        )
        for row in Appearance.objects.filter(pk__in=keys).select_related("practitioner")
    }
