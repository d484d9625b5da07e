"""The `rollkeeper` command: one door to everything an operator does. Sub-commands are loaded when they are called."""

import contextlib
import errno
import importlib
import shutil
import signal
import sys
from collections.abc import Iterator
from typing import NoReturn

import click
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import DatabaseError

from rollkeeper.conf import launch
from rollkeeper.conf.environment import state_folder
from rollkeeper.foundation.postgres.layout import locate
from rollkeeper.foundation.postgres.problems import PostgresProblem
from rollkeeper.foundation.start.problems import CannotStart
from rollkeeper.foundation.start.progress import Narrator
from rollkeeper.foundation.start.serve import serve as carry_out
from rollkeeper.foundation.vault.keys import KeyFault

REFUSED, USAGE, ENVIRONMENT = 1, 2, 3
_NO_ROOM = 32 * 1024 * 1024  # two files of PostgreSQL's write-ahead log

# name → (module, attribute, whether it needs the database, what `rollkeeper --help` says)
_COMMANDS: dict[str, tuple[str, str, bool, str]] = {
    "demo": ("rollkeeper.demo.command", "demo", True, "Make the demo court, or one of any size for measurements."),
    "ledger": ("rollkeeper.ledger.command", "ledger", True, "Verify the ledger, show its state, write receipts."),
    "verify": ("rollkeeper.ledger.command", "verify", False, "Check a receipt, without database or network."),
    "release": ("rollkeeper.releases.command", "release", True, "Load the public case release, or write a sample."),
    "account": ("rollkeeper.accounts.command", "account", True, "Add, change and close the accounts of people."),
    "hold": ("rollkeeper.access.command", "hold", True, "Enter and lift a hold: a deny that beats every right."),
}

_HELP = """Rollkeeper: an open courts and appeals system in which nobody looks unseen.

\b
Start here:
  rollkeeper serve --demo         the demo court on http://localhost:8000
  rollkeeper serve                your court (see docs/how-to/run-on-a-server.md)
  rollkeeper ledger verify        re-read the whole ledger and check every hash and signature
  rollkeeper verify LOOK.tlog-proof
                                  check a receipt that somebody downloaded
  rollkeeper COMMAND --help       what a command does, with examples

\b
Settings come from ROLLKEEPER_* variables (docs/reference/settings.md). Without ROLLKEEPER_DATABASE_URL a command
starts the embedded PostgreSQL if it is not running, and stops it when it was the last to use it.

\b
Exit codes:
  0  done, nothing wrong
  1  a finding or a refusal: what was checked does not hold, or the record refuses what was asked
  2  the command was typed wrongly
  3  this machine cannot run it now: database, port, disk, settings or a missing key
"""


