"""Loaded before Django's settings (``-p tests.environment``): the tests get a state folder and a database of their own.

The server is the one of ROLLKEEPER_DATABASE_URL where that is set, else an embedded PostgreSQL kept between runs.
"""

from __future__ import annotations

import atexit
import os
from pathlib import Path

from psycopg.conninfo import make_conninfo

from rollkeeper.conf.environment import state_folder
from rollkeeper.foundation.postgres.binaries import find_binaries
from rollkeeper.foundation.postgres.cluster import Cluster

DATABASE = f"rk_test_{os.getpid()}"


def _server() -> str:
    given = os.environ.pop("ROLLKEEPER_DATABASE_URL", "")
    if given:
        return given
    binaries = find_binaries()
    cluster = Cluster(state_folder(), f"postgres-{binaries.major}", binaries=binaries, durable=False)
    cluster.start()
    atexit.register(cluster.stop)
    return cluster.url(database="postgres")


os.environ["ROLLKEEPER_STATE"] = str(state_folder() / "test")  # keys of their own: `make demo-reset` leaves them alone
Path(os.environ["ROLLKEEPER_STATE"]).mkdir(parents=True, exist_ok=True)
SERVER = _server()
os.environ["ROLLKEEPER_DATABASE_URL"] = make_conninfo(SERVER, dbname=DATABASE)
os.environ["ROLLKEEPER_APP_PASSWORD"] = "only-for-tests"
os.environ.pop("ROLLKEEPER_APP_DATABASE_URL", None)
os.environ["ROLLKEEPER_DEMO"] = "False"
