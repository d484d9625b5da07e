"""Holding every signed checkpoint, the database's and the witness's, against the tree that the leaves make."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rollkeeper.ledger import queries
from rollkeeper.ledger.checkpoints import CheckpointRefused, open_checkpoint
from rollkeeper.ledger.findings import Kind, Report, Tolerances
from rollkeeper.ledger.merkle import EMPTY_ROOT
from rollkeeper.ledger.notes import VerifierKey
from rollkeeper.ledger.queries import Connection, StoredCheckpoint
from rollkeeper.ledger.witness import WitnessedCheckpoint


@dataclass
class Bracket:
    """Between which sizes the tree stopped fitting one series of checkpoints."""

    good: int = 0
    broken: bool = False


class CheckpointCheck:
    """Meets the checkpoints in the order of their sizes while the tree grows."""

    def __init__(
        self,
        connection: Connection,
        report: Report,
        *,
        keys: Sequence[VerifierKey],
        witnessed: Sequence[WitnessedCheckpoint],
        tolerances: Tolerances,
        signatures_since: datetime | None,
    ) -> None:
        self._connection = connection
        self._report = report
        self._keys = keys
        self._witnessed = sorted(witnessed, key=lambda note: note.checkpoint.size)
        self._witness_sizes = [note.checkpoint.size for note in self._witnessed]
        self._tolerances = tolerances
        self._signatures_since = signatures_since
        self._last: StoredCheckpoint | None = None
        self._stored, self._witness = Bracket(), Bracket()
        report.witnessed = len(self._witnessed)

    def rows_over(self, first: int, last: int) -> list[StoredCheckpoint]:
        """The stored checkpoints with first < size <= last, by size and time."""
        rows = self._connection.execute(
            "SELECT made_at, size, root, note FROM ledger_checkpoint WHERE size > %s AND size <= %s "
            "ORDER BY size, made_at",
            [first, last],
        )
        return [StoredCheckpoint(*row) for row in rows]

    def next_over(self, size: int) -> StoredCheckpoint | None:
        """The first stored checkpoint of a larger tree."""
        return queries.first_checkpoint_over(self._connection, size)

    def witnessed_over(self, first: int, last: int) -> list[WitnessedCheckpoint]:
        """The witness's checkpoints with first < size <= last."""
        return self._witnessed[bisect_right(self._witness_sizes, first) : bisect_right(self._witness_sizes, last)]

    def meet(self, rows: Sequence[StoredCheckpoint], witnessed: Sequence[WitnessedCheckpoint], root: bytes) -> None:
        """Compare checkpoints of one size with the root that the leaves make at that size."""
        for row in rows:
            self._check_row(row)
            self._check_root(row.size, row.root == root, self._stored, Kind.ROOT, f"signed at {_when(row.made_at)}")
        notes = {row.note for row in rows}
        for note in witnessed:
            size, fits = note.checkpoint.size, note.checkpoint.root == root
            if note.note not in notes:
                self._check_witness_note(note, fits=fits)
            self._check_root(size, fits, self._witness, Kind.WITNESS, "that the witness holds")

    def finish(self, leaves: int, now: datetime) -> None:
        """What lies beyond the last leaf, and how long ago the last checkpoint was."""
        self._check_beyond(leaves)
        last = self._last
        if last is None:
            return
        self._report.signed_size, self._report.signed_at = last.size, last.made_at
        if now - last.made_at > self._tolerances.heartbeat:
            self._report.add(
                Kind.HEARTBEAT, f"The last checkpoint was signed at {_when(last.made_at)}. Is the worker running?"
            )

    def _check_beyond(self, leaves: int) -> None:
        row = self._connection.execute(
            "SELECT max(size), count(*), min(made_at) FROM ledger_checkpoint WHERE size > %s", [leaves]
        ).fetchone()
        if row is not None and row[1]:
            self._report.add(
                Kind.TRUNCATED,
                f"A checkpoint of {row[0]:,} entries was signed, and the ledger has {leaves:,}: leaves {leaves} to "
                f"{row[0] - 1} were cut off, or an older copy was restored. The first of {row[1]} such checkpoints "
                f"was signed at {_when(row[2])}.",
                leaf=leaves,
            )
        beyond = self._witnessed[bisect_right(self._witness_sizes, leaves) :]
        for note in beyond:
            self._check_witness_note(note, fits=True, lost=False)
        if beyond:
            size = beyond[-1].checkpoint.size
            self._report.add(
                Kind.TRUNCATED,
                f"The witness holds a checkpoint of {size:,} entries, and the ledger has {leaves:,}: leaves {leaves} "
                f"to {size - 1} were cut off, or an older copy of the database was restored.",
                leaf=size,
            )

    def _check_row(self, row: StoredCheckpoint) -> None:
        """A stored checkpoint by itself: its columns say what was signed, and it follows the one before."""
        self._report.checkpoints += 1
        self._check_signature(row)
        last, self._last = self._last, row
        if last is None:
            return
        gap = row.made_at - last.made_at
        if gap.total_seconds() <= 0:
            self._report.add(
                Kind.CHECKPOINT,
                f"The checkpoint of {row.size:,} entries is dated {_when(row.made_at)}, before a smaller one.",
                leaf=row.size,
            )
        elif gap > self._tolerances.heartbeat:
            self._report.add(
                Kind.HEARTBEAT,
                f"No checkpoint was signed from {_when(last.made_at)} to {_when(row.made_at)} ({gap}): the sequencer "
                "did not run, or checkpoints were removed.",
            )

    def _check_signature(self, row: StoredCheckpoint) -> None:
        what = f"The checkpoint of {row.size:,} entries made at {_when(row.made_at)}"
        if self._signatures_since is not None and row.made_at < self._signatures_since:
            return
        self._report.signatures += 1
        try:
            signed = open_checkpoint(row.note, self._keys)
        except CheckpointRefused as refused:
            self._report.add(Kind.CHECKPOINT, f"{what} does not verify: {refused}", leaf=row.size)
            return
        if (signed.checkpoint.size, signed.checkpoint.root) != (row.size, row.root):
            self._report.add(Kind.CHECKPOINT, f"{what} says something else in its signed text.", leaf=row.size)
        if signed.time is not None and signed.time != int(row.made_at.timestamp()):
            self._report.add(Kind.CHECKPOINT, f"{what} carries another time under its signature.", leaf=row.size)

    def _check_witness_note(self, note: WitnessedCheckpoint, *, fits: bool, lost: bool = True) -> None:
        """A note that the database does not have: signed by the log, or nothing to compare with."""
        size = note.checkpoint.size
        self._report.signatures += 1
        try:
            open_checkpoint(note.note, self._keys)
        except CheckpointRefused as refused:
            sentence = f"The witness's checkpoint of {size:,} entries does not verify: {refused}"
            self._report.add(Kind.WITNESS, sentence, leaf=size)
            return
        if fits and lost:
            self._report.add(
                Kind.UNWITNESSED,
                f"The witness holds a checkpoint of {size:,} entries that the database lost.",
                leaf=size,
            )

    def _check_root(self, size: int, fits: bool, bracket: Bracket, kind: Kind, which: str) -> None:
        if fits and not bracket.broken:
            bracket.good = size
        if fits or bracket.broken:
            return
        bracket.broken = True
        row = self._connection.execute(
            "SELECT min(entry_id), max(entry_id) FROM ledger_leaf WHERE leaf_index >= %s AND leaf_index < %s",
            [bracket.good, size],
        ).fetchone()
        entries = f" (entries {row[0]} to {row[1]})" if row is not None and row[0] is not None else ""
        self._report.add(
            kind,
            f"The first {size:,} entries lack the root of the checkpoint {which}. The first {bracket.good:,} do. "
            f"Something was changed, removed or moved among leaves {bracket.good} to {size - 1}{entries}.",
            leaf=bracket.good,
        )


def check_empty(rows: Sequence[StoredCheckpoint], report: Report) -> None:
    """Checkpoints of an empty tree have the empty root."""
    for row in rows:
        if row.root != EMPTY_ROOT:
            report.add(Kind.ROOT, f"The checkpoint of an empty tree made at {_when(row.made_at)} has a root.", leaf=0)


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
