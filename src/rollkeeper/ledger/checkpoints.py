"""C2SP tlog-checkpoints: origin, size and root of the tree as a signed note (https://c2sp.org/tlog-checkpoint).

The log signs twice with one key: the note signature every client understands, and a timestamped cosignature
(https://c2sp.org/tlog-cosignature) that puts the time of signing under the signature too. The note's text has no time.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rollkeeper.ledger.merkle import EMPTY_ROOT, HASH_SIZE
from rollkeeper.ledger.notes import NoteRefused, Signer, VerifierKey, open_note, split_note


class CheckpointRefused(Exception):
    """A checkpoint is malformed, of another log, or not signed by the log."""


@dataclass(frozen=True)
class Checkpoint:
    """A tree head: ``size`` leaves under ``root``, of the log ``origin``."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The note text."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions]
        return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True)
class SignedCheckpoint:
    """A checkpoint whose signature was verified. ``time`` is the signed time (POSIX seconds), when there is one."""

    checkpoint: Checkpoint
    note: str
    time: int | None


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a note's text as a checkpoint. Raises ``CheckpointRefused``."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise CheckpointRefused("A checkpoint has at least three lines: origin, size, root; none of them empty.")
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
        raise CheckpointRefused("The tree size in the checkpoint is not a plain number.")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError):
        root = b""
    if len(root) != HASH_SIZE or base64.b64encode(root).decode() != lines[2]:
        raise CheckpointRefused("The root in the checkpoint is not the base64 of 32 bytes.")
    checkpoint = Checkpoint(lines[0], int(lines[1]), root, tuple(lines[3:-1]))
    if checkpoint.size == 0 and root != EMPTY_ROOT:
        raise CheckpointRefused("The checkpoint of an empty tree must have the empty root.")
    return checkpoint


def unverified_checkpoint(note: str) -> Checkpoint:
    """What a signed note claims, before any signature is looked at. Raises ``CheckpointRefused``."""
    try:
        text, _ = split_note(note)
    except NoteRefused as refused:
        raise CheckpointRefused(str(refused)) from refused
    return parse_checkpoint(text)


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer, *, time: int) -> SignedCheckpoint:
    """Sign as the log, with the time (POSIX seconds) under a second signature."""
    return SignedCheckpoint(checkpoint, signer.sign(checkpoint.text(), time=time), time)


def open_checkpoint(note: str, keys: Sequence[VerifierKey]) -> SignedCheckpoint:
    """Verify a checkpoint with the log's keys. The origin must be the signing key's name.

    Raises ``CheckpointRefused`` when it is malformed, unsigned, wrongly signed, or of another log.
    """
    cosigners = [key.as_cosigner() for key in keys]
    try:
        text, verified = open_note(note, [*keys, *cosigners])
    except NoteRefused as refused:
        raise CheckpointRefused(str(refused)) from refused
    checkpoint = parse_checkpoint(text)
    names = {signature.key.name for signature in verified if signature.time is None}
    if checkpoint.origin not in names:
        raise CheckpointRefused(f"The checkpoint says it is of {checkpoint.origin}, but that log did not sign it.")
    times = [signature.time for signature in verified if signature.time is not None]
    return SignedCheckpoint(checkpoint, note, max(times, default=None))
