"""Tiles: the specification's worked example, its paths, and proofs that come out of tiles alone."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollkeeper.ledger import merkle, tiles
from rollkeeper.ledger.tiles import Tile


def leaves(size: int) -> list[bytes]:
    return [merkle.leaf_hash(i.to_bytes(4, "big")) for i in range(size)]


def tile_store(hashes: list[bytes]) -> dict[Tile, bytes]:
    """Every tile of a tree, made level by level from the definition."""
    store, level, row = {}, 0, hashes
    while row:
        for index in range(-(-len(row) // 256)):
            part = row[index * 256 : index * 256 + 256]
            store[Tile(level, index, len(part))] = b"".join(part)
        full = [row[i : i + 256] for i in range(0, len(row) // 256 * 256, 256)]
        row = [merkle.range_head(0, 256, merkle.nodes_of(part)) for part in full]
        level += 1
    return store


def test_the_worked_example_of_the_specification() -> None:
    """70,000 leaves: 273 full and one 112-wide tile, one full and one 17-wide, one 1-wide."""
    shape = Counter((tile.level, tile.width) for tile in tiles.tiles_of(70_000))

    assert shape == {(0, 256): 273, (0, 112): 1, (1, 256): 1, (1, 17): 1, (2, 1): 1}
    assert Counter((tile.level, tile.width) for tile in tiles.tiles_of(256)) == {(0, 256): 1, (1, 1): 1}
    assert tiles.tiles_of(0) == []


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "0/000"),
        (Tile(0, 273, 112), "0/273.p/112"),
        (Tile(1, 1, 17), "1/001.p/17"),
        (Tile(3, 1234067), "3/x001/x234/067"),
        (Tile(0, 1000, 1), "0/x001/000.p/1"),
        (Tile(63, 999), "63/999"),
    ],
)
def test_paths(tile: Tile, path: str) -> None:
    assert tiles.tile_path(tile) == path
    assert tiles.parse_tile_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "0",
        "0/",
        "0/0",
        "0/1234",
        "00/000",
        "64/000",
        "-1/000",
        "0/x000/000",
        "0/001/234",
        "0/x001/x234",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/01",
        "0/000.p/",
        "0/000.p/999",
        "0/000/",
        "0/٠٠٠",
        "0/000\n",
        "../0/000",
        "entries/000",
        "0/" + "x001/" * 30 + "000",
    ],
)
def test_other_spellings_name_no_tile(path: str) -> None:
    with pytest.raises(tiles.NoSuchTile):
        tiles.parse_tile_path(path)


@given(st.integers(0, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_a_path_leads_back_to_its_tile(level: int, index: int, width: int) -> None:
    tile = Tile(level, index, width)

    assert tiles.parse_tile_path(tiles.tile_path(tile)) == tile


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 1000, 65_536, 66_000])
def test_proofs_from_tiles_equal_proofs_from_leaves(size: int) -> None:
    hashes = leaves(size)
    store, nodes = tile_store(hashes), merkle.nodes_of(hashes)
    from_tiles = tiles.tile_nodes(size, store.__getitem__)

    assert set(store) == set(tiles.tiles_of(size))
    for index in {0, 1, size // 2, size - 1} & set(range(size)):
        assert merkle.inclusion_proof(index, size, from_tiles) == merkle.inclusion_proof(index, size, nodes)
    for old in {1, size // 3, size - 1, size} & set(range(1, size + 1)):
        assert merkle.consistency_proof(old, size, from_tiles) == merkle.consistency_proof(old, size, nodes)
    assert merkle.CompactRange.from_nodes(size, from_tiles).root() == merkle.range_head(0, size, nodes)


def test_a_tile_root_is_the_head_of_its_hashes() -> None:
    hashes = leaves(256)

    assert tiles.tile_root(b"".join(hashes)) == merkle.range_head(0, 256, merkle.nodes_of(hashes))
    with pytest.raises(ValueError, match="8192"):
        tiles.tile_root(b"".join(hashes[:255]))


def test_pairing_leaves_out_a_hash_without_a_partner() -> None:
    one, two, three = leaves(3)

    assert tiles.pair_up(one + two + three) == merkle.node_hash(one, two)
    assert tiles.pair_up(one) == b""


def test_a_tile_outside_the_tree_and_a_tile_of_the_wrong_length_are_refused() -> None:
    with pytest.raises(tiles.NoSuchTile, match="no tile 1"):
        tiles.tile_for(0, 1, 256)
    with pytest.raises(tiles.NoSuchTile, match="should have 64 bytes"):
        tiles.tile_nodes(2, lambda tile: b"short")(0, 0)
    assert tiles.is_within(Tile(0, 0, 3), 3)
    assert not tiles.is_within(Tile(0, 0, 4), 3)
    assert not tiles.is_within(Tile(1, 0, 1), 255)
