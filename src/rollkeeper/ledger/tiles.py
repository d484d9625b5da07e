"""C2SP tlog-tiles: the tree as tiles of 256 hashes (https://c2sp.org/tlog-tiles). Pure.

Tile ``(level, index)`` holds the heads of 256 neighbouring subtrees of ``256**level`` leaves each: the nodes of the
tree levels ``8 * level`` and up. A full tile never changes; the partial tile at the right edge is named by its width.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from rollkeeper.ledger.merkle import HASH_SIZE, Nodes

WIDTH = 256
HEIGHT = 8  # a full tile is a complete subtree of 8 levels
TILE_BYTES = WIDTH * HASH_SIZE
MAX_LEVEL = 63

ReadTile = Callable[["Tile"], bytes]

_PATH = re.compile(r"(0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class NoSuchTile(Exception):
    """A path names no tile, or a tile outside the tree."""


@dataclass(frozen=True)
class Tile:
    """A tile by level, index and width (256 when full)."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def is_full(self) -> bool:
        """Whether the tile is final."""
        return self.width == WIDTH


def tile_path(tile: Tile) -> str:
    """``<L>/<N>[.p/<W>]``; index 1234067 is written ``x001/x234/067``."""
    digits = f"{tile.index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    path = "/".join([f"x{part}" for part in parts[:-1]] + parts[-1:])
    return f"{tile.level}/{path}" + ("" if tile.is_full else f".p/{tile.width}")


def parse_tile_path(path: str) -> Tile:
    """The tile a path names. Raises ``NoSuchTile`` for anything but the one spelling of the specification."""
    match = _PATH.fullmatch(path, 0, 100)
    if match is None:
        raise NoSuchTile("This is not the path of a tile.")
    level, index = int(match[1]), int(match[2].replace("x", "").replace("/", ""))
    tile = Tile(level, index, int(match[3]) if match[3] else WIDTH)
    if level > MAX_LEVEL or (match[3] and tile.is_full) or tile.width > WIDTH or tile_path(tile) != path:
        raise NoSuchTile("This is not the path of a tile.")
    return tile


def hashes_at(level: int, size: int) -> int:
    """How many hashes the tiles of a level hold for a tree of ``size`` leaves."""
    return size >> (HEIGHT * level)


def tiles_of(size: int) -> list[Tile]:
    """Every tile of a tree of ``size`` leaves, full and partial, level by level."""
    found, level = [], 0
    while count := hashes_at(level, size):
        full, rest = divmod(count, WIDTH)
        found += [Tile(level, index) for index in range(full)]
        if rest:
            found.append(Tile(level, full, rest))
        level += 1
    return found


def tile_for(level: int, index: int, size: int) -> Tile:
    """Tile ``index`` of a level as it stands in a tree of ``size`` leaves. Raises ``NoSuchTile`` when it is empty."""
    width = min(WIDTH, hashes_at(level, size) - index * WIDTH)
    if width <= 0:
        raise NoSuchTile(f"A tree of {size} leaves has no tile {index} at level {level}.")
    return Tile(level, index, width)


def is_within(tile: Tile, size: int) -> bool:
    """Whether a tree of ``size`` leaves has all the hashes of this tile."""
    return tile.index * WIDTH + tile.width <= hashes_at(tile.level, size)


def pair_up(hashes: bytes) -> bytes:
    """The level above: node hashes of neighbouring pairs. A last hash without a partner is left out."""
    return b"".join(
        [sha256(b"\x01" + hashes[i : i + 64]).digest() for i in range(0, len(hashes) - HASH_SIZE, 2 * HASH_SIZE)]
    )


def tile_root(hashes: bytes) -> bytes:
    """The head over the 256 hashes of a full tile."""
    if len(hashes) != TILE_BYTES:
        raise ValueError(f"A full tile has {TILE_BYTES} bytes, not {len(hashes)}.")
    while len(hashes) > HASH_SIZE:
        hashes = pair_up(hashes)
    return hashes


def tile_nodes(size: int, read: ReadTile) -> Nodes:
    """The complete subtrees of a tree of ``size`` leaves, read from its tiles; each tile is read and hashed once."""
    known: dict[tuple[int, int], list[bytes]] = {}

    def nodes(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, HEIGHT)
        tile_index, offset = divmod(index << height, WIDTH)
        heights = known.get((tile_level, tile_index))
        if heights is None:
            tile = tile_for(tile_level, tile_index, size)
            heights = known[tile_level, tile_index] = [_checked(tile, read(tile))]
        while len(heights) <= height:
            heights.append(pair_up(heights[-1]))
        start = (offset >> height) * HASH_SIZE
        return heights[height][start : start + HASH_SIZE]

    return nodes


def _checked(tile: Tile, hashes: bytes) -> bytes:
    if len(hashes) != tile.width * HASH_SIZE:
        raise NoSuchTile(f"Tile {tile_path(tile)} should have {tile.width * HASH_SIZE} bytes and has {len(hashes)}.")
    return hashes
