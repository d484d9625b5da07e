"""What the world may fetch: checkpoint, tiles and key. Never a body, never a leaf that is not signed yet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from rollkeeper.ledger import queries, worker
from rollkeeper.ledger.checkpoints import open_checkpoint
from rollkeeper.ledger.merkle import CompactRange
from rollkeeper.ledger.notes import parse_vkey
from rollkeeper.ledger.sequencer import Sequencer
from rollkeeper.ledger.tiles import Tile, tile_nodes, tile_path
from rollkeeper.ledger.witness import LocalWitness

ORIGIN = "court.example/ledger/2026"
SECRET = "docket.read"


@pytest.fixture
def log(
    fresh_database: str, django_db_blocker: Any, settings: Any, tmp_path: Path
) -> Iterator[Sequencer]:  # Any: no types
    """A log of 300 signed entries on the site's own connection."""
    settings.ROLLKEEPER_STATE = tmp_path
    with django_db_blocker.unblock():
        connection = queries.connection_of("default")
        witness = LocalWitness(tmp_path / "checkpoints")
        signer = worker.open_signer(connection, tmp_path / "keys", ORIGIN, witness)
        write(299)
        sequencer = Sequencer(connection, signer=signer, witness=witness)
        sequencer.step()
        yield sequencer


def write(count: int) -> None:
    queries.connection_of("owner").execute(
        f"SELECT ledger_write('look.opened', 1, '{{5}}', '{{}}', '{{\"act\": \"{SECRET}\"}}', clock_timestamp())"
        f" FROM generate_series(1, {count})".encode()
    )


def test_a_follower_rebuilds_the_signed_root_from_what_is_public(log: Sequencer, client: Client) -> None:
    """Key, checkpoint and tiles, over HTTP alone."""
    key = parse_vkey(client.get("/log/key").content.decode())
    answer = client.get("/log/checkpoint")
    signed = open_checkpoint(answer.content.decode(), [key]).checkpoint

    def fetch(tile: Tile) -> bytes:
        response = client.get(f"/log/tile/{tile_path(tile)}")
        assert (response.status_code, response["Content-Type"]) == (200, "application/octet-stream")
        assert "immutable" in response["Cache-Control"]
        return response.content

    assert (answer["Content-Type"], signed.size) == ("text/plain; charset=utf-8", 300)
    assert CompactRange.from_nodes(signed.size, tile_nodes(signed.size, fetch)).root() == signed.root


def test_what_is_not_in_the_signed_tree_is_not_found(log: Sequencer, client: Client) -> None:
    outside = ["0/001.p/45", "0/001", "0/002", "1/000", "1/000.p/2", "2/000.p/1", "63/000", "0/" + "x999/" * 15 + "999"]
    misspelt = ["0/1", "entries/000", "0/000.p/0", "0/000%00", "..%2f..%2fkeys%2fledger.key", "0/-01"]

    found = [path for path in outside + misspelt if client.get(f"/log/tile/{path}").status_code != 404]

    assert found == []
    assert client.get("/log/tile/0/000").status_code == 200


def test_leaves_appear_only_once_signed(log: Sequencer, client: Client) -> None:
    write(1)
    queries.connection_of("default").execute("SELECT * FROM ledger_sequence(10)")  # placed, not signed
    assert client.get("/log/tile/0/001.p/45").status_code == 404

    log.step()

    assert client.get("/log/tile/0/001.p/45").status_code == 200
    assert client.get("/log/tile/0/001.p/44").status_code == 200  # of the older checkpoint, still served


def test_no_public_address_shows_a_body(log: Sequencer, client: Client) -> None:
    bodies = [client.get(f"/log/{path}").content for path in ("checkpoint", "key", "tile/0/000", "tile/0/001.p/44")]

    assert all(bodies)
    assert not any(SECRET.encode() in body or b"look.opened" in body for body in bodies)


def test_the_log_is_read_only(log: Sequencer, client: Client) -> None:
    paths = ["/log/checkpoint", "/log/key", "/log/tile/0/000"]

    assert [client.post(path).status_code for path in paths] == [405, 405, 405]
    assert [client.head(path).status_code for path in paths] == [200, 200, 200]


def test_a_log_that_signed_nothing_says_so(
    fresh_database: str, django_db_blocker: Any, settings: Any, tmp_path: Path, client: Client
) -> None:
    settings.ROLLKEEPER_STATE = tmp_path
    with django_db_blocker.unblock():
        assert client.get("/log/checkpoint").status_code == 404
        assert client.get("/log/key").status_code == 404
        assert client.get("/log/tile/0/000").status_code == 404