class Commands(click.Group):
    """Sub-commands that live in their packages, loaded with the database and Django ready for those that need them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Our own commands and those of the packages."""
        return sorted({*super().list_commands(ctx), *_COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command; one of a package is imported after Django is set up."""
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, attribute, needs_database, _help = _COMMANDS[cmd_name]
        if needs_database and not _asks_for_help():
            ctx.with_resource(launch.database(_tell))
        launch.set_up_django()
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}.{attribute} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List every command with its line, without loading any."""
        own = {name: command.get_short_help_str(90) for name, command in self.commands.items()}
        rows = {name: entry[3] for name, entry in _COMMANDS.items()} | own
        with formatter.section("Commands"):
            formatter.write_dl(sorted(rows.items()))


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


@click.group(cls=Commands, help=_HELP, context_settings=_CONTEXT)
@click.version_option(package_name="rollkeeper")
def cli() -> None:
    """Described by _HELP."""


@cli.command()
@click.option("--demo", is_flag=True, help="Serve the demo court: synthetic people, one click to step into a role.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (ROLLKEEPER_PORT, else 8000).")
@click.option("--host", help="Address to listen on (ROLLKEEPER_HOST, else 127.0.0.1: this machine alone).")
def serve(demo: bool, port: int | None, host: str | None) -> None:
    """Start the site with everything it needs, and stop it all on Ctrl-C.

    Starts the embedded PostgreSQL (or uses ROLLKEEPER_DATABASE_URL), brings the tables up to date, then runs the worker
    and the site. What is in the record stays there between starts.

    \b
    Examples:
      rollkeeper serve --demo               the demo court on http://localhost:8000
      rollkeeper serve --demo --port 8001   on another port
      ROLLKEEPER_DATABASE_URL=postgresql://… rollkeeper serve
    """
    set_host, set_port, set_demo = launch.settings_from_environment()
    chosen = launch.plan(host=host or set_host, port=port or set_port, demo=demo or set_demo, say=_tell)
    carry_out(chosen, Narrator())


@cli.command()
def worker() -> None:
    """Order the ledger's entries, sign checkpoints and run the jobs, until stopped (serve starts one by itself).

    Two workers at once are safe: one works, the other waits to take over.
    """
    with launch.database(_tell):
        launch.set_up_django()
        importlib.import_module("rollkeeper.ledger.worker").run()  # models: only after django.setup


@cli.command()
def migrate() -> None:
    """Bring the database tables up to date (serve does this by itself).

    Works as the owner: ROLLKEEPER_DATABASE_URL, or the embedded PostgreSQL. Running it twice changes nothing.
    """
    with launch.database(_tell):
        launch.prepare_tables(lambda _what, _done, _of: None, demo=launch.settings_from_environment()[2])
    _tell("The tables are up to date.")


@cli.command(name="reset-demo")
def reset_demo() -> None:
    """Remove the demo court and all that belongs to it; refuses to touch a real court.

    \b
    Example:
      rollkeeper reset-demo && rollkeeper serve --demo
    """
    launch.reset_demo(_tell)


@cli.command(context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def django(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands (check, makemigrations, sqlmigrate, …).

    \b
    Examples:
      rollkeeper django check --deploy
      rollkeeper django help
    """
    with launch.database(_tell):
        launch.set_up_django()
        importlib.import_module("django.core.management").execute_from_command_line(["rollkeeper django", *arguments])


def main() -> NoReturn:
    """Run the command; every failure we know is one sentence on stderr and an exit code that means something."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(143))  # put away what was started, then end
    with _failures():
        code = cli.main(prog_name="rollkeeper", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)


@contextlib.contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _tell("Stopped.")
        sys.exit(130)
    except (PostgresProblem, CannotStart, ImproperlyConfigured, KeyFault) as problem:
        _fail(str(problem), ENVIRONMENT)
    except OSError as problem:
        _fail(_about_file(problem), ENVIRONMENT)
    except CommandError as problem:
        _fail(str(problem), REFUSED)
    except (DatabaseError, psycopg.Error) as problem:
        _fail(_about_database(problem), ENVIRONMENT)


def _about_file(problem: OSError) -> str:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full_disk(problem.filename or state_folder())
    reason = problem.strerror or problem
    return f"{problem.filename or 'A file'} cannot be used: {reason}; check the path and who owns it."


def _full_disk(place: object) -> str:
    return f"The disk that holds {place} is full; free about 1 GB and run the same command again."


def _about_database(problem: DatabaseError | psycopg.Error) -> str:
    if isinstance(problem.__cause__ or problem, psycopg.errors.UndefinedTable):
        return "The tables are not there yet; run: rollkeeper migrate"
    home = locate(state_folder()).home
    if home.exists() and shutil.disk_usage(home).free < _NO_ROOM:  # PostgreSQL may just have gone away
        return _full_disk(home)
    where = f"state folder {state_folder()}; docs/reference/settings.md tells how the database is chosen"
    return f"The database refused: {(str(problem).strip() or 'no reason given').splitlines()[0]} ({where})"


def _fail(sentence: str, code: int) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(code)


def _tell(line: str) -> None:
    click.echo(line, err=True)


def _asks_for_help() -> bool:
    return any(argument in ("-h", "--help") for argument in sys.argv[1:])
