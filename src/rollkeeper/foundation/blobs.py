"""A content-addressed store: sealed bytes under their SHA-256, written once, checked on write and on read."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


class BlobMissing(Exception):
    """The store does not hold these bytes."""


class BlobDamaged(Exception):
    """The bytes in the store are not the ones that were put there."""


class FolderStore:
    """A store in a folder: two levels of sub-folders by the first digits of the hash."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, digest: str) -> Path:
        """Where the bytes with this SHA-256 (64 hexadecimal digits) lie. Raises BlobMissing for any other name."""
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise BlobMissing("That is not the name of a stored paper.")
        return self.root / digest[:2] / digest[2:4] / digest

    def put(self, content: bytes, *, durable: bool = True) -> str:
        """Store bytes and return their SHA-256. Storing the same bytes twice changes nothing."""
        digest = hashlib.sha256(content).hexdigest()
        target = self.path(digest)
        if target.exists():
            return digest
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        Path(temporary).replace(target)
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes. Raises BlobMissing, or BlobDamaged when they are not what was put."""
        try:
            content = self.path(digest).read_bytes()
        except FileNotFoundError as error:
            raise BlobMissing("The store does not hold this paper. Restore it from the backup of the store.") from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise BlobDamaged("The stored paper was altered. Restore it from the backup of the store.")
        return content


def store() -> FolderStore:
    """The store of this installation: ``blobs`` in the state folder."""
    return FolderStore(settings.ROLLKEEPER_STATE / "blobs")
