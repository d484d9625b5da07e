"""The public release: rows read and checked a second, memory while reading, and a load from zip to record."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from rollkeeper.releases.load import load_release
from rollkeeper.releases.sample.write import write_sample
from tests.bench import report
from tests.bench.environment import NATIONAL
from tests.bench.reading import rows_a_second

SCALE = 0.1 if NATIONAL else 0.002
RUNS = 3
LARGE = ("A_TblCase", "B_TblProceeding", "tbl_schedule", "tbl_Court_Motions")
SEED = 7


def run() -> None:
    """Write a sample with every fault, read it, and load it."""
    with tempfile.TemporaryDirectory(prefix="rk-release-") as folder:
        begun = time.perf_counter()
        written = write_sample(Path(folder) / "sample", scale=SCALE, seed=SEED, faults=True, packing="zip64")
        rows = sum(written.rows.values())
        assert written.archive is not None
        report.line("release: sample written, with every fault", rows / (time.perf_counter() - begun), "rows/s", None)
        for table in LARGE:
            report.of_runs(
                f"release: {table} read and checked, one core",
                [rows_a_second(written.archive, table) for _ in range(RUNS)],
                "rows/s",
                None,
            )
        report.line("release: memory while reading it whole", _memory(written.archive), "MB", 500)
        begun = time.perf_counter()
        outcome = load_release(written.archive, at=datetime.now(UTC))
        took = time.perf_counter() - begun
        loaded = sum(table.added for table in outcome.written.values())
        report.line(
            "release: zip to record, rows of the release", rows / took, "rows/s", None, note=f"{loaded:,} rows loaded"
        )
        found = {(event.file, event.line, str(event.kind)) for event in outcome.events}
        report.line("release: faults put in but not accounted for", _missing(Path(folder) / "sample", found), "", 0)


def _memory(source: Path) -> float:
    """Most memory held by a process of its own that reads the whole release, in megabytes."""
    command = [sys.executable, "-m", "tests.bench.reading", str(source)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _missing(folder: Path, found: set[tuple[str, int, str]]) -> int:
    faults = [json.loads(line) for line in (folder / "faults.jsonl").read_text().splitlines()]
    return sum((fault["file"], fault["line"], fault["kind"]) not in found for fault in faults)
