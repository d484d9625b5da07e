"""Receipts from stored tiles: three rows or so, whatever the size of the ledger.

A receipt is made over the earliest checkpoint that holds its entry. That checkpoint tells best since when the entry is
in the ledger, and the receipt of an entry is the same file whenever it is asked for.
"""

from dataclasses import dataclass

from rollkeeper.ledger import queries
from rollkeeper.ledger.merkle import inclusion_proof
from rollkeeper.ledger.queries import Connection
from rollkeeper.ledger.receipts import Receipt
from rollkeeper.ledger.tiles import Tile, tile_nodes


class NoReceiptYet(Exception):
    """The entry waits for the next checkpoint; a moment later there is a receipt."""


class NoSuchEntry(Exception):
    """The ledger has no entry of this number."""


@dataclass(frozen=True)
class EntryLeaf:
    """What was hashed: the entry's number, salt and canonical body."""

    entry: int
    salt: bytes
    body: bytes


def make_receipt(connection: Connection, leaf: EntryLeaf) -> Receipt:
    """The receipt of an entry whose salt and body the caller may see. Raises ``NoReceiptYet``."""
    placed = queries.signed_place(connection, leaf.entry)
    if placed is None:
        raise NoReceiptYet(f"Entry {leaf.entry} is not in a signed checkpoint yet. Try again in a few seconds.")
    index, checkpoint = placed

    def read(tile: Tile) -> bytes:
        return queries.read_tile(connection, tile)

    proof = inclusion_proof(index, checkpoint.size, tile_nodes(checkpoint.size, read))
    return Receipt(index, tuple(proof), checkpoint.note, leaf.salt, leaf.body)


def read_entry(connection: Connection, entry: int) -> EntryLeaf:
    """Salt and body of an entry, for a connection that may read entries (owner, auditor). Raises ``NoSuchEntry``."""
    row = connection.execute("SELECT salt, body FROM ledger_entry WHERE id = %s", [entry]).fetchone()
    if row is None:
        raise NoSuchEntry(f"The ledger has no entry {entry}.")
    return EntryLeaf(entry, bytes(row[0]), row[1].encode())
