"""Proceedings: what the government charged, what was asked for, and what was decided."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rollkeeper.access.declare import looks
from rollkeeper.appeals.queries import appeals
from rollkeeper.cases import queries as cases
from rollkeeper.cases.models import Charge, ChargingDocument, Proceeding
from rollkeeper.desks.frame.parts import Fact
from rollkeeper.desks.frame.tables import Cell, Column, Row, Table
from rollkeeper.desks.record.heading import OpenCase, case_page
from rollkeeper.desks.record.parts import Part, known
from rollkeeper.desks.record.reading import record_page
from rollkeeper.desks.record.words import day_of, decision_words, label, pages_words
from rollkeeper.filings.models import Motion
from rollkeeper.filings.queries import motions
from rollkeeper.foundation.choices import Side


@looks("proceedings.read")
@require_safe
@record_page
def proceedings(request: HttpRequest, number: str) -> HttpResponse:
    """Every run of the case before a court, with its papers, charges, applications, motions and appeals."""
    return case_page(request, number, tab="proceedings", act="proceedings.read", content=_content)


def _content(opened: OpenCase) -> dict[str, object]:
    tables = [_charges(opened), _applications(opened), _motions(opened), _appeals(opened)]
    filled = [Part(table=table) for table in tables if table.rows]
    return {"parts": [Part(table=_proceedings(opened)), *_charging(opened), *filled]}


def _proceedings(opened: OpenCase) -> Table:
    rows = [
        Row(
            [
                str(row.number),
                Cell(row.court.city or row.court.name, note=str(row.judge or "")),
                label(row.case_type),
                day_of(row.opened_on, opened.zone) or "—",
                Cell(decision_words(row), note=_form(row)),
                day_of(row.completed_on, opened.zone) or "—",
            ]
        )
        for row in cases.proceedings(opened.look)
    ]
    columns = [
        Column(_("No."), "number", header=True),
        Column(_("Court")),
        Column(_("Kind")),
        Column(_("Opened"), "day"),
        Column(_("Decision")),
        Column(_("Completed"), "day"),
    ]
    empty = _("No proceeding has been opened yet.")
    return Table(_("Proceedings"), columns, rows, id="proceedings", empty=empty)


def _form(row: Proceeding) -> str:
    told = [{"O": _("oral decision"), "W": _("written decision")}.get(row.decision_form, "")]
    if row.in_absentia:
        told.append(_("in the respondent's absence"))
    return ", ".join(part for part in told if part)


def _charging(opened: OpenCase) -> list[Part]:
    """Each charging document with its allegations."""
    stated = cases.allegations(opened.look)
    columns = [Column(_("No."), "number", header=True), Column(_("Allegation")), Column(_("Plea"))]
    parts = []
    for row in cases.charging_documents(opened.look):
        facts = [
            Fact(_("Issued by"), row.issued_by),
            Fact(_("Issued"), day_of(row.issued_on, opened.zone)),
            Fact(_("Served"), day_of(row.served_on, opened.zone)),
            Fact(_("Filed"), day_of(row.filed_on, opened.zone)),
        ]
        if row.document is not None:
            words = pages_words(row.document.pages)
            facts.append(Fact(_("Paper"), words, opened.url("paper", row.document.pk)))
        lines = [Row([str(fact.number), fact.narrative, label(fact.plea)]) for fact in stated.get(row.pk, ())]
        table = Table(_("Allegations"), columns, lines, id=f"allegations-{row.pk}")
        title = label(ChargingDocument.Kind(row.kind).label)
        parts.append(Part(title, facts=known(facts), table=table if lines else None, id=f"charging-{row.pk}"))
    return parts


def _charges(opened: OpenCase) -> Table:
    rows = [
        Row([row.code.citation or row.code.code, label(row.code), label(Charge.Outcome(row.outcome).label)])
        for row in cases.charges(opened.look)
    ]
    columns = [Column(_("Section"), header=True), Column(_("Charge")), Column(_("Outcome"))]
    return Table(_("Charges"), columns, rows, id="charges")


def _applications(opened: OpenCase) -> Table:
    rows = [
        Row(
            [
                Cell(label(row.application_type), tag=_("Confidential") if row.protection else ""),
                day_of(row.received_on, opened.zone) or "—",
                label(row.decision) or _("Not decided yet"),
                day_of(row.decided_on, opened.zone) or "—",
            ]
        )
        for row in cases.applications(opened.look)
    ]
    columns = [
        Column(_("Application"), header=True),
        Column(_("Received"), "day"),
        Column(_("Decision")),
        Column(_("Decided"), "day"),
    ]
    return Table(_("Applications for relief"), columns, rows, id="applications")


def _motions(opened: OpenCase) -> Table:
    rows = [
        Row(
            [
                Cell(label(row.motion_type) or _("Motion"), note=_entry_words(row)),
                label(Side(row.side).label),
                day_of(row.received_on, opened.zone) or "—",
                label(Motion.Outcome(row.outcome).label),
                day_of(row.decided_on, opened.zone) or "—",
            ],
            current=not row.outcome and row.release_key is None,
        )
        for row in motions(opened.look)
    ]
    columns = [
        Column(_("Motion"), header=True),
        Column(_("By")),
        Column(_("Received"), "day"),
        Column(_("Outcome")),
        Column(_("Decided"), "day"),
    ]
    return Table(_("Motions"), columns, rows, id="motions")


def _entry_words(row: Motion) -> str:
    return _("docket entry %(number)s") % {"number": row.entry.number} if row.entry else ""


def _appeals(opened: OpenCase) -> Table:
    rows = [
        Row(
            [
                label(row.appeal_type) or _("Appeal"),
                label(Side(row.side).label),
                day_of(row.filed_on, opened.zone) or "—",
                label(row.decision) or _("Not decided yet"),
                day_of(row.decided_on, opened.zone) or "—",
            ]
        )
        for row in appeals(opened.look)
    ]
    columns = [
        Column(_("Appeal"), header=True),
        Column(_("By")),
        Column(_("Filed"), "day"),
        Column(_("Decision")),
        Column(_("Decided"), "day"),
    ]
    return Table(_("Appeals"), columns, rows, id="appeals")
