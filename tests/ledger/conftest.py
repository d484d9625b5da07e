"""A ledger of a test's own: a database, a state folder, a signing key, and an attacker with every right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import sql
from psycopg.conninfo import make_conninfo

from rollkeeper.ledger.findings import Kind, Report
from rollkeeper.ledger.notes import Signer
from rollkeeper.ledger.sequencer import Sequencer, Step
from rollkeeper.ledger.verify import Options, verify
from rollkeeper.ledger.witness import LocalWitness, WitnessedCheckpoint, read_witness
from tests.conftest import conninfo
from tests.environment import DATABASE, SERVER

ORIGIN = "court.example/ledger/2026"
SIGNER = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
Connection = psycopg.Connection[Any]  # Any: the row type


@dataclass
class Ledger:
    """One ledger under test. ``owner`` is the schema's owner and a superuser: the attacker. ``site`` is the site."""

    owner: Connection
    site: Connection
    owner_address: str
    site_address: str
    state: Path
    offset: timedelta = timedelta(0)  # how far this ledger's clock is from the machine's

    @property
    def witness(self) -> LocalWitness:
        return LocalWitness(self.state / "checkpoints")

    def clock(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def sequencer(self, connection: Connection | None = None) -> Sequencer:
        return Sequencer(connection or self.site, signer=SIGNER, witness=self.witness, clock=self.clock)

    def step(self) -> Step:
        return self.sequencer().step()

    def write(self, count: int = 1, *, at: str = "clock_timestamp()", detail: str = "{}") -> int:
        """Append looks at case 5 of person 9; returns the number of the last."""
        statement = (
            "SELECT max(ledger_write('look.opened', 71, '{5}', '{9}', jsonb_build_object('act', 'docket.read',"
            " 'purpose', 'records', 'cases', '[5]'::jsonb, 'persons', '[9]'::jsonb) || %s::jsonb, "
            f"{at})) FROM generate_series(1, %s)"
        )
        return int(self.value(statement, detail, count))

    def tamper(self, statement: str, *parameters: object) -> None:
        """Change rows as a superuser who has switched every trigger off."""
        with self.owner.transaction():
            self.owner.execute("SET LOCAL session_replication_role = replica")
            assert self.owner.execute(statement.encode(), parameters).rowcount > 0

    def verify(self, *, witnessed: list[WitnessedCheckpoint] | None = None, now: datetime | None = None) -> Report:
        notes = witnessed
        if notes is None:
            notes = read_witness(self.witness.folder) if self.witness.folder.exists() else []
        options = Options(keys=[SIGNER.key], witnessed=notes)
        return verify(lambda: psycopg.connect(self.owner_address), options, now=now or self.clock())

    def kinds(self, **options: Any) -> set[Kind]:  # Any: passed on
        return set(self.verify(**options).counts)

    def value(self, statement: str, *parameters: object) -> Any:  # Any: whatever the statement selects
        row = self.owner.execute(statement.encode(), parameters).fetchone()
        assert row is not None
        return row[0]


@pytest.fixture(scope="session")
def ledger_database(template: str) -> Iterator[str]:
    """A database for the tests of this folder that need no Django; each test empties its ledger."""
    name = f"{DATABASE}_ledger"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        yield name
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def ledger(ledger_database: str, tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    addresses = [make_conninfo(conninfo(alias), dbname=ledger_database) for alias in ("owner", "default")]
    with (
        psycopg.connect(addresses[0], autocommit=True) as owner,
        psycopg.connect(addresses[1], autocommit=True) as site,
    ):
        empty(owner)
        yield Ledger(owner, site, addresses[0], addresses[1], state=tmp_path)


def empty(owner: Connection) -> None:
    """Take everything out of a ledger that belongs to the tests."""
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        for table in ("checkpoint", "tile", "leaf", "queue", "subject", "entry"):
            owner.execute(f"DELETE FROM ledger_{table}".encode())


@pytest.fixture
def grown(ledger: Ledger) -> Ledger:
    """A ledger of 700 entries (two full tiles and a part) in four checkpoints, verified once."""
    for count in (300, 100, 250, 50):
        ledger.write(count)
        ledger.step()
    report = ledger.verify()
    assert (report.counts, report.entries, report.leaves, report.checkpoints) == ({}, 700, 700, 4)
    return ledger
