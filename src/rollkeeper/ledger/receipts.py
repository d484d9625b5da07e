"""Receipts: an entry, its place in the tree and a signed checkpoint, checkable offline.

The format is C2SP tlog-proof (https://c2sp.org/tlog-proof), file ending ``.tlog-proof``. Its ``extra`` line carries the
leaf itself: 32 bytes of salt followed by the entry's canonical JSON. The line needs no trust: the leaf hash is
SHA-256(0x00 || salt || body), and the proof leads from that hash to the signed root.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rollkeeper.ledger.checkpoints import SignedCheckpoint, open_checkpoint
from rollkeeper.ledger.merkle import HASH_SIZE, leaf_hash, verify_inclusion
from rollkeeper.ledger.notes import VerifierKey

HEADER = "c2sp.org/tlog-proof@v1"
SUFFIX = ".tlog-proof"
SALT_SIZE = 32
MAX_PROOF_LINES = 63
MAX_RECEIPT_CHARS = 1_000_000


class ReceiptRefused(Exception):
    """A text is not a receipt."""


@dataclass(frozen=True)
class Receipt:
    """A receipt as written; nothing in it is verified."""

    index: int
    proof: tuple[bytes, ...]
    checkpoint_note: str
    salt: bytes
    body: bytes  # canonical JSON (RFC 8785), UTF-8

    def text(self) -> str:
        """The ``.tlog-proof`` file."""
        lines = [HEADER, f"extra {_encode(self.salt + self.body)}", f"index {self.index}", *map(_encode, self.proof)]
        return "".join(f"{line}\n" for line in lines) + "\n" + self.checkpoint_note


@dataclass(frozen=True)
class VerifiedReceipt:
    """What a receipt proves: this body is leaf ``index`` of the tree that the log signed."""

    index: int
    body: bytes
    signed: SignedCheckpoint


def parse_receipt(text: str) -> Receipt:
    """Read a ``.tlog-proof`` file with its leaf. Raises ``ReceiptRefused``."""
    if len(text) > MAX_RECEIPT_CHARS:
        raise ReceiptRefused("The file is too long for a receipt.")
    head, gap, note = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or lines[0] != HEADER or len(lines) < 3:
        raise ReceiptRefused(f"This is not a receipt: the first line should read {HEADER}.")
    extra = re.fullmatch(r"extra ([A-Za-z0-9+/=]+)", lines[1])
    index = re.fullmatch(r"index (0|[1-9][0-9]{0,18})", lines[2])
    if extra is None or index is None:
        raise ReceiptRefused("The receipt is incomplete: it needs a line 'extra' and a line 'index'.")
    leaf = _decode(extra[1])
    if len(leaf) <= SALT_SIZE:
        raise ReceiptRefused("The receipt holds no entry.")
    proof = tuple(_decode(line) for line in lines[3:])
    if len(proof) > MAX_PROOF_LINES or any(len(value) != HASH_SIZE for value in proof):
        raise ReceiptRefused("The proof in the receipt is malformed.")
    return Receipt(int(index[1]), proof, note, leaf[:SALT_SIZE], leaf[SALT_SIZE:])


def verify_receipt(receipt: Receipt, keys: Sequence[VerifierKey]) -> VerifiedReceipt:
    """Check signature and proof with keys you trust.

    Raises ``CheckpointRefused`` (signature, other log) or ``ProofRefused`` (the entry is not in that tree).
    """
    signed = open_checkpoint(receipt.checkpoint_note, keys)
    leaf = leaf_hash(receipt.salt + receipt.body)
    verify_inclusion(leaf, receipt.index, signed.checkpoint.size, receipt.proof, signed.checkpoint.root)
    return VerifiedReceipt(receipt.index, receipt.body, signed)


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decode(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if not raw or _encode(raw) != text:
        raise ReceiptRefused("A line of the receipt is not base64.")
    return raw
