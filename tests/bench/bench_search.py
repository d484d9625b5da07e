"""Finding somebody among a million people: by A-number, and by a name mistyped once or twice."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass

import psycopg

from tests.bench import filled, report
from tests.bench.probes import mistyped
from tests.bench.timing import Times, timed

RUNS, NUMBERS, NAMES = 5, 400, 200
SEARCH = "SELECT open_search(%s, %s, %s::jsonb, %s)"
READERS = {"board": "every case", "clerk": "100,000 cases", "counsel": "500 cases"}


@dataclass(frozen=True)
class Probe:
    """What is typed, and the case that should come."""

    words: str
    case: int


def run() -> None:
    """Measure the search."""
    with (
        filled.database() as name,
        psycopg.connect(filled.conninfo(name, site=False)) as owner,
        psycopg.connect(filled.conninfo(name, site=True), autocommit=True) as site,
    ):
        _numbers(owner, site)
        for reader in READERS:
            _names(owner, site, reader)


def _numbers(owner: psycopg.Connection, site: psycopg.Connection) -> None:
    source, runs = random.Random(1), []
    everyone = owner.execute(
        "SELECT p.value, c.id FROM people_identifier p JOIN cases_case c ON c.respondent_id = p.person_id"
        " WHERE p.person_id % 997 = 0"
    ).fetchall()
    _searched(site, "clerk", [Probe("200000010", 10)] * 30)
    for _ in range(RUNS):
        probes = [Probe(f"A{number[:3]}-{number[3:6]}-{number[6:]}", case) for number, case in everyone]
        times, found = _searched(site, "board", source.sample(probes, min(NUMBERS, len(probes))))
        assert found == 1, "an exact A-number must find its case"
        runs.append(times.p99)
    report.of_runs(f"exact A-number among {filled.PEOPLE:,} people, p99", runs, "ms", 10)


def _names(owner: psycopg.Connection, site: psycopg.Connection, reader: str) -> None:
    source = random.Random(2)
    people = _people(owner, reader)
    times, shares = [], []
    for number in range(RUNS):
        chosen = source.sample(people, min(NAMES, len(people)))
        probes = [Probe(mistyped(name, 1 + place % 2, source), case) for place, (name, case) in enumerate(chosen)]
        spent, found = _searched(site, reader, probes)
        times.append(spent)
        shares.append(100 * found)
        report.say(f"{reader}, run {number + 1} of {RUNS}: {100 * found:.1f} % found, p95 {spent.p95:.0f} ms")
    name = f"misspelt name among {filled.PEOPLE:,} people, reader of {READERS[reader]}"
    report.of_runs(f"{name}, p95", [run.p95 for run in times], "ms", 150)
    report.of_runs(f"{name}, median", [run.p50 for run in times], "ms", None)
    report.of_runs(f"{name}, found among the 25", shares, "%", "≥ 95", note="half mistyped once, half twice")


def _people(owner: psycopg.Connection, reader: str) -> list[tuple[str, int]]:
    """Name and case of people whose cases the reader may see: given names first, as a person says it."""
    rows = owner.execute(
        "SELECT n.given || ' ' || n.family, c.id FROM access_membership m"
        " JOIN access_caserelation r ON r.principal_id = m.principal_id AND r.case_id %% %s = 0"
        " JOIN cases_case c ON c.id = r.case_id"
        " JOIN people_personname n ON n.person_id = c.respondent_id AND n.kind = 'legal' WHERE m.account_id = %s",
        [{"board": filled.PEOPLE // 2000 - 1, "clerk": 70, "counsel": 1}[reader], filled.ACCOUNTS[reader]],
    ).fetchall()
    return sorted(rows)


def _searched(site: psycopg.Connection, reader: str, probes: list[Probe]) -> tuple[Times, float]:
    """The times of the probes, and the share (0 to 1) that found its person among the cases answered."""
    hits = 0

    def search(probe: Probe) -> None:
        nonlocal hits
        question = json.dumps({"words": probe.words})
        row = site.execute(SEARCH, [filled.ACCOUNTS[reader], filled.PURPOSES[reader], question, "0" * 64]).fetchone()
        assert row is not None
        assert len(row[0]["cases"]) <= 25
        hits += probe.case in row[0]["cases"]

    times = timed(search, probes)
    return times, hits / len(probes)
