"""File locks between processes; the kernel frees them when their holder dies, so none is ever stale."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from rollkeeper.foundation.postgres.problems import PostgresProblem


@contextlib.contextmanager
def alone(path: Path, *, wait_s: float = 60.0) -> Iterator[None]:
    """Hold `path` alone; wait up to `wait_s` seconds for another holder. Raises PostgresProblem after that."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + wait_s
        while not _try(handle, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                holder = os.pread(handle, 32, 0).decode(errors="replace").strip() or "unknown"
                raise PostgresProblem(
                    f"Process {holder} has been starting or stopping this database for {wait_s:.0f} seconds; "
                    "wait until it is done, or end it, and try again."
                )
            time.sleep(0.05)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


class Lease:
    """A share in something that many processes use and the last one puts away."""

    def __init__(self, path: Path) -> None:
        """Take a share, at once (shares do not wait for one another)."""
        self._handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def is_last(self) -> bool:
        """Whether nobody else holds a share. Ask under `alone`, so that nobody joins in between."""
        return self._handle is not None and _try(self._handle, fcntl.LOCK_EX)

    def leave(self) -> None:
        """Give the share back; may be called twice."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def in_use(path: Path) -> bool:
    """Whether any process holds a share in `path`."""
    if not path.exists():
        return False
    lease = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        return not _try(lease, fcntl.LOCK_EX)
    finally:
        os.close(lease)


def _try(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
