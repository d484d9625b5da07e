"""The log's signing key: one Ed25519 key in ``keys/ledger.key`` of the state folder, readable by its owner alone.

Beside it lies ``keys/ledger.vkey``, the public verifier key that everybody may have. A key is made once, when the log
has signed nothing yet. After that a missing or different key stops the log: a second key would look like a second log.
"""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from rollkeeper.ledger.notes import NoteRefused, Signer, VerifierKey, parse_vkey

KEY_FILE = "ledger.key"
VKEY_FILE = "ledger.vkey"


class KeyUnusable(Exception):
    """The signing key is missing, unreadable or not an Ed25519 key."""


def read_signer(folder: Path, origin: str) -> Signer | None:
    """The signer, or None where there is no key yet. Raises ``KeyUnusable``."""
    path = folder / KEY_FILE
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise KeyUnusable(f"The ledger's signing key {path} cannot be read: {problem}. Restore it.") from problem
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyUnusable(f"The ledger's signing key {path} is not an Ed25519 key. Restore the right one.")
    try:
        return Signer(origin, private)
    except NoteRefused as refused:
        raise KeyUnusable(f"ROLLKEEPER_LEDGER_ORIGIN: {refused}") from refused


def make_signer(folder: Path, origin: str) -> Signer:
    """Make the key (mode 0600) and its public file; if another process was first, use its key."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    # Written under another name and linked, so that nobody ever reads half a key.
    draft = folder / f"{KEY_FILE}.{os.getpid()}"
    _write(draft, pem, 0o600)
    try:
        os.link(draft, folder / KEY_FILE)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    signer = read_signer(folder, origin)
    if signer is None:
        raise KeyUnusable(f"The ledger's signing key vanished from {folder}.")
    return signer


def publish_vkey(folder: Path, signer: Signer) -> None:
    """Keep ``ledger.vkey`` equal to the key in use."""
    path, line = folder / VKEY_FILE, f"{signer.key}\n"
    if not path.exists() or path.read_text(encoding="utf-8") != line:
        draft = folder / f"{VKEY_FILE}.{os.getpid()}"
        _write(draft, line.encode(), 0o644)
        draft.replace(path)


def read_vkeys(path: Path) -> list[VerifierKey]:
    """The verifier keys of a file, one a line; ``#`` starts a comment. Raises ``KeyUnusable``."""
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        keys = [parse_vkey(line) for line in lines if line and not line.startswith("#")]
    except FileNotFoundError:
        raise KeyUnusable(f"There is no verifier key at {path}. Start the worker once, or name the key.") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise KeyUnusable(f"The verifier key {path} cannot be read: {problem}.") from problem
    except NoteRefused as refused:
        raise KeyUnusable(f"{path}: {refused}") from refused
    if not keys:
        raise KeyUnusable(f"{path} holds no verifier key.")
    return keys


def _write(path: Path, content: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
