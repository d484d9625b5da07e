"""The papers of a case, each a link that opens it in the browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rollkeeper.access.declare import looks
from rollkeeper.desks.frame.tables import Cell, Column, Row, Table, page_of
from rollkeeper.desks.record.heading import OpenCase, case_page
from rollkeeper.desks.record.parts import Part
from rollkeeper.desks.record.reading import record_page
from rollkeeper.desks.record.words import day_of, label
from rollkeeper.documents import queries
from rollkeeper.documents.models import Document
from rollkeeper.foundation.choices import Protection


@looks("papers.read")
@require_safe
@record_page
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """Every paper the reader may open, latest first, 25 a page."""
    return case_page(request, number, tab="papers", act="papers.read", content=_content)


def _content(opened: OpenCase) -> dict[str, object]:
    found = queries.papers(opened.look)
    page = page_of(opened.request, found.count())
    rows = [_row(opened, row) for row in found[page.offset : page.offset + page.size]]
    columns = [
        Column(_("Paper"), header=True),
        Column(_("Entry"), "number"),
        Column(_("Received"), "day"),
        Column(_("Pages"), "number"),
        Column(_("Size"), "number"),
    ]
    table = Table(
        _("Papers, latest first"), columns, rows, page, None, opened.request.GET.urlencode(),
        _("No paper is on file that you may open."), "papers",
    )  # fmt: skip
    note = _(
        "Each time you open a paper, a look of its own is recorded, and every page names you and the look's number."
    )
    return {"parts": [Part(text=note, table=table)]}


def _row(opened: OpenCase, row: Document) -> Row:
    entries = ", ".join(str(entry.number) for entry in row.entries.all())
    tag = label(Protection(row.protection).label) if row.protection else ""
    return Row(
        [
            Cell(_title(row), url=opened.url("paper", row.pk), tag=tag),
            entries or "—",
            day_of(row.received_at, opened.zone),
            str(row.pages or "—"),
            filesizeformat(row.size),
        ]
    )


def _title(row: Document) -> str:
    """The paper's title; a link must have words even where the filer gave none that can be seen."""
    return "".join(letter for letter in row.title if letter.isprintable()).strip() or _("Paper without a title")
