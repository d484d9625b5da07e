"""Browsers of people at each desk, as the pages of this system meet them: signed in."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connections
from django.test import Client

from rollkeeper.access.models import Membership
from rollkeeper.accounts.models import Account
from rollkeeper.ledger.keys import make_signer, publish_vkey, read_signer
from rollkeeper.ledger.queries import connection_of
from rollkeeper.ledger.sequencer import Sequencer
from rollkeeper.ledger.witness import LocalWitness
from tests.factories.cases import NOW
from tests.factories.world import World, make_account

_numbers = itertools.count(1)


def colleague(world: World, name: str) -> Account:
    """An account beside one of the world's, with the same office."""
    like = world.account(name)
    account = make_account(f"{name}-colleague-{next(_numbers)}", like.desk, court=like.court, judge=like.judge)
    for membership in Membership.objects.using("owner").filter(account=like):
        Membership.objects.using("owner").create(
            account=account, principal=membership.principal, valid_from=NOW - timedelta(days=30)
        )
    return account


def browser_of(account: Account, **options: object) -> Client:
    """A browser signed in as an account."""
    client = Client(**options)  # type: ignore[arg-type]  # the client's own options
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def reader(world: World, name: str, **options: object) -> Client:
    """A browser of somebody in the place of one of the world's accounts."""
    return browser_of(colleague(world, name), **options)


def queries_of(client: Client, url: str) -> int:
    """How many statements a page takes."""
    connection = connections["default"]
    connection.force_debug_cursor = True
    try:
        assert client.get(url).status_code == 200
        return len(connection.queries_log)  # Django empties it when a request begins
    finally:
        connection.force_debug_cursor = False


def sequence_now() -> Path:
    """Give every entry its place and sign a checkpoint, as the worker does; returns the file with the public key."""
    keys = Path(settings.ROLLKEEPER_STATE) / "keys"
    origin = settings.ROLLKEEPER_LEDGER_ORIGIN
    signer = read_signer(keys, origin) or make_signer(keys, origin)
    publish_vkey(keys, signer)
    with TemporaryDirectory() as folder:  # a witness of this database alone; the state folder outlives it
        witness = LocalWitness(Path(folder))
        Sequencer(connection_of("default"), signer=signer, witness=witness).step()
    return keys / "ledger.vkey"
