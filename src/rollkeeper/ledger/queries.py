"""Reading the stored tree: sizes, tiles, checkpoints, the place of an entry. Every answer is hashes and numbers alone.

The functions take a plain psycopg connection, so that the site, the worker, the verifier and a test can all use them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import psycopg
from django.db import connections

from rollkeeper.ledger.merkle import HASH_SIZE
from rollkeeper.ledger.tiles import WIDTH, NoSuchTile, Tile, tile_path

Connection = psycopg.Connection[Any]  # Any: the row type; every function here reads plain tuples


@dataclass(frozen=True)
class StoredCheckpoint:
    """A row of ledger_checkpoint."""

    made_at: datetime
    size: int
    root: bytes
    note: str


def connection_of(alias: str) -> Connection:
    """The psycopg connection behind a Django alias, opened if need be."""
    connections[alias].ensure_connection()
    return cast(Connection, connections[alias].connection)


def tree_size(connection: Connection) -> int:
    """How many leaves the tree has."""
    [size] = _one(connection, "SELECT coalesce(max(leaf_index) + 1, 0) FROM ledger_leaf", [])
    return int(size)


def queue_length(connection: Connection) -> int:
    """How many committed entries wait for a leaf."""
    [length] = _one(connection, "SELECT count(*) FROM ledger_queue", [])
    return int(length)


def signed_place(connection: Connection, entry: int) -> tuple[int, StoredCheckpoint] | None:
    """The leaf index of an entry and the earliest checkpoint that holds it, or None while it waits for one."""
    row = connection.execute(
        "SELECT l.leaf_index, c.made_at, c.size, c.root, c.note FROM ledger_leaf l CROSS JOIN LATERAL ("
        " SELECT * FROM ledger_checkpoint WHERE size > l.leaf_index ORDER BY size, made_at LIMIT 1) c"
        " WHERE l.entry_id = %s",
        [entry],
    ).fetchone()
    return None if row is None else (int(row[0]), StoredCheckpoint(*row[1:]))


def latest_checkpoint(connection: Connection) -> StoredCheckpoint | None:
    """The checkpoint signed last."""
    row = connection.execute(
        "SELECT made_at, size, root, note FROM ledger_checkpoint ORDER BY made_at DESC LIMIT 1"
    ).fetchone()
    return None if row is None else StoredCheckpoint(*row)


def first_checkpoint_over(connection: Connection, leaf: int) -> StoredCheckpoint | None:
    """The earliest checkpoint whose tree holds a leaf: it tells best since when the entry is in the ledger."""
    row = connection.execute(
        "SELECT made_at, size, root, note FROM ledger_checkpoint WHERE size > %s ORDER BY size, made_at LIMIT 1", [leaf]
    ).fetchone()
    return None if row is None else StoredCheckpoint(*row)


def read_tile(connection: Connection, tile: Tile) -> bytes:
    """The hashes of a tile. Raises ``NoSuchTile`` when the tree has not all of them.

    A full tile is one row. A partial tile is read from the leaves (level 0) or from the roots of the full tiles below.
    """
    if tile.is_full:
        row = connection.execute(
            "SELECT hashes FROM ledger_tile WHERE level = %s AND tile_index = %s", [tile.level, tile.index]
        ).fetchone()
        if row is not None:
            return bytes(row[0])
    hashes = _row_of_hashes(connection, tile)
    if len(hashes) != tile.width * HASH_SIZE:
        raise NoSuchTile(f"The ledger has no tile {tile_path(tile)}.")
    return hashes


def _row_of_hashes(connection: Connection, tile: Tile) -> bytes:
    first = tile.index * WIDTH
    span = [first, first + tile.width - 1]
    if tile.level == 0:
        statement = "SELECT leaf_hash FROM ledger_leaf WHERE leaf_index BETWEEN %s AND %s ORDER BY leaf_index"
        return b"".join(row[0] for row in connection.execute(statement, span))
    statement = "SELECT root FROM ledger_tile WHERE level = %s AND tile_index BETWEEN %s AND %s ORDER BY tile_index"
    return b"".join(row[0] for row in connection.execute(statement, [tile.level - 1, *span]))


def _one(connection: Connection, statement: str, parameters: list[object]) -> tuple[Any, ...]:
    row = connection.execute(statement, parameters).fetchone()
    if row is None:
        raise LookupError(f"No answer to: {statement}")
    return cast("tuple[Any, ...]", row)
