"""A person: names, numbers, family, contact, and the whole timeline, each line under its protection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rollkeeper.access import door
from rollkeeper.access.declare import looks
from rollkeeper.access.looks import Look
from rollkeeper.cases import queries as case_queries
from rollkeeper.cases.models import Case
from rollkeeper.desks.frame.parts import Crumb, Fact
from rollkeeper.desks.frame.tables import page_of, requested_page
from rollkeeper.desks.frame.templatetags.frame import a_number
from rollkeeper.desks.record.forms import TimelineForm
from rollkeeper.desks.record.parts import known
from rollkeeper.desks.record.reading import address, purpose_of, reader, record_page
from rollkeeper.desks.record.timeline.index import GROUPS, places
from rollkeeper.desks.record.timeline.lines import lines_of
from rollkeeper.desks.record.timeline.saying import Scene
from rollkeeper.desks.record.words import country, day_of, label, name_words, proper
from rollkeeper.people import queries as people
from rollkeeper.people.models import Person, PersonName

LINES = 50  # a timeline is read, not searched: more lines a page than a table


@looks("person.read")
@require_safe
@record_page
def person(request: HttpRequest, person: int) -> HttpResponse:
    """Everything the reader may see of one person, over all cases that they share."""
    account = reader(request)
    with door.look(account.pk, purpose=purpose_of(request), act="person.read", person=person) as look:
        cases = case_queries.cases_in(look)
        subject = people.person(look)
        zone = cases[0].court.time_zone
        name = people.legal_names(look).get(subject.pk)
        number = people.a_numbers(look).get(subject.pk, "")
        context: dict[str, object] = {
            "look": look,
            "look_subject": _("person's record"),
            "title": name_words(name),
            "subtitle": " · ".join(part for part in (a_number(number), country(subject.nationality)) if part),
            "sheet": a_number(number) or name_words(name),
            "crumbs": [Crumb(_("Cases"), address(request, "cases")), Crumb(_("Person"))],
            "about": _about(request, look, subject, cases, zone),
            "contact": _contact(look, zone),
        }
        return render(request, "record/person.html", context | _timeline(request, look, cases, zone))


def _timeline(request: HttpRequest, look: Look, cases: Sequence[Case], zone: str) -> dict[str, object]:
    form = TimelineForm(request.GET, [(key, words) for key, (words, _kinds) in GROUPS.items()])
    skip = (requested_page(request) - 1) * LINES
    found, total = places(look, zone, group=form.chosen("kind"), skip=skip, take=LINES)
    scene = Scene(look, {case.pk: case for case in cases}, zone, timezone.now(), partial(address, request))
    page = page_of(request, total, size=LINES)
    return {"lines": lines_of(scene, found), "page": page, "form": form, "narrowed": bool(form.chosen("kind"))}


def _about(request: HttpRequest, look: Look, subject: Person, cases: Sequence[Case], zone: str) -> list[Fact]:
    facts = [
        *(Fact(label(PersonName.Kind(row.kind).label), str(row)) for row in people.other_names(look)),
        *(Fact(label(row.get_kind_display()), row.value) for row in people.other_numbers(look)),
        Fact(_("Born"), _born(subject, zone)),
        Fact(_("Sex"), label(Person.Sex(subject.sex).label) if subject.sex else ""),
        Fact(_("Language"), proper(subject.language)),
        Fact(
            _("Vital status"),
            label(Person.VitalStatus(subject.vital_status).label),
            note=subject.vital_status_source,
        ),
        Fact(
            _("Juvenile"),
            _("Known to the court as a juvenile") if subject.is_juvenile and look.opens("juvenile") else "",
        ),
        *_relatives(look),
        *(
            Fact(
                _("Case"),
                case.number,
                address(request, "case", case.number),
                " · ".join(
                    (label(case.case_type), case.court.city or case.court.name, label(case.get_status_display()))
                ),
            )
            for case in cases
        ),
    ]
    return known(facts)


def _relatives(look: Look) -> list[Fact]:
    """Family ties: named where the look opens the name, else only counted by kind."""
    found = people.relatives(look)
    named = [Fact(label(row.kind), row.name) for row in found if row.name]
    others = Counter(label(row.kind) for row in found if not row.name)
    if not others:
        return named
    kinds = (f"{kind} ({count})" if count > 1 else kind for kind, count in others.items())
    return [*named, Fact(_("Family"), ", ".join(kinds), note=_("Their names are in their own records"))]


def _born(subject: Person, zone: str) -> str:
    if subject.born_on:
        return day_of(subject.born_on, zone)
    if subject.born_year and subject.born_month:
        return f"{subject.born_year}-{subject.born_month:02d}"
    return str(subject.born_year or "")


def _contact(look: Look, zone: str) -> list[Fact]:
    """Present address and contact, for those whose right opens them."""
    if not look.opens("contact"):
        return []
    present = [row for row in people.addresses(look) if row.until is None]
    facts = [
        Fact(
            _("Address"),
            ", ".join(row.lines.splitlines()),
            note=_("since %(day)s, from %(source)s") % {"day": day_of(row.since, zone), "source": row.source},
        )
        for row in present
    ]
    return [*facts, *(Fact(label(row.kind), row.value) for row in people.contacts(look))]
