"""Keys: a data key per person and per paper, wrapped by a key-encryption key (NIST SP 800-57, key wrapping)."""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12


class KeyFault(Exception):
    """A key is missing, malformed or not the one that sealed the data."""


class KeyService(Protocol):
    """Holds the key-encryption key. A separate key service can take this place."""

    @property
    def name(self) -> str:
        """Name of the key-encryption key, kept beside what it wraps."""

    def wrap(self, key: bytes, *, subject: str) -> bytes:
        """Wrap a data key for a subject such as ``person:71``."""

    def unwrap(self, wrapped: bytes, *, subject: str, look: int) -> bytes:
        """Release a data key for the look with this ledger number. Raises KeyFault."""


@dataclass(frozen=True)
class LocalKeyService:
    """A key-encryption key in this process, read from a file or the environment."""

    key: bytes

    @property
    def name(self) -> str:
        """The first 16 hexadecimal digits of the key's SHA-256."""
        return hashlib.sha256(b"rollkeeper kek\0" + self.key).hexdigest()[:16]

    def wrap(self, key: bytes, *, subject: str) -> bytes:
        """Wrap ``key``, bound to its subject."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, key, subject.encode())

    def unwrap(self, wrapped: bytes, *, subject: str, look: int) -> bytes:
        """Unwrap a data key. A look's ledger number is required: no key leaves outside a look."""
        if look <= 0:
            raise KeyFault("A data key was asked for outside a look. Nothing was opened.")
        try:
            return AESGCM(self.key).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], subject.encode())
        except (InvalidTag, ValueError) as error:
            raise KeyFault(
                "The key-encryption key does not open this record. Check that ROLLKEEPER_KEK_FILE names the key "
                "this database was made with; see docs/how-to/back-up-and-restore.md."
            ) from error


def parse_key(text: str, *, source: str) -> bytes:
    """Read a key of 32 bytes written in base64. Raises KeyFault naming ``source``."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError as error:
        raise KeyFault(f"{source} is not base64. It must hold 32 bytes in base64.") from error
    if len(key) != KEY_BYTES:
        raise KeyFault(f"{source} holds {len(key)} bytes. It must hold 32 bytes in base64.")
    return key


def new_key_text() -> str:
    """A fresh key as its file holds it: 32 random bytes in base64."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def read_or_make_key(path: Path) -> bytes:
    """Read the key in ``path``; make one, readable by its owner alone, where there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(new_key_text() + "\n")
    return parse_key(path.read_text(), source=str(path))
