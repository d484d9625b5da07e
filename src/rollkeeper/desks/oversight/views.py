"""The auditor's page of the log: who looked, when and for what. No record content, and nobody's case."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rollkeeper.access import door
from rollkeeper.access.declare import looks
from rollkeeper.accounts.models import Desk
from rollkeeper.desks.frame.looks import LookLine, purpose_words
from rollkeeper.desks.frame.moments import short_moment_words
from rollkeeper.desks.frame.parts import Fact
from rollkeeper.desks.frame.tables import Cell, Column, Row, Table, with_parameter
from rollkeeper.desks.oversight.entries import Entry, Verified, entries, export_file, verified
from rollkeeper.desks.oversight.forms import KINDS, EntryFilter
from rollkeeper.disclosures.proofs import not_ready, receipt_file
from rollkeeper.disclosures.queries import sealed_entry
from rollkeeper.disclosures.words import PURPOSES
from rollkeeper.ledger.queries import connection_of, latest_checkpoint

TAKE = 25
ZONE = ZoneInfo("UTC")
VERIFIED = "ledger.verified"  # what `rollkeeper ledger verify` leaves in the log when it is asked to


@require_safe
@never_cache
@login_required
@looks("ledger.read")
def ledger(request: HttpRequest) -> HttpResponse:
    """Entries with filters, newest first, and up to where the log is signed and verified."""
    form, signed = EntryFilter(request.GET), verified()
    if not form.is_valid():
        if getattr(request.user, "desk", "") != Desk.OVERSIGHT:
            raise Http404  # as the door would answer them, had they asked for what can be read
        return render(request, "oversight/ledger.html", _page(form, [], _facts(signed, None)), status=422)
    with door.oversight(request.user.pk, form.filters()) as look:
        found = entries(form.filters(), before=form.before_number, take=TAKE + 1)
        last_run = entries({"kind": VERIFIED}, before=None, take=1)
        context = _page(form, found, _facts(signed, last_run[0] if last_run else None))
        context |= {
            "look": LookLine(look.number, "Oversight", purpose_words("oversight"), "log"),
            "newest": with_parameter(request.GET.urlencode(), "before", "") if form.before_number else "",
            "older": with_parameter(request.GET.urlencode(), "before", str(found[TAKE - 1].number))
            if len(found) > TAKE
            else "",
            "export_url": reverse("oversight:export") + f"?{request.GET.urlencode()}",
        }
        return render(request, "oversight/ledger.html", context)


def _page(form: EntryFilter, found: Sequence[Entry], facts: list[Fact]) -> dict[str, object]:
    columns = [
        Column("Entry", "number", header=True), Column("When (UTC)", "day"), Column("Who"), Column("What"),
        Column("Purpose"), Column("Cases", "number"), Column("Place", "number"), Column("Get"),
    ]  # fmt: skip
    rows = [_row(entry) for entry in found[:TAKE]]
    caption = f"Entries {found[0].number:,} to {found[:TAKE][-1].number:,}, newest first" if found else "Entries"
    return {
        "title": "The log of looks",
        "subtitle": "Who looked, when and for what purpose. What the records hold is not shown here.",
        "facts": facts,
        "form": form,
        "table": Table(caption, columns, rows, empty="No entry matches. Clear the filters to see all.", id="entries"),
    }


def _row(entry: Entry) -> Row:
    return Row(
        [
            f"{entry.number:,}",
            short_moment_words(entry.at, ZONE, "en"),
            Cell(entry.who or entry.office or "The system", note=entry.office if entry.who else ""),
            Cell(KINDS.get(entry.kind, entry.kind), note=" · ".join(filter(None, (entry.act, entry.reason)))),
            _purpose(entry.purpose),
            f"{entry.cases:,}" if entry.cases else "",
            "waits" if entry.leaf is None else f"{entry.leaf:,}",
            Cell("Proof", reverse("oversight:receipt", args=[entry.number])),
        ]
    )


def _purpose(code: str) -> str:
    return str(PURPOSES[code]) if code in PURPOSES else purpose_words(code)


def _facts(signed: Verified | None, last_run: Entry | None) -> list[Fact]:
    if signed is None:
        return [Fact("Signed", "nothing yet", note="the first checkpoint follows within a minute")]
    to = f"to entry {signed.last_entry:,}" if signed.last_entry else "the empty log"
    facts = [
        Fact("Signed", f"{to}, {short_moment_words(signed.signed_at, ZONE, 'en')} (UTC)",
             url=reverse("log_checkpoint"), note="the latest checkpoint"),
        Fact("Entries in the tree", f"{signed.size:,}"),
    ]  # fmt: skip
    if last_run is not None:
        said = last_run.reason or "every hash and signature was read again"
        facts.append(Fact("Last verified", f"{short_moment_words(last_run.at, ZONE, 'en')} (UTC)", note=said))
    return facts


@require_safe
@never_cache
@login_required
@looks("ledger.read")
def export(request: HttpRequest) -> HttpResponse:
    """What the page shows as CSV, with the checkpoint of this moment. The export is an entry of its own."""
    form = EntryFilter(request.GET)
    if not form.is_valid():
        raise Http404
    with door.oversight(request.user.pk, {**form.filters(), "export": "csv"}) as look:
        found = entries(form.filters(), before=form.before_number, take=TAKE)
    latest = latest_checkpoint(connection_of("default"))
    response = HttpResponse(export_file(found, latest.note if latest else ""), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="ledger-{look.number}.zip"'
    return response


@require_safe
@never_cache
@login_required
@looks("ledger.read")
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """The proof of any entry."""
    with door.oversight(request.user.pk, {"receipt": number}):
        sealed = sealed_entry(number)
    if sealed is None:
        raise Http404
    return receipt_file(number, sealed) or not_ready(request, reverse("oversight:ledger"))
