"""Writes a synthetic release: real columns, frequencies, blanks and folders, and the real faults if asked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO

from rollkeeper.releases.events import Event, Kind, Outcome, excerpt
from rollkeeper.releases.inflate import DEFLATE, DEFLATE64
from rollkeeper.releases.layout import Table
from rollkeeper.releases.packing import pack_folder
from rollkeeper.releases.sample.draws import Draws
from rollkeeper.releases.sample.families import FamilyMaker, tables
from rollkeeper.releases.sample.faulty import Fault, Maker, rates
from rollkeeper.releases.sample.keyfiles import write_key_files

LABEL = "2026-0701"
OUTER, MAIN, KEYS = f"EOIR Case Data {LABEL}", "EOIR Case Data", "Lookup"
FAULT_LEDGER, TRUTH_LEDGER = "faults.jsonl", "truth.jsonl"
MOST_ROWS_WITH_ONE_FAULT = 0.01  # whatever the factor, so that sound rows remain
TRUTH_EVERY = 50  # beside every row with a fault, one sound row in fifty goes to the truth ledger
# Members that the FOIA-TRAC-Report era packed with Deflate64.
DEFLATE64_MEMBERS = ("d_tblassociatedbond", "b_tblproceeding", "tbl_schedule")
README = "Synthetic release written by rollkeeper. No person in it exists.\r\n"


class SampleRefused(Exception):
    """The sample cannot be written as asked. One sentence for the person who runs the command."""


@dataclass
class Written:
    """What was written: where it lies, rows by table, and how many faults were put in."""

    folder: Path
    archive: Path | None
    rows: dict[str, int] = field(default_factory=dict)
    faults: int = 0


class TableWriter:
    """Writes one table's rows and puts its planned faults into the rows that can carry them."""

    def __init__(
        self, table: Table, out: BinaryIO, draws: Draws, ledgers: Ledgers, plan: list[tuple[int, Kind]], *, faults: bool
    ) -> None:
        self.table, self.rows = table, 0
        self._out, self._draws, self._ledgers, self._faults = out, draws, ledgers, faults
        self._pools = draws.pools(table)
        self._maker = Maker(table, draws)
        self._plan = sorted(plan, reverse=True)
        self._due: list[Kind] = []
        self._sound, self._line = 0, 1
        self._index = {column.name: position for position, column in enumerate(table.columns)}
        self._write_header()

    def _write_header(self) -> None:
        name, names = f"{self.table.name}.csv", [c.name for c in self.table.columns if not c.name.startswith("column")]
        if self.table.unnamed:
            self._ledgers.fault(Event(name, 1, Kind.HEADER_SHORT, Outcome.REPAIRED))
        head = b""
        if self._faults:
            if self.table.name == "A_TblCase":
                names[names.index("Sex")] = "GENDER"
                self._ledgers.fault(Event(name, 1, Kind.RENAMED_COLUMN, Outcome.REPAIRED, "Sex", "GENDER"))
            elif self.table.name == "tbl_Lead_Rider":
                names.append("strReviewed")
                self._ledgers.fault(Event(name, 1, Kind.UNKNOWN_COLUMN, Outcome.NOTED, "strReviewed"))
            elif self.table.name == "tblAppeal":
                names.pop()
                self._ledgers.fault(Event(name, 1, Kind.MISSING_COLUMN, Outcome.NOTED, "strProbono"))
            elif self.table.name == "tbl_CustodyHistory":
                head = b"\xef\xbb\xbf"
                self._ledgers.fault(Event(name, 1, Kind.BYTE_ORDER_MARK, Outcome.REPAIRED))
        self._put(head + "\t".join(names).encode("ascii"))

    def write(self, overrides: dict[str, str]) -> None:
        """Write one sound row, or the row with the fault that is due; beside it the extra rows of some faults."""
        random = self._draws.random.random
        cells = [pool[int(random() * len(pool))] for pool in self._pools]
        for name, value in overrides.items():
            cells[self._index[name]] = value
        self._sound += 1
        while self._plan and self._plan[-1][0] <= self._sound:
            self._due.append(self._plan.pop()[1])
        fault = self._next_fault(cells)
        if fault is None or fault.is_extra:
            if self._sound % TRUTH_EVERY == 1:
                self._ledgers.true_row(self.table, self._line, self._maker.truth(cells))
            self._row([cell.encode("cp1252") for cell in cells])
        if fault is not None:
            if fault.truth is not None:
                self._ledgers.true_row(self.table, self._line, fault.truth)
            self._row(fault.cells)
        self._maker.previous = cells

    def _next_fault(self, cells: list[str]) -> Fault | None:
        for position, kind in enumerate(self._due):
            if (fault := self._maker.make(kind, cells)) is None:
                continue
            del self._due[position]
            line = self._line + (1 if fault.is_extra else 0)
            event = Event(f"{self.table.name}.csv", line, kind, fault.outcome, fault.column, excerpt(fault.put))
            self._ledgers.fault(event, code=fault.code)
            if kind is Kind.BLANK_LINE:
                self.rows -= 1
            return fault
        return None

    def _row(self, cells: list[bytes]) -> None:
        self.rows += 1
        if self._faults and self.table.name == "tblAppeal" and len(cells) == len(self.table.columns):
            cells = cells[:-1]
        if self._faults and self.table.name == "tbl_Lead_Rider" and len(cells) > 1:
            cells = [*cells, b""]
        self._put(b"\t".join(cells))

    def _put(self, row: bytes) -> None:
        self._out.write(row + b"\r\n")
        self._line += 1 + row.count(b"\n")

    def finish(self) -> None:
        """Refuse a sample too small to carry every fault that was planned."""
        if left := [*self._due, *(kind for _, kind in self._plan)]:
            raise SampleRefused(f"{self.table.name} is too small to hold a {left[0]}; use a larger --scale.")


