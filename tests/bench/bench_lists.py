"""The 50 newest of a million cases that a reader may see: ours in SQL, and django-guardian at its best beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import psycopg
from psycopg.rows import tuple_row

from tests.bench import filled, report
from tests.bench.environment import SERVER
from tests.bench.timing import timed

RUNS, CALLS = 5, 200
GUARDIAN_CALLS = 10
RIGHTS = {"counsel": "500", "clerk": "100,000"}
LIST = "SELECT open_listing(%s, %s, 'court.cases', 'cases', '{}', 0, 50, 30)"
ROWS = (
    "SELECT id, number, status, filed_on, court_id, judge_id, respondent_id FROM cases_case WHERE id = ANY (%s)"
    " ORDER BY filed_on DESC NULLS LAST, id DESC"
)


def run() -> None:
    """Measure the lists."""
    with filled.database() as name:
        guardian = _guardian(name)
        with psycopg.connect(filled.conninfo(name, site=True), autocommit=True, row_factory=tuple_row) as site:
            for reader, rights in RIGHTS.items():
                _measure(site, reader, rights, guardian[reader])


def _measure(site: psycopg.Connection, reader: str, rights: str, guardian: dict[str, Any]) -> None:
    account, purpose = filled.ACCOUNTS[reader], filled.PURPOSES[reader]
    chosen: list[int] = []

    def choose(_: int) -> None:
        row = site.execute(LIST, [account, purpose]).fetchone()
        assert row is not None
        chosen[:] = row[0]["cases"]

    def whole(_: int) -> None:
        choose(0)
        with site.pipeline():
            site.execute("BEGIN")
            site.execute("SET LOCAL ROLE rollkeeper_reader")
            rows = site.execute(ROWS, [chosen])
            site.execute("SELECT close_look()")
            site.execute("COMMIT")
        assert [row[0] for row in rows.fetchall()] == chosen

    timed(whole, range(30))
    assert len(chosen) == 50
    assert chosen == guardian["ids"], "ours and guardian's lists must be the same"
    listed = [timed(choose, range(CALLS)) for _ in range(RUNS)]
    complete = [timed(whole, range(CALLS)) for _ in range(RUNS)]
    name = f"50 newest of {filled.PEOPLE:,} cases, reader with {rights}"
    ours = report.of_runs(f"{name}, in SQL with its look, p95", [run.p95 for run in listed], "ms", 5)
    report.of_runs(f"{name}, and the rows, p95", [run.p95 for run in complete], "ms", None)
    theirs = report.of_runs(f"{name}, django-guardian, p95", guardian["p95"], "ms", None)
    report.line(f"{name}, guardian ÷ ours", theirs / ours, "×", None)


def _guardian(name: str) -> dict[str, Any]:
    report.say("django-guardian: direct foreign keys, its rows and indexes (made once), then its lists")
    environment = {
        **os.environ,
        "ROLLKEEPER_DATABASE_URL": psycopg.conninfo.make_conninfo(SERVER, dbname=name),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.guardian_app.measure", str(RUNS), str(GUARDIAN_CALLS)],
        env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
