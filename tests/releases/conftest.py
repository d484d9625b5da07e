"""A synthetic release with every fault, written once for all tests that read one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rollkeeper.releases.sample.write import Written, write_sample

SCALE, SEED, FACTOR = 0.0005, 7, 100


@dataclass(frozen=True)
class Sample:
    """A written sample and its two ledgers."""

    written: Written
    folder: Path

    @property
    def source(self) -> Path:
        """What is loaded: the zip."""
        assert self.written.archive is not None
        return self.written.archive

    def faults(self) -> list[dict[str, Any]]:  # Any: values of JSON
        """The fault ledger."""
        return [json.loads(line) for line in (self.folder / "faults.jsonl").read_text().splitlines()]

    def truth(self) -> Iterator[tuple[str, int, dict[str, str]]]:
        """The truth ledger: file, line, values by column."""
        for line in (self.folder / "truth.jsonl").read_text().splitlines():
            entry = json.loads(line)
            yield entry["file"], entry["line"], entry["values"]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """All faults at a hundred times their published rates, packed with Deflate64."""
    folder = tmp_path_factory.mktemp("sample")
    written = write_sample(folder, scale=SCALE, seed=SEED, faults=True, fault_factor=FACTOR, packing="zip64")
    return Sample(written, folder)
