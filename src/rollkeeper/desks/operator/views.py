"""How the system does: database, sequencer, checkpoints, versions. No record is read here."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.metadata import version

import django
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rollkeeper.access.declare import shows_no_record
from rollkeeper.accounts.models import Desk
from rollkeeper.desks.frame.parts import Fact
from rollkeeper.desks.operator import rules
from rollkeeper.ledger.queries import connection_of, latest_checkpoint, queue_length, tree_size


@require_safe
@never_cache
@login_required
@shows_no_record("it tells how the system does, from hashes, counts and versions")
def health(request: HttpRequest) -> HttpResponse:
    """For operators alone; to anybody else the page does not exist."""
    if getattr(request.user, "desk", "") != Desk.OPERATOR:
        raise Http404
    context = {
        "title": "How the system does",
        "parts": _parts(timezone.now()),
        "versions": _versions(),
    }
    return render(request, "operator/health.html", context)


def _parts(now: datetime) -> list[tuple[str, rules.Finding, list[Fact]]]:
    connection = connection_of("default")
    waiting = queue_length(connection)
    row = connection.execute("SELECT min(occurred_at) FROM ledger_queue").fetchone()
    oldest = now - row[0] if row and row[0] else None
    latest = latest_checkpoint(connection)
    age = now - latest.made_at if latest else None
    signed = f"{latest.size:,} entries, {_ago(age)}" if latest and age is not None else "none"
    return [
        ("Database", rules.Finding(rules.State.WELL, "It answers."), []),
        ("Sequencer of the log", rules.sequencer(waiting, oldest),
         [Fact("Entries waiting", f"{waiting:,}"), Fact("Oldest", _ago(oldest) if oldest else "nothing waits")]),
        ("Checkpoints", rules.checkpoints(age),
         [Fact("Latest", signed), Fact("Entries in the tree", f"{tree_size(connection):,}"),
          Fact("Origin of the log", settings.ROLLKEEPER_LEDGER_ORIGIN)]),
    ]  # fmt: skip


def _ago(span: timedelta) -> str:
    seconds = max(0, int(span.total_seconds()))
    if seconds < 120:
        return f"{seconds} seconds ago"
    return f"{seconds // 60:,} minutes ago" if seconds < 7200 else f"{seconds // 3600:,} hours ago"


def _versions() -> list[Fact]:
    number = connection_of("default").info.server_version
    return [
        Fact("Rollkeeper", version("rollkeeper")),
        Fact("PostgreSQL", f"{number // 10000}.{number % 10000}"),
        Fact("Django", django.get_version()),
        Fact("Demonstration", "yes" if settings.ROLLKEEPER_DEMO else "no"),
    ]
