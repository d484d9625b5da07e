"""The sequencer: no index reused, no gap, whatever happens to it, to its clock or to its neighbours."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from rollkeeper.ledger import proofs, queries, sequencer
from rollkeeper.ledger.checkpoints import open_checkpoint
from rollkeeper.ledger.merkle import EMPTY_ROOT, CompactRange
from rollkeeper.ledger.receipts import Receipt, verify_receipt
from rollkeeper.ledger.sequencer import LedgerSetBack
from rollkeeper.ledger.tiles import tile_nodes, tiles_of
from rollkeeper.ledger.witness import read_witness
from tests.ledger.conftest import SIGNER, Ledger

ROOT = Path(__file__).resolve().parents[2]


def indexes(ledger: Ledger) -> list[int]:
    return [row[0] for row in ledger.owner.execute("SELECT leaf_index FROM ledger_leaf ORDER BY leaf_index")]


def wait_until(done: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def receipt(ledger: Ledger, entry: int) -> Receipt:
    return proofs.make_receipt(ledger.site, proofs.read_entry(ledger.owner, entry))


def test_nothing_is_signed_while_the_ledger_is_empty(ledger: Ledger) -> None:
    assert ledger.step() == sequencer.Step(0, None)
    assert ledger.witness.latest() is None


def test_entries_get_leaves_in_the_order_of_their_numbers_and_a_checkpoint(ledger: Ledger) -> None:
    last = ledger.write(5)

    step = ledger.step()

    assert step.placed == 5
    assert [row[0] for row in ledger.owner.execute("SELECT entry_id FROM ledger_leaf ORDER BY leaf_index")] == list(
        range(last - 4, last + 1)
    )
    assert step.signed is not None
    signed = open_checkpoint(step.signed.note, [SIGNER.key])
    assert (signed.checkpoint.size, signed.time) == (5, int(step.signed.made_at.timestamp()))
    witnessed = ledger.witness.latest()
    assert witnessed is not None
    assert witnessed.note == step.signed.note
    assert queries.queue_length(ledger.site) == 0


def test_an_entry_that_commits_late_gets_a_later_leaf(ledger: Ledger) -> None:
    with psycopg.connect(ledger.owner_address) as slow:
        write = "SELECT ledger_write('case.opened', 1, '{}', '{}', '{}', clock_timestamp())"
        [early] = slow.execute(write).fetchone() or [0]
        later = ledger.write(3)
        ledger.step()
        slow.commit()
    ledger.step()

    placed = [row[0] for row in ledger.owner.execute("SELECT entry_id FROM ledger_leaf ORDER BY leaf_index")]
    assert placed == [later - 2, later - 1, later, early]
    assert early < later
    assert ledger.verify().counts == {}


def test_an_entry_rolled_back_leaves_no_gap_in_the_tree(ledger: Ledger) -> None:
    ledger.write(2)
    with ledger.owner.transaction(force_rollback=True):
        ledger.write(1)
    ledger.write(2)
    ledger.step()

    assert indexes(ledger) == [0, 1, 2, 3]
    assert ledger.verify().counts == {}


def test_the_tiles_of_a_growing_ledger_are_those_of_its_leaves(ledger: Ledger) -> None:
    leaves: list[bytes] = []
    builder = CompactRange()
    for count in (255, 1, 1, 300):
        ledger.write(count)
        step = ledger.step()
        rows = ledger.owner.execute("SELECT leaf_hash FROM ledger_leaf ORDER BY leaf_index")
        hashes = [bytes(row[0]) for row in rows]
        builder.extend(hashes[len(leaves) :])
        leaves = hashes
        assert step.signed is not None
        assert step.signed.root == builder.root()

    size = len(leaves)
    for tile in tiles_of(size):
        hashes_of_tile = queries.read_tile(ledger.site, tile)
        assert len(hashes_of_tile) == tile.width * 32
    nodes = tile_nodes(size, lambda tile: queries.read_tile(ledger.site, tile))
    assert CompactRange.from_nodes(size, nodes).root() == builder.root()


def test_a_heartbeat_is_signed_when_idle_and_not_before_it_is_due(ledger: Ledger) -> None:
    ledger.write(1)
    worker = ledger.sequencer()
    first = worker.step().signed
    assert worker.step().signed is None

    ledger.offset = timedelta(seconds=46)
    beat = worker.step().signed

    assert first is not None
    assert beat is not None
    assert (beat.size, beat.root) == (first.size, first.root)
    assert beat.made_at > first.made_at


def test_a_clock_set_back_does_not_turn_signed_time_back(ledger: Ledger) -> None:
    ledger.write(3)
    ledger.step()
    ledger.offset = timedelta(hours=-5)
    ledger.write(3)
    worker = ledger.sequencer()

    signed = worker.step().signed
    again = worker.step()

    made = [row[0] for row in ledger.owner.execute("SELECT made_at FROM ledger_checkpoint ORDER BY size")]
    assert signed is not None
    assert made == sorted(made)
    assert again.signed is None  # and no flood of heartbeats until the clock has caught up
    assert ledger.verify(now=made[-1]).counts == {}


def test_two_sequencers_at_once_place_each_entry_once(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 11)
    stop = threading.Event()
    failures: list[Exception] = []

    def work() -> None:
        try:
            with psycopg.connect(ledger.site_address, autocommit=True) as connection:
                worker = ledger.sequencer(connection)
                while not stop.is_set():
                    worker.step()
        except Exception as problem:  # noqa: BLE001  # told to the test below
            failures.append(problem)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(15):
        ledger.write(40)
    wait_until(lambda: queries.queue_length(ledger.site) == 0)
    stop.set()
    for thread in threads:
        thread.join()

    assert failures == []
    assert indexes(ledger) == list(range(600))
    assert ledger.verify().counts == {}


def test_a_killed_sequencer_leaves_no_gap_and_reuses_no_index(ledger: Ledger) -> None:
    """Killed by kill -9 again and again while entries come in; receipts written before still verify after."""
    kept: list[Receipt] = []
    for life in range(6):
        last = ledger.write(150)
        process = start_sequencer(ledger)
        time.sleep(0.02 + 0.05 * life)
        process.send_signal(signal.SIGKILL)
        process.wait()
        try:
            kept.append(receipt(ledger, last - 149))
        except proofs.NoReceiptYet:
            continue
    while queries.queue_length(ledger.site):
        ledger.step()

    assert indexes(ledger) == list(range(900))
    assert ledger.verify().is_intact
    for old in kept:
        verify_receipt(old, [SIGNER.key])


def start_sequencer(ledger: Ledger) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.ledger.sequencing", ledger.site_address, str(ledger.state)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    process.stdout.close()
    return process


def test_a_sequencer_killed_between_leaves_and_signature_signs_when_it_is_back(ledger: Ledger) -> None:
    ledger.write(10)
    ledger.site.execute("SELECT * FROM ledger_sequence(100)")  # placed, and then the power went

    step = ledger.step()

    assert step.signed is not None
    assert step.signed.size == 10
    assert ledger.verify().counts == {}


def test_a_sequencer_killed_between_witness_and_database_goes_on(ledger: Ledger) -> None:
    ledger.write(4)
    ledger.step()
    ledger.tamper("DELETE FROM ledger_checkpoint")  # the note reached the witness, the row never the database
    ledger.write(1)

    step = ledger.step()

    assert step.signed is not None
    assert step.signed.size == 5
    assert ledger.verify().is_intact


def test_missing_tiles_are_made_anew_from_the_leaves(ledger: Ledger) -> None:
    ledger.write(600)
    ledger.step()
    ledger.tamper("DELETE FROM ledger_tile")
    ledger.write(1)
    ledger.step()

    assert ledger.verify().counts == {}


def test_old_receipts_still_verify_after_growth_and_stay_the_same_file(ledger: Ledger) -> None:
    entries = [ledger.write(1) for _ in range(3)]
    ledger.step()
    before = [receipt(ledger, entry) for entry in entries]
    for count in (1, 254, 300):
        ledger.write(count)
        ledger.step()

    for entry, old in zip(entries, before, strict=True):
        assert verify_receipt(old, [SIGNER.key]).body == old.body
        assert receipt(ledger, entry).text() == old.text()


def test_every_entry_has_a_receipt_that_verifies(ledger: Ledger) -> None:
    last = 0
    for count in (3, 260, 5):
        last = ledger.write(count)
        ledger.step()

    for entry in range(last - 267, last + 1):
        verify_receipt(receipt(ledger, entry), [SIGNER.key])


def test_an_entry_that_waits_has_no_receipt_yet(ledger: Ledger) -> None:
    entry = ledger.write(1)

    with pytest.raises(proofs.NoReceiptYet, match="few seconds"):
        receipt(ledger, entry)
    with pytest.raises(proofs.NoSuchEntry, match="no entry 123456789"):
        receipt(ledger, 123456789)


def test_another_key_or_name_stops_the_sequencer(ledger: Ledger) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from rollkeeper.ledger.notes import Signer

    ledger.write(1)
    ledger.step()
    stranger = Signer(SIGNER.key.name, Ed25519PrivateKey.from_private_bytes(bytes(32)))
    worker = sequencer.Sequencer(ledger.site, signer=stranger, witness=ledger.witness)

    with pytest.raises(LedgerSetBack, match="not signed by this key"):
        worker.step()


def test_an_empty_database_behind_an_old_witness_is_not_signed(grown: Ledger) -> None:
    from tests.ledger.conftest import empty

    empty(grown.owner)
    grown.write(1)

    with pytest.raises(LedgerSetBack, match="700 entries was signed"):
        grown.step()


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("ledger_leaf", "leaf_index"),
        ("ledger_tile", "tile_index"),
        ("ledger_checkpoint", "size"),
        ("ledger_entry", "kind"),
        ("ledger_subject", "subject_id"),
    ],
)
def test_the_tables_refuse_change_even_from_their_owner(grown: Ledger, table: str, column: str) -> None:
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = {column}", f"TRUNCATE {table}"):
        with pytest.raises(errors.InsufficientPrivilege):
            grown.owner.execute(statement.encode())
        with pytest.raises(errors.InsufficientPrivilege):
            grown.site.execute(statement.encode())


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO ledger_leaf VALUES (700, 999, now(), sha256('x'))",
        "INSERT INTO ledger_queue VALUES (999, now(), sha256('x'))",
        "DELETE FROM ledger_queue",
        "SELECT body FROM ledger_entry",
    ],
)
def test_the_site_cannot_write_leaves_or_read_bodies(grown: Ledger, statement: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        grown.site.execute(statement.encode())


CHECKPOINT = (
    "INSERT INTO ledger_checkpoint SELECT {made_at}, {size}, {root}, note FROM ledger_checkpoint WHERE size = {like}"
)
TOMORROW, YESTERDAY = "now() + interval '1 day'", "now() - interval '1 day'"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO ledger_leaf VALUES (701, 999, now(), sha256('x'))",
        CHECKPOINT.format(made_at=TOMORROW, size=701, root="root", like=700),
        CHECKPOINT.format(made_at=TOMORROW, size=700, root="sha256('x')", like=700),
        CHECKPOINT.format(made_at=YESTERDAY, size=700, root="root", like=700),
        CHECKPOINT.format(made_at=TOMORROW, size=400, root="root", like=400),
    ],
)
def test_a_leaf_or_checkpoint_out_of_order_is_refused_by_the_database(grown: Ledger, statement: str) -> None:
    with pytest.raises(errors.IntegrityError):
        grown.owner.execute(statement.encode())


def test_an_entry_cannot_leave_the_queue_without_a_leaf(ledger: Ledger) -> None:
    ledger.write(1)

    with pytest.raises(errors.IntegrityError, match="stays in the queue"):
        ledger.owner.execute("DELETE FROM ledger_queue")


def test_the_witness_folder_reads_back_whole_notes_and_skips_a_torn_one(grown: Ledger) -> None:
    folder = grown.witness.folder
    [file] = folder.iterdir()
    with file.open("a") as torn:
        torn.write("\ncourt.example/ledger/2026\n7")
    grown.write(1)
    grown.step()

    sizes = [note.checkpoint.size for note in read_witness(folder)]

    assert sizes == [300, 400, 650, 700, 701]
    latest = grown.witness.latest()
    assert latest is not None
    assert latest.checkpoint.size == 701


def test_a_clock_set_back_past_a_months_end_stays_with_the_newest_witness_file(grown: Ledger) -> None:
    grown.offset = timedelta(days=40)
    grown.step()
    note = grown.witness.latest()
    grown.witness.append("later\n", at=grown.clock() - timedelta(days=40))

    assert note is not None
    assert [path.name for path in sorted(grown.witness.folder.iterdir())][-1].startswith(f"{grown.clock():%Y-%m}")
    assert sorted(grown.witness.folder.iterdir())[-1].read_text().endswith("later\n\n")


def test_the_root_of_nothing() -> None:
    assert CompactRange().root() == EMPTY_ROOT
