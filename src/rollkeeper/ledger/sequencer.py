"""The sequencer: gives committed entries their leaves, keeps the tiles, signs checkpoints.

A step is two transactions. The first places waiting entries and stores the tiles that became full, all or nothing. The
second signs, when the tree grew or a heartbeat is due: only leaves that are already durable are ever signed, so a crash
at any point leaves nothing to undo. The signed note goes to the local witness (fsync) before it goes to the database,
where readers see it. Both transactions hold one advisory lock: any number of sequencers may run, and one works at a
time.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

from rollkeeper.ledger import queries
from rollkeeper.ledger.builder import FullTile, TreeBuilder
from rollkeeper.ledger.checkpoints import Checkpoint, CheckpointRefused, open_checkpoint, sign_checkpoint
from rollkeeper.ledger.merkle import CompactRange
from rollkeeper.ledger.notes import Signer
from rollkeeper.ledger.queries import Connection, StoredCheckpoint
from rollkeeper.ledger.tiles import NoSuchTile, Tile, tile_nodes
from rollkeeper.ledger.witness import LocalWitness

logger = logging.getLogger(__name__)

HEARTBEAT = timedelta(seconds=45)  # the promise is 60 s; the rest is room for a slow moment
BATCH = 10_000
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('rollkeeper.ledger.tree', 0))"
_TICK = timedelta(microseconds=1)


class LedgerSetBack(Exception):
    """The tree in the database contradicts a checkpoint that was signed. Signing on would be lying."""


@dataclass(frozen=True)
class Step:
    """What a step did: how many entries got a leaf, and the checkpoint it signed, if it signed one."""

    placed: int
    signed: StoredCheckpoint | None


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


class Sequencer:
    """Places entries and signs. Not thread-safe; give each its own connection as ``rollkeeper_app``."""

    def __init__(
        self,
        connection: Connection,
        *,
        signer: Signer,
        witness: LocalWitness,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._connection = connection
        self._signer = signer
        self._witness = witness
        self._clock = clock
        self._builder: TreeBuilder | None = None
        self._agreed: set[tuple[int, bytes]] = set()  # checkpoints known to fit the tree
        self._signed_at: float | None = None  # by the monotonic clock, which nobody can set back
        self._warned_of_clock = False

    def step(self) -> Step:
        """Place what waits and sign when due. Raises ``LedgerSetBack``, or what the database raises."""
        try:
            placed = self._place()
            return Step(placed, self._sign_if_due())
        except BaseException:
            self._builder = None  # read the tree anew: what this process remembers may not have been committed
            raise

    def _place(self) -> int:
        placed = 0
        while True:
            with self._connection.transaction():
                self._connection.execute("SET LOCAL synchronous_commit = on")
                rows = self._connection.execute("SELECT leaf_index, leaf_hash FROM ledger_sequence(%s)", [BATCH])
                leaves = rows.fetchall()
                if leaves:
                    builder = self._tree(int(leaves[0][0]))
                    self._store(builder.append(bytes(leaf_hash) for _, leaf_hash in leaves))
            placed += len(leaves)
            if len(leaves) < BATCH:
                return placed

    def _sign_if_due(self) -> StoredCheckpoint | None:
        with self._connection.transaction():
            self._connection.execute("SET LOCAL synchronous_commit = on")
            self._connection.execute(_LOCK)
            size = queries.tree_size(self._connection)
            last = queries.latest_checkpoint(self._connection)
            witnessed = self._witness.latest()
            self._check_agreement(size, last, witnessed.checkpoint if witnessed else None)
            now = self._clock()
            if size == 0 or (last is not None and last.size == size and not self._heartbeat_due(last, now)):
                return None
            return self._sign(size, self._moment_after(last, now))

    def _heartbeat_due(self, last: StoredCheckpoint, now: datetime) -> bool:
        if now >= last.made_at:
            return now - last.made_at >= HEARTBEAT
        return self._signed_at is None or monotonic() - self._signed_at >= HEARTBEAT.total_seconds()

    def _sign(self, size: int, made_at: datetime) -> StoredCheckpoint:
        checkpoint = Checkpoint(self._signer.key.name, size, self._tree(size).root())
        signed = sign_checkpoint(checkpoint, self._signer, time=int(made_at.timestamp()))
        self._witness.append(signed.note, at=made_at)
        self._connection.execute(
            "INSERT INTO ledger_checkpoint (made_at, size, root, note) VALUES (%s, %s, %s, %s)",
            [made_at, size, checkpoint.root, signed.note],
        )
        self._agreed, self._signed_at = {(size, checkpoint.root)}, monotonic()
        return StoredCheckpoint(made_at, size, checkpoint.root, signed.note)

    def _moment_after(self, last: StoredCheckpoint | None, now: datetime) -> datetime:
        """The clock, but never before the last checkpoint: signed times only go forward."""
        if last is None or now > last.made_at:
            self._warned_of_clock = False
            return now
        if not self._warned_of_clock:
            self._warned_of_clock = True
            logger.warning("ledger.clock_set_back", extra={"now": str(now), "last": str(last.made_at)})
        return last.made_at + _TICK

    def _check_agreement(self, size: int, last: StoredCheckpoint | None, witnessed: Checkpoint | None) -> None:
        """Refuse to sign anything that contradicts what was signed: by the database, or by the witness file."""
        known = [(last.size, last.root, last.note)] if last else []
        if witnessed is not None:
            known.append((witnessed.size, witnessed.root, ""))
        for old, root, note in known:
            if (old, root) in self._agreed:
                continue
            if old > size:
                raise LedgerSetBack(
                    f"The ledger was set back: a checkpoint of {old} entries was signed, the database holds {size}. "
                    "Nothing more is signed. Restore the newer database; see docs/how-to/verify-the-ledger.md."
                )
            if self._root_at(old, size) != root:
                raise LedgerSetBack(
                    f"The ledger was changed: its first {old} entries no longer have the root that was signed. "
                    "Nothing more is signed; run `rollkeeper ledger verify`, which names what was changed."
                )
            self._check_key(note)
        self._agreed = {(old, root) for old, root, _ in known}

    def _check_key(self, note: str) -> None:
        try:
            if note:
                open_checkpoint(note, [self._signer.key])
        except CheckpointRefused as refused:
            raise LedgerSetBack(
                f"The last checkpoint was not signed by this key under this name ({self._signer.key.name}): {refused} "
                "Restore keys/ledger.key and ROLLKEEPER_LEDGER_ORIGIN as they were."
            ) from refused

    def _root_at(self, old: int, size: int) -> bytes:
        if old == size:
            return self._tree(size).root()
        return CompactRange.from_nodes(old, tile_nodes(size, self._read)).root()

    def _tree(self, size: int) -> TreeBuilder:
        """The builder at ``size`` leaves: the one in memory if it is there, else read from the database."""
        if self._builder is None or self._builder.size != size:
            try:
                self._builder = TreeBuilder.load(size, self._read)
            except NoSuchTile:
                self._builder = self._rebuild(size)
        return self._builder

    def _rebuild(self, size: int) -> TreeBuilder:
        """Make every tile anew from the leaves, and store those that are missing."""
        logger.warning("ledger.tiles_rebuilt", extra={"size": size})
        builder = TreeBuilder()
        while builder.size < size:
            rows = self._connection.execute(
                "SELECT leaf_hash FROM ledger_leaf WHERE leaf_index >= %s AND leaf_index < %s ORDER BY leaf_index",
                [builder.size, min(size, builder.size + BATCH)],
            ).fetchall()
            if not rows:
                raise LedgerSetBack(f"Leaf {builder.size} is missing from the ledger. Run `rollkeeper ledger verify`.")
            self._store(builder.append(bytes(row[0]) for row in rows))
        return builder

    def _read(self, tile: Tile) -> bytes:
        return queries.read_tile(self._connection, tile)

    def _store(self, tiles: list[FullTile]) -> None:
        for tile in tiles:
            self._connection.execute(
                "INSERT INTO ledger_tile (level, tile_index, hashes, root) VALUES (%s, %s, %s, %s) "
                "ON CONFLICT DO NOTHING",
                [tile.level, tile.index, tile.hashes, tile.root],
            )
