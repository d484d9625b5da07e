"""A stand-in for `rollkeeper serve` with the real supervisor and a child that answers "open": run by the tests.

Arguments: state folder, port, and --long-work for a step that keeps several processes busy for minutes.
"""

import contextlib
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from rollkeeper.foundation.postgres.cluster import Cluster
from rollkeeper.foundation.start.children import Child
from rollkeeper.foundation.start.progress import Narrator, Tick
from rollkeeper.foundation.start.serve import Plan, Step, serve

_ANSWER = (
    "import http.server as h, socket, sys\n"
    "class Open(h.BaseHTTPRequestHandler):\n"
    "    def do_GET(self):\n"
    "        self.send_response(200); self.end_headers(); self.wfile.write(b'open')\n"
    "    def log_message(self, *a): pass\n"
    "server = h.HTTPServer(('', 0), Open, bind_and_activate=False)\n"
    "server.socket = socket.socket(fileno=int(sys.argv[1])); server.serve_forever()\n"
)


def main() -> None:
    """Serve until stopped."""
    state, port = Path(sys.argv[1]), int(sys.argv[2])
    narrator = Narrator()

    @contextlib.contextmanager
    def database() -> Iterator[Callable[[], None]]:
        cluster = Cluster(state, durable=False, say=narrator.say)
        with cluster.running():
            yield lambda: None if cluster.is_running() else cluster.start()

    def children(door: socket.socket) -> list[Child]:
        environment = dict(os.environ)
        return [
            Child("The worker", ["sleep", "600"], environment, restarts=True),
            Child(
                "The site",
                [sys.executable, "-c", _ANSWER, str(door.fileno())],
                environment,
                pass_fds=[door.fileno()],
                patience_s=3.0,
            ),
        ]

    def count(tick: Tick) -> None:
        for done in range(3):
            tick("things", done + 1, 3)

    def work_together(_tick: Tick) -> None:
        narrator.say("at work")
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            for done in as_completed([pool.submit(time.sleep, 60.0) for _ in range(6)]):
                done.result()

    plan = Plan(
        host="127.0.0.1",
        port=port,
        database=database(),
        steps=[Step("Counting", count), *([Step("Long work", work_together)] if "--long-work" in sys.argv else [])],
        children=children,
        welcome=lambda address: f"open at {address}",
    )
    serve(plan, narrator)


if __name__ == "__main__":
    main()
