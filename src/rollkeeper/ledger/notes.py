"""C2SP signed notes with Ed25519 keys (https://c2sp.org/signed-note), and timestamped cosignatures (type 0x04).

A note is a text, an empty line, and signature lines ``— <key name> base64(key id || signature)``. A signature by an
unknown key is ignored; one by a known key that does not verify makes the whole note refused.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = 0x01  # C2SP signed-note: a signature over the note's text
COSIGNATURE = 0x04  # C2SP tlog-cosignature: over header, time and text
MAX_NOTE_CHARS = 1_000_000
MAX_SIGNATURES = 100  # the specification asks for at least 16

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class NoteRefused(Exception):
    """A note or a key is malformed, or not signed by a trusted key."""


@dataclass(frozen=True)
class VerifierKey:
    """A public key with the name it signs under."""

    name: str
    public: bytes  # 32 bytes, RFC 8032
    kind: int = ED25519

    @property
    def key_id(self) -> bytes:
        """SHA-256(name || 0x0A || kind || key)[:4]."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        """The vkey: ``<name>+<key id, hex>+base64(kind || key)``."""
        return f"{self.name}+{self.key_id.hex()}+{_encode(bytes([self.kind]) + self.public)}"

    def as_cosigner(self) -> "VerifierKey":
        """The same key for timestamped cosignatures; its header keeps the two kinds of message apart."""
        return VerifierKey(self.name, self.public, COSIGNATURE)


@dataclass(frozen=True)
class Signature:
    """A signature line: who, which key, and the bytes after the key id."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True)
class VerifiedSignature:
    """A signature that a trusted key made. ``time`` (POSIX seconds) is part of what a cosignature signs."""

    key: VerifierKey
    time: int | None


def parse_vkey(vkey: str) -> VerifierKey:
    """Read a vkey. Raises ``NoteRefused`` when it is malformed, of another kind, or its key id does not fit."""
    parts = vkey.strip().split("+", 2)
    if len(parts) != 3 or not is_key_name(parts[0]) or not re.fullmatch(r"[0-9a-f]{8}", parts[1]):
        raise NoteRefused("This is not a verifier key; it should read <name>+<8 hex digits>+<base64>.")
    material = _decode(parts[2], "the verifier key")
    if len(material) != 33 or material[0] not in (ED25519, COSIGNATURE):
        raise NoteRefused("This verifier key is not an Ed25519 key.")
    key = VerifierKey(parts[0], material[1:], material[0])
    if key.key_id.hex() != parts[1]:
        raise NoteRefused("The verifier key was altered: its key id does not fit the key.")
    return key


def is_key_name(name: str) -> bool:
    """Not empty, no Unicode space, no plus, no control character."""
    return bool(name) and "+" not in name and not any(c.isspace() or ord(c) < 0x20 for c in name)


class Signer:
    """Signs notes under a name with an Ed25519 key."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        if not is_key_name(name):
            raise NoteRefused(f"{name!r} cannot name a key: it is empty or holds a space or a plus.")
        self._private = private
        self.key = VerifierKey(name, private.public_key().public_bytes_raw())

    def sign(self, text: str, *, time: int | None = None) -> str:
        """The signed note. With ``time`` (POSIX seconds) a timestamped cosignature by the same key follows."""
        check_text(text)
        lines = [_signature_line(self.key, self._private.sign(text.encode()))]
        if time is not None:
            signature = self._private.sign(cosigned_message(text, time))
            lines.append(_signature_line(self.key.as_cosigner(), time.to_bytes(8, "big") + signature))
        return f"{text}\n" + "".join(lines)


def cosigned_message(text: str, time: int) -> bytes:
    """What a type 0x04 cosignature signs."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def check_text(text: str) -> None:
    """Refuse a text that a note cannot carry."""
    if not text.endswith("\n") or _CONTROL.search(text):
        raise NoteRefused("A note's text ends with a newline and holds no other control character.")


def split_note(note: str) -> tuple[str, list[Signature]]:
    """The text and the signature lines, nothing verified yet."""
    if len(note) > MAX_NOTE_CHARS:
        raise NoteRefused("The note is too long.")
    cut = note.rfind("\n\n")
    if cut < 0 or not note.endswith("\n"):
        raise NoteRefused("This is not a signed note: it has no empty line before its signatures.")
    text, lines = note[: cut + 1], note[cut + 2 :].split("\n")[:-1]
    check_text(text)
    if not lines or len(lines) > MAX_SIGNATURES:
        raise NoteRefused(f"A note needs between 1 and {MAX_SIGNATURES} signatures; this one has {len(lines)}.")
    return text, [_parse_signature(line) for line in lines]


def open_note(note: str, keys: Sequence[VerifierKey]) -> tuple[str, list[VerifiedSignature]]:
    """The text and the signatures by known keys.

    Raises ``NoteRefused`` when a known key's signature is wrong, or when no known key signed.
    """
    text, signatures = split_note(note)
    known = {(key.name, key.key_id): key for key in keys}
    verified = [
        verify_signature(text, signature, known[signature.name, signature.key_id])
        for signature in signatures
        if (signature.name, signature.key_id) in known
    ]
    if not verified:
        raise NoteRefused("No key you trust signed this note.")
    return text, verified


def verify_signature(text: str, signature: Signature, key: VerifierKey) -> VerifiedSignature:
    """Check one signature with the key it names. Raises ``NoteRefused``."""
    message, raw, time = text.encode(), signature.signature, None
    if key.kind == COSIGNATURE:
        time, raw = int.from_bytes(raw[:8], "big"), raw[8:]
        message = cosigned_message(text, time)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(raw, message)
    except (InvalidSignature, ValueError):
        raise NoteRefused(f"The signature of {key.name} is wrong: the text or the signature was altered.") from None
    return VerifiedSignature(key, time)


def _signature_line(key: VerifierKey, signature: bytes) -> str:
    return f"— {key.name} {_encode(key.key_id + signature)}\n"


def _parse_signature(line: str) -> Signature:
    match = re.fullmatch(r"— ([^ ]+) ([A-Za-z0-9+/=]+)", line)
    if match is None or not is_key_name(match[1]):
        raise NoteRefused("A signature line of the note is malformed.")
    raw = _decode(match[2], "a signature")
    if len(raw) < 5:
        raise NoteRefused("A signature line of the note is malformed.")
    return Signature(match[1], raw[:4], raw[4:])


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decode(text: str, what: str) -> bytes:
    """Base64 in its one canonical spelling."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if not raw or _encode(raw) != text:
        raise NoteRefused(f"The base64 of {what} is malformed.")
    return raw
