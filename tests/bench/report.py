"""Where measurements are put down, and how they are printed.

report.line("audited read of a case, serial, p95", 1.8, "ms", 3)          # at most 3 ms
report.line("audited reads, 8 clients", 3900, "/s", "≥ 3000")             # at least 3,000 a second
report.line("the same rows read raw, p95", 0.5, "ms", None)               # no bar: told for comparison
"""

from __future__ import annotations

import json
import os
import platform
import re
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

console = Console(width=None if Console().is_terminal else 140)


@dataclass(frozen=True)
class Line:
    """One measured value. ``bar`` is None, or the limit with ``at_least`` telling which side of it is good."""

    name: str
    value: float
    unit: str
    bar: float | None
    at_least: bool
    runs: tuple[float, ...]
    note: str

    @property
    def ratio(self) -> float | None:
        """How much better than the bar: 2.0 is twice as good, 0.5 misses it by half."""
        if not self.bar or not self.value:
            return None
        return self.value / self.bar if self.at_least else self.bar / self.value

    @property
    def meets(self) -> bool | None:
        """Whether the bar is met; None without one. A bar of nought at most asks for exactly nothing."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.at_least else self.value <= self.bar


@dataclass
class Report:
    """The lines of this run, in the order they were measured, and what could not be measured."""

    lines: list[Line] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)


report = Report()


def line(
    name: str, value: float, unit: str, bar: float | str | None, *, runs: Sequence[float] = (), note: str = ""
) -> None:
    """Put one measurement down and say it at once. A number as bar is the most allowed; "≥ 3000" is the least."""
    limit, at_least = _bar(bar)
    made = Line(name, float(value), unit, limit, at_least, tuple(map(float, runs)), note)
    report.lines.append(made)
    verdict = {None: "", True: "  meets", False: "  MISSES"}[made.meets]
    console.print(
        f"  {name}: {shown(made.value)} {unit}{verdict}{f' ({_bar_text(made)})' if verdict else ''}", highlight=False
    )


def of_runs(name: str, runs: Sequence[float], unit: str, bar: float | str | None, *, note: str = "") -> float:
    """Put down the median of several runs of one measurement; returns it."""
    middle = statistics.median(runs)
    line(name, middle, unit, bar, runs=runs, note=note)
    return middle


def say(text: str) -> None:
    """Progress: one dim line."""
    console.print(f"  {text}", style="dim", highlight=False)


def _bar(bar: float | str | None) -> tuple[float | None, bool]:
    if bar is None or isinstance(bar, int | float):
        return (None if bar is None else float(bar)), False
    number = re.search(r"[0-9][0-9,_]*(\.[0-9]+)?", bar)
    if number is None:
        return None, False
    return float(number.group().replace(",", "").replace("_", "")), bar.lstrip().startswith(("≥", ">"))


def _bar_text(made: Line) -> str:
    return "" if made.bar is None else f"{'≥' if made.at_least else '≤'} {shown(made.bar)}"


def shown(value: float) -> str:
    """A value with three figures that mean something."""
    if value and abs(value) < 10:
        return f"{value:.3g}"
    return f"{value:,.1f}" if abs(value) < 100 else f"{value:,.0f}"


def print_report() -> None:
    """The table of everything that was measured."""
    table = Table(title="Measurements", title_justify="left", pad_edge=False)
    for heading in ("measurement", "median", "unit", "runs, least to most", "bar", "times as good", ""):
        table.add_column(heading, justify="left" if heading in ("measurement", "unit", "") else "right")
    for made in report.lines:
        spread = f"{shown(min(made.runs))} to {shown(max(made.runs))} ({len(made.runs)})" if made.runs else ""
        ratio = f"{made.ratio:.2f}" if made.ratio is not None else ""
        verdict = {None: "", True: "[green]meets[/green]", False: "[bold red]MISSES[/bold red]"}[made.meets]
        table.add_row(made.name, shown(made.value), made.unit, spread, _bar_text(made), ratio, verdict)
        if made.note:
            table.add_row(f"  [dim]{made.note}[/dim]", "", "", "", "", "", "")
    console.print(table)
    for name, reason in report.failures.items():
        console.print(f"[bold red]{name} could not be measured:[/bold red] {reason}", highlight=False)


def write_json(path: Path, facts: dict[str, str]) -> None:
    """Everything measured, for a machine."""
    lines = [asdict(made) | {"ratio": made.ratio, "meets": made.meets} for made in report.lines]
    content = {"machine": facts, "lines": lines, "failures": report.failures}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def machine_facts(server: str) -> dict[str, str]:
    """What the figures depend on; ``server`` is PostgreSQL's version and settings."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "PostgreSQL": server,
        "disk": f"8 KB write and fdatasync: {_sync_milliseconds():.2f} ms",
        "load before": f"{os.getloadavg()[0]:.2f}",
    }


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    text = cpuinfo.read_text(encoding="utf-8", errors="replace") if cpuinfo.exists() else ""
    match = re.search(r"model name\s*:\s*(.+)", text)
    return match.group(1).strip() if match else platform.machine()


def _sync_milliseconds() -> float:
    """Median of 100: what the disk under the temporary folder takes to keep 8 KB."""
    times = []
    with tempfile.NamedTemporaryFile() as file:
        for _ in range(100):
            begun = time.perf_counter()
            os.pwrite(file.fileno(), b"x" * 8192, 0)
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)
