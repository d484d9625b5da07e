"""Custody and bond of a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rollkeeper.access.declare import looks
from rollkeeper.custody import queries
from rollkeeper.desks.frame.tables import Cell, Column, Row, Table
from rollkeeper.desks.record.heading import OpenCase, case_page
from rollkeeper.desks.record.parts import Part
from rollkeeper.desks.record.reading import record_page
from rollkeeper.desks.record.words import day_of, dollars, label


@looks("custody.read")
@require_safe
@record_page
def custody(request: HttpRequest, number: str) -> HttpResponse:
    """Where the respondent was held, from when until when, and what the judge decided on bond."""
    return case_page(request, number, tab="custody", act="custody.read", content=_content)


def _content(opened: OpenCase) -> dict[str, object]:
    now = label(opened.case.custody) or _("Not recorded")
    return {"parts": [Part(_("Now"), text=now), Part(table=_periods(opened)), Part(table=_bonds(opened))]}


def _periods(opened: OpenCase) -> Table:
    rows = [
        Row(
            [
                label(row.status),
                day_of(row.period.lower, opened.zone) or "—",
                day_of(row.period.upper, opened.zone) or _("still"),
                row.facility or "—",
            ],
            current=row.period.upper is None,
        )
        for row in queries.periods(opened.look)
    ]
    columns = [
        Column(_("Custody"), header=True),
        Column(_("From"), "day"),
        Column(_("Until"), "day"),
        Column(_("Where")),
    ]
    return Table(_("Custody history"), columns, rows, id="custody", empty=_("No time in custody is recorded."))


def _bonds(opened: OpenCase) -> Table:
    rows = [
        Row(
            [
                day_of(row.heard_on or row.requested_on, opened.zone) or "—",
                Cell(label(row.decision) or _("Not decided yet"), note=day_of(row.decided_on, opened.zone)),
                dollars(row.initial_amount),
                dollars(row.amount),
                str(row.judge or "—"),
            ]
        )
        for row in queries.bonds(opened.look)
    ]
    columns = [
        Column(_("Bond hearing"), "day", header=True),
        Column(_("Decision")),
        Column(_("Asked by the government"), "number"),
        Column(_("Set by the judge"), "number"),
        Column(_("Judge")),
    ]
    return Table(_("Bond"), columns, rows, id="bond", empty=_("No bond hearing is recorded."))
