"""The growing edge of the tree: leaf hashes in, finished tiles out, and the root at any moment. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from rollkeeper.ledger.merkle import EMPTY_ROOT, HASH_SIZE, CompactRange, fold
from rollkeeper.ledger.tiles import HEIGHT, WIDTH, ReadTile, hashes_at, tile_for


@dataclass(frozen=True)
class FullTile:
    """A tile that will never change, with the head over its 256 hashes."""

    level: int
    index: int
    hashes: bytes
    root: bytes


class TreeBuilder:
    """The partial tile of every level. Each leaf costs two hashes at most on average, whatever the tree's size."""

    def __init__(self) -> None:
        self.size = 0
        self._rows: list[list[bytes]] = []
        self._edges: list[CompactRange] = []

    @classmethod
    def load(cls, size: int, read: ReadTile) -> "TreeBuilder":
        """Go on from a stored tree of ``size`` leaves; reads one partial tile a level."""
        builder = cls()
        builder.size = size
        level = 0
        while count := hashes_at(level, size):
            full, width = divmod(count, WIDTH)
            raw = read(tile_for(level, full, size)) if width else b""
            if len(raw) != width * HASH_SIZE:
                raise ValueError(f"The partial tile at level {level} should hold {width} hashes.")
            builder._open_row([raw[i : i + HASH_SIZE] for i in range(0, len(raw), HASH_SIZE)])
            level += 1
        return builder

    def append(self, leaves: Iterable[bytes]) -> list[FullTile]:
        """Add leaf hashes in order; returns the tiles that became full, lower levels first."""
        finished: list[FullTile] = []
        for leaf in leaves:
            self.size += 1
            self._add(0, leaf, finished)
        return finished

    def root(self) -> bytes:
        """The head of the tree so far."""
        edge = self.edge
        return fold(edge) if edge else EMPTY_ROOT

    @property
    def edge(self) -> list[bytes]:
        """The heads of the complete subtrees, largest first."""
        return [node for level in reversed(self._edges) for node in level.edge]

    def _add(self, level: int, value: bytes, finished: list[FullTile]) -> None:
        if level == len(self._rows):
            self._open_row([])
        row, edge = self._rows[level], self._edges[level]
        row.append(value)
        edge.append(value)
        if edge.size < WIDTH:
            return
        index = (self.size >> (HEIGHT * (level + 1))) - 1
        finished.append(FullTile(level, index, b"".join(row), edge.root()))
        self._rows[level], self._edges[level] = [], CompactRange()
        self._add(level + 1, edge.root(), finished)

    def _open_row(self, hashes: list[bytes]) -> None:
        edge = CompactRange()
        edge.extend(hashes)
        self._rows.append(hashes)
        self._edges.append(edge)
