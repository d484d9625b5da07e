"""Reads a release and says how fast and how large that was; apart from the runner, so that its size is its own."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from rollkeeper.releases.archive import open_release
from rollkeeper.releases.events import Tally
from rollkeeper.releases.keys import known_codes, read_keys
from rollkeeper.releases.layout import main_tables
from rollkeeper.releases.reader import TableReader


def rows_a_second(source: Path, name: str) -> float:
    """Rows a second of one table, unpacking included."""
    release = open_release(source)
    member = release.find(name)
    assert member is not None
    known = known_codes(read_keys(release)[0])
    begun = time.perf_counter()
    with release.open(member) as stream:
        reader = TableReader(member.name, stream, main_tables()[name], Tally(), known)
        for _ in reader.copy_blocks():
            pass
    return reader.counts.read / (time.perf_counter() - begun)


if __name__ == "__main__":
    for table in main_tables():
        rows_a_second(Path(sys.argv[1]), table)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)  # noqa: T201  # its answer, in megabytes
