"""The reader's own cases, newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rollkeeper.access import door
from rollkeeper.access.declare import looks
from rollkeeper.access.looks import Look
from rollkeeper.accounts.models import Desk
from rollkeeper.cases import queries as case_queries
from rollkeeper.cases.models import Case
from rollkeeper.desks.frame.tables import PAGE_SIZE, Cell, Column, Page, Row, Table, requested_page
from rollkeeper.desks.frame.templatetags.frame import a_number
from rollkeeper.desks.record.forms import StatusForm
from rollkeeper.desks.record.reading import address, purpose_of, reader, record_page
from rollkeeper.desks.record.words import day_of, label, name_words, short_moment_of
from rollkeeper.hearings.queries import next_hearings
from rollkeeper.people import queries as people

LISTED = 10_000  # the door counts no further; a longer list is for Find


@looks("cases.list")
@require_safe
@record_page
def cases(request: HttpRequest) -> HttpResponse:
    """One page of the cases with which the reader's office is connected; the list names each in the ledger."""
    account = reader(request)
    form = StatusForm(request.GET)
    asked = min(requested_page(request), LISTED // PAGE_SIZE)
    with door.listing(
        account.pk, purpose=purpose_of(request), act="cases.list", which="cases",
        params={"status": form.chosen("status") or None}, skip=(asked - 1) * PAGE_SIZE, take=PAGE_SIZE,
    ) as look:  # fmt: skip
        page = Page(asked, min(look.total, LISTED), request.GET.urlencode())
        own = account.desk == Desk.RESPONDENT
        context = {
            "look": look,
            "look_subject": _("list"),
            "title": _("My cases") if own else _("Cases"),
            "table": _table(request, look, page),
            "form": form,
            "too_many": look.total > LISTED,
        }
        return render(request, "record/cases.html", context)


def _table(request: HttpRequest, look: Look, page: Page) -> Table:
    names, numbers = people.legal_names(look), people.a_numbers(look)
    coming = next_hearings(look, at=timezone.now())
    rows = []
    for case in case_queries.cases_in(look):
        hearing = coming.get(case.pk)
        rows.append(
            Row(
                [
                    Cell(case.number, url=address(request, "case", case.number)),
                    name_words(names.get(case.respondent_id)),
                    a_number(numbers.get(case.respondent_id, "")) or "—",
                    str(case.court.city or case.court.name),
                    short_moment_of(hearing.starts_at, case.court.time_zone) if hearing else "—",
                    label(Case.Status(case.status).label),
                    day_of(case.filed_on, case.court.time_zone) or "—",
                ]
            )
        )
    columns = [
        Column(_("Case"), header=True),
        Column(_("Respondent")),
        Column(_("A-number")),
        Column(_("Court")),
        Column(_("Next hearing")),
        Column(_("Stands")),
        Column(_("Filed"), "day"),
    ]
    empty = _("No case is listed here. A case appears when the court has accepted your connection with it.")
    return Table(_("Cases, newest first"), columns, rows, page, None, request.GET.urlencode(), id="cases", empty=empty)
