"""Receipts: what they prove, what they refuse, and that the one-file checker says the same with nothing but Python."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from rollkeeper.ledger import checker, checkpoints, merkle, receipts
from rollkeeper.ledger.checker import check_receipt
from rollkeeper.ledger.checkpoints import Checkpoint, CheckpointRefused
from rollkeeper.ledger.notes import Signer
from rollkeeper.ledger.receipts import Receipt, ReceiptRefused
from tests.ledger import vectors

ORIGIN = "court.example/ledger/2026"
LOG = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(32)))
CHECKER = Path(checker.__file__).parent / "check_receipt.py"
TIME = 1_795_372_400  # 2026-11-22 18:33:20 UTC
SALTS = [bytes([i]) * 32 for i in range(10)]
BODIES = [
    f'{{"act":"docket.read","actor":71,"at":"2026-11-22T18:33:1{i}.000001Z","cases":[5,{i}],"detail":{{}},"entry":{i},'
    f'"kind":"look.opened","office":"Clerk’s office","purpose":"records"}}'.encode()
    for i in range(10)
]


def receipt_for(index: int, signer: Signer = LOG) -> Receipt:
    """A receipt of a tree of ten leaves."""
    leaves = [merkle.leaf_hash(salt + body) for salt, body in zip(SALTS, BODIES, strict=True)]
    nodes = merkle.nodes_of(leaves)
    checkpoint = Checkpoint(ORIGIN, 10, merkle.range_head(0, 10, nodes))
    signed = checkpoints.sign_checkpoint(checkpoint, signer, time=TIME)
    proof = merkle.inclusion_proof(index, 10, nodes)
    return Receipt(index, tuple(proof), signed.note, SALTS[index], BODIES[index])


def run_checker(folder: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    """The one-file checker, alone: a copy of it, isolated from this project and from site-packages."""
    (folder / "check_receipt.py").write_bytes(CHECKER.read_bytes())
    (folder / "look.tlog-proof").write_text(text)
    return subprocess.run(
        [sys.executable, "-I", "-S", "check_receipt.py", "look.tlog-proof", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("index", range(10))
def test_a_receipt_reads_back_and_verifies(index: int) -> None:
    receipt = receipt_for(index)

    assert receipts.parse_receipt(receipt.text()) == receipt
    verified = receipts.verify_receipt(receipt, [LOG.key])

    assert (verified.index, verified.body, verified.signed.time) == (index, BODIES[index], TIME)


def test_the_file_is_the_published_format() -> None:
    lines = receipt_for(9).text().split("\n")

    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert [line.split(" ")[0] for line in lines[1:3]] == ["extra", "index"]
    assert lines[5:8] == ["", ORIGIN, "10"]


CHANGES: dict[str, Callable[[str], str]] = {
    "another index": lambda text: text.replace("index 3", "index 4"),
    "an index outside": lambda text: text.replace("index 3", "index 10"),
    "a letter of the entry": lambda text: Receipt(
        3, receipt_for(3).proof, receipt_for(3).checkpoint_note, SALTS[3], BODIES[3].replace(b"71", b"72")
    ).text(),
    "another salt": lambda text: Receipt(
        3, receipt_for(3).proof, receipt_for(3).checkpoint_note, SALTS[4], BODIES[3]
    ).text(),
    "a hash less": lambda text: Receipt(
        3, receipt_for(3).proof[1:], receipt_for(3).checkpoint_note, SALTS[3], BODIES[3]
    ).text(),
    "another size": lambda text: text.replace(f"{ORIGIN}\n10\n", f"{ORIGIN}\n11\n"),
    "another log's signature": lambda text: receipt_for(3, OTHER).text(),
}
BREAKS: dict[str, Callable[[str], str]] = {
    "empty": lambda text: "",
    "no header": lambda text: text.replace("tlog-proof@v1", "tlog-proof@v2"),
    "no entry": lambda text: "\n".join(line for line in text.split("\n") if not line.startswith("extra")),
    "no index": lambda text: text.replace("index 3", "index"),
    "a leading zero": lambda text: text.replace("index 3", "index 03"),
    "a broken hash": lambda text: text.replace("index 3\n", "index 3\nAAAA\n"),
    "cut off": lambda text: text[:120],
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_receipt_proves_nothing(name: str, tmp_path: Path) -> None:
    text = CHANGES[name](receipt_for(3).text())

    with pytest.raises((merkle.ProofRefused, CheckpointRefused)):
        receipts.verify_receipt(receipts.parse_receipt(text), [LOG.key])
    assert run_checker(tmp_path, text, "--vkey", str(LOG.key)).returncode == 1


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_not_a_receipt_is_named_so(name: str, tmp_path: Path) -> None:
    text = BREAKS[name](receipt_for(3).text())

    with pytest.raises(ReceiptRefused):
        receipts.parse_receipt(text)
    result = run_checker(tmp_path, text, "--vkey", str(LOG.key))
    assert (result.returncode, result.stdout) == (2, "")
    assert "not a receipt" in result.stderr


def test_a_file_too_long_is_not_read() -> None:
    with pytest.raises(ReceiptRefused, match="too long"):
        receipts.parse_receipt("x" * 1_000_001)


def test_the_checker_tells_in_plain_words_what_it_verified(tmp_path: Path) -> None:
    result = run_checker(tmp_path, receipt_for(3).text(), "--vkey", str(LOG.key))

    assert (result.returncode, result.stderr) == (0, "")
    assert "This receipt is genuine." in result.stdout
    assert f"The log {ORIGIN} signed a ledger of 10 entries." in result.stdout
    assert "2026-11-22 18:33:20 UTC" in result.stdout
    assert "For which purpose: records" in result.stdout
    assert "What happened: A record was looked at (look.opened)" in result.stdout
    assert "Cases, by internal number: 5, 3" in result.stdout


def test_the_checker_speaks_spanish(tmp_path: Path) -> None:
    good = run_checker(tmp_path, receipt_for(3).text(), "--vkey", str(LOG.key), "--lang", "es")
    bad = run_checker(tmp_path, receipt_for(3, OTHER).text(), "--vkey", str(LOG.key), "--lang", "es")

    assert "Este recibo es auténtico." in good.stdout
    assert "Con qué propósito: records" in good.stdout
    assert "La clave que usted dio no lo firmó" in bad.stdout


def test_the_checker_takes_several_trusted_keys_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "keys.txt").write_text(f"# the court's keys\n{vectors.NOTE_VKEY}\n\n{LOG.key}\n")

    assert run_checker(tmp_path, receipt_for(3).text(), "--key-file", "keys.txt").returncode == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "--vkey or --key-file"),
        (["--vkey", "nonsense"], "not a verifier key"),
        (["--vkey", str(LOG.key).replace("example", "exemple")], "copied wrongly"),
        (["--key-file", "absent.txt"], "cannot be read"),
    ],
)
def test_the_checker_says_what_is_wrong_with_the_key(options: list[str], words: str, tmp_path: Path) -> None:
    result = run_checker(tmp_path, receipt_for(3).text(), *options)

    assert result.returncode == 2
    assert words in result.stderr


def test_an_entry_cannot_draw_on_the_screen(tmp_path: Path) -> None:
    salt, body = bytes(32), b'{"reason":"\x1b[2Jgone\\n\\u001b[31m"}'
    checkpoint = Checkpoint(ORIGIN, 1, merkle.leaf_hash(salt + body))
    note = checkpoints.sign_checkpoint(checkpoint, LOG, time=TIME).note
    result = run_checker(tmp_path, Receipt(0, (), note, salt, body).text(), "--vkey", str(LOG.key))

    assert "\x1b" not in result.stdout


@settings(max_examples=25)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511))
def test_the_checkers_own_ed25519_agrees_with_the_library(seed: bytes, message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    flipped = bytearray(signature)
    flipped[bit // 8] ^= 1 << bit % 8

    assert check_receipt.ed25519_verify(public, message, signature)
    assert not check_receipt.ed25519_verify(public, message, bytes(flipped))
    assert not check_receipt.ed25519_verify(public, message + b"!", signature)


def test_the_checkers_ed25519_refuses_a_signature_with_the_group_order_added() -> None:
    """RFC 8032, section 5.1.7: S must be below the order, or a signature would have a second form."""
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    signature, public = private.sign(b"message"), private.public_key().public_bytes_raw()
    raised = int.from_bytes(signature[32:], "little") + check_receipt.ORDER_L

    assert not check_receipt.ed25519_verify(public, b"message", signature[:32] + raised.to_bytes(32, "little"))
    assert not check_receipt.ed25519_verify(public, b"message", signature[:63])
    assert not check_receipt.ed25519_verify(b"\xff" * 32, b"message", signature)


def test_the_checker_accepts_the_published_note() -> None:
    key = check_receipt.read_vkey(vectors.NOTE_VKEY)
    signature = check_receipt.read_signature(vectors.NOTE.rstrip("\n").split("\n")[-1])[1]

    assert check_receipt.ed25519_verify(key[1], vectors.NOTE_TEXT.encode(), signature[4:])
