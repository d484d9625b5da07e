"""The clerk's overview of the court, and the lists behind its numbers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rollkeeper.access import door
from rollkeeper.access.declare import looks
from rollkeeper.desks.clerk.waiting import KINDS, Count, Waiting, counts, rows_of
from rollkeeper.desks.frame.looks import LookLine
from rollkeeper.desks.frame.moments import day_words
from rollkeeper.desks.frame.parts import Crumb
from rollkeeper.desks.frame.tables import PAGE_SIZE, Cell, Column, Row, Table, page_of, requested_page
from rollkeeper.desks.record.words import name_words
from rollkeeper.people.queries import legal_names

PURPOSE = "records"
LAST_PAGE = 40_000  # the database counts rows to skip as a 32-bit number


@require_safe
@never_cache
@login_required
@looks("court.overview")
def overview(request: HttpRequest) -> HttpResponse:
    """What waits at the court and since when, the longest first."""
    with door.overview(request.user.pk, purpose=PURPOSE) as look:
        today = timezone.localdate()
        table = Table(
            "What waits",
            [Column("What", header=True), Column("How many", "number"), Column("The oldest since", "day"),
             Column("Days", "number")],
            [_overview_row(count, (today - count.oldest).days if count.oldest else 0) for count in counts()],
            id="waiting",
        )  # fmt: skip
        context = {
            "look": LookLine.of(look, "overview"),
            "title": "What waits at the court",
            "subtitle": look.office,
            "table": table,
        }
        return render(request, "clerk/overview.html", context)


def _overview_row(count: Count, days: int) -> Row:
    url = reverse("clerk:waiting", args=[count.kind.what])
    about = Cell(count.kind.title, url if count.waiting else "", note=count.kind.meaning)
    if not count.waiting:
        return Row([about, "0", "", ""])
    since = day_words(count.oldest, "en") if count.oldest else "not recorded"
    return Row([about, Cell(f"{count.waiting:,}", url), since, f"{days:,}" if days >= 0 else ""])


@require_safe
@never_cache
@login_required
@looks("court.waiting")
def waiting(request: HttpRequest, what: str) -> HttpResponse:
    """One list of what waits, the longest first."""
    kind = KINDS.get(what)
    if kind is None:
        raise Http404
    skip = (min(requested_page(request), LAST_PAGE) - 1) * PAGE_SIZE
    with door.listing(
        request.user.pk, purpose=PURPOSE, act="court.waiting", which="waiting", params={"what": what}, skip=skip,
        take=PAGE_SIZE,
    ) as look:  # fmt: skip
        names = legal_names(look)
        rows = [_row(found, name_words(names.get(found.case.respondent_id))) for found in rows_of(look, kind)]
        table = Table(
            kind.title,
            [Column("Case", header=True), Column("Respondent"), Column(kind.since, "day"), Column("What"),
             Column("Judge")],
            rows,
            page_of(request, look.total),
            query=request.GET.urlencode(),
            empty=kind.empty,
            id="waiting",
        )  # fmt: skip
        context = {
            "look": LookLine.of(look, "list"),
            "title": kind.title,
            "subtitle": f"{look.office} · the longest first",
            "crumbs": [Crumb("Court overview", reverse("clerk:overview")), Crumb(kind.title)],
            "meaning": kind.meaning,
            "table": table,
        }
        return render(request, "clerk/waiting.html", context)


def _row(found: Waiting, name: str) -> Row:
    case = found.case
    since = day_words(found.since, "en") if found.since else "not recorded"
    return Row(
        [Cell(case.number, reverse("record:case", args=[case.number])), name, since, found.about, str(case.judge or "")]
    )
