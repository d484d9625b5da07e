"""People of a case: the respondent, who appears for whom, the court."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from rollkeeper.access.declare import looks
from rollkeeper.desks.frame.parts import Fact
from rollkeeper.desks.frame.tables import Cell, Column, Row, Table
from rollkeeper.desks.frame.templatetags.frame import a_number
from rollkeeper.desks.record.heading import OpenCase, case_page, whose
from rollkeeper.desks.record.parts import Part, known
from rollkeeper.desks.record.reading import address, record_page
from rollkeeper.desks.record.words import country, day_of, label, proper
from rollkeeper.foundation.choices import Side
from rollkeeper.people import queries as people_queries
from rollkeeper.representation.models import Appearance
from rollkeeper.representation.queries import appearances


@looks("people.read")
@require_safe
@record_page
def people(request: HttpRequest, number: str) -> HttpResponse:
    """The respondent, counsel on both sides, and the court."""
    return case_page(request, number, tab="people", act="people.read", content=_content)


def _content(opened: OpenCase) -> dict[str, object]:
    found = appearances(opened.look)
    return {
        "parts": [
            _respondent(opened),
            _appearing(opened, found, Side.RESPONDENT, _("Counsel for the respondent"),
                       _("Nobody has entered an appearance for the respondent.")),
            _appearing(opened, found, Side.GOVERNMENT, _("Counsel for the government"),
                       _("No government counsel is named in this case.")),
            _court(opened),
        ]
    }  # fmt: skip


def _respondent(opened: OpenCase) -> Part:
    person = people_queries.person(opened.look)
    facts = [
        Fact(_("Name"), whose(opened), address(opened.request, "person", person.pk), _("the whole timeline")),
        Fact(_("A-number"), a_number(opened.a_number)),
        Fact(_("Nationality"), country(person.nationality)),
        Fact(_("Language"), proper(person.language)),
        Fact(_("Family"), _family(opened)),
    ]
    return Part(_("Respondent"), facts=known(facts), id="respondent")


def _family(opened: OpenCase) -> str:
    """How the case is joined to others of the family; the others are opened by their own number."""
    told = []
    if opened.family.rides:
        told.append(_("This case rides a lead case: the family is heard together."))
    if opened.family.riders:
        count = opened.family.riders
        told.append(
            ngettext("%(count)s case rides this one.", "%(count)s cases ride this one.", count) % {"count": count}
        )
    return " ".join(told)


def _appearing(opened: OpenCase, found: Sequence[Appearance], side: str, caption: str, empty: str) -> Part:
    zone = opened.zone
    rows = [
        Row(
            [
                str(row.practitioner or _("Name not released")),
                str(row.practitioner.firm or "—") if row.practitioner else "—",
                label(Appearance.Scope(row.scope).label),
                day_of(row.filed_on, zone) or "—",
                Cell(day_of(row.ended_on, zone) or _("still appears")),
            ],
            current=row.ended_on is None,
        )
        for row in found
        if row.side == side
    ]
    columns = [
        Column(_("Name"), header=True),
        Column(_("Firm or office")),
        Column(_("For what")),
        Column(_("Since"), "day"),
        Column(_("Until"), "day"),
    ]
    return Part(table=Table(caption, columns, rows, id=f"counsel-{side}", empty=empty))


def _court(opened: OpenCase) -> Part:
    case = opened.case
    place = ", ".join(part for part in (case.court.city, case.court.state) if part)
    facts = [Fact(_("Court"), case.court.name, note=place), Fact(_("Judge"), str(case.judge or _("None assigned yet")))]
    return Part(_("Court"), facts=facts, id="court")
