"""The ledger's sequencer at work beside a measurement, the way the worker runs it."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rollkeeper.ledger.notes import Signer
from rollkeeper.ledger.sequencer import Sequencer
from rollkeeper.ledger.witness import LocalWitness

EVERY_S = 1.0
KEY = bytes(range(32))  # of this database alone


@contextmanager
def ordering(conninfo: str) -> Iterator[Sequencer]:
    """Entries get their leaves every second until the block ends; what waited before is placed first."""
    over = threading.Event()
    signer = Signer("bench.example/ledger", Ed25519PrivateKey.from_private_bytes(KEY))
    with tempfile.TemporaryDirectory() as folder, psycopg.connect(conninfo, autocommit=True) as connection:
        sequencer = Sequencer(connection, signer=signer, witness=LocalWitness(Path(folder)))
        sequencer.step()
        thread = threading.Thread(target=_steps, args=(sequencer, over))
        thread.start()
        try:
            yield sequencer
        finally:
            over.set()
            thread.join()


def _steps(sequencer: Sequencer, over: threading.Event) -> None:
    while not over.wait(EVERY_S):
        sequencer.step()
