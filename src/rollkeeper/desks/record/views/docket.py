"""The docket: the page's heart. 25 entries a page, or all of them for paper."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rollkeeper.access.declare import looks
from rollkeeper.desks.frame.tables import PAGE_SIZE, Cell, Column, Row, Table, page_of, requested_page, sort_of
from rollkeeper.desks.record.forms import DocketFilterForm
from rollkeeper.desks.record.heading import OpenCase, case_page
from rollkeeper.desks.record.reading import record_page
from rollkeeper.desks.record.words import day_of, label, pages_words
from rollkeeper.docket.models import DocketEntry
from rollkeeper.docket.queries import DocketPage, SortKey, docket_page
from rollkeeper.foundation.choices import Protection, Side

SORTS: frozenset[SortKey] = frozenset({"number", "filed", "kind"})


@looks("docket.read")
@require_safe
@record_page
def docket(request: HttpRequest, number: str) -> HttpResponse:
    """A case's docket, filtered, sorted and paged; ``?print=all`` shows every entry on one page for the printer."""
    whole = request.GET.get("print") == "all"
    return case_page(
        request, number, tab="case", act="docket.read", content=_whole if whole else _paged,
        template="record/docket.html", shown="whole docket" if whole else "page",
    )  # fmt: skip


def _paged(opened: OpenCase) -> dict[str, object]:
    request = opened.request
    form = DocketFilterForm(request.GET)
    sort = sort_of(request, SORTS, "number")
    found = docket_page(
        opened.look, form.kept(), sort=cast(SortKey, sort.key), descending=sort.descending,
        skip=(requested_page(request) - 1) * PAGE_SIZE, take=PAGE_SIZE,
    )  # fmt: skip
    table = Table(
        _("Docket"),
        _columns(sortable=True),
        [_row(opened, entry, found) for entry in found.entries],
        page_of(request, found.total),
        sort,
        request.GET.urlencode(),
        id="docket",
        empty=_("No entry matches. Clear the filter to see all.")
        if form.narrows()
        else _("Nothing is on this docket yet."),
    )
    return {"table": table, "form": form, "print_url": opened.url("case", print="all"), "clear_url": opened.url("case"),
            "narrowed": form.narrows()}  # fmt: skip


def _whole(opened: OpenCase) -> dict[str, object]:
    found = docket_page(opened.look, DocketFilterForm({}).kept(), sort="number", descending=False, skip=0, take=None)
    caption = _("The whole docket, %(total)s entries") % {"total": found.total}
    rows = [_row(opened, entry, found) for entry in found.entries]
    table = Table(caption, _columns(sortable=False), rows, id="docket", empty=_("Nothing is on this docket yet."))
    return {"table": table, "paged_url": opened.url("case")}


def _columns(*, sortable: bool) -> list[Column]:
    by = (lambda key: key) if sortable else (lambda key: "")
    return [
        Column(_("No."), "number", sort=by("number"), header=True),
        Column(_("Filed"), "day", sort=by("filed")),
        Column(_("Kind"), sort=by("kind")),
        Column(_("Entry"), "wide"),
        Column(_("By")),
        Column(_("Served"), "day"),
        Column(_("Paper")),
    ]


def _row(opened: OpenCase, entry: DocketEntry, page: DocketPage) -> Row:
    zone = opened.zone
    struck = entry.struck_at is not None
    return Row(
        [
            Cell(str(entry.number)),
            day_of(entry.filed_at, zone),
            label(DocketEntry.Kind(entry.kind).label),
            Cell(entry.title, note=_fate(entry, page, zone), tag=_tag(entry), struck=struck),
            entry.filed_by or label(Side(entry.side).label),
            day_of(entry.served_on, zone) or "—",
            _paper(opened, entry),
        ],
        id=f"entry-{entry.number}",
    )


def _fate(entry: DocketEntry, page: DocketPage, zone: str) -> str:
    """What became of an entry: struck, sealed, replaced, each with who and when."""
    told = []
    if entry.struck_at:
        by = {"day": day_of(entry.struck_at, zone), "who": entry.struck_by, "why": entry.struck_reason.rstrip(".")}
        told.append(_("Struck on %(day)s by %(who)s: %(why)s") % by)
    if entry.sealed_at:
        told.append(_("Sealed on %(day)s by %(who)s") % {"day": day_of(entry.sealed_at, zone), "who": entry.sealed_by})
    if entry.supersedes:
        told.append(_("Replaces entry %(number)s") % {"number": entry.supersedes.number})
    if entry.pk in page.replaced_by:
        told.append(_("Replaced by entry %(number)s") % {"number": page.replaced_by[entry.pk]})
    return ". ".join(told) + "." if told else ""


def _tag(entry: DocketEntry) -> str:
    """Under which protection the reader sees this entry, so that nobody passes it on unawares."""
    return label(Protection(entry.protection).label) if entry.protection else ""


def _paper(opened: OpenCase, entry: DocketEntry) -> Cell:
    if entry.document is None:
        return Cell("—")
    return Cell(pages_words(entry.document.pages), url=opened.url("paper", entry.document.pk))
