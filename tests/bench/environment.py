"""Loaded first by the runner: a PostgreSQL of the benchmarks' own that keeps what it commits (fsync on).

The tests' environment then finds that server as if it had been given, so ``tests.databases`` works on it unchanged.
ROLLKEEPER_DATABASE_URL, where it is set, is the server measured instead.
"""

from __future__ import annotations

import atexit
import os

from rollkeeper.conf.environment import state_folder
from rollkeeper.foundation.postgres.binaries import find_binaries
from rollkeeper.foundation.postgres.cluster import Cluster

NATIONAL = os.environ.get("SCALE", "") == "national"


def _start() -> None:
    if os.environ.get("ROLLKEEPER_DATABASE_URL"):
        return
    binaries = find_binaries()
    cluster = Cluster(state_folder(), f"bench-postgres-{binaries.major}", binaries=binaries, durable=True)
    cluster.start()
    atexit.register(cluster.stop)
    os.environ["ROLLKEEPER_DATABASE_URL"] = cluster.url(database="postgres")


_start()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollkeeper.conf.settings")

from tests.environment import DATABASE, SERVER  # noqa: E402  # it reads what was set above

__all__ = ["DATABASE", "NATIONAL", "SERVER"]
