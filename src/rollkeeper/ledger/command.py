"""``rollkeeper ledger`` and ``rollkeeper verify``: check the log, show its state, write and check receipts."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click
import psycopg
from django.conf import settings
from django.db import connections
from psycopg.conninfo import make_conninfo
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from rollkeeper.ledger import queries, telling
from rollkeeper.ledger.append import append
from rollkeeper.ledger.checker import check_receipt
from rollkeeper.ledger.checkpoints import CheckpointRefused
from rollkeeper.ledger.findings import Severity
from rollkeeper.ledger.keys import VKEY_FILE, KeyUnusable, read_vkeys
from rollkeeper.ledger.merkle import ProofRefused
from rollkeeper.ledger.notes import NoteRefused, VerifierKey, parse_vkey
from rollkeeper.ledger.proofs import NoReceiptYet, NoSuchEntry, make_receipt, read_entry
from rollkeeper.ledger.queries import Connection
from rollkeeper.ledger.receipts import SUFFIX, verify_receipt
from rollkeeper.ledger.verify import Options
from rollkeeper.ledger.verify import verify as verify_ledger
from rollkeeper.ledger.witness import WitnessedCheckpoint, WitnessUnreadable, read_witness

FOUND, ENVIRONMENT = 1, 3
PATH = click.Path(path_type=Path)
console = Console(stderr=True)


@click.group()
def ledger() -> None:
    """The ledger of looks: verify all of it, show its last checkpoint and its key, write receipts.

    \b
      rollkeeper ledger verify
      rollkeeper ledger verify --witness checkpoints-kept-elsewhere.txt
      rollkeeper ledger checkpoint
      rollkeeper ledger receipt 4410 --output look-4410.tlog-proof
      rollkeeper ledger key
    """


@ledger.command(name="verify")
@click.option(
    "--witness",
    "witnesses",
    multiple=True,
    type=PATH,
    metavar="FILE",
    help="Checkpoints kept elsewhere: a "
    "file of signed notes, or a folder of such files. May be repeated. Without it, the copies in the state "
    "folder are used.",
)
@click.option("--entries", metavar="N[,N…]", help="Check only these entries, each against its signed checkpoint.")
@click.option("--vkey", metavar="KEY", help="The log's verifier key, from a source you trust.")
@click.option("--key-file", type=PATH, help="A file with verifier keys, one a line.")
@click.option("--database", metavar="URL", help="Another database with the ledger; a role that reads it suffices.")
@click.option("--quick", is_flag=True, help="Check the signatures of the newest 1,000 checkpoints only.")
@click.option("--strict", is_flag=True, help="Alarms (a heartbeat missed, a checkpoint lost) end with exit code 1 too.")
@click.option("--record", is_flag=True, help="Leave an entry in the ledger that says what this run found.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, for other programs.")
def verify_command(
    witnesses: tuple[Path, ...],
    entries: str | None,
    vkey: str | None,
    key_file: Path | None,
    database: str | None,
    quick: bool,
    strict: bool,
    record: bool,
    as_json: bool,
) -> None:
    """Read everything again: entries, leaves, tiles, checkpoints, signatures, witnesses.

    Finds and names what was altered, removed, moved, cut off, put back from an older copy or dated back. Works on a
    ledger in use; a million entries take a few seconds.

    \b
    Exit codes: 0 intact, 1 something was found, 2 typed wrongly, 3 could not be checked.
    """
    with _plain_failures():
        keys = _keys(vkey, key_file)
        connect = _connector(database)
        if entries is not None:
            _verify_some(connect, _numbers(entries), keys)
            return
        options = Options(keys=keys, witnessed=_witnessed(witnesses), all_signatures=not quick)
        with _progress() as progress:
            report = verify_ledger(connect, options, now=datetime.now(UTC), progress=progress)
    click.echo(telling.as_json(report) if as_json else telling.as_text(report))
    if record:
        append("ledger.verified", using="owner", reason=telling.summary(report), size=report.leaves)
    if not report.is_intact or (strict and report.number_of(Severity.ALARM)):
        raise click.exceptions.Exit(FOUND)


@ledger.command()
def checkpoint() -> None:
    """Print the checkpoint signed last: name, size and root of the log, with its signatures.

    Keep it, or send it to somebody who keeps it: nobody can later change what it covers unnoticed.
    """
    latest = queries.latest_checkpoint(queries.connection_of("default"))
    if latest is None:
        _fail("The log has signed no checkpoint yet; the worker signs one when the first entry is there.", FOUND)
    click.echo(latest.note, nl=False)


@ledger.command()
@click.argument("entry", type=click.IntRange(1))
@click.option("--output", type=PATH, metavar="FILE", help=f"Where to write it; without, the {SUFFIX} file is printed.")
def receipt(entry: int, output: Path | None) -> None:
    """Write the receipt of an entry, which anybody can check offline with `rollkeeper verify`.

    The receipt holds the entry itself. Give it only to somebody who may read that.

    \b
    Example:
      rollkeeper ledger receipt 4410 --output look-4410.tlog-proof
    """
    connection = _owner()
    try:
        text = make_receipt(connection, read_entry(connection, entry)).text()
    except (NoSuchEntry, NoReceiptYet) as problem:
        _fail(str(problem), FOUND)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as problem:
        _fail(f"{output} cannot be written: {problem.strerror}.", ENVIRONMENT)
    click.echo(f"{output} holds the receipt of entry {entry}.", err=True)


@ledger.command()
def key() -> None:
    """Print the log's verifier key. Publish it where people trust it: in the court's bulletin, on paper."""
    with _plain_failures():
        for found in _keys(None, None):
            click.echo(str(found))


@click.command()
@click.argument("receipt", type=PATH)
@click.option("--vkey", metavar="KEY", help="The log's verifier key, from a source you trust.")
@click.option("--key-file", type=PATH, help="A file with verifier keys, one a line.")
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", help="Language of the answer.")
def verify(receipt: Path, vkey: str | None, key_file: Path | None, lang: str) -> None:
    """Check a receipt (.tlog-proof) offline, and say in plain words what it proves.

    Without --vkey or --key-file the key of this installation is used. Somebody who does not trust this installation
    runs the one-file checker instead, which needs nothing but Python: src/rollkeeper/ledger/checker/check_receipt.py.

    \b
    Examples:
      rollkeeper verify look-4410.tlog-proof
      rollkeeper verify look-4410.tlog-proof --key-file court-keys.txt --lang es
    Exit codes: 0 genuine, 1 not genuine, 2 not a receipt or not a key, 3 no key here.
    """
    language = 1 if lang == "es" else 0
    if vkey is None and key_file is None:
        key_file = Path(settings.ROLLKEEPER_STATE) / "keys" / VKEY_FILE
        if not key_file.exists():
            _fail("This installation has no verifier key. Give the log's key with --vkey or --key-file.", ENVIRONMENT)
    try:
        lines = check_receipt.check(str(receipt), vkey, str(key_file) if key_file else None, language)
    except check_receipt.Problem as problem:
        word = check_receipt.WORDS["false" if problem.usable else "unusable"][language]
        _fail(f"{word} {problem.sentence(language)}", FOUND if problem.usable else 2)
    click.echo("\n".join(lines))


def _verify_some(connect: Callable[[], Connection], entries: Sequence[int], keys: Sequence[VerifierKey]) -> None:
    """Each entry by its own receipt: text, leaf, tiles, signature."""
    bad = 0
    with connect() as connection:
        for entry in entries:
            try:
                proved = verify_receipt(make_receipt(connection, read_entry(connection, entry)), keys)
            except (NoSuchEntry, NoReceiptYet, ProofRefused, CheckpointRefused) as problem:
                bad += 1
                click.echo(f"Entry {entry}: {problem}")
            else:
                size = proved.signed.checkpoint.size
                click.echo(f"Entry {entry} is leaf {proved.index} of the {size:,} entries that were signed.")
    if bad:
        raise click.exceptions.Exit(FOUND)


def _numbers(text: str) -> list[int]:
    try:
        return [int(part) for part in text.split(",")]
    except ValueError:
        raise click.BadParameter("use entry numbers with commas, such as 4410,4411.", param_hint="--entries") from None


def _keys(vkey: str | None, key_file: Path | None) -> list[VerifierKey]:
    if vkey is not None:
        return [parse_vkey(vkey)]
    return read_vkeys(key_file or Path(settings.ROLLKEEPER_STATE) / "keys" / VKEY_FILE)


def _witnessed(paths: Sequence[Path]) -> list[WitnessedCheckpoint]:
    own = Path(settings.ROLLKEEPER_STATE) / "checkpoints"
    if not paths and not own.is_dir():
        return []
    return [note for path in paths or [own] for note in read_witness(path)]


def _connector(database: str | None) -> Callable[[], Connection]:
    address = database or _address()

    def connect() -> Connection:
        return psycopg.connect(address)

    return connect


def _address() -> str:
    if "owner" not in connections:
        _fail("This process knows the site's database address alone, and the site may not read the ledger. Set "
              "ROLLKEEPER_DATABASE_URL, or name a database with --database.", ENVIRONMENT)  # fmt: skip
    parts = connections["owner"].settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return make_conninfo(**{name: str(parts[key]) for name, key in names.items() if parts[key]}, **parts["OPTIONS"])


def _owner() -> Connection:
    _address()
    return queries.connection_of("owner")


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    columns = (SpinnerColumn(), TextColumn("Reading entries"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def _plain_failures() -> Iterator[None]:
    """What keeps the check from being made, in one sentence and exit code 3."""
    try:
        yield
    except NoteRefused as problem:
        raise click.BadParameter(str(problem), param_hint="--vkey") from problem
    except (KeyUnusable, WitnessUnreadable) as problem:
        _fail(str(problem), ENVIRONMENT)
    except psycopg.Error as problem:
        _fail(f"The database could not be read: {str(problem).strip().splitlines()[0]}", ENVIRONMENT)


def _fail(sentence: str, code: int) -> NoReturn:
    click.echo(sentence, err=True)
    raise click.exceptions.Exit(code)
