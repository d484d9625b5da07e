"""Sealing text and bytes with AES-256-GCM under a data key (NIST SP 800-38D)."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rollkeeper.foundation.vault.keys import KEY_BYTES, NONCE_BYTES, KeyFault


def new_data_key() -> bytes:
    """A fresh random data key, 32 bytes."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, content: bytes, *, label: str) -> bytes:
    """Seal content under ``key``; ``label`` (table.column or document) is bound in. Returns nonce, ciphertext, tag."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, label.encode())


def unseal(key: bytes, sealed: bytes, *, label: str) -> bytes:
    """Open what ``seal`` made. Raises KeyFault when key, label or bytes are not the ones sealed."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], label.encode())
    except (InvalidTag, ValueError) as error:
        raise KeyFault("A sealed field does not open with its key: it was altered or moved.") from error
