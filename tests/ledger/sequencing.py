"""A sequencer as a process of its own, for tests that kill it: ``python -m tests.ledger.sequencing ADDRESS STATE``.

It works in small batches and says on stdout when it has begun, so that a kill may fall anywhere.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rollkeeper.ledger import sequencer
from rollkeeper.ledger.notes import Signer
from rollkeeper.ledger.witness import LocalWitness


def main() -> None:
    """Step for ever."""
    address, state = sys.argv[1], Path(sys.argv[2])
    sequencer.BATCH = 37
    signer = Signer("court.example/ledger/2026", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    with psycopg.connect(address, autocommit=True) as connection:
        worker = sequencer.Sequencer(
            connection, signer=signer, witness=LocalWitness(state / "checkpoints"), clock=lambda: datetime.now(UTC)
        )
        print("begun", flush=True)  # noqa: T201  # the test waits for this line
        while True:
            worker.step()


if __name__ == "__main__":
    main()
