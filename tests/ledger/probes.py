"""Bad proofs, made from good ones: the classes of transparency-dev/merkle testdata.

Each probe changes one thing: an index, a size, a root, a leaf, or the proof's hashes (missing, added, cut short,
swapped, inserted). Whatever a probe yields must be refused.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

GARBAGE = sha256(b"garbage").digest()


class Inclusion(NamedTuple):
    """What ``verify_inclusion`` is given."""

    leaf: bytes
    place: int
    size: int
    proof: list[bytes]
    root: bytes


class Consistency(NamedTuple):
    """What ``verify_consistency`` is given."""

    old: int
    size: int
    proof: list[bytes]
    old_root: bytes
    root: bytes


def bad_hashes(good: bytes) -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "garbage", GARBAGE
    yield "a bit flipped", bytes([good[0] ^ 1]) + good[1:]
    yield "cut short", good[:-1]
    yield "a byte too long", good + b"\x00"
    yield "doubled", good + good


def bad_proofs(good: Sequence[bytes], *roots: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Proofs of the wrong shape or content; ``roots`` are hashes an attacker would try to slip in."""
    good = list(good)
    for extra in (b"", GARBAGE, *roots):
        yield "trailing hash", [*good, extra]
        yield "preceding hash", [extra, *good]
        for place in range(1, len(good)):
            yield f"hash inserted at {place}", [*good[:place], extra, *good[place:]]
    for place in range(len(good)):
        yield f"hash {place} missing", good[:place] + good[place + 1 :]
        yield f"cut before {place}", good[:place]
        for name, value in bad_hashes(good[place]):
            yield f"hash {place} {name}", [*good[:place], value, *good[place + 1 :]]
        other = (place + 1) % len(good)
        if good[other] != good[place]:
            swapped = list(good)
            swapped[place], swapped[other] = swapped[other], swapped[place]
            yield f"hashes {place} and {other} swapped", swapped
    if len(good) > 1:
        yield "all hashes cut short", [value[:-1] for value in good]
        yield "all hashes joined into one", [b"".join(good)]


def bad_inclusions(good: Inclusion) -> Iterator[tuple[str, Inclusion]]:
    for index in {-1, good.place - 1, good.place + 1, good.place ^ 2, good.place + good.size, good.size, 1 << 64}:
        yield f"index {index}", good._replace(place=index)
    for size in {0, -1, good.place, good.size * 2 if good.proof else 2, good.size // 2}:
        if size != good.size and not _same_shape(good.place, good.size, size):
            yield f"size {size}", good._replace(size=size)
    for name, value in bad_hashes(good.leaf):
        yield f"leaf {name}", good._replace(leaf=value)
    for name, value in bad_hashes(good.root):
        yield f"root {name}", good._replace(root=value)
    for name, proof in bad_proofs(good.proof, good.leaf, good.root):
        yield name, good._replace(proof=proof)


def bad_consistencies(good: Consistency) -> Iterator[tuple[str, Consistency]]:
    for old in {-1, 0, good.old - 1, good.old + 1, good.size + 1}:
        yield f"old size {old}", good._replace(old=old)
    for size in {-1, 0, good.old - 1, good.size * 2}:
        yield f"size {size}", good._replace(size=size)
    yield "sizes swapped", good._replace(old=good.size, size=good.old)
    yield "roots swapped", good._replace(old_root=good.root, root=good.old_root)
    yield "equal roots", good._replace(old_root=good.root)
    for name, value in bad_hashes(good.old_root):
        yield f"old root {name}", good._replace(old_root=value)
    for name, value in bad_hashes(good.root):
        yield f"root {name}", good._replace(root=value)
    for name, proof in bad_proofs(good.proof, good.old_root, good.root):
        yield name, good._replace(proof=proof)


def empty_tree_probes() -> Iterator[tuple[str, Consistency]]:
    """A tree of no leaves proves nothing, whatever roots and proof come with it."""
    empty = sha256(b"").digest()
    for old_root, root in ((GARBAGE, GARBAGE), (empty, empty), (empty, GARBAGE), (b"", b"")):
        for proof in ([], [GARBAGE], [root]):
            yield f"0 to 0 with {len(proof)} hashes", Consistency(0, 0, proof, old_root, root)
            yield f"0 to 5 with {len(proof)} hashes", Consistency(0, 5, proof, old_root, root)


def _same_shape(index: int, size: int, other: int) -> bool:
    """Two sizes in which the path to a leaf folds alike: the signed size tells them apart, the proof cannot."""
    return _shape(index, size) == _shape(index, other)


def _shape(index: int, size: int) -> list[str]:
    fn, sn, sides = index, size - 1, []
    while sn > 0:
        if fn & 1 or fn == sn:
            sides.append("left")
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sides.append("right")
        fn, sn = fn >> 1, sn >> 1
    return sides
