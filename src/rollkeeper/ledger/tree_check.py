"""Building the tree anew from the leaves, and holding it against every stored tile."""

from collections.abc import Iterator
from typing import NamedTuple

from rollkeeper.ledger.builder import FullTile, TreeBuilder
from rollkeeper.ledger.findings import Kind, Report
from rollkeeper.ledger.merkle import EMPTY_ROOT, HASH_SIZE, CompactRange, fold
from rollkeeper.ledger.queries import Connection
from rollkeeper.ledger.tiles import WIDTH, Tile, hashes_at, tile_path, tile_root


class Leaf(NamedTuple):
    """A row of ledger_leaf; the moment in ticks."""

    place: int
    entry: int
    moment: int
    leaf_hash: bytes


class Leaves(NamedTuple):
    """Neighbouring leaves, column by column: a million rows are handled a column at a time, not a row at a time."""

    places: tuple[int, ...] = ()
    entries: tuple[int, ...] = ()
    moments: tuple[int, ...] = ()
    hashes: tuple[bytes, ...] = ()

    @property
    def number(self) -> int:
        """How many leaves these are."""
        return len(self.places)

    def part(self, start: int, end: int) -> "Leaves":
        """The leaves from ``start`` up to ``end``, counted among these."""
        return Leaves(self.places[start:end], self.entries[start:end], self.moments[start:end], self.hashes[start:end])

    def rows(self) -> Iterator[Leaf]:
        """The leaves one by one."""
        return map(Leaf, *self)


class TreeCheck:
    """Grows the tree leaf by leaf or tile by tile, and knows the root at each step."""

    def __init__(self, connection: Connection, report: Report) -> None:
        self._connection = connection
        self._report = report
        self._upper = TreeBuilder()  # its leaves are the roots of full level-0 tiles
        self._tile = CompactRange()
        self._hashes: list[bytes] = []
        self._entries: list[int] = []
        self._stored: dict[int, tuple[bytes, bytes]] = {}

    @property
    def size(self) -> int:
        """Leaves taken so far."""
        return self._upper.size * WIDTH + len(self._hashes)

    def root(self) -> bytes:
        """The root over the leaves taken so far."""
        for value in self._hashes[self._tile.size :]:
            self._tile.append(value)
        edge = [*self._upper.edge, *self._tile.edge]
        return fold(edge) if edge else EMPTY_ROOT

    def take(self, leaves: Leaves) -> None:
        """Add leaves in order."""
        start = 0
        while start < leaves.number:
            end = min(leaves.number, start + WIDTH - len(self._hashes))
            self._hashes += leaves.hashes[start:end]
            self._entries += leaves.entries[start:end]
            start = end
            if len(self._hashes) == WIDTH:
                self._close_tile()

    def finish(self) -> None:
        """Look for stored tiles that the tree does not have."""
        for level in range(8):
            count = hashes_at(level, self.size) // WIDTH
            row = self._connection.execute(
                "SELECT min(tile_index), count(*) FROM ledger_tile WHERE level = %s AND tile_index >= %s",
                [level, count],
            ).fetchone()
            if row is not None and row[1]:
                self._report.add(
                    Kind.TRUNCATED,
                    f"The database holds tile {tile_path(Tile(level, row[0]))}, for which there are too few entries. "
                    f"The ledger was cut after {self.size:,} entries.",
                )

    def _close_tile(self) -> None:
        hashes, index = b"".join(self._hashes), self._upper.size
        root = self._tile.root() if self._tile.size == WIDTH else tile_root(hashes)
        self._compare(FullTile(0, index, hashes, root))
        for tile in self._upper.append([root]):
            self._compare(FullTile(tile.level + 1, tile.index, tile.hashes, tile.root))
        self._tile, self._hashes, self._entries = CompactRange(), [], []

    def _compare(self, tile: FullTile) -> None:
        stored = self._stored_tile(tile.level, tile.index)
        if stored == (tile.hashes, tile.root):
            return
        name = tile_path(Tile(tile.level, tile.index))
        if stored is None:
            self._report.add(Kind.TILE, f"Tile {name} is missing from the database.")
        elif tile.level > 0 or stored[0] == tile.hashes or len(stored[0]) != len(tile.hashes):
            self._report.add(Kind.TILE, f"Tile {name} is not the one that these leaves make.")
        else:
            self._name_leaves(tile, stored[0])

    def _name_leaves(self, tile: FullTile, stored: bytes) -> None:
        """Tell which leaves are not those of the stored tile, and where they belong if they stand nearby."""
        before = [stored[i : i + HASH_SIZE] for i in range(0, len(stored), HASH_SIZE)]
        places = {value: place for place, value in enumerate(before)}
        for place, (was, value) in enumerate(zip(before, self._hashes, strict=True)):
            if was == value:
                continue
            leaf, entry, home = tile.index * WIDTH + place, self._entries[place], places.get(value)
            if home is None:
                sentence = f"Leaf {leaf} (entry {entry}) is not the leaf that the tree was built with."
            else:
                sentence = f"Entry {entry} stands at leaf {leaf}, but was placed at leaf {tile.index * WIDTH + home}."
            self._report.add(Kind.REORDERED, sentence, entry=entry, leaf=leaf)

    def _stored_tile(self, level: int, index: int) -> tuple[bytes, bytes] | None:
        """A stored tile; those of level 0 are read ahead, thirty-two at a time."""
        if level > 0:
            rows = self._tiles(level, index, 1)
            return rows.get(index)
        if index not in self._stored:
            self._stored = self._tiles(0, index, 32)
        return self._stored.get(index)

    def _tiles(self, level: int, first: int, count: int) -> dict[int, tuple[bytes, bytes]]:
        rows = self._connection.execute(
            "SELECT tile_index, hashes, root FROM ledger_tile WHERE level = %s AND tile_index BETWEEN %s AND %s",
            [level, first, first + count - 1],
            binary=True,
        )
        return {int(index): (bytes(hashes), bytes(root)) for index, hashes, root in rows}
