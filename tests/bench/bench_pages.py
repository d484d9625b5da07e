"""Pages, end to end inside the server: from the request through every middleware to the compressed page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from statistics import median

from django.db import connections
from django.test import Client

from rollkeeper.docket.models import DocketEntry
from rollkeeper.documents.models import Document
from tests.bench import report
from tests.bench.timing import Times, timed
from tests.bench.unseen import without_looks
from tests.factories.cases import MadeCase, make_case, relate
from tests.factories.world import World, build_world

ENTRIES, PAPERS, RUNS, PAGES = 3_000, 600, 5, 60
START = datetime(2015, 1, 5, 15, tzinfo=UTC)


def run() -> None:
    """A docket of 3,000 entries; and what a look adds to a page."""
    world = build_world()
    large, small = _case(world, ENTRIES), _case(world, 30)
    client = _signed_in(world)
    docket = f"/cases/{large.number}/"
    for name, query in (
        ("first page", ""),
        ("filtered by words and kind", "?words=exhibits&kind=motion"),
        ("last page, newest first", f"?sort=-filed&page={ENTRIES // 25}"),
        ("only entries with papers", "?papers=on"),
    ):
        runs = [_times(client, [docket + query] * PAGES) for _ in range(RUNS)]
        report.of_runs(f"docket of {ENTRIES:,}, {name}, p95", [run.p95 for run in runs], "ms", 200)
    person = f"/people/{large.keyed.person.pk}/"
    runs = [_times(client, [person] * PAGES) for _ in range(RUNS)]
    report.of_runs(f"person page over {ENTRIES:,} entries, p95", [run.p95 for run in runs], "ms", None)
    whole = _times(client, [docket + "?print=all"] * 5)
    report.line(f"all {ENTRIES:,} entries on one page, median", whole.p50, "ms", None)
    _cost_of_a_look(client, f"/cases/{small.number}/")
    connections.close_all()


def _cost_of_a_look(client: Client, page: str) -> None:
    """The same view on the same rows, with its look and without, turn by turn, so that both meet the same machine."""
    ratios, seen, unseen = [], [], []
    for _number in range(RUNS):
        pairs = [(_times(client, [page], warm=0), _unseen_times(client, page)) for _turn in range(PAGES)]
        seen.append(median(with_look.p50 for with_look, _ in pairs))
        unseen.append(median(without.p50 for _, without in pairs))
        ratios.append(seen[-1] / unseen[-1])
    report.of_runs("case page with its look, median", seen, "ms", None)
    report.of_runs("the same page without a look, median", unseen, "ms", None)
    report.of_runs("case page with its look ÷ without", ratios, "×", 1.5)


def _unseen_times(client: Client, page: str) -> Times:
    with without_looks():
        return _times(client, [page], warm=0)


def _times(client: Client, addresses: Sequence[str], *, warm: int = 3) -> Times:
    def open_page(address: str) -> None:
        answer = client.get(address, headers={"accept-encoding": "gzip"})
        assert answer.status_code == 200, address

    for address in addresses[:warm]:
        open_page(address)
    return timed(open_page, addresses)


def _signed_in(world: World) -> Client:
    client = Client()
    client.force_login(world.account("clerk"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _case(world: World, entries: int) -> MadeCase:
    """A case with a docket of this many entries, a fifth of them with a paper."""
    made = make_case(world.court, world.judge)
    relate(made.case, world.principals["clerk"], "court")
    papers = _papers(made, entries * PAPERS // ENTRIES)
    kinds = DocketEntry.Kind.values
    DocketEntry.objects.using("owner").bulk_create(
        DocketEntry(
            case=made.case,
            number=number,
            kind=kinds[number % len(kinds)],
            title=f"Motion to continue the individual hearing, with exhibits A to F, part {number}",
            filed_at=START + timedelta(days=number),
            entered_at=START + timedelta(days=number, hours=3),
            side="respondent",
            filed_by="Counsel for the respondent",
            served_on=(START + timedelta(days=number + 1)).date(),
            document=papers[number // 5] if number % 5 == 0 and number // 5 < len(papers) else None,
        )
        for number in range(1, entries + 1)
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _papers(made: MadeCase, count: int) -> list[Document]:
    digest = hashlib.sha256(b"paper").hexdigest()
    return Document.objects.using("owner").bulk_create(
        Document(
            case=made.case, title=f"Exhibit {number}", content_hash=digest, blob_hash=digest, size=1, pages=3,
            wrapped_key=b"", key_name="", received_at=START,
        )
        for number in range(count)
    )  # fmt: skip
