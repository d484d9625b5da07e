"""What the lines of one page of a timeline say, each with its source. One query for each kind on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from rollkeeper.desks.frame.parts import TimelineLine
from rollkeeper.desks.record.timeline import filed, lived, ruled
from rollkeeper.desks.record.timeline.index import Place
from rollkeeper.desks.record.timeline.saying import Said, Scene

TELLERS: Mapping[str, tuple[str, Callable[[Scene, Sequence[int]], Mapping[int, Said]]]] = {
    "encounter": (gettext_noop("Encounter"), lived.encounters),
    "entered": (gettext_noop("Entry"), lived.entries_into_country),
    "address": (gettext_noop("Address"), lived.addresses),
    "custody": (gettext_noop("Custody"), lived.custody),
    "case": (gettext_noop("Case"), filed.cases),
    "filing": (gettext_noop("Filing"), filed.docket_entries),
    "motion": (gettext_noop("Motion"), filed.motions),
    "application": (gettext_noop("Application"), filed.applications),
    "appeal": (gettext_noop("Appeal"), filed.appeals),
    "appearance": (gettext_noop("Counsel"), filed.appearances),
    "appearance_ended": (gettext_noop("Counsel"), filed.appearances_ended),
    "hearing": (gettext_noop("Hearing"), ruled.hearings),
    "decision": (gettext_noop("Decision"), ruled.decisions),
    "bond": (gettext_noop("Bond"), ruled.bonds),
    "application_decided": (gettext_noop("Decision"), ruled.applications),
    "appeal_decided": (gettext_noop("Decision"), ruled.appeals),
}


def lines_of(scene: Scene, places: Sequence[Place]) -> list[TimelineLine]:
    """The lines of these places, in their order."""
    keys: dict[str, list[int]] = {}
    for place in places:
        keys.setdefault(place.kind, []).append(place.pk)
    said = {kind: TELLERS[kind][1](scene, wanted) for kind, wanted in keys.items()}
    lines = []
    for place in places:
        words = said[place.kind].get(place.pk)
        if words is not None:  # None: a hold fell between the two reads
            tag = _(TELLERS[place.kind][0])
            lines.append(TimelineLine(place.day, words.text, words.source, words.url, tag, words.struck))
    return lines
