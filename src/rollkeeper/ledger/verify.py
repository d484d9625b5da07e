"""Verifying the whole ledger: every entry, leaf, tile, checkpoint and signature is read and computed anew.

Three connections share one snapshot, so a ledger in use is verified as it stood at one moment. One reads the entries
in the order of their moments, hashing each once; one walks the leaves, rebuilds the tree and stops at the size of each
checkpoint to compare roots; the third lets the database compare the lists of subjects meanwhile. Memory stays small:
entries wait only until their leaf comes by.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import repeat
from struct import Struct
from typing import TypeVar

import psycopg

from rollkeeper.ledger import queries
from rollkeeper.ledger.checkpoint_check import CheckpointCheck, check_empty
from rollkeeper.ledger.entry_stream import EntryStream
from rollkeeper.ledger.findings import Kind, Report, Tolerances, show_ticks, span_ticks, to_ticks
from rollkeeper.ledger.moments import MomentCheck
from rollkeeper.ledger.notes import VerifierKey
from rollkeeper.ledger.queries import Connection, StoredCheckpoint
from rollkeeper.ledger.subjects import hidden_looks
from rollkeeper.ledger.tree_check import Leaf, Leaves, TreeCheck
from rollkeeper.ledger.witness import WitnessedCheckpoint

_NEVER = (1 << 63) - 1
BATCH = 8192  # leaves at a time: thirty-two tiles
QUICK_SIGNATURES = 1000
_ROW = Struct(">qqq32s")
_LEAVES = """
SELECT string_agg(int8send(leaf_index) || int8send(entry_id) || timestamptz_send(occurred_at) || leaf_hash, ''::bytea
                  ORDER BY leaf_index)
  FROM (SELECT * FROM ledger_leaf WHERE leaf_index >= %s ORDER BY leaf_index LIMIT %s) l
"""

Progress = Callable[[int, int], None]
T = TypeVar("T")


@dataclass(frozen=True)
class Options:
    """How to verify."""

    keys: Sequence[VerifierKey]
    witnessed: Sequence[WitnessedCheckpoint] = ()
    tolerances: Tolerances = field(default_factory=Tolerances)
    all_signatures: bool = True
    subjects: bool = True


def verify(
    connect: Callable[[], Connection], options: Options, *, now: datetime, progress: Progress = lambda _done, _of: None
) -> Report:
    """Read and recompute everything. ``connect`` opens connections that may read the ledger; they are closed here."""
    with connect() as tree_side, connect() as entry_side, connect() as subject_side, ThreadPoolExecutor(1) as pool:
        _share_snapshot(tree_side, entry_side, subject_side)
        verification = _Verification(tree_side, entry_side, options, now, progress)
        hidden = pool.submit(hidden_looks, subject_side) if options.subjects else None
        with _collector_at_rest():
            report = verification.run()
        for entry, sentence in hidden.result() if hidden else ():
            report.add(Kind.SUBJECT, sentence, entry=entry)
        return report


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """A million short-lived tuples and no cycle among them: the cyclic collector would cost a quarter of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _share_snapshot(first: Connection, *others: Connection) -> None:
    for connection in (first, *others):
        connection.autocommit = False
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
    [snapshot] = first.execute("SELECT pg_export_snapshot()").fetchone() or [""]
    for connection in others:
        connection.execute(f"SET TRANSACTION SNAPSHOT '{snapshot}'".encode())


