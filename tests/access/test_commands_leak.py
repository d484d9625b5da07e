"""Every command's output, searched for what the record holds. A new command fails until it is described here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.core.management import get_commands

from rollkeeper.access import door
from rollkeeper.cli import cli
from tests.factories.world import World

# Commands that are not run here, each with the reason why they can show nothing.
NOT_RUN = {
    "serve": "starts the site; its pages are visited in test_leak",
    "worker": "sequences hashes; tests/ledger starts it and reads what it says",
    "reset-demo": "removes files; says one sentence",
    "django": "passes on to Django's own commands; see test_djangos_commands_are_known",
    "ledger key": "reads a key file of the state folder; tests/ledger",
    "account add": "asks for a password; tests/accounts",
    "account disable": "tests/accounts: it changes accounts that other tests use",
    "account reset-mfa": "tests/accounts: it changes accounts that other tests use",
    "account roles": "tests/accounts: it changes accounts that other tests use",
    "release sample": "writes invented files; no database",
}


def leaves(group: click.Group, before: str = "") -> Iterator[str]:
    """The full name of every command."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from leaves(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def arguments(world: World, folder: Path) -> dict[str, list[str]]:
    """Each command as an operator would type it, on a record that could leak."""
    with door.look(world.account("clerk").pk, purpose="records", act="docket.read", case=world.case.number) as look:
        entry = str(look.number)
    return {
        "migrate": [],
        "demo": [],
        "ledger verify": [],
        "ledger checkpoint": [],
        "ledger receipt": [entry],
        "verify": [str(folder / "no.tlog-proof"), "--vkey", "x"],
        "release load": [str(folder)],
        "release check": [str(folder)],
        "account list": [],
        "hold place": ["person", "999999999", "--order", "Order of a court"],
        "hold lift": ["999999999", "--order", "Order of a court"],
        "hold list": [],
    }


def test_no_command_shows_what_the_record_holds(world: World, tmp_path: Path) -> None:
    described = arguments(world, tmp_path)
    secrets = {value for made in (world.case, world.other) for values in made.secrets.values() for value in values}
    unknown, leaks = [], {}

    for name in leaves(cli):
        if name in NOT_RUN:
            continue
        if name not in described:
            unknown.append(name)
            continue
        said = CliRunner().invoke(cli, [*name.split(), *described[name]], input="n\n").output
        found = sorted(value for value in secrets if value.lower() in said.lower())
        if found:
            leaks[name] = found

    assert unknown == []
    assert leaks == {}


def test_djangos_commands_are_known(world: World) -> None:
    """None of our packages adds a command of Django's that could print rows."""
    ours = {name: app for name, app in get_commands().items() if str(app).startswith("rollkeeper.")}

    assert ours == {}


@pytest.mark.parametrize("name", sorted(NOT_RUN))
def test_what_is_not_run_exists(name: str) -> None:
    assert name in set(leaves(cli))
