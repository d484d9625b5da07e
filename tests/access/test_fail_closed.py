"""When the ledger cannot be written, nothing is shown; and no page is shown without its entry, whatever is killed."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings

from rollkeeper.access.declare import declaration_of
from tests.access.addresses import concrete, every_address
from tests.access.leaks import found_in
from tests.access.test_leak import client_of
from tests.conftest import Connect, conninfo
from tests.factories.world import World, build_world

BREAKS = {
    "the queue cannot be written": "ALTER TABLE ledger_queue RENAME TO ledger_queue_away",
    "this month has no partition": "DO $$ BEGIN EXECUTE format('ALTER TABLE ledger_entry DETACH PARTITION %I', "
    "'ledger_entry_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')); END $$",
    "the door's function fails": "CREATE OR REPLACE FUNCTION canonical_json(value jsonb) RETURNS text LANGUAGE plpgsql "
    "IMMUTABLE STRICT AS $$ BEGIN RAISE disk_full USING MESSAGE = 'no space left'; END $$",
}


@pytest.mark.parametrize("harm", BREAKS)
def test_with_the_ledger_unwritable_no_page_shows_record_data(
    harm: str, fresh_database: str, connect_as_owner: Connect
) -> None:
    world = build_world()
    every = {value for made in (world.case, world.other) for values in made.secrets.values() for value in values}
    connect_as_owner().execute(BREAKS[harm])
    asked = 0

    for reader in ("clerk", "judge", "respondent", "auditor"):
        client = client_of(reader, world)
        for address in every_address():
            declaration = declaration_of(address.view)
            if declaration is None or not declaration.acts:
                continue
            for url in concrete(address, world.case, world):
                response = client.get(url)
                assert found_in(response, every, said=url) == [], url
                assert response.status_code in (200, 302, 400, 404, 405, 422, 503), url
                asked += response.status_code == 503

    assert asked > 20  # the plain page that says the ledger cannot be written


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def site(world: World) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The site as gunicorn serves it, on this test's database."""
    port = free_port()
    environment = {
        **os.environ,
        "ROLLKEEPER_APP_DATABASE_URL": conninfo("default"),
        "ROLLKEEPER_DATABASE_URL": "",
        "PYTHONWARNINGS": "ignore",
    }
    environment.pop("ROLLKEEPER_DATABASE_URL")
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--no-control-socket",
         "rollkeeper.conf.wsgi:application"],
        env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/limits/", timeout=2).close()
            break
        except OSError:
            time.sleep(0.1)
    yield port, process
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("after", [0.0, 0.3, 1.1])
def test_killed_under_load_no_shown_page_lacks_its_entry(
    after: float, site: tuple[int, subprocess.Popen[bytes]], world: World, connect_as_owner: Connect
) -> None:
    """Four readers open pages; the site is killed with SIGKILL; every page they got names an entry that is there."""
    port, process = site
    cookie = client_of("clerk", world).cookies[settings.SESSION_COOKIE_NAME].value
    url = f"http://127.0.0.1:{port}/cases/{world.case.number}/"
    pages: list[str] = []

    def read() -> None:
        while True:
            try:
                request = urllib.request.Request(url, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"})
                with urllib.request.urlopen(request, timeout=5) as answer:
                    pages.append(answer.read().decode())
            except (OSError, urllib.error.URLError, ConnectionError):
                return
            except Exception:  # noqa: BLE001  # half an answer from a killed server is any of many errors
                return

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    while len(pages) < 5:
        time.sleep(0.01)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    for reader in readers:
        reader.join()

    shown = [page for page in pages if world.case.number in page]
    entries = [int(re.sub(r"\D", "", found)) for page in shown for found in re.findall(r"no\.\s*([\d,]+)", page)[:1]]
    assert len(shown) >= 5
    assert len(entries) == len(shown)
    assert missing(connect_as_owner(), entries) == []


def missing(owner: psycopg.Connection, entries: list[int]) -> list[int]:
    """The numbers that the ledger does not hold."""
    rows = owner.execute(
        "SELECT n FROM unnest(%s::bigint[]) n WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.id = n)", [entries]
    ).fetchall()
    return [row[0] for row in rows]
