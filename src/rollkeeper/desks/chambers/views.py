"""The calendar of a judge or of a court, by day and by week, in the court's own time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rollkeeper.access import door
from rollkeeper.access.declare import looks
from rollkeeper.accounts.models import Account, Desk
from rollkeeper.courts.models import Closure, Court
from rollkeeper.desks.chambers import rules
from rollkeeper.desks.chambers.pages import Day, days_of
from rollkeeper.desks.frame.looks import LookLine
from rollkeeper.desks.frame.moments import day_words, zone_words
from rollkeeper.desks.frame.parts import Fact, Tab
from rollkeeper.hearings.calendar_queries import on_calendar

MOST = 400  # hearings on one calendar; what the door gives at once


@require_safe
@never_cache
@login_required
@looks("calendar.read")
def calendar(request: HttpRequest) -> HttpResponse:
    """A day by the hour, or a week by the day."""
    reader = _reader(request)
    court = _court_of(reader)
    zone = ZoneInfo(court.time_zone if court else "UTC")
    now = timezone.now()
    view = rules.WEEK if request.GET.get("view") == rules.WEEK else rules.DAY
    span = rules.span_of(view, rules.asked_day(request.GET.get("on", ""), now.astimezone(zone).date()), zone)
    closed = _closures(court, span)
    params = {"from": span.begins.isoformat(), "until": span.ends.isoformat()}
    with door.listing(
        reader.pk, purpose="hearing", act="calendar.read", which="calendar", params=params, take=MOST
    ) as look:
        days = days_of(on_calendar(look), span, zone, now, closed)
        context = {
            "look": LookLine.of(look, "calendar"),
            "title": _title(span),
            "subtitle": _subtitle(reader, court, zone),
            "sheet": f"{_whose(reader)} · {span.first.isoformat()}",
            "facts": _facts(days),
            "tabs": _tabs(span),
            "tabs_label": "Day or week",
            "days": days,
            "span": span,
            "zone": zone.key,
            "before": _address(span.view, span.first - span.step),
            "after": _address(span.view, span.first + span.step),
            "today": _address(span.view, None),
            "many_judges": reader.desk == Desk.CLERK,
            "more": max(0, look.total - MOST),
        }
        return render(request, "calendar/week.html" if view == rules.WEEK else "calendar/day.html", context)


def _reader(request: HttpRequest) -> Account:
    """A reader who has a calendar: chambers and clerks. For anybody else the page does not exist."""
    if not isinstance(request.user, Account) or request.user.desk not in (Desk.CHAMBERS, Desk.CLERK):
        raise Http404
    return request.user


def _court_of(reader: Account) -> Court | None:
    return reader.judge.court if reader.judge is not None else reader.court


def _closures(court: Court | None, span: rules.Span) -> Mapping[date, str]:
    if court is None:
        return {}
    found = Closure.objects.filter(court=court, days__overlap=(span.first, span.last + timedelta(days=1)))
    return {day: row.reason for row in found for day in span.days if day in row.days}


def _title(span: rules.Span) -> str:
    if span.view == rules.DAY:
        return day_words(span.on, "en", weekday=True)
    return f"Week of {day_words(span.first, 'en')}"


def _whose(reader: Account) -> str:
    return str(reader.judge) if reader.judge is not None else str(reader.court or reader.display_name)


def _subtitle(reader: Account, court: Court | None, zone: ZoneInfo) -> str:
    names = [_whose(reader)]
    if court is not None and str(court) not in names:
        names.append(str(court))
    return " · ".join([*names, f"times are {zone_words(zone, 'en')}"])


def _facts(days: list[Day]) -> list[Fact]:
    lines = [line for day in days for slot in day.slots for line in slot.lines]
    lacking = sum(bool(line.missing) for line in lines)
    put_off = sum(bool(line.put_off) for line in lines)
    note = f"{put_off} put off" if put_off else ""
    return [
        Fact("Hearings set", str(len(lines) - put_off), note=note),
        Fact("Lack something", str(lacking), note="notice or language" if lacking else ""),
        Fact("Interpreters to have", str(sum(line.interpreter for line in lines))),
    ]


def _tabs(span: rules.Span) -> list[Tab]:
    return [
        Tab("Day", _address(rules.DAY, span.on), span.view == rules.DAY),
        Tab("Week", _address(rules.WEEK, span.on), span.view == rules.WEEK),
    ]


def _address(view: str, on: date | None) -> str:
    return f"{reverse('calendar:calendar')}?view={view}" + (f"&on={on.isoformat()}" if on else "")
