"""Audited reads of a case: the look committed, then the case and its docket, then the look ended."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import psycopg
from django.db import connections

from rollkeeper.access import door
from rollkeeper.cases.models import Case
from rollkeeper.docket.models import DocketEntry
from tests.bench import filled, report
from tests.bench.ordering import ordering
from tests.bench.reader import Client, Order, read_for
from tests.bench.timing import Times, timed

RUNS, CLIENTS, SECONDS = 5, 8, 6.0


def run() -> None:
    """Measure the door."""
    with filled.database() as name:
        order = _order(name)
        raw = replace(order, account=None, conninfo=filled.conninfo(name, site=False))
        entries = _entries(name)
        looks = _serial(order, raw)
        looks += _at_once(order, raw)
        written = _entries(name) - entries
        assert written >= looks, f"{looks} cases were read and {written} entries written"
        report.say(f"{looks:,} timed reads; {written:,} entries in the ledger for these and the ones to warm up")
        _through_django(order)


def _order(name: str) -> Order:
    with psycopg.connect(filled.conninfo(name, site=False)) as owner:
        cases = owner.execute(
            "SELECT r.case_id, c.number FROM access_caserelation r JOIN cases_case c ON c.id = r.case_id"
            " WHERE r.principal_id = 1000 AND r.case_id % 20 = 0"
        ).fetchall()
    return Order(filled.conninfo(name, site=True), filled.ACCOUNTS["clerk"], "records", cases, SECONDS, 7)


def _entries(name: str) -> int:
    with psycopg.connect(filled.conninfo(name, site=False)) as owner:
        row = owner.execute("SELECT count(*) FROM ledger_entry").fetchone()
    return int(row[0]) if row else 0


def _serial(order: Order, raw: Order) -> int:
    audited, plain = [], []
    reader, owner = Client(order.conninfo), Client(raw.conninfo)
    read_for(reader, replace(order, seconds=1))
    read_for(owner, replace(raw, seconds=1))
    for number in range(RUNS):
        audited.append(_times(read_for(reader, replace(order, seconds=3, seed=number))))
        plain.append(_times(read_for(owner, replace(raw, seconds=1, seed=number))))
    report.of_runs("audited read of a case, one client, p95", [run.p95 for run in audited], "ms", 3)
    report.of_runs("audited read of a case, one client, median", [run.p50 for run in audited], "ms", None)
    report.of_runs("audited read of a case, one client, p99", [run.p99 for run in audited], "ms", None)
    report.of_runs("the same rows read raw by the owner, median", [run.p50 for run in plain], "ms", None)
    ratios = [a.p50 / p.p50 for a, p in zip(audited, plain, strict=True)]
    report.of_runs("audited read ÷ raw read, medians", ratios, "×", None)
    return sum(len(run.milliseconds) for run in audited)


def _at_once(order: Order, raw: Order) -> int:
    audited, plain = [], []
    for number in range(RUNS):
        audited.append(_clients(replace(order, seed=100 * number)))
        plain.append(_clients(replace(raw, seed=100 * number, seconds=2)))
        report.say(f"{CLIENTS} clients, run {number + 1} of {RUNS}: {audited[-1][0]:,.0f} audited reads/s")
    report.of_runs(f"audited reads, {CLIENTS} clients", [rate for rate, _ in audited], "/s", "≥ 3000")
    with ordering(order.conninfo):
        report.say("the same while the sequencer gives every entry its place in the tree")
        ordered = [_clients(replace(order, seed=100 * number + 50)) for number in range(RUNS)]
    report.of_runs(f"audited reads, {CLIENTS} clients, with the sequencer", [rate for rate, _ in ordered], "/s", None)
    report.of_runs(f"audited reads, {CLIENTS} clients, p95", [times.p95 for _, times in audited], "ms", None)
    report.of_runs(f"the same rows raw, {CLIENTS} clients", [rate for rate, _ in plain], "/s", None)
    return sum(len(times.milliseconds) for _, times in audited + ordered)


def _clients(order: Order) -> tuple[float, Times]:
    """Reads a second of all clients together, and the time of each read."""
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.bench.reader"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(CLIENTS)
    ]
    for place, program in enumerate(programs):
        assert program.stdin
        program.stdin.write(replace(order, seed=order.seed + place).line())
        program.stdin.flush()
    for program in programs:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin
        program.stdin.write("go\n")
        program.stdin.flush()
    answers = [program.communicate()[0] for program in programs]
    times = [milliseconds for answer in answers for milliseconds in json.loads(answer)]
    return len(times) / order.seconds, _times(times)


def _through_django(order: Order) -> None:
    """The same read the way a page does it: door.look and the ORM."""
    clerk = filled.ACCOUNTS["clerk"]

    def read(case: tuple[int, str]) -> None:
        with door.look(clerk, purpose="records", act="docket.read", case=case[1]) as look:
            found = Case.objects.select_related("respondent").get(pk=look.case_id)
            assert len(DocketEntry.objects.filter(case=found).order_by("-number")[:25]) == 10

    timed(read, order.cases[:200])
    runs = [timed(read, order.cases[200 + 400 * number :][:400]) for number in range(RUNS)]
    report.of_runs("audited read through door.look and the ORM, p95", [run.p95 for run in runs], "ms", None)
    report.of_runs("audited read through door.look and the ORM, median", [run.p50 for run in runs], "ms", None)
    connections.close_all()


def _times(milliseconds: list[float]) -> Times:
    return Times(tuple(sorted(milliseconds)))
