"""Find: by name, by number, or by facts a clerk knows; among the reader's own cases, at most 25, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from rollkeeper.access import door
from rollkeeper.access.declare import looks
from rollkeeper.access.looks import Look
from rollkeeper.access.rules import usual_purpose
from rollkeeper.accounts.models import Account, Desk
from rollkeeper.cases import queries as cases
from rollkeeper.desks.frame.looks import LookLine
from rollkeeper.desks.frame.templatetags.frame import a_number
from rollkeeper.desks.record.forms import FindForm
from rollkeeper.desks.record.reading import address_for, reader, record_page
from rollkeeper.desks.record.words import day_of, label, name_words
from rollkeeper.hearings.queries import next_hearings
from rollkeeper.law.models import Purpose
from rollkeeper.people import queries as people

# The kinds of relation that the accounts of a desk can have; they decide which purposes the form offers. Whether a
# purpose opens a case is decided by the door, from the reader's own relation with it.
RELATIONS_OF = {
    Desk.RESPONDENT: {"respondent"},
    Desk.COUNSEL: {"counsel"},
    Desk.GOVERNMENT: {"government"},
    Desk.CLERK: {"court"},
    Desk.CHAMBERS: {"judge"},
    Desk.BOARD: {"board"},
}


@dataclass(frozen=True)
class Hit:
    """One line of the answer."""

    url: str
    a_number: str
    name: str
    case: str
    where: str
    hearing: str


@looks("search")
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("words", "born", "judge")
@record_page
def find(request: HttpRequest) -> HttpResponse:
    """Ask, and answer on the same page.

    The question is posted, never put in the address: addresses stay in browser histories, in the logs of proxies and
    in what is sent to a printer, and a name must not. The price is that an answer cannot be bookmarked.
    """
    account = reader(request)
    purposes = purposes_of(account)
    if not purposes:
        raise Http404("This desk reads no records.")
    usual = usual_purpose(account.desk)
    form = FindForm(request.POST if request.method == "POST" else None, purposes=purposes, initial={"purpose": usual})
    context: dict[str, object] = {"form": form, "asked": False}
    if not form.is_valid():
        return render(request, "record/find.html", context)
    asked = form.cleaned_data
    with door.search(account.pk, purpose=asked["purpose"], words=asked["words"], facts=form.facts()) as look:
        keep = {} if asked["purpose"] == usual else {"purpose": str(asked["purpose"])}
        context |= {"asked": True, "hits": _hits(look, keep), "look": LookLine.of(look, _("list")), "most": 25}
        return render(request, "record/find.html", context)


def purposes_of(account: Account) -> list[tuple[str, str]]:
    """The purposes that a reader's desk may state: code and title, the usual one first."""
    kinds = RELATIONS_OF.get(Desk(account.desk), set())
    spanish = (get_language() or "en").startswith("es")
    found = [row for row in Purpose.objects.order_by("code") if kinds & set(row.relations)]
    found.sort(key=lambda row: row.code != usual_purpose(account.desk))
    return [(row.code, row.title_es if spanish else row.title) for row in found]


def _hits(look: Look, keep: dict[str, str]) -> Sequence[Hit]:
    names, numbers = people.legal_names(look), people.a_numbers(look)
    coming = next_hearings(look, at=timezone.now())
    hits = []
    for case in cases.cases_in(look):
        hearing = coming.get(case.pk)
        told = _("next hearing %(day)s") % {"day": day_of(hearing.starts_at, case.court.time_zone)} if hearing else ""
        hits.append(
            Hit(
                url=address_for(keep, "case", case.number),
                a_number=a_number(numbers.get(case.respondent_id, "")) or _("A-number protected"),
                name=name_words(names.get(case.respondent_id)),
                case=case.number,
                where=f"{label(case.case_type.label)} · {case.court.city or case.court.name}",
                hearing=told or _("no hearing set"),
            )
        )
    return hits
