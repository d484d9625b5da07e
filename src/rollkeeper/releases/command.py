"""``rollkeeper release``: load the public case release, check its files, or write a synthetic one."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from rollkeeper.releases.load import Outcome, check_release, load_release
from rollkeeper.releases.problems import ReleaseRefused
from rollkeeper.releases.sample.write import SampleRefused, write_sample
from rollkeeper.releases.staging import Progress as Told

FOUND = 1
console = Console(stderr=True)
RELEASE = click.Path(path_type=Path)


@click.group()
def release() -> None:
    """The public EOIR case release: check it, load it, or write a synthetic one to try with.

    \b
      rollkeeper release sample /tmp/sample --faults
      rollkeeper release check "/tmp/sample/EOIR Case Data 2026-0701"
      rollkeeper release load "EOIR Case Data.zip" --court HLG --report faults.jsonl
    """


@release.command()
@click.argument("source", type=RELEASE)
@click.option(
    "--court", "courts", multiple=True, metavar="CODE", help="Load only cases now at this court; may be repeated."
)
@click.option(
    "--date", "label", default="", metavar="YYYY-MM-DD", help="The release's date, if its folder does not say it."
)
@click.option("--dry-run", is_flag=True, help="Read, repair, count and check everything; write nothing to the record.")
@click.option("--accept-differences", is_flag=True, help="Load although rows differ from Count.txt.")
@click.option("--report", type=RELEASE, help="Write every repair and refusal to this file, one JSON object a line.")
def load(
    source: Path, courts: tuple[str, ...], label: str, dry_run: bool, accept_differences: bool, report: Path | None
) -> None:
    """Load a release (a folder or a zip) into the record as imported cases.

    Everything or nothing is written. Every repaired and every refused row is reported by file and line, and kept in
    the database. Loading the same release again changes nothing; a later one adds to the record and never overwrites
    without trace.
    """
    if label and not _is_date(label):
        raise click.BadParameter("use YYYY-MM-DD, such as 2026-07-01.", param_hint="--date")
    with _watched(source) as told, _refusing():
        outcome = load_release(
            source,
            at=datetime.now(UTC),
            courts=courts,
            label=label,
            accept_differences=accept_differences,
            dry_run=dry_run,
            progress=told,
        )
    _report(outcome, report)
    if outcome.already:
        click.echo(f"The release of {outcome.label} was loaded before; nothing was changed.")
        return
    if dry_run:
        _say_counts(outcome)
        click.echo("Nothing was written.")
        if not outcome.agrees:
            raise SystemExit(FOUND)
        return
    added, changed = (sum(getattr(rows, name) for rows in outcome.written.values()) for name in ("added", "changed"))
    cases = outcome.written["cases_case"]
    click.echo(
        f"Release of {outcome.label} loaded: {cases.added:,} new cases, {cases.changed:,} changed, "
        f"{cases.unchanged:,} as they were; {added:,} rows added and {changed:,} changed in all; {_faults(outcome)}."
    )


@release.command()
@click.argument("source", type=RELEASE)
@click.option("--report", type=RELEASE, help="Write every repair and refusal to this file, one JSON object a line.")
def check(source: Path, report: Path | None) -> None:
    """Read a release from end to end and compare it with its Count.txt; the record is not touched.

    Exit code 1 says that rows differ from Count.txt or that the files cannot be read.
    """
    with _watched(source) as told, _refusing():
        outcome = check_release(source, progress=told)
    _report(outcome, report)
    _say_counts(outcome)
    if not outcome.agrees:
        raise SystemExit(FOUND)


@release.command()
@click.argument("target", type=RELEASE)
@click.option(
    "--scale",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.001,
    show_default=True,
    help="Share of the July 2026 release.",
)
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed gives the same bytes.")
@click.option("--faults", is_flag=True, help="Put in every fault of the real files, listed in faults.jsonl.")
@click.option(
    "--fault-factor",
    type=click.FloatRange(1),
    default=1.0,
    show_default=True,
    help="How many times the published rate of faults.",
)
@click.option("--zip", "packing", flag_value="zip", default="", help="Pack the release as a zip.")
@click.option("--zip64", "packing", flag_value="zip64", help="Pack it with some members in Deflate64, as has happened.")
def sample(target: Path, scale: float, seed: int, faults: bool, fault_factor: float, packing: str) -> None:
    """Write a synthetic release into a new folder TARGET: nobody in it exists, its shape is the real one's.

    Beside the release lie faults.jsonl (every fault that was put in, by file and line) and truth.jsonl (what some rows
    must be loaded as).
    """
    with (
        Progress(SpinnerColumn(), TextColumn("writing"), BarColumn(), TimeRemainingColumn(), console=console) as bar,
        _refusing(),
    ):
        task = bar.add_task("writing", total=1.0)
        written = write_sample(
            target,
            scale=scale,
            seed=seed,
            faults=faults,
            packing=packing,
            fault_factor=fault_factor,
            progress=lambda share: bar.update(task, completed=share),
        )
    where = written.archive or written.folder
    click.echo(f"{sum(written.rows.values()):,} rows with {written.faults:,} faults and oddities written to {where}.")


@contextmanager
def _refusing() -> Iterator[None]:
    """A refusal is one sentence and exit code 1."""
    try:
        yield
    except (ReleaseRefused, SampleRefused) as refusal:
        console.print(str(refusal), style="bold", markup=False, highlight=False, soft_wrap=True)
        raise SystemExit(FOUND) from refusal


@contextmanager
def _watched(source: Path) -> Iterator[Told]:
    """A progress bar over the bytes of the release."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("opening", total=_size(source))

        def told(step: str, done: int) -> None:
            bar.update(task, description=step, advance=done)

        yield told


def _size(source: Path) -> int | None:
    """Bytes of a release, unpacked; None while nobody knows."""
    if source.is_dir():
        return sum(path.stat().st_size for path in source.rglob("*") if path.is_file())
    try:
        with zipfile.ZipFile(source) as archive:
            return sum(info.file_size for info in archive.infolist())
    except (OSError, ValueError, zipfile.BadZipFile):
        return None  # opening it says why, in a sentence


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _faults(outcome: Outcome) -> str:
    kinds = Counter(str(event.outcome) for event in outcome.events)
    return ", ".join(f"{count:,} {name}" for name, count in sorted(kinds.items())) or "nothing to repair"


def _report(outcome: Outcome, target: Path | None) -> None:
    if target is None:
        return
    with target.open("w", encoding="ascii") as out:
        for event in outcome.events:
            out.write(json.dumps(event.as_dict(), ensure_ascii=True) + "\n")


def _say_counts(outcome: Outcome) -> None:
    table = Table(title=f"Release of {outcome.label or 'unknown date'}", title_justify="left")
    for name, justify in (
        ("File", "left"),
        ("Count.txt", "right"),
        ("Read", "right"),
        ("Refused", "right"),
        ("", "left"),
    ):
        table.add_column(name, justify="right" if justify == "right" else "left")
    for stem, counts in outcome.counts.items():
        stated = outcome.totals[stem].rows if stem in outcome.totals else None
        member = outcome.release.find(stem)
        verdict = "not stated" if stated is None else "" if stated == counts.read else "differs"
        table.add_row(
            member.name if member else stem,
            f"{stated:,}" if stated is not None else "",
            f"{counts.read:,}",
            f"{counts.refused:,}",
            verdict,
        )
    Console().print(table)
    click.echo(f"{_faults(outcome).capitalize()}.")
    click.echo("Every row is accounted for." if outcome.agrees else "Rows differ from Count.txt.")