class Ledgers:
    """The fault ledger and the truth ledger, beside the release and never inside it."""

    def __init__(self, faults: TextIO, truth: TextIO) -> None:
        self._faults, self._truth, self.count = faults, truth, 0
        self._codes: dict[tuple[str, str, str], tuple[Event, int]] = {}

    def fault(self, event: Event, code: str = "") -> None:
        """Note a fault; unlisted codes are told once per column and code, with the first line and the rows."""
        if code:
            first, rows = self._codes.get((event.file, event.column, code), (event, 0))
            self._codes[event.file, event.column, code] = (first, rows + 1)
            return
        self.count += 1
        self._line(event.as_dict())

    def _line(self, entry: dict[str, str | int]) -> None:
        self._faults.write(json.dumps(entry, ensure_ascii=True, sort_keys=True) + "\n")

    def true_row(self, table: Table, line: int, values: dict[str, str]) -> None:
        """Note what a row must be loaded as."""
        self._truth.write(
            json.dumps({"file": f"{table.name}.csv", "line": line, "values": values}, ensure_ascii=True) + "\n"
        )

    def close(self) -> None:
        """Write the unlisted codes."""
        for event, rows in self._codes.values():
            self.count += 1
            self._line({**event.as_dict(), "after": f"{rows} rows"})


def write_sample(
    target: Path,
    *,
    scale: float,
    seed: int,
    faults: bool,
    packing: str = "",
    fault_factor: float = 1.0,
    progress: Callable[[float], None] = lambda share: None,
) -> Written:
    """Write a synthetic release below ``target``, an empty or absent folder.

    ``scale`` is the share of the July 2026 release (0.001 is 12,663 cases). ``packing`` is "", "zip" or "zip64", which
    packs some members with Deflate64. ``progress`` is told the share done. With ``faults`` every fault of
    ``tables/faults.csv`` is put in at its published rate times ``fault_factor``, at least once, and listed in
    ``faults.jsonl`` beside the release. The same arguments give the same bytes. Raises SampleRefused.
    """
    if target.exists() and any(target.iterdir()):
        raise SampleRefused(f"{target.name} is not empty; name a new folder.")
    folder = target / OUTER
    (folder / MAIN).mkdir(parents=True)
    (folder / KEYS).mkdir()
    with ExitStack() as stack:
        opened = [
            stack.enter_context((target / name).open("w", encoding="ascii")) for name in (FAULT_LEDGER, TRUTH_LEDGER)
        ]
        ledgers = Ledgers(*opened)
        if packing == "zip64":
            for table in tables():
                if table.name.lower() in DEFLATE64_MEMBERS:
                    ledgers.fault(Event(f"{table.name}.csv", 0, Kind.DEFLATE64, Outcome.NOTED))
        rows = _write_tables(
            folder / MAIN, stack, ledgers, Draws(seed), scale, fault_factor if faults else 0.0, progress
        )
        ledgers.close()
    keys = write_key_files(folder / KEYS, seed)
    total = "".join(f"{name}\t{count}\r\n" for name, count in {**rows, **keys}.items())
    (folder / "Count.txt").write_bytes(total.encode("ascii"))
    (folder / "Readme.txt").write_bytes(README.encode("ascii"))
    archive = _pack(folder, packing) if packing else None
    return Written(folder, archive, rows, ledgers.count)


def _write_tables(
    folder: Path,
    stack: ExitStack,
    ledgers: Ledgers,
    draws: Draws,
    scale: float,
    fault_factor: float,
    progress: Callable[[float], None],
) -> dict[str, int]:
    writers = {}
    for table in tables():
        out = stack.enter_context((folder / f"{table.name}.csv").open("wb"))
        faults = fault_factor > 0
        plan = _plan(table, scale, fault_factor, draws) if faults else []
        writers[table.name] = TableWriter(table, out, draws, ledgers, plan, faults=faults)
    cases, wanted, maker = writers["A_TblCase"], max(round(tables()[0].rows * scale), 1), FamilyMaker(draws)
    while cases.rows < wanted:
        for name, overrides in maker.family():
            writers[name].write(overrides)
        progress(min(cases.rows / wanted, 1.0))
    for writer in writers.values():
        writer.finish()
    return {name: writer.rows for name, writer in writers.items()}


def _plan(table: Table, scale: float, factor: float, draws: Draws) -> list[tuple[int, Kind]]:
    """Which rows get which fault: the published rate, at least one, spread over the first two thirds of the table."""
    expected = max(int(table.rows * scale), 1)
    plan = []
    for rate in rates():
        if rate.table == table.name:
            share = min(rate.share * factor, max(rate.share, MOST_ROWS_WITH_ONE_FAULT))
            count = max(round(share * expected), 1)
            plan += [(1 + int(draws.random.random() * expected * 2 / 3), rate.kind) for _ in range(count)]
    return plan


def _pack(folder: Path, packing: str) -> Path:
    def method(path: Path) -> int:
        return DEFLATE64 if packing == "zip64" and path.stem.lower() in DEFLATE64_MEMBERS else DEFLATE

    archive = folder.parent / f"{OUTER}.zip"
    pack_folder(folder, archive, method_of=method)
    shutil.rmtree(folder)
    return archive
