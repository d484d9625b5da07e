"""The signing key is made once and kept; the worker starts, works, stops, and refuses what it must not do."""

import stat
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import connections

from rollkeeper.ledger import keys, queries, worker
from rollkeeper.ledger.keys import KeyUnusable
from rollkeeper.ledger.sequencer import LedgerSetBack
from rollkeeper.ledger.witness import LocalWitness
from tests.ledger import vectors
from tests.ledger.conftest import ORIGIN, Ledger


def test_a_key_is_made_once_for_its_owner_alone_and_its_public_half_for_all(tmp_path: Path) -> None:
    first = keys.make_signer(tmp_path, ORIGIN)
    second = keys.make_signer(tmp_path, ORIGIN)
    keys.publish_vkey(tmp_path, first)

    assert first.key == second.key
    assert stat.S_IMODE((tmp_path / "ledger.key").stat().st_mode) == 0o600
    assert keys.read_vkeys(tmp_path / "ledger.vkey") == [first.key]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.key", "ledger.vkey"]


def rsa_key() -> bytes:
    return generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize("content", [b"", b"not a key", b"\xff\xfe", rsa_key()])
def test_a_wrong_key_file_is_said_to_be_wrong(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ledger.key").write_bytes(content)

    with pytest.raises(KeyUnusable, match=r"signing key .* Restore"):
        keys.read_signer(tmp_path, ORIGIN)


def test_a_name_that_no_key_can_have_is_refused(tmp_path: Path) -> None:
    keys.make_signer(tmp_path, ORIGIN)

    with pytest.raises(KeyUnusable, match="ROLLKEEPER_LEDGER_ORIGIN"):
        keys.read_signer(tmp_path, "a name with spaces")


@pytest.mark.parametrize(
    ("content", "words"), [("", "holds no"), ("nonsense", "not a verifier key"), (None, "no verifier key")]
)
def test_a_wrong_file_of_public_keys_is_said_to_be_wrong(tmp_path: Path, content: str | None, words: str) -> None:
    path = tmp_path / "keys.txt"
    if content is not None:
        path.write_text(content)

    with pytest.raises(KeyUnusable, match=words):
        keys.read_vkeys(path)


def test_a_file_of_public_keys_may_hold_several_and_comments(tmp_path: Path) -> None:
    (tmp_path / "keys.txt").write_text(f"# two\n{vectors.NOTE_VKEY}\n\n{vectors.GO_VKEY}\n")

    assert len(keys.read_vkeys(tmp_path / "keys.txt")) == 2


def test_making_the_key_is_an_entry_of_the_ledger(ledger: Ledger) -> None:
    signer = worker.open_signer(ledger.site, ledger.state / "keys", ORIGIN, ledger.witness)
    worker.open_signer(ledger.site, ledger.state / "keys", ORIGIN, ledger.witness)

    body = ledger.value("SELECT body FROM ledger_entry WHERE kind = 'ledger.key_made'")
    assert str(signer.key) in body


def test_a_lost_key_is_not_replaced_once_something_was_signed(grown: Ledger) -> None:
    with pytest.raises(KeyUnusable, match="is gone"):
        worker.open_signer(grown.site, grown.state / "keys", ORIGIN, grown.witness)
    assert not (grown.state / "keys").exists()


def run_worker(state: Path, stop: threading.Event) -> None:
    worker.work(stop, state=state, origin=ORIGIN, step_seconds=0.02)


def signed_size(connection: queries.Connection) -> int:
    latest = queries.latest_checkpoint(connection)
    return latest.size if latest else 0


def wait_for_size(connection: queries.Connection, size: int) -> None:
    end = time.monotonic() + 60
    while signed_size(connection) < size:
        assert time.monotonic() < end, "the worker signed nothing"
        time.sleep(0.02)


def test_the_worker_signs_what_comes_outlives_a_lost_connection_and_stops(
    fresh_database: str, django_db_blocker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "RETRY_SECONDS", 0.05)
    stop = threading.Event()
    with django_db_blocker.unblock():
        owner = queries.connection_of("owner")
        thread = threading.Thread(target=run_worker, args=(tmp_path, stop))
        thread.start()
        try:
            wait_for_size(owner, 1)  # the entry that tells of the new key
            owner.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'rollkeeper_app' "
                "AND datname = current_database()"
            )
            owner.execute("SELECT ledger_write('case.opened', 1, '{}', '{}', '{}', clock_timestamp())")
            wait_for_size(owner, 2)
        finally:
            stop.set()
            thread.join(30)
        connections["owner"].close()

    assert not thread.is_alive()
    latest = LocalWitness(tmp_path / "checkpoints").latest()
    assert latest is not None
    assert latest.checkpoint.size == 2


def test_the_worker_ends_with_a_sentence_when_the_ledger_was_set_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise LedgerSetBack("The ledger was set back.")

    monkeypatch.setattr(worker, "work", refuse)

    with pytest.raises(SystemExit) as ended:
        worker.run()

    assert ended.value.code == 1
    assert capsys.readouterr().err == "The ledger was set back.\n"
