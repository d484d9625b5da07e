"""Clusters for tests: thrown away after use, or kept between runs; never the one with the records."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rollkeeper.foundation.postgres.binaries import Binaries, find_binaries
from rollkeeper.foundation.postgres.cluster import Cluster


@contextlib.contextmanager
def temporary_cluster(binaries: Binaries | None = None, *, durable: bool = False) -> Iterator[str]:
    """A new cluster in a temporary folder; yields the owner's URL, removes everything at the end."""
    with tempfile.TemporaryDirectory(prefix="rk-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL's user passes through when root runs the tests
        with Cluster(Path(folder), binaries=binaries, durable=durable).running() as cluster:
            yield cluster.url()


@contextlib.contextmanager
def ensure_cluster(state: Path, name: str = "test-postgres", *, binaries: Binaries | None = None) -> Iterator[str]:
    """The test cluster kept in `state` between runs (made on first use, stopped by its last user); yields its URL.

    `binaries` defaults to the first that `find_binaries` finds (ROLLKEEPER_PG_BIN chooses). The name gets their major
    version, so that each version has its own data.
    """
    chosen = binaries or find_binaries()
    with Cluster(state, f"{name}-{chosen.major}", binaries=chosen, durable=False).running() as cluster:
        yield cluster.url()
