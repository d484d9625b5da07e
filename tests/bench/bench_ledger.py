"""The ledger: a million entries sequenced, verified whole on one core, and receipts made from stored tiles."""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rollkeeper.ledger import proofs
from rollkeeper.ledger.notes import Signer
from rollkeeper.ledger.queries import Connection
from rollkeeper.ledger.receipts import verify_receipt
from rollkeeper.ledger.sequencer import Sequencer
from rollkeeper.ledger.verify import Options, verify
from rollkeeper.ledger.witness import LocalWitness, read_witness
from tests.bench import filled, report
from tests.bench.environment import DATABASE

ENTRIES, CHUNK, RUNS, RECEIPTS = 1_000_000, 10_000, 5, 2_000
PACE = timedelta(milliseconds=5)  # between two entries, so that each chunk is a minute's work
SIGNER = Signer("court.example/bench/2026", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))

_FILL = """
INSERT INTO ledger_entry (id, occurred_at, kind, actor_id, body, salt, leaf_hash)
SELECT n, at, 'look.opened', n %% 900, body, salt, sha256('\\x00'::bytea || salt || convert_to(body, 'UTF8'))
  FROM (SELECT n, at, sha256(int8send(n)) AS salt,
               format('{"act":"docket.read","actor":%%s,"at":"%%s","cases":[%%s],"detail":{},"entry":%%s,'
                      '"kind":"look.opened","office":"Clerk of the court, Alder Falls","persons":[%%s],'
                      '"principal":%%s,"protections":["contact"],"purpose":"records","relation":"court"}',
                      n %% 900, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), n %% 7000, n,
                      n %% 5000, n %% 40) AS body
          FROM (SELECT n, %s::timestamptz + n * %s::interval AS at FROM generate_series(1, %s) n) numbered) written
"""
_SUBJECTS = """
INSERT INTO ledger_subject (occurred_at, entry_id, subject_kind, subject_id)
SELECT occurred_at, id, 'c', id % 7000 FROM ledger_entry
UNION ALL SELECT occurred_at, id, 'p', id % 5000 FROM ledger_entry
"""
_QUEUE = "INSERT INTO ledger_queue SELECT id, occurred_at, leaf_hash FROM ledger_entry WHERE id > %s AND id <= %s"


def run() -> None:
    """Measure the ledger."""
    start = datetime.now(UTC) - ENTRIES * PACE - timedelta(seconds=5)
    with tempfile.TemporaryDirectory() as folder, _owner() as owner:
        report.say(f"writing {ENTRIES:,} entries")
        owner.execute(_FILL, [start, PACE, ENTRIES])
        owner.execute(_SUBJECTS.encode())
        owner.execute("VACUUM (ANALYZE)")
        witness = LocalWitness(Path(folder))
        _sequence(owner, witness, start)
        owner.execute("VACUUM (ANALYZE)")
        _verify(witness)
        _receipts(owner)


@contextmanager
def _owner() -> Iterator[Connection]:
    with psycopg.connect(filled.conninfo(DATABASE, site=False), autocommit=True) as connection:
        yield connection


def _sequence(owner: Connection, witness: LocalWitness, start: datetime) -> None:
    """A hundred steps of ten thousand entries, each signed on time."""
    placed = 0
    sequencer = Sequencer(owner, signer=SIGNER, witness=witness, clock=lambda: start + placed * PACE)
    spent = 0.0
    for placed in range(CHUNK, ENTRIES + 1, CHUNK):
        owner.execute(_QUEUE, [placed - CHUNK, placed])
        begun = time.perf_counter()
        sequencer.step()
        spent += time.perf_counter() - begun
    report.line("entries given their leaf, tiles and signature", ENTRIES / spent, "/s", None)


def _verify(witness: LocalWitness) -> None:
    """The whole ledger, this process held to one core; the database's processes run beside it."""
    options = Options(keys=[SIGNER.key], witnessed=read_witness(witness.folder))
    walls, own = [], []
    with _one_core():
        for _ in range(RUNS):
            wall, cpu = time.perf_counter(), time.process_time()
            found = verify(
                lambda: psycopg.connect(filled.conninfo(DATABASE, site=False)), options, now=datetime.now(UTC)
            )
            walls.append(time.perf_counter() - wall)
            own.append(time.process_time() - cpu)
            assert found.is_intact, found.findings
            assert (found.entries, found.leaves, found.checkpoints) == (ENTRIES, ENTRIES, ENTRIES // CHUNK)
    report.of_runs(f"{ENTRIES:,} ledger entries verified on one core", walls, "s", 5)
    report.of_runs("… of which the verifier's own processor time", own, "s", None)


@contextmanager
def _one_core() -> Iterator[None]:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _receipts(owner: Connection) -> None:
    """Receipts of entries anywhere in the tree, from tiles; the last of each run is checked."""
    source = random.Random(7)
    middles, tails = [], []
    for _ in range(RUNS):
        leaves = [proofs.read_entry(owner, source.randint(1, ENTRIES)) for _ in range(RECEIPTS // RUNS)]
        times = []
        for leaf in leaves:
            begun = time.perf_counter()
            receipt = proofs.make_receipt(owner, leaf)
            times.append((time.perf_counter() - begun) * 1000)
        verify_receipt(receipt, [SIGNER.key])
        middles.append(statistics.median(times))
        tails.append(statistics.quantiles(times, n=20)[-1])
    report.of_runs("receipt from tiles, median", middles, "ms", 1)
    report.of_runs("receipt from tiles, p95", tails, "ms", None)
