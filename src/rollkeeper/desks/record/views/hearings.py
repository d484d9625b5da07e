"""Hearings of a case: those to come first, then those held and put off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rollkeeper.access.declare import looks
from rollkeeper.desks.frame.tables import Cell, Column, Row, Table, page_of
from rollkeeper.desks.record.heading import OpenCase, case_page
from rollkeeper.desks.record.parts import Part
from rollkeeper.desks.record.reading import record_page
from rollkeeper.desks.record.words import day_of, label, moment_of, place, proper
from rollkeeper.hearings import queries
from rollkeeper.hearings.models import Hearing


@looks("hearings.read")
@require_safe
@record_page
def hearings(request: HttpRequest, number: str) -> HttpResponse:
    """Every hearing, latest first, with what became of it."""
    return case_page(request, number, tab="hearings", act="hearings.read", content=_content)


def _content(opened: OpenCase) -> dict[str, object]:
    found = queries.hearings(opened.look)
    page = page_of(opened.request, found.count())
    coming = queries.next_hearing(opened.look, at=opened.at)
    rows = [_row(opened, row, coming) for row in found[page.offset : page.offset + page.size]]
    columns = [
        Column(_("When"), header=True),
        Column(_("Kind")),
        Column(_("Where")),
        Column(_("Judge")),
        Column(_("Language")),
        Column(_("What became of it")),
    ]
    empty = _("No hearing has been set. The court sends a notice when it sets one.")
    query = opened.request.GET.urlencode()
    return {
        "parts": [Part(table=Table(_("Hearings, latest first"), columns, rows, page, None, query, empty, "hearings"))]
    }


def _row(opened: OpenCase, row: Hearing, coming: Hearing | None) -> Row:
    zone = row.court.time_zone if row.court else opened.zone
    where = place(row.location or (row.court.city if row.court else "")) or "—"
    return Row(
        [
            moment_of(row.starts_at, zone),
            Cell(label(row.calendar_type) or "—", note=label(row.schedule_type)),
            Cell(where, note=label(row.get_medium_display()) if row.medium else ""),
            str(row.judge or "—"),
            proper(row.language) or "—",
            _fate(opened, row),
        ],
        current=coming is not None and row.pk == coming.pk,
        id=f"hearing-{row.pk}",
    )


def _fate(opened: OpenCase, row: Hearing) -> Cell:
    if row.adjournment:
        put_off = (
            _("Put off on %(day)s") % {"day": day_of(row.adjourned_on, opened.zone)}
            if row.adjourned_on
            else _("Put off")
        )
        return Cell(put_off, note=label(row.adjournment))
    if row.starts_at < opened.at:
        return Cell(_("Held, or not reported otherwise"))
    if row.notice_sent_on:
        return Cell(_("Notice sent on %(day)s") % {"day": day_of(row.notice_sent_on, opened.zone)})
    return Cell(_("To come; notice not sent yet"))
