"""The tree against the published vectors, the recursive definitions and the bad probes."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollkeeper.ledger import merkle
from tests.ledger import probes, reference, vectors

LEAF_HASHES = [merkle.leaf_hash(leaf) for leaf in vectors.CT_LEAVES]


def named(names: str) -> list[bytes]:
    return [bytes.fromhex(vectors.CT_NODES[name]) for name in names.split()]


def accepts_inclusion(probe: probes.Inclusion) -> bool:
    try:
        merkle.verify_inclusion(*probe)
    except merkle.ProofRefused:
        return False
    return True


def accepts_consistency(probe: probes.Consistency) -> bool:
    try:
        merkle.verify_consistency(*probe)
    except merkle.ProofRefused:
        return False
    return True


def test_leaf_and_node_hashes_of_the_ct_tree() -> None:
    for place, leaf in enumerate(vectors.CT_LEAVES):
        assert merkle.leaf_hash(leaf).hex() == vectors.CT_NODES[f"L{place}"]
    nodes = merkle.nodes_of(LEAF_HASHES)
    for name, value in vectors.CT_NODES.items():
        if name.startswith("["):
            start, end = map(int, name.strip("[)").split(","))
            assert merkle.range_head(start, end, nodes).hex() == value


def test_single_hashes() -> None:
    leaf = bytes.fromhex("101112131415161718191a1b1c1d1e1f")
    node = merkle.node_hash(bytes(range(32)), bytes(range(32, 64)))

    assert merkle.leaf_hash(leaf).hex() == "3bfb960453ebaebf33727da7a1f4db38acc051d381b6da20d6d4e88f0eabfd7a"
    assert node.hex() == "1a378704c17da31e2d05b6d121c2bb2c7d76f6ee6fa8f983e596c2d034963c57"


@pytest.mark.parametrize("size", range(9))
def test_roots_of_the_ct_tree(size: int) -> None:
    assert merkle.tree_head(vectors.CT_LEAVES[:size]).hex() == vectors.CT_ROOTS[size]


@pytest.mark.parametrize("size", vectors.CT_INCLUSION)
def test_inclusion_proofs_of_the_ct_tree(size: int) -> None:
    nodes = merkle.nodes_of(LEAF_HASHES)
    root = bytes.fromhex(vectors.CT_ROOTS[size])

    for index, names in enumerate(vectors.CT_INCLUSION[size].split("|")):
        proof = merkle.inclusion_proof(index, size, nodes)
        assert proof == named(names)
        merkle.verify_inclusion(LEAF_HASHES[index], index, size, proof, root)


@pytest.mark.parametrize(("old", "size"), vectors.CT_CONSISTENCY)
def test_consistency_proofs_of_the_ct_tree(old: int, size: int) -> None:
    proof = merkle.consistency_proof(old, size, merkle.nodes_of(LEAF_HASHES))

    assert proof == named(vectors.CT_CONSISTENCY[old, size])


def test_every_pair_of_sizes_of_the_ct_tree_is_consistent() -> None:
    roots = [bytes.fromhex(root) for root in vectors.CT_ROOTS]
    nodes = merkle.nodes_of(LEAF_HASHES)
    pairs = [(old, size) for size in range(1, 9) for old in range(1, size + 1)]

    for old, size in pairs:
        merkle.verify_consistency(old, size, merkle.consistency_proof(old, size, nodes), roots[old], roots[size])
    assert len(pairs) == 36


def test_a_proof_from_a_real_log_of_three_million() -> None:
    path = [bytes.fromhex(value) for value in vectors.REAL_PATH]
    leaf, root = bytes.fromhex(vectors.REAL_LEAF_HASH), bytes.fromhex(vectors.REAL_ROOT)
    good = probes.Inclusion(leaf, vectors.REAL_INDEX, vectors.REAL_SIZE, path, root)

    assert len(path) == 22
    assert accepts_inclusion(good)
    assert [name for name, bad in probes.bad_inclusions(good) if accepts_inclusion(bad)] == []


def test_every_subtree_head_and_proof_to_130_leaves() -> None:
    """The two sums over all subtrees of draft-ietf-plants-merkle-tree-certs."""
    nodes = merkle.nodes_of([merkle.leaf_hash(bytes([i])) for i in range(130)])
    heads, proofs = sha256(), sha256()

    for end in range(131):
        for start in range(end + 1):
            if start == end or start == 0 or start % (1 << (end - start - 1).bit_length()) == 0:
                head = merkle.range_head(start, end, nodes) if end > start else merkle.EMPTY_ROOT
                heads.update(f"[{start}, {end}) {head.hex()}\n".encode())
                for index in range(start, end):
                    ranges = merkle.path_ranges(index - start, end - start)
                    path = [merkle.range_head(start + a, start + b, nodes).hex() for a, b in ranges]
                    proofs.update(" ".join([f"{index} [{start}, {end})", *path]).encode() + b"\n")

    assert heads.hexdigest() == vectors.SUBTREE_HEADS_SHA256
    assert proofs.hexdigest() == vectors.SUBTREE_PROOFS_SHA256


def test_the_two_published_single_byte_roots() -> None:
    assert merkle.tree_head([bytes([i]) for i in range(7)]).hex() == vectors.ROOT_OF_7
    assert merkle.tree_head([bytes([i]) for i in range(130)]).hex() == vectors.ROOT_OF_130


def test_the_roots_of_the_tessera_log() -> None:
    for size, root in vectors.TESSERA_ROOTS.items():
        assert merkle.tree_head(vectors.TESSERA_ENTRIES[:size]).hex() == root


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 8, 13, 64, 100])
def test_bad_inclusion_proofs_are_refused(size: int) -> None:
    entries = [bytes([i]) for i in range(size)]
    nodes = merkle.nodes_of([merkle.leaf_hash(entry) for entry in entries])
    for index in sorted({0, size // 3, size // 2, size - 1}):
        proof = merkle.inclusion_proof(index, size, nodes)
        good = probes.Inclusion(merkle.leaf_hash(entries[index]), index, size, proof, merkle.tree_head(entries))

        assert accepts_inclusion(good)
        assert [name for name, bad in probes.bad_inclusions(good) if accepts_inclusion(bad)] == []


@pytest.mark.parametrize(("old", "size"), [(1, 2), (1, 8), (2, 5), (3, 7), (4, 8), (6, 8), (7, 8), (21, 64), (64, 100)])
def test_bad_consistency_proofs_are_refused(old: int, size: int) -> None:
    entries = [bytes([i]) for i in range(size)]
    nodes = merkle.nodes_of([merkle.leaf_hash(entry) for entry in entries])
    proof = merkle.consistency_proof(old, size, nodes)
    good = probes.Consistency(old, size, proof, merkle.tree_head(entries[:old]), merkle.tree_head(entries))

    assert accepts_consistency(good)
    assert [name for name, bad in probes.bad_consistencies(good) if accepts_consistency(bad)] == []


def test_equal_sizes_need_equal_roots_and_no_proof() -> None:
    root = merkle.tree_head([b"a", b"b"])

    assert accepts_consistency(probes.Consistency(2, 2, [], root, root))
    assert not accepts_consistency(probes.Consistency(2, 2, [root], root, root))
    assert not accepts_consistency(probes.Consistency(2, 2, [], probes.GARBAGE, root))
    assert not accepts_consistency(probes.Consistency(2, 2, [], b"x", b"x"))


def test_an_empty_tree_proves_nothing() -> None:
    assert [name for name, bad in probes.empty_tree_probes() if accepts_consistency(bad)] == []
    assert not accepts_inclusion(probes.Inclusion(merkle.EMPTY_ROOT, 0, 0, [], merkle.EMPTY_ROOT))


@given(st.lists(st.binary(max_size=8), max_size=80))
def test_the_builder_agrees_with_the_definition(entries: list[bytes]) -> None:
    assert merkle.tree_head(entries) == reference.mth(entries)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=80), st.data())
def test_inclusion_proofs_agree_with_the_definition(entries: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(entries) - 1))
    nodes = merkle.nodes_of([merkle.leaf_hash(entry) for entry in entries])

    proof = merkle.inclusion_proof(index, len(entries), nodes)

    assert proof == reference.path(index, entries)
    merkle.verify_inclusion(merkle.leaf_hash(entries[index]), index, len(entries), proof, reference.mth(entries))


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=80), st.data())
def test_consistency_proofs_agree_with_the_definition(entries: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(entries)))
    nodes = merkle.nodes_of([merkle.leaf_hash(entry) for entry in entries])

    proof = merkle.consistency_proof(old, len(entries), nodes)

    assert proof == reference.proof(old, entries)
    merkle.verify_consistency(old, len(entries), proof, reference.mth(entries[:old]), reference.mth(entries))


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=40), st.data())
def test_a_changed_entry_changes_every_later_root(entries: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(entries) - 1))
    changed = [*entries[:place], entries[place] + b"!", *entries[place + 1 :]]

    for size in range(place + 1, len(entries) + 1):
        assert merkle.tree_head(changed[:size]) != merkle.tree_head(entries[:size])


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70), st.integers(0, 70))
def test_a_builder_restarted_from_nodes_goes_on_as_if_nothing_happened(leaves: list[bytes], cut: int) -> None:
    cut = min(cut, len(leaves))
    restarted = merkle.CompactRange.from_nodes(cut, merkle.nodes_of(leaves[:cut]))
    straight = merkle.CompactRange()

    restarted.extend(leaves[cut:])
    straight.extend(leaves)

    assert (restarted.size, restarted.root()) == (straight.size, straight.root())


def test_a_builder_refuses_what_is_not_a_hash() -> None:
    with pytest.raises(merkle.ProofRefused):
        merkle.CompactRange().append(b"short")
    with pytest.raises(ValueError, match="complete subtrees"):
        merkle.CompactRange(3, [merkle.EMPTY_ROOT])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_no_proof_is_made_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_proof(index, size, merkle.nodes_of(LEAF_HASHES))
    with pytest.raises(ValueError, match="no consistency proof"):
        merkle.consistency_proof(0, size, merkle.nodes_of(LEAF_HASHES))
