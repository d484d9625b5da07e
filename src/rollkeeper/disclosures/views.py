"""Who looked at my record: the cases to choose from, the looks at one case, one look, and its proof."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rollkeeper.access import door
from rollkeeper.access.declare import looks
from rollkeeper.access.looks import Look
from rollkeeper.accounts.models import Desk
from rollkeeper.cases.queries import cases_in, one_case
from rollkeeper.desks.frame.looks import LookLine
from rollkeeper.desks.frame.parts import Crumb, Fact
from rollkeeper.desks.frame.tables import PAGE_SIZE, Cell, Column, Row, Table, page_of, requested_page
from rollkeeper.disclosures import queries
from rollkeeper.disclosures.proofs import not_ready, receipt_file
from rollkeeper.disclosures.telling import tell
from rollkeeper.people.queries import legal_names

LAST_PAGE = 40_000  # the database counts rows to skip as a 32-bit number


# Other desks ask under a purpose that no relation of theirs carries: the door refuses and writes it down.
def _purpose(request: HttpRequest) -> str:
    return "representation" if getattr(request.user, "desk", "") == Desk.COUNSEL else "own-case"


def _skip(request: HttpRequest) -> int:
    """How many rows come before the page asked for."""
    return (min(requested_page(request), LAST_PAGE) - 1) * PAGE_SIZE


def _yours(request: HttpRequest) -> bool:
    return getattr(request.user, "desk", "") == Desk.RESPONDENT


@require_safe
@never_cache
@login_required
@looks("looks.cases")
def my_cases(request: HttpRequest) -> HttpResponse:
    """Whose looks to read: one case opens at once, several are a list."""
    skip = _skip(request)
    with door.listing(
        request.user.pk, purpose=_purpose(request), act="looks.cases", which="cases", skip=skip, take=PAGE_SIZE
    ) as look:
        cases = cases_in(look)
        if look.total == 1 and len(cases) == 1:
            return redirect("disclosures:case", cases[0].number)
        names = legal_names(look)
        rows = [
            Row([Cell(case.number, reverse("disclosures:case", args=[case.number])),
                 str(names.get(case.respondent_id, "")), str(case.court)])
            for case in cases
        ]  # fmt: skip
        table = Table(
            _("Your cases"),
            [Column(_("Case"), header=True), Column(_("Respondent")), Column(_("Court"))],
            rows,
            page_of(request, look.total),
            query=request.GET.urlencode(),
            empty=_("No case is tied to your account yet. If you have one, ask the court's office."),
        )
        context = {"title": _("Who looked"), "look": LookLine.of(look, _("list")), "table": table}
        return render(request, "disclosures/my_cases.html", context)


@require_safe
@never_cache
@login_required
@looks("looks.read")
def case_looks(request: HttpRequest, number: str) -> HttpResponse:
    """Every look at one case, refused attempts too, newest first."""
    with door.look(request.user.pk, purpose=_purpose(request), act="looks.read", case=number) as look:
        case = one_case(look)
        found = queries.looks_at(look.case_id, skip=_skip(request), take=PAGE_SIZE)
        purposes = queries.purposes()
        yours = _yours(request)
        context = {
            "look": LookLine.of(look, _("list")),
            "sheet": case.number,
            "case": case,
            "zone": case.court.time_zone,
            "title": _("Who looked at your record") if yours else _("Who looked at this record"),
            "subtitle": f"{case.number} · {case.court}",
            "facts": _facts(look, case.court.time_zone),
            "crumbs": [Crumb(_("Cases"), reverse("disclosures:mine")), Crumb(_("Who looked"))],
            "told": [tell(entry, purposes, yours=yours) for entry in found.entries],
            "page": page_of(request, found.total),
            "total": found.total,
            "yours": yours,
        }
        return render(request, "disclosures/case_looks.html", context)


def _facts(look: Look, zone: str) -> list[Fact]:
    year = timezone.now().astimezone(ZoneInfo(zone)).year
    counted, refused = queries.looks_counted(look.case_id, since=datetime(year, 1, 1, tzinfo=ZoneInfo(zone)))
    return [
        Fact(_("Looks in %(year)s") % {"year": year}, f"{counted:,}"),
        Fact(_("Refused attempts in %(year)s") % {"year": year}, f"{refused:,}", note=_("nothing was shown")),
        Fact(_("Who can remove a line"), _("Nobody"), note=_("not even the court or those who run the computers")),
    ]


@require_safe
@never_cache
@login_required
@looks("looks.read")
def one_look(request: HttpRequest, number: str, entry: int) -> HttpResponse:
    """One look at a case: what was recorded, its proof, and whom to ask."""
    with door.look(request.user.pk, purpose=_purpose(request), act="looks.read", case=number, entry=entry) as look:
        case = one_case(look)
        found = queries.one_look_at(look.case_id, entry)
        if found is None:
            raise Http404
        context = {
            "look": LookLine.of(look, _("line of the log")),
            "sheet": case.number,
            "court": case.court,
            "told": tell(found, queries.purposes(), yours=_yours(request)),
            "zone": case.court.time_zone,
            "title": _("Line %(entry)s of the log") % {"entry": f"{entry:,}"},
            "crumbs": [
                Crumb(_("Who looked"), reverse("disclosures:case", args=[case.number])),
                Crumb(_("Line %(entry)s") % {"entry": f"{entry:,}"}),
            ],
            "receipt_url": reverse("disclosures:receipt", args=[case.number, entry]),
            "subjects": None,
        }
        return render(request, "disclosures/one_look.html", context)


@require_safe
@never_cache
@login_required
@looks("looks.receipt")
def receipt(request: HttpRequest, number: str, entry: int) -> HttpResponse:
    """The proof of one look as a file, or a page that says when it will be ready."""
    with door.look(request.user.pk, purpose=_purpose(request), act="looks.receipt", case=number, entry=entry):
        sealed = queries.sealed_entry(entry)
    if sealed is None:
        raise Http404
    return receipt_file(entry, sealed) or not_ready(request, reverse("disclosures:one", args=[number, entry]))


@require_safe
@never_cache
@login_required
@looks("looks.own")
def own_look(request: HttpRequest, entry: int) -> HttpResponse:
    """What was recorded of one of the reader's own looks; the look line of every page leads here."""
    with door.own_look(request.user.pk, entry) as look:
        found = queries.own_entry()
        if found is None:
            raise Http404
        told = tell(found[0], queries.purposes(), yours=_yours(request))
        context = {
            "look": LookLine(look.number, _("yourself"), _("reading what was recorded of you"), _("line of the log")),
            "told": told,
            "zone": UTC.tzname(None),
            "title": _("What was recorded of your look"),
            "subtitle": _("Line %(entry)s of the log") % {"entry": f"{entry:,}"},
            "receipt_url": reverse("disclosures:own_receipt", args=[entry]),
            "subjects": told.subjects,
        }
        return render(request, "disclosures/one_look.html", context)


@require_safe
@never_cache
@login_required
@looks("looks.own")
def own_receipt(request: HttpRequest, entry: int) -> HttpResponse:
    """The proof of one of the reader's own looks."""
    with door.own_look(request.user.pk, entry):
        found = queries.own_entry()
    if found is None:
        raise Http404
    return receipt_file(entry, found[1]) or not_ready(request, reverse("disclosures:look", args=[entry]))
