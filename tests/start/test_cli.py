"""The one command: help that teaches, exit codes that mean something."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rollkeeper.foundation.postgres import server
from rollkeeper.foundation.postgres.layout import locate
from tests.start.helpers import free_port, rollkeeper, short_folder


@pytest.fixture
def state() -> Iterator[Path]:
    """A state folder; whatever server a test leaves in it is stopped."""
    with short_folder() as folder:
        yield folder
        server.stop(locate(folder))


def _run(*arguments: str, **environment: str) -> tuple[int, str]:
    process = rollkeeper(*arguments, environment=environment)
    words = process.communicate(timeout=120)[0]
    return process.returncode, words


def test_help_lists_every_command_with_a_sentence_and_the_exit_codes(state: Path) -> None:
    code, words = _run("--help", ROLLKEEPER_STATE=str(state))

    assert code == 0
    for name in ("serve", "worker", "demo", "ledger", "release", "verify", "account", "migrate", "hold", "django"):
        assert f"\n  {name} " in words
    assert "Exit codes:" in words
    assert "rollkeeper serve --demo" in words


@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "reset-demo"])
def test_help_of_a_command_starts_nothing(command: str, state: Path) -> None:
    code, words = _run(command, "--help", ROLLKEEPER_STATE=str(state))

    assert code == 0
    assert words.startswith(f"Usage: rollkeeper {command}")
    assert not (state / "postgres").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("surve",), 2, "No such command 'surve'."),
        (("serve", "--port", "99999"), 2, "99999 is not in the range 1<=x<=65535"),
    ],
)
def test_a_command_typed_wrongly_ends_with_2(state: Path, arguments: tuple[str, ...], code: int, sentence: str) -> None:
    answer = _run(*arguments, ROLLKEEPER_STATE=str(state))

    assert answer[0] == code
    assert sentence in answer[1]


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("ROLLKEEPER_PORT", "eighty", "ROLLKEEPER_PORT is 'eighty'; use a whole number.\n"),
        ("ROLLKEEPER_DEMO", "yes", "ROLLKEEPER_DEMO is 'yes'; use True or False.\n"),
        ("ROLLKEEPER_PG_BIN", "/gone", "ROLLKEEPER_PG_BIN is '/gone', which holds no PostgreSQL that runs here.\n"),
    ],
)
def test_a_machine_or_setting_that_does_not_fit_ends_with_3_and_one_sentence(
    state: Path, variable: str, value: str, sentence: str
) -> None:
    code, words = _run(
        "serve",
        *([] if "PORT" in variable else ["--port", str(free_port())]),
        **{"ROLLKEEPER_STATE": str(state), variable: value},
    )

    assert code == 3
    assert words.endswith(sentence)
    assert "Traceback" not in words


def test_a_demo_and_a_court_never_share_a_folder(state: Path) -> None:
    (state / "kind").write_text("court\n")

    serve, reset = _run("serve", "--demo", ROLLKEEPER_STATE=str(state)), _run("reset-demo", ROLLKEEPER_STATE=str(state))

    expected = (3, f"The folder {state} holds a real court; the demo needs another one: set ROLLKEEPER_STATE.\n")
    assert serve == expected
    assert reset == expected


def test_a_reset_without_a_demo_removes_nothing(state: Path) -> None:
    (state / "letter.txt").write_text("keep me")

    answer = _run("reset-demo", ROLLKEEPER_STATE=str(state))

    assert answer == (0, f"There is no demo court in {state}; nothing was removed.\n")
    assert (state / "letter.txt").exists()


def test_a_server_that_is_set_but_does_not_answer_is_named(state: Path) -> None:
    code, words = _run(
        "migrate", ROLLKEEPER_STATE=str(state), ROLLKEEPER_DATABASE_URL="postgresql://u:secret@127.0.0.1:1/court"
    )

    assert code == 3
    assert "The database refused: connection failed" in words
    assert "secret" not in words
    assert "Traceback" not in words


def test_a_file_where_the_state_folder_should_be_is_named(state: Path) -> None:
    (state / "var").write_text("a letter")

    code, words = _run("migrate", ROLLKEEPER_STATE=str(state / "var" / "inner"))

    assert code == 3
    assert words == (
        f"The folder {state / 'var' / 'inner'} cannot be made (Not a directory); "
        "set ROLLKEEPER_STATE to one you may write to.\n"
    )


def test_a_command_on_an_empty_database_says_how_to_make_the_tables(state: Path) -> None:
    answer = _run("hold", "list", ROLLKEEPER_STATE=str(state))

    assert answer == (3, "The tables are not there yet; run: rollkeeper migrate\n")
    assert not (state / "postgres" / "data" / "postmaster.pid").exists()
