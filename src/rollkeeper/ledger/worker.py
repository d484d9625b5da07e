"""What ``rollkeeper worker`` runs: the sequencer, the sweeping of expired looks, the months made ahead.

Stopped by SIGTERM or Ctrl-C after the step at hand. A database that goes away is waited for; a ledger that was set back
ends the worker with a sentence and exit code 1, because nothing may be signed until somebody has looked.
"""

import contextlib
import logging
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import NoReturn

import psycopg
from django.conf import settings
from django.db import connections
from django.db.utils import Error as DjangoDatabaseError
from psycopg.types.json import Jsonb

from rollkeeper.ledger import queries
from rollkeeper.ledger.keys import KeyUnusable, make_signer, publish_vkey, read_signer
from rollkeeper.ledger.notes import Signer
from rollkeeper.ledger.queries import Connection
from rollkeeper.ledger.sequencer import LedgerSetBack, Sequencer
from rollkeeper.ledger.witness import LocalWitness

logger = logging.getLogger(__name__)

STEP_SECONDS = 0.5
RETRY_SECONDS = 2.0
SWEEP_SECONDS = 60.0
PARTITION_SECONDS = 3600.0


class Chore:
    """A statement run every so often; when it fails, it is tried again the next time round."""

    def __init__(self, statement: str, every: float) -> None:
        self._statement = statement
        self._every = every
        self._due = 0.0

    def run_if_due(self, connection: Connection) -> None:
        """Run the statement when its time has come."""
        if monotonic() >= self._due:
            connection.execute(self._statement.encode())
            self._due = monotonic() + self._every


def run() -> None:
    """Work until stopped. Exits with 1 when the ledger was set back, 3 when the signing key is unusable."""
    stop = threading.Event()
    with _stopping(stop):
        try:
            work(stop, state=Path(settings.ROLLKEEPER_STATE), origin=settings.ROLLKEEPER_LEDGER_ORIGIN)
        except LedgerSetBack as problem:
            _end(problem, 1)
        except KeyUnusable as problem:
            _end(problem, 3)


def work(stop: threading.Event, *, state: Path, origin: str, step_seconds: float = STEP_SECONDS) -> None:
    """Step until ``stop`` is set. Raises ``LedgerSetBack`` or ``KeyUnusable``; outlives a database that goes away."""
    chores = [Chore("SELECT sweep_looks()", SWEEP_SECONDS), Chore("SELECT ledger_make_partitions()", PARTITION_SECONDS)]
    sequencer: Sequencer | None = None
    while not stop.is_set():
        try:
            connection = queries.connection_of("default")
            if sequencer is None:
                witness = LocalWitness(state / "checkpoints")
                signer = open_signer(connection, state / "keys", origin, witness)
                sequencer = Sequencer(connection, signer=signer, witness=witness)
            sequencer.step()
            for chore in chores:
                chore.run_if_due(connection)
        except (psycopg.Error, DjangoDatabaseError) as problem:
            logger.warning("ledger.database_unreachable", extra={"problem": type(problem).__name__})
            sequencer = None
            connections["default"].close()
            stop.wait(RETRY_SECONDS)
        stop.wait(step_seconds)
    connections["default"].close()


def open_signer(connection: Connection, folder: Path, origin: str, witness: LocalWitness) -> Signer:
    """The log's signer; a new key only where nothing was ever signed. Raises ``KeyUnusable``."""
    signer = read_signer(folder, origin)
    if signer is None:
        if queries.latest_checkpoint(connection) or witness.latest():
            raise KeyUnusable(
                f"The ledger has signed checkpoints, and its key {folder / 'ledger.key'} is gone. Restore it from the "
                "backup of the keys; a new key would make a new ledger."
            )
        signer = make_signer(folder, origin)
        detail = Jsonb({"origin": origin, "vkey": str(signer.key)})
        connection.execute("SELECT ledger_append('ledger.key_made', NULL, '{}', '{}', %s)", [detail])
    publish_vkey(folder, signer)
    return signer


@contextlib.contextmanager
def _stopping(stop: threading.Event) -> Iterator[None]:
    """Let SIGTERM and SIGINT set ``stop`` while the block runs."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(problem: Exception, code: int) -> NoReturn:
    logger.error("ledger.worker_stopped", extra={"problem": type(problem).__name__})
    sys.stderr.write(f"{problem}\n")
    raise SystemExit(code)
