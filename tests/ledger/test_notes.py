"""Signed notes and checkpoints: the published example, hostile variants, keys that are not keys."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from rollkeeper.ledger import checkpoints, notes
from rollkeeper.ledger.checkpoints import Checkpoint, CheckpointRefused
from rollkeeper.ledger.merkle import EMPTY_ROOT
from rollkeeper.ledger.notes import NoteRefused, Signer, parse_vkey
from tests.ledger import vectors

ORIGIN = "court.example/ledger/2026"
LOG = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
STRANGER = Signer("stranger.example", Ed25519PrivateKey.from_private_bytes(bytes(32)))
ROOT = b"\x07" * 32


def test_the_published_note_verifies() -> None:
    key = parse_vkey(vectors.NOTE_VKEY)

    text, [signature] = notes.open_note(vectors.NOTE, [key])

    assert text == vectors.NOTE_TEXT
    assert signature.key.name == "example.com/foo"
    assert key.key_id.hex() == "530d903a"
    assert str(key) == vectors.NOTE_VKEY


def test_a_key_of_the_go_tests_reads_and_writes_alike() -> None:
    assert str(parse_vkey(vectors.GO_VKEY)) == vectors.GO_VKEY


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  # key id altered
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  # name altered
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",  # cut short
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWAA==",  # too long
        "PeterNeumann+c74f20a3+/xpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  # unknown algorithm
    ],
)
def test_malformed_keys_are_refused(vkey: str) -> None:
    with pytest.raises(NoteRefused):
        parse_vkey(vkey)


def with_signature_changed(note: str) -> str:
    head, _, encoded = note.rstrip("\n").rpartition(" ")
    raw = bytearray(base64.b64decode(encoded))
    raw[-1] ^= 1
    return f"{head} {base64.b64encode(bytes(raw)).decode()}\n"


@pytest.mark.parametrize(
    "note",
    [
        "",
        vectors.NOTE_TEXT,
        vectors.NOTE.rstrip("\n"),
        vectors.NOTE.replace("example message", "exemple message"),
        vectors.NOTE.replace("\n\n", "\n"),
        vectors.NOTE.replace("—", "-"),
        vectors.NOTE.replace("— ", "—  "),
        vectors.NOTE.replace("message", "mess\tage"),
        vectors.NOTE.replace("Uw2QOkn8", "Uw2QOkn9"),
        vectors.NOTE + "not a signature\n",
        vectors.NOTE_TEXT + "\n",
        vectors.NOTE_TEXT + "\n— example.com/foo Uw2Q\n",
        with_signature_changed(vectors.NOTE),
        vectors.NOTE_TEXT + "x" * 1_000_001,
    ],
)
def test_altered_and_malformed_notes_are_refused(note: str) -> None:
    with pytest.raises(NoteRefused):
        notes.open_note(note, [parse_vkey(vectors.NOTE_VKEY)])


def test_signatures_of_unknown_keys_are_ignored_and_do_not_suffice() -> None:
    note = LOG.sign("hello\n")
    both = note + STRANGER.sign("hello\n").split("\n\n")[1]

    text, verified = notes.open_note(both, [LOG.key])

    assert (text, [signature.key for signature in verified]) == ("hello\n", [LOG.key])
    with pytest.raises(NoteRefused, match="No key you trust"):
        notes.open_note(note, [STRANGER.key])


def test_one_bad_signature_of_a_known_key_refuses_the_whole_note() -> None:
    good = LOG.sign("hello\n")
    bad_line = with_signature_changed(LOG.sign("hello\n")).split("\n\n")[1]

    with pytest.raises(NoteRefused, match="is wrong"):
        notes.open_note(good + bad_line, [LOG.key])


def test_sixteen_signatures_are_accepted_and_a_flood_is_not() -> None:
    line = LOG.sign("hello\n").split("\n\n")[1]

    assert len(notes.open_note("hello\n\n" + line * 16, [LOG.key])[1]) == 16
    with pytest.raises(NoteRefused, match="between 1 and 100"):
        notes.open_note("hello\n\n" + line * 101, [LOG.key])


@pytest.mark.parametrize("text", ["", "no newline", "tab\there\n", "null\x00\n"])
def test_texts_that_a_note_cannot_carry_are_not_signed(text: str) -> None:
    with pytest.raises(NoteRefused):
        LOG.sign(text)


def test_a_text_may_hold_empty_lines() -> None:
    note = LOG.sign("one\n\ntwo\n")

    assert notes.open_note(note, [LOG.key])[0] == "one\n\ntwo\n"


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\tb", "a\u2003b"])
def test_names_with_spaces_or_plus_sign_nothing(name: str) -> None:
    with pytest.raises(NoteRefused, match="cannot name a key"):
        Signer(name, Ed25519PrivateKey.generate())


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32), st.integers(0, 2**40))
def test_a_signed_checkpoint_opens_with_its_time(size: int, root: bytes, time: int) -> None:
    checkpoint = Checkpoint(ORIGIN, size, root if size else EMPTY_ROOT)

    signed = checkpoints.sign_checkpoint(checkpoint, LOG, time=time)

    assert checkpoints.open_checkpoint(signed.note, [LOG.key]) == signed
    assert signed.checkpoint == checkpoint


def test_the_signed_time_cannot_be_moved() -> None:
    early = checkpoints.sign_checkpoint(Checkpoint(ORIGIN, 5, ROOT), LOG, time=1000).note
    head, _, encoded = early.rstrip("\n").rpartition(" ")
    raw = base64.b64decode(encoded)
    moved = raw[:4] + (2000).to_bytes(8, "big") + raw[12:]

    with pytest.raises(CheckpointRefused, match="is wrong"):
        checkpoints.open_checkpoint(f"{head} {base64.b64encode(moved).decode()}\n", [LOG.key])


def test_a_checkpoint_of_another_log_is_refused() -> None:
    note = STRANGER.sign(Checkpoint(ORIGIN, 5, ROOT).text())

    with pytest.raises(CheckpointRefused, match="did not sign"):
        checkpoints.open_checkpoint(note, [STRANGER.key])


def test_a_cosignature_alone_is_not_the_log_signing() -> None:
    note = LOG.sign(Checkpoint(ORIGIN, 5, ROOT).text(), time=7)
    head, lines = note.split("\n\n")
    only_cosigned = f"{head}\n\n" + lines.split("\n")[1] + "\n"

    with pytest.raises(CheckpointRefused, match="did not sign"):
        checkpoints.open_checkpoint(only_cosigned, [LOG.key])


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n5\n",
        f"{ORIGIN}\n5\nAAAA\n",
        f"{ORIGIN}\n05\n{base64.b64encode(ROOT).decode()}\n",
        f"{ORIGIN}\n-5\n{base64.b64encode(ROOT).decode()}\n",
        f"{ORIGIN}\n٥\n{base64.b64encode(ROOT).decode()}\n",
        f"\n5\n{base64.b64encode(ROOT).decode()}\n",
        f"{ORIGIN}\n5\n{base64.b64encode(ROOT).decode()}\n\nextra\n",
        f"{ORIGIN}\n0\n{base64.b64encode(ROOT).decode()}\n",
        f"{ORIGIN}\n99999999999999999999\n{base64.b64encode(ROOT).decode()}\n",
    ],
)
def test_malformed_checkpoints_are_refused_even_when_signed(text: str) -> None:
    with pytest.raises(CheckpointRefused):
        checkpoints.open_checkpoint(LOG.sign(text), [LOG.key])


def test_extension_lines_survive() -> None:
    checkpoint = Checkpoint(ORIGIN, 5, ROOT, ("extension",))

    assert checkpoints.parse_checkpoint(checkpoint.text()) == checkpoint
    assert checkpoints.unverified_checkpoint(LOG.sign(checkpoint.text())) == checkpoint
    with pytest.raises(CheckpointRefused):
        checkpoints.unverified_checkpoint("no note")
