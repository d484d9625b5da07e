"""With ROLLKEEPER_DATABASE_URL the same code uses that server, and starts none of its own."""

import os
import signal
import urllib.error
import urllib.request
from contextlib import suppress

import psycopg

from rollkeeper.foundation.postgres.binaries import available_binaries
from rollkeeper.foundation.postgres.testing import temporary_cluster
from tests.start.helpers import free_port, rollkeeper, short_folder, wait_for


def _answers(address: str) -> bool:
    with suppress(urllib.error.URLError, TimeoutError), urllib.request.urlopen(address, timeout=10) as page:
        return bool(page.status == 200)
    return False


def test_a_server_that_is_set_is_migrated_twice_and_served_from() -> None:
    """On the system's PostgreSQL where there is one beside the package's."""
    port = free_port()
    with short_folder() as state, temporary_cluster(available_binaries()[-1]) as url:
        environment = {"ROLLKEEPER_STATE": str(state / "var"), "ROLLKEEPER_DATABASE_URL": url}
        for _ in range(2):
            migrated = rollkeeper("migrate", environment=environment)
            assert migrated.communicate(timeout=120)[0] == "The tables are up to date.\n"

        court = rollkeeper("serve", "--port", str(port), environment=environment)
        wait_for(lambda: _answers(f"http://127.0.0.1:{port}/"), seconds=90, what="the first page")
        with psycopg.connect(url) as connection:
            roles = connection.execute(
                "select distinct usename from pg_stat_activity where datname = 'rollkeeper' and pid <> pg_backend_pid()"
            ).fetchall()
        os.killpg(court.pid, signal.SIGINT)
        words = court.communicate(timeout=60)[0]

        assert court.returncode == 0
        assert f"Rollkeeper serves at http://localhost:{port}" in words
        assert {str(role) for [role] in roles} == {"rollkeeper_app"}
        assert not (state / "var" / "postgres").exists()
