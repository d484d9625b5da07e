"""The local witness: a folder of files to which every signed checkpoint is appended, outside the database.

Each file holds signed notes one after another, an empty line between them, one file a month. A copy of such a file, or
one signed note by itself, is what ``rollkeeper ledger verify --witness`` compares the ledger with. Nothing is ever
rewritten: a line torn by a crash stays, is skipped by the reader, and counted.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rollkeeper.ledger.checkpoints import Checkpoint, CheckpointRefused, unverified_checkpoint

SUFFIX = ".checkpoints"
_TAIL_BYTES = 8_192
_NOTE = re.compile(r"^[^\n]+\n[0-9]+\n[A-Za-z0-9+/=]+\n(?:[^\n—][^\n]*\n)*\n(?:— [^\n]+\n)+", re.MULTILINE)


class WitnessUnreadable(Exception):
    """The witness file cannot be read, or holds no checkpoint."""


@dataclass(frozen=True)
class WitnessedCheckpoint:
    """A signed note in a witness file, with what it claims; its signature is not verified here."""

    checkpoint: Checkpoint
    note: str


class LocalWitness:
    """The folder ``checkpoints/`` of the state folder. Several processes may append; a lock keeps their notes whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def latest(self) -> WitnessedCheckpoint | None:
        """The checkpoint appended last, or None while there is none."""
        for path in reversed(self._files()):
            with path.open("rb") as file:
                file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
                found = list(notes_in(file.read().decode("utf-8", "replace")))
            if found:
                return found[-1]
        return None

    def append(self, note: str, *, at: datetime) -> None:
        """Write a note and have it on disk before returning."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{at:%Y-%m}{SUFFIX}"
        latest = self._files()[-1:] or [path]
        if latest[0].name > path.name:  # the clock went back past a month's end: stay with the newest file
            path = latest[0]
        is_new = not path.exists()
        with path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(b"\n" + note.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            self._sync_folder()

    def _sync_folder(self) -> None:
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{SUFFIX}"))


def notes_in(text: str) -> Iterator[WitnessedCheckpoint]:
    """The signed notes in a text, in order; what is no whole note is passed over."""
    for match in _NOTE.finditer(text):
        try:
            yield WitnessedCheckpoint(unverified_checkpoint(match[0]), match[0])
        except CheckpointRefused:
            continue


def read_witness(path: Path) -> list[WitnessedCheckpoint]:
    """Every checkpoint of a file, or of the ``*.checkpoints`` files of a folder. Raises ``WitnessUnreadable``."""
    files = sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]
    try:
        texts = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    except OSError as problem:
        raise WitnessUnreadable(f"The witness file {path} cannot be read: {problem.strerror}.") from problem
    found = [note for text in texts for note in notes_in(text)]
    if not found:
        raise WitnessUnreadable(f"{path} holds no signed checkpoint; a witness file holds C2SP signed notes.")
    return found
