"""The Merkle tree of RFC 6962 / RFC 9162: heads, proofs and their checks. Pure; hashes are 32 bytes of SHA-256.

Names follow the RFCs. A *node* is a complete subtree: ``(level, index)`` spans the leaves
``[index * 2**level, (index + 1) * 2**level)``. A proof is built from any ``Nodes`` function that returns such hashes,
so the same code serves a list in memory (``nodes_of``) and tiles in a database (``tiles.tile_nodes``).
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()

Nodes = Callable[[int, int], bytes]
Range = tuple[int, int]


class ProofRefused(Exception):
    """A proof does not show what it claims to show."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry), RFC 9162 section 2.1.1."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right), RFC 9162 section 2.1.1."""
    return sha256(b"\x01" + left + right).digest()


def split_point(size: int) -> int:
    """The largest power of two smaller than size (size >= 2)."""
    return 1 << (size - 1).bit_length() - 1


def tree_head(entries: Sequence[bytes]) -> bytes:
    """MTH(D[n]) of RFC 6962, section 2.1, over the entries themselves."""
    builder = CompactRange()
    builder.extend(leaf_hash(entry) for entry in entries)
    return builder.root()


class CompactRange:
    """The right edge of a growing tree: the heads of its complete subtrees, largest first."""

    def __init__(self, size: int = 0, edge: Iterable[bytes] = ()) -> None:
        self.size = size
        self._edge = list(edge)
        if size < 0 or len(self._edge) != size.bit_count():
            raise ValueError(
                f"A tree of {size} leaves has {size.bit_count()} complete subtrees, not {len(self._edge)}."
            )

    @classmethod
    def from_nodes(cls, size: int, nodes: Nodes) -> "CompactRange":
        """The edge of an existing tree of ``size`` leaves."""
        return cls(size, [nodes(level, index) for level, index in edge_nodes(0, size)])

    @property
    def edge(self) -> tuple[bytes, ...]:
        """The heads of the complete subtrees, largest first."""
        return tuple(self._edge)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        check_hash(leaf)
        size = self.size
        while size & 1:
            leaf = node_hash(self._edge.pop(), leaf)
            size >>= 1
        self._edge.append(leaf)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes in order."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """The head of the tree so far."""
        return fold(self._edge) if self._edge else EMPTY_ROOT


def fold(edge: Sequence[bytes]) -> bytes:
    """The head over neighbouring complete subtrees, given largest first."""
    head = edge[-1]
    for left in reversed(edge[:-1]):
        head = node_hash(left, head)
    return head


def edge_nodes(start: int, end: int) -> list[Range]:
    """The complete subtrees ``(level, index)`` of leaves [start, end), largest first.

    ``start`` must be a multiple of the smallest power of two not below ``end - start``, as it is in every proof.
    """
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def range_head(start: int, end: int, nodes: Nodes) -> bytes:
    """MTH(D[start:end])."""
    return fold([nodes(level, index) for level, index in edge_nodes(start, end)])


def path_ranges(index: int, size: int) -> list[Range]:
    """The leaf ranges whose heads make PATH(index, D[size]), RFC 9162 section 2.1.3.1, leaf side first."""
    start, end, ranges = 0, size, []
    while end - start > 1:
        middle = start + split_point(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def proof_ranges(old: int, size: int) -> list[Range]:
    """The leaf ranges whose heads make PROOF(old, D[size]), RFC 9162 section 2.1.4.1."""
    start, end, ranges, whole = 0, size, [], True
    while end != old:
        middle = start + split_point(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, whole = middle, False
    if not whole:
        ranges.append((start, end))
    return ranges[::-1]


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """PATH(index, D[size]): the proof that leaf ``index`` is in the tree of ``size`` leaves."""
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} leaves has no leaf {index}.")
    return [range_head(start, end, nodes) for start, end in path_ranges(index, size)]


def consistency_proof(old: int, size: int, nodes: Nodes) -> list[bytes]:
    """PROOF(old, D[size]): the proof that the tree of ``old`` leaves is the beginning of that of ``size`` leaves."""
    if not 0 < old <= size:
        raise ValueError(f"There is no consistency proof from {old} to {size} leaves.")
    return [range_head(start, end, nodes) for start, end in proof_ranges(old, size)]


def nodes_of(leaves: Sequence[bytes]) -> Nodes:
    """The complete subtrees over leaf hashes held in memory. Levels are computed once, when first asked for."""
    levels = [list(leaves)]

    def nodes(level: int, index: int) -> bytes:
        while len(levels) <= level:
            below = levels[-1]
            levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
        return levels[level][index]

    return nodes


def check_hash(value: bytes) -> None:
    """Refuse anything that is not 32 bytes long."""
    if len(value) != HASH_SIZE:
        raise ProofRefused(f"A hash has {HASH_SIZE} bytes; this one has {len(value)}.")


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """RFC 9162 section 2.1.3.2. Raises ``ProofRefused`` unless leaf ``index`` of tree ``(size, root)`` is ``leaf``."""
    for value in (leaf, root, *proof):
        check_hash(value)
    if not 0 <= index < size:
        raise ProofRefused(f"Leaf {index} is not in a tree of {size} leaves.")
    fn, sn, head = index, size - 1, leaf
    for sibling in proof:
        if sn == 0:
            raise ProofRefused("The inclusion proof is too long for this tree.")
        if fn & 1 or fn == sn:
            head = node_hash(sibling, head)
            fn, sn = _climb(fn, sn)
        else:
            head = node_hash(head, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise ProofRefused("The inclusion proof is too short for this tree.")
    if head != root:
        raise ProofRefused("The inclusion proof leads to another root: the entry is not at this place in this tree.")


def verify_consistency(old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> None:
    """RFC 9162 section 2.1.4.2. Raises ``ProofRefused`` unless ``(old, old_root)`` is a prefix of ``(size, root)``.

    An empty tree proves nothing and is refused: whoever holds a checkpoint of size 0 compares its root with EMPTY_ROOT.
    """
    for value in (old_root, root, *proof):
        check_hash(value)
    if not 0 < old <= size:
        raise ProofRefused(f"No consistency proof leads from {old} to {size} leaves.")
    if old == size:
        if proof or old_root != root:
            raise ProofRefused("Two trees of one size have different roots, or a proof where none belongs.")
        return
    path = [old_root, *proof] if old.bit_count() == 1 else list(proof)
    if not proof:
        raise ProofRefused("The consistency proof is empty.")
    _walk_consistency(old - 1, size - 1, path, old_root, root)


def _walk_consistency(fn: int, sn: int, path: Sequence[bytes], old_root: bytes, root: bytes) -> None:
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old_head = head = path[0]
    for sibling in path[1:]:
        if sn == 0:
            raise ProofRefused("The consistency proof is too long for these trees.")
        if fn & 1 or fn == sn:
            old_head, head = node_hash(sibling, old_head), node_hash(sibling, head)
            fn, sn = _climb(fn, sn)
        else:
            head = node_hash(head, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise ProofRefused("The consistency proof is too short for these trees.")
    if old_head != old_root:
        raise ProofRefused("The older tree is not the beginning of the newer one.")
    if head != root:
        raise ProofRefused("The consistency proof leads to another root of the newer tree.")


def _climb(fn: int, sn: int) -> Range:
    """Skip the levels at which the last node has no right neighbour (RFC 9162: until LSB(fn) is set or fn is 0)."""
    while fn and not fn & 1:
        fn, sn = fn >> 1, sn >> 1
    return fn, sn