class _Verification:
    def __init__(
        self, tree_side: Connection, entry_side: Connection, options: Options, now: datetime, progress: Progress
    ) -> None:
        self._connection = tree_side
        self._options = options
        self._now = now
        self._progress = progress
        self._report = Report()
        self._entries = EntryStream(entry_side, self._report)
        self._tree = TreeCheck(tree_side, self._report)
        self._moments = MomentCheck(tree_side, self._report, options.tolerances)
        self._checkpoints = CheckpointCheck(
            tree_side,
            self._report,
            keys=options.keys,
            witnessed=options.witnessed,
            tolerances=options.tolerances,
            signatures_since=self._signatures_since(),
        )
        self._unmatched: dict[int, Leaf] = {}
        self._after: int | None = None  # when the last checkpoint met was made, in ticks
        self._first = 0  # the leaf index that should come next

    def run(self) -> Report:
        total = queries.tree_size(self._connection)
        check_empty(self._checkpoints.rows_over(-1, 0), self._report)
        self._checkpoints.meet(self._checkpoints.rows_over(-1, 0), (), self._tree.root())
        while (leaves := self._next_leaves()).number:
            self._match(leaves)
            self._grow(leaves)
            self._progress(min(self._report.leaves, total), total)
        self._read_rest()
        self._tree.finish()
        self._checkpoints.finish(self._tree.size, self._now)
        self._report.root = self._tree.root()
        return self._report

    def _signatures_since(self) -> datetime | None:
        if self._options.all_signatures:
            return None
        row = self._connection.execute(
            "SELECT made_at FROM ledger_checkpoint ORDER BY made_at DESC OFFSET %s LIMIT 1", [QUICK_SIGNATURES - 1]
        ).fetchone()
        return None if row is None else row[0]

    def _next_leaves(self) -> Leaves:
        """The next leaves; a leaf index that is not the next one is a leaf that was taken out."""
        row = self._connection.execute(_LEAVES, [self._first, BATCH], binary=True).fetchone()
        raw = bytes(row[0]) if row is not None and row[0] is not None else b""
        if not raw:
            return Leaves()
        leaves = Leaves(*zip(*_ROW.iter_unpack(raw), strict=True))
        if leaves.places != tuple(range(self._first, self._first + leaves.number)):
            self._name_gaps(leaves)
        self._first = leaves.places[-1] + 1
        return leaves

    def _name_gaps(self, leaves: Leaves) -> None:
        expected = self._first
        for leaf in leaves.rows():
            if leaf.place != expected:
                which = (
                    f"Leaf {expected} is"
                    if leaf.place == expected + 1
                    else f"Leaves {expected} to {leaf.place - 1} are"
                )
                self._report.add(Kind.GAP, f"{which} missing before entry {leaf.entry}.", leaf=expected)
            expected = leaf.place + 1

    def _match(self, leaves: Leaves) -> None:
        """Each leaf has its entry, with that hash and that moment."""
        self._report.leaves += leaves.number
        self._entries.read_to(max(leaves.moments))
        claimed = list(map(self._entries.waiting.pop, leaves.entries, repeat(None)))
        if claimed != list(zip(leaves.moments, leaves.hashes, strict=True)):
            for leaf, found in zip(leaves.rows(), claimed, strict=True):
                if found != (leaf.moment, leaf.leaf_hash):
                    self._examine(leaf, found)
        self._match_late()

    def _match_late(self) -> None:
        """Entries that came after their leaf in the order of moments: one of the two was moved."""
        waiting = self._entries.waiting
        for number in [number for number in self._unmatched if number in waiting]:
            self._examine(self._unmatched.pop(number), waiting.pop(number))

    def _examine(self, leaf: Leaf, found: tuple[int, bytes] | None) -> None:
        if found is None:
            self._unmatched[leaf.entry] = leaf
            return
        moment, digest = found
        if digest != leaf.leaf_hash:
            self._report.add(
                Kind.ALTERED,
                f"Entry {leaf.entry} (leaf {leaf.place}) was changed: its text does not have the hash in the tree.",
                entry=leaf.entry,
                leaf=leaf.place,
            )
        if moment != leaf.moment:
            self._report.add(
                Kind.COLUMNS,
                f"Entry {leaf.entry} (leaf {leaf.place}) says {show_ticks(moment)}; when it got its leaf it said "
                f"{show_ticks(leaf.moment)}.",
                entry=leaf.entry,
                leaf=leaf.place,
            )

    def _grow(self, leaves: Leaves) -> None:
        """Add the leaves to the tree, stopping at each checkpoint's size."""
        first = self._tree.size
        last = first + leaves.number
        rows = self._checkpoints.rows_over(first, last)
        witnessed = self._checkpoints.witnessed_over(first, last)
        stored, seen = _by_size(rows, lambda row: row.size), _by_size(witnessed, lambda note: note.checkpoint.size)
        start = 0
        for size in sorted(stored.keys() | seen.keys()):
            met = stored.get(size, [])
            self._take(leaves.part(start, size - first), met[0] if met else self._checkpoints.next_over(size))
            start = size - first
            self._checkpoints.meet(met, seen.get(size, []), self._tree.root())
            if met:
                self._after = to_ticks(met[-1].made_at)
        if start < leaves.number:
            self._take(leaves.part(start, leaves.number), self._checkpoints.next_over(last))

    def _take(self, leaves: Leaves, next_checkpoint: StoredCheckpoint | None) -> None:
        before = None if next_checkpoint is None else to_ticks(next_checkpoint.made_at)
        self._moments.look(leaves, self._after, before)
        self._tree.take(leaves)

    def _read_rest(self) -> None:
        """What is left when all leaves are done: leaves whose entry is gone, entries that have no leaf."""
        unplaced: dict[int, int] = {}
        while self._entries.waiting or not self._entries.ended:
            self._match_late()
            unplaced |= {entry: moment for entry, (moment, _) in self._entries.waiting.items()}
            self._entries.waiting.clear()
            self._entries.read_to(_NEVER)
        for leaf in self._unmatched.values():
            self._report.add(
                Kind.MISSING,
                f"Entry {leaf.entry} ({show_ticks(leaf.moment)}) was removed: leaf {leaf.place} still holds its hash.",
                entry=leaf.entry,
                leaf=leaf.place,
            )
        self._name_unplaced(unplaced)

    def _name_unplaced(self, unplaced: dict[int, int]) -> None:
        queued = {int(row[0]) for row in self._connection.execute("SELECT entry_id FROM ledger_queue")}
        patience = to_ticks(self._now) - span_ticks(self._options.tolerances.queue)
        late = [(moment, entry) for entry, moment in unplaced.items() if entry in queued and moment < patience]
        if late:
            self._report.add(
                Kind.WAITING,
                f"{len(late):,} entries wait for their leaf, the first since {show_ticks(min(late)[0])}. "
                "Is the worker running?",
            )
        for entry, moment in unplaced.items():
            if entry not in queued:
                self._report.add(
                    Kind.UNPLACED,
                    f"Entry {entry} ({show_ticks(moment)}) has no leaf and waits for none: its leaf was taken out, or "
                    "it was put in beside the ledger.",
                    entry=entry,
                )


def _by_size(items: Sequence[T], size_of: Callable[[T], int]) -> dict[int, list[T]]:
    groups: dict[int, list[T]] = {}
    for item in items:
        groups.setdefault(size_of(item), []).append(item)
    return groups
