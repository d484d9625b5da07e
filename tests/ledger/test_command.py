"""The commands as an operator types them: what they print, how they end."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from rollkeeper.ledger import command, queries, worker
from rollkeeper.ledger.sequencer import Sequencer
from rollkeeper.ledger.witness import LocalWitness
from tests.ledger import vectors

Run = Callable[..., Result]


@pytest.fixture
def run(fresh_database: str, django_db_blocker: Any, settings: Any, tmp_path: Path) -> Iterator[Run]:
    """Runs ``rollkeeper ledger …`` on a log of 20 signed entries (the first tells of the key)."""
    settings.ROLLKEEPER_STATE = tmp_path
    settings.ROLLKEEPER_LEDGER_ORIGIN = "court.example/ledger/2026"
    with django_db_blocker.unblock():
        connection = queries.connection_of("default")
        witness = LocalWitness(tmp_path / "checkpoints")
        signer = worker.open_signer(connection, tmp_path / "keys", settings.ROLLKEEPER_LEDGER_ORIGIN, witness)
        queries.connection_of("owner").execute(
            "SELECT ledger_write('look.opened', 1, '{5}', '{}', '{\"purpose\": \"records\", \"cases\": [5]}',"
            " clock_timestamp()) FROM generate_series(1, 19)"
        )
        Sequencer(connection, signer=signer, witness=witness).step()
        runner = CliRunner()
        yield lambda *arguments: runner.invoke(command.ledger, [str(argument) for argument in arguments])


def tamper(statement: str) -> None:
    owner = queries.connection_of("owner")
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        owner.execute(statement.encode())


def last_entry() -> int:
    [number] = queries.connection_of("owner").execute("SELECT max(id) FROM ledger_entry").fetchone() or [0]
    return int(number)


def test_an_intact_ledger_ends_with_0(run: Run) -> None:
    result = run("verify")

    assert result.exit_code == 0, result.output
    assert "20 entries, 20 leaves: intact, 0 alarms." in result.output
    assert "1 signed checkpoints" in result.output
    assert "1 kept by witnesses" in result.output


def test_a_tampered_ledger_ends_with_1_and_names_the_entry(run: Run) -> None:
    entry = last_entry() - 3
    tamper(f"UPDATE ledger_entry SET salt = sha256(salt) WHERE id = {entry}")

    text, answer = run("verify"), run("verify", "--json")

    assert (text.exit_code, answer.exit_code) == (1, 1)
    assert f"FOUND: Entry {entry} was changed" in text.output
    found = json.loads(answer.stdout)
    assert found["intact"] is False
    assert [finding["entry"] for finding in found["findings"]] == [entry]
    assert found["counts"] == {"entry altered": 1}


def test_a_copy_of_the_checkpoints_kept_elsewhere_is_a_witness(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere.txt"
    copy.write_text(run("checkpoint").output)
    tamper("DELETE FROM ledger_leaf WHERE leaf_index >= 15")
    tamper("DELETE FROM ledger_entry WHERE id NOT IN (SELECT entry_id FROM ledger_leaf)")
    tamper("DELETE FROM ledger_checkpoint")

    result = run("verify", "--witness", copy)

    assert result.exit_code == 1
    assert "The witness holds a checkpoint of 20 entries, and the ledger has 15" in result.output


def test_alarms_end_with_0_and_with_1_when_strict(run: Run) -> None:
    tamper("DELETE FROM ledger_checkpoint")

    assert run("verify").exit_code == 0
    assert "ALARM: The witness holds a checkpoint of 20 entries that the database lost." in run("verify").output
    assert run("verify", "--strict").exit_code == 1


def test_a_run_can_leave_an_entry_that_says_what_it_found(run: Run) -> None:
    run("verify", "--record")

    row = (
        queries.connection_of("owner")
        .execute("SELECT body FROM ledger_entry WHERE kind = 'ledger.verified'")
        .fetchone()
    )
    assert row is not None
    assert json.loads(row[0])["reason"] == "20 entries, 20 leaves: intact, 0 alarms"


CANNOT: list[tuple[list[str], int, str]] = [
    (["--witness", "/nowhere/at-all.txt"], 3, "cannot be read"),
    (["--vkey", "nonsense"], 2, "not a verifier key"),
    (["--key-file", "/nowhere/keys"], 3, "no verifier key"),
    (["--entries", "five"], 2, "use entry numbers"),
    (["--database", "postgresql://nobody@127.0.0.1:1/none"], 3, "could not be read"),
    (["--vkey", vectors.NOTE_VKEY], 1, "No key you trust signed"),
]


def test_what_cannot_be_checked_is_said_in_a_sentence(run: Run) -> None:
    for arguments, code, words in CANNOT:
        result = run("verify", *arguments)

        assert result.exit_code == code, (arguments, result.output)
        assert words in result.output
        assert "Traceback" not in result.output


def test_single_entries_are_checked_by_their_own_receipts(run: Run) -> None:
    last = last_entry()

    good, bad = run("verify", "--entries", f"{last},{last - 1}"), run("verify", "--entries", f"{last},{last + 50}")

    assert good.exit_code == 0
    assert f"Entry {last} is leaf 19 of the 20 entries that were signed." in good.output
    assert (bad.exit_code, f"no entry {last + 50}" in bad.output) == (1, True)


def test_a_receipt_is_written_and_checked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "look.tlog-proof"
    written = run("receipt", last_entry(), "--output", path)
    checked = CliRunner().invoke(command.verify, [str(path)])
    spanish = CliRunner().invoke(command.verify, [str(path), "--lang", "es", "--vkey", run("key").output.strip()])

    assert written.exit_code == 0
    assert (checked.exit_code, "This receipt is genuine." in checked.output) == (0, True)
    assert "For which purpose: records" in checked.output
    assert "Este recibo es auténtico." in spanish.output
    assert run("receipt", last_entry()).stdout == path.read_text()


def test_a_receipt_that_was_changed_or_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "look.tlog-proof"
    path.write_text(run("receipt", last_entry()).stdout.replace("index 19", "index 18"))
    changed = CliRunner().invoke(command.verify, [str(path)])
    path.write_text("hello\n")
    none = CliRunner().invoke(command.verify, [str(path)])
    absent = CliRunner().invoke(command.verify, [str(tmp_path / "absent")])

    assert (changed.exit_code, "NOT genuine" in changed.output) == (1, True)
    assert (none.exit_code, absent.exit_code) == (2, 2)


def test_without_any_key_a_receipt_cannot_be_checked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "look.tlog-proof"
    run("receipt", last_entry(), "--output", path)
    (tmp_path / "keys" / "ledger.vkey").unlink()

    result = CliRunner().invoke(command.verify, [str(path)])

    assert (result.exit_code, "no verifier key" in result.output) == (3, True)


def test_an_entry_that_does_not_exist_has_no_receipt(run: Run, tmp_path: Path) -> None:
    assert run("receipt", 10**12).exit_code == 1
    assert run("receipt", "nonsense").exit_code == 2
    assert run("receipt", last_entry(), "--output", tmp_path / "no" / "folder").exit_code == 3


def test_checkpoint_and_key_print_what_others_need(run: Run) -> None:
    assert run("checkpoint").output.startswith("court.example/ledger/2026\n20\n")
    assert run("key").output.startswith("court.example/ledger/2026+")


def test_every_help_page_teaches_with_an_example(run: Run) -> None:
    for arguments in (["--help"], ["verify", "--help"], ["receipt", "--help"]):
        result = run(*arguments)
        assert result.exit_code == 0
        assert "Exit codes" in result.output or "rollkeeper ledger" in result.output
