"""What stands above every tab of a case: whose case it is, where it stands, and the three things that matter now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from rollkeeper.access import door
from rollkeeper.access.looks import Look
from rollkeeper.accounts.models import Desk
from rollkeeper.cases import queries as cases
from rollkeeper.cases.models import Case
from rollkeeper.desks.frame.parts import Crumb, Fact, Tab
from rollkeeper.desks.frame.templatetags.frame import a_number
from rollkeeper.desks.record import glossary
from rollkeeper.desks.record.reading import address, kept, purpose_of, reader
from rollkeeper.desks.record.words import day_of, family_words, label, moment_of, name_words, place, short_moment_of
from rollkeeper.docket import queries as docket
from rollkeeper.filings import queries as filings
from rollkeeper.hearings import queries as hearings
from rollkeeper.people import queries as people
from rollkeeper.people.models import PersonName

VISIT = timedelta(minutes=30)  # pages opened within it are one visit: "since your last look" means before it
TABS = {
    "case": gettext_noop("Docket"),
    "people": gettext_noop("People"),
    "proceedings": gettext_noop("Proceedings"),
    "hearings": gettext_noop("Hearings"),
    "custody": gettext_noop("Custody"),
    "papers": gettext_noop("Papers"),
}


@dataclass(frozen=True)
class OpenCase:
    """A case as its page knows it. ``zone`` is its court's time zone; ``name`` is None where it is protected."""

    request: HttpRequest
    look: Look
    case: Case
    name: PersonName | None
    a_number: str
    family: cases.Family
    zone: str
    at: datetime

    def url(self, name: str, *args: object, **parameters: str) -> str:
        """The address of another page of this case, for the same purpose."""
        return address(self.request, name, self.case.number, *args, **parameters)


Content = Callable[[OpenCase], dict[str, object]]


def case_page(
    request: HttpRequest,
    number: str,
    *,
    tab: str,
    act: str,
    content: Content,
    template: str = "record/tab.html",
    shown: str = "page",
) -> HttpResponse:
    """Open a look at a case, read what the tab shows, and draw the page before the look ends.

    ``shown`` says in the ledger how much of it: a page, or the whole.
    """
    account = reader(request)
    with door.look(account.pk, purpose=purpose_of(request), act=act, case=number, shown=shown) as look:
        opened = open_case(request, look)
        context = above(opened, tab) | content(opened)
        if account.desk == Desk.RESPONDENT:
            context["words"] = glossary.words_on("docket" if tab == "case" else tab)
        return render(request, template, context)


def open_case(request: HttpRequest, look: Look) -> OpenCase:
    """Read what a case's page must know first."""
    case = cases.one_case(look)
    name = people.legal_names(look).get(case.respondent_id)
    number = people.a_numbers(look).get(case.respondent_id, "")
    return OpenCase(request, look, case, name, number, cases.family(look), case.court.time_zone, timezone.now())


def above(opened: OpenCase, tab: str) -> dict[str, object]:
    """Title, subtitle, facts, tabs and crumbs."""
    case = opened.case
    tabs = [Tab(_(words), opened.url(key), current=key == tab) for key, words in TABS.items()]
    crumbs = [Crumb(_("Cases"), address(opened.request, "cases")), Crumb(case.number, opened.url("case"))]
    if tab == "case":
        crumbs[-1] = Crumb(case.number)
    else:
        crumbs.append(Crumb(_(TABS[tab])))
    return {
        "look": opened.look,
        "case": case,
        "title": title_of(opened),
        "subtitle": subtitle_of(opened),
        "sheet": " · ".join(part for part in (case.number, a_number(opened.a_number)) if part),
        "crumbs": crumbs,
        "tabs": tabs,
        "tabs_label": _("Case"),
        "facts": [next_hearing_fact(opened), waiting_fact(opened), changes_fact(opened)],
        "keeps": kept(opened.request),
    }


def title_of(opened: OpenCase) -> str:
    """`Okafor and family · A 098 765 432 · removal · Harlingen`."""
    family = family_words(opened.name)
    if opened.family.rides or opened.family.riders:
        family = _("%(family)s and family") % {"family": family}
    kind = label(opened.case.case_type.label)
    parts = [family, a_number(opened.a_number) or _("A-number protected"), kind[:1].lower() + kind[1:]]
    return " · ".join([*parts, opened.case.court.city or opened.case.court.name])


def subtitle_of(opened: OpenCase) -> str:
    """Number, status, day of filing, judge, and that a case is sealed, for those who may know."""
    case = opened.case
    parts = [case.number, label(Case.Status(case.status).label)]
    if case.filed_on:
        parts.append(_("filed %(day)s") % {"day": day_of(case.filed_on, opened.zone)})
    if case.judge:
        parts.append(_("before %(judge)s") % {"judge": case.judge})
    if case.is_sealed:
        parts.append(_("the whole case is sealed"))
    return " · ".join(parts)


def next_hearing_fact(opened: OpenCase) -> Fact:
    """When the respondent must be where."""
    hearing = hearings.next_hearing(opened.look, at=opened.at)
    if hearing is None:
        return Fact(_("Next hearing"), _("No hearing is set"))
    zone = hearing.court.time_zone if hearing.court else opened.zone
    where = hearing.location or hearing.court
    note = [
        label(hearing.calendar_type),
        label(hearing.get_medium_display()) if hearing.medium else "",
        place(where),
    ]
    words = moment_of(hearing.starts_at, zone)
    return Fact(_("Next hearing"), words, opened.url("hearings"), " · ".join(part for part in note if part))


def waiting_fact(opened: OpenCase) -> Fact:
    """The oldest motion that waits for a decision, and how many more."""
    waiting = filings.pending_motions(opened.look)
    if not waiting:
        return Fact(_("Waits for a decision"), _("Nothing"))
    first = waiting[0]
    words = label(first.motion_type) or _("Motion")
    note = _("since %(day)s") % {"day": day_of(first.received_on, opened.zone)} if first.received_on else ""
    if len(waiting) > 1:
        more = ngettext("and %(count)s more", "and %(count)s more", len(waiting) - 1) % {"count": len(waiting) - 1}
        note = f"{note}, {more}" if note else more
    return Fact(_("Waits for a decision"), words, opened.url("proceedings") + "#motions", note)


def changes_fact(opened: OpenCase) -> Fact:
    """What was entered since this reader last opened the docket."""
    seen = docket.last_docket_look(opened.look, before=opened.at - VISIT)
    if seen is None:
        return Fact(_("New since your last look"), _("This is your first look at this docket"))
    count = docket.entered_since(opened.look, seen)
    words = (
        ngettext("%(count)s new entry", "%(count)s new entries", count) % {"count": count}
        if count
        else _("Nothing new")
    )
    note = _("you last looked on %(moment)s") % {"moment": short_moment_of(seen, opened.zone)}
    return Fact(
        _("New since your last look"),
        words if count else _("Nothing new"),
        opened.url("case", sort="-filed") if count else "",
        note,
    )


def whose(opened: OpenCase) -> str:
    """The respondent's whole name, or that it is protected."""
    return name_words(opened.name)
