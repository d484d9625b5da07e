"""One client that reads cases: through the door, or the same rows raw. Also a program of its own.

The program reads one line of JSON (see ``Order``) from its input, connects, prints ``ready``, waits for a second line,
reads for the time it was given and prints the milliseconds of each read as JSON.
"""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

import psycopg

CASE = (
    "SELECT c.id, c.number, c.status, c.filed_on, c.court_id, c.judge_id, n.family, n.given"
    "  FROM cases_case c JOIN people_personname n ON n.person_id = c.respondent_id AND n.kind = 'legal' WHERE c.id = %s"
)
ENTRIES = (
    "SELECT id, number, kind, title, filed_at, side, filed_by, struck_at, protection"
    "  FROM docket_docketentry WHERE case_id = %s ORDER BY number DESC LIMIT 25"
)
OPEN = "SELECT open_look(%s, %s, 'docket.read', %s, NULL, '{}', 30)"


@dataclass(frozen=True)
class Order:
    """What a client is to do. ``cases`` are pairs of id and number; ``account`` None reads raw."""

    conninfo: str
    account: int | None
    purpose: str
    cases: list[tuple[int, str]]
    seconds: float
    seed: int

    def line(self) -> str:
        """As JSON on one line."""
        return json.dumps(asdict(self)) + "\n"


class Client:
    """A connection that reads."""

    def __init__(self, conninfo: str) -> None:
        self.connection = psycopg.connect(conninfo, autocommit=True, prepare_threshold=0)

    def audited(self, account: int, purpose: str, number: str) -> int:
        """Open a look and wait until it is committed, then read under it and end it; how many rows came."""
        answer = self.connection.execute(OPEN, [account, purpose, number]).fetchone()
        assert answer is not None
        case = answer[0]["cases"][0]
        with self.connection.pipeline():
            self._later("BEGIN")
            self._later("SET LOCAL ROLE rollkeeper_reader")
            found = [self.connection.execute(CASE, [case]), self.connection.execute(ENTRIES, [case])]
            self._later("SELECT close_look()")
            self._later("COMMIT")
        return sum(len(rows.fetchall()) for rows in found)

    def raw(self, case: int) -> int:
        """The same rows, without look or policy; how many came."""
        with self.connection.pipeline():
            found = [self.connection.execute(CASE, [case]), self.connection.execute(ENTRIES, [case])]
        return sum(len(rows.fetchall()) for rows in found)

    def _later(self, statement: str) -> None:
        self.connection.execute(statement)


def read_for(client: Client, order: Order) -> list[float]:
    """Read random cases until the time is over: milliseconds of each. Raises AssertionError when rows are missing."""
    source, times = random.Random(order.seed), []
    until = time.perf_counter() + order.seconds
    while (begun := time.perf_counter()) < until:
        case, number = source.choice(order.cases)
        rows = client.raw(case) if order.account is None else client.audited(order.account, order.purpose, number)
        times.append((time.perf_counter() - begun) * 1000)
        assert rows == 11, f"{rows} rows came of the case and its ten entries"
    return times


def main() -> None:
    """The program."""
    given: dict[str, Any] = json.loads(sys.stdin.readline())  # Any: JSON
    order = Order(**given)
    client = Client(order.conninfo)
    warm = Order(order.conninfo, order.account, order.purpose, order.cases, 0.5, order.seed)
    read_for(client, warm)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    json.dump(read_for(client, order), sys.stdout)


if __name__ == "__main__":
    main()
