"""One client that reads cases: through the door, or the same rows raw. Also a program of its own.

The program reads one line of JSON (see ``Order``) from its input, connects, prints ``ready``, waits for a second line,
reads for the time it was given and prints the milliseconds of each read as JSON.

Statements are prepared once and sent through psycopg's libpq layer, so that what is measured is the server's work, not
the client's: the look in a transaction of its own, whose answer is awaited, then one pipeline that reads and ends it.
"""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from psycopg import pq

STATEMENTS = {
    b"open": "SELECT open_look($1, $2, 'docket.read', $3, NULL, '{}', 30)",
    b"begin": "BEGIN",
    b"role": "SET LOCAL ROLE rollkeeper_reader",
    b"case": "SELECT c.id, c.number, c.status, c.filed_on, c.court_id, c.judge_id, n.family, n.given"
    "  FROM cases_case c JOIN people_personname n ON n.person_id = c.respondent_id AND n.kind = 'legal'"
    " WHERE c.id = $1",
    b"entries": "SELECT id, number, kind, title, filed_at, side, filed_by, struck_at, protection"
    "  FROM docket_docketentry WHERE case_id = $1 ORDER BY number DESC LIMIT 25",
    b"close": "SELECT close_look()",
    b"commit": "COMMIT",
}
Step = tuple[bytes, list[bytes] | None]


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
        self.connection = pq.PGconn.connect(conninfo.encode())
        assert self.connection.status == pq.ConnStatus.OK, self.connection.get_error_message()
        for name, statement in STATEMENTS.items():
            done = self.connection.prepare(name, statement.encode())
            assert done.status == pq.ExecStatus.COMMAND_OK, done.get_error_message()

    def audited(self, account: int, purpose: str, number: str) -> int:
        """Open a look and wait until it is committed, then read under it and end it; how many rows came."""
        opened = self.connection.exec_prepared(b"open", [b"%d" % account, purpose.encode(), number.encode()])
        answer = opened.get_value(0, 0)
        assert answer is not None, opened.get_error_message()
        case = b"%d" % json.loads(answer)["cases"][0]
        return self._pipeline(
            [(b"begin", None), (b"role", None), (b"case", [case]), (b"entries", [case]), (b"close", None),
             (b"commit", None)]
        )  # fmt: skip

    def raw(self, case: int) -> int:
        """The same rows, without look or policy; how many came."""
        return self._pipeline([(b"case", [b"%d" % case]), (b"entries", [b"%d" % case])])

    def _pipeline(self, steps: list[Step]) -> int:
        """Send every step at once; how many rows the case and its entries gave. AssertionError if one failed."""
        self.connection.enter_pipeline_mode()
        for name, arguments in steps:
            self.connection.send_query_prepared(name, arguments)
        self.connection.pipeline_sync()
        rows = 0
        for name, _ in steps:
            done = self.connection.get_result()
            assert done is not None
            assert done.status in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK), done.get_error_message()
            rows += done.ntuples if name in (b"case", b"entries") else 0
            self.connection.get_result()  # nothing more of this step
        self.connection.get_result()  # the end of the pipeline
        self.connection.exit_pipeline_mode()
        return rows


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
