"""The real site for browser tests: gunicorn as the site's own role, the small court behind it, invented readers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from rollkeeper.access.models import Membership
from rollkeeper.accounts.models import Account
from tests.factories.cases import NOW
from tests.factories.world import World

ANSWERS_WITHIN_S = 40.0
PREFIX = "see-"


def invent_readers(world: World) -> list[str]:
    """For every account of the small court an invented one beside it, that a browser can step into."""
    names = []
    for name, account in world.accounts.items():
        twin = Account.objects.using("owner").create(
            username=PREFIX + name,
            desk=account.desk,
            display_name=f"{account.display_name}, invented",
            is_demo=True,
            demo_line="Made for a test of pages.",
            court=account.court,
            judge=account.judge,
        )
        for membership in Membership.objects.using("owner").filter(account=account):
            Membership.objects.using("owner").create(
                account=twin, principal=membership.principal, valid_from=NOW - timedelta(days=30)
            )
        names.append(name)
    return names


@contextmanager
def serving() -> Iterator[str]:
    """The site at the address yielded, in a process of its own that knows the site's database role only."""
    call_command("collectstatic", interactive=False, verbosity=0)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        address = f"http://localhost:{door.getsockname()[1]}"
        log = Path(os.environ["ROLLKEEPER_STATE"]) / "browser-site.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "rollkeeper.conf.wsgi:application", "--bind", f"fd://{door.fileno()}",
                 "--no-control-socket", "--workers", "1", "--threads", "4", "--worker-class", "gthread"],
                env=_environment(), pass_fds=[door.fileno()], stdout=out, stderr=out,
            )  # fmt: skip
            try:
                _wait(address, process, log)
                yield address
            finally:
                process.terminate()
                process.wait(20)


def _environment() -> dict[str, str]:
    site = connections["default"].settings_dict
    kept = {name: value for name, value in os.environ.items() if name != "ROLLKEEPER_DATABASE_URL"}
    parts = {"dbname": site["NAME"], "user": site["USER"], "host": site["HOST"], "port": site["PORT"]}
    return kept | {
        "ROLLKEEPER_APP_DATABASE_URL": " ".join(f"{key}='{value}'" for key, value in parts.items() if value),
        "ROLLKEEPER_DEMO": "True",
        "ROLLKEEPER_PUBLIC_LOOKUPS_PER_MINUTE": "1000",
        "DJANGO_SETTINGS_MODULE": "rollkeeper.conf.settings",
    }


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + ANSWERS_WITHIN_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"The site ended before it answered:\n{log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"{address}/signed-out/", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"The site did not answer within {ANSWERS_WITHIN_S:.0f} seconds; see {log}.")
