"""``rollkeeper demo``: the demonstration court, or one of any size for measurements."""

from __future__ import annotations

import sys
import time
from datetime import datetime

import click
from rich.console import Console

from rollkeeper.demo.load import CASES, SEED, DemoRefused, Wish, make_demo
from rollkeeper.foundation.start.progress import Narrator

NAMES = {
    "cases_case": "cases", "people_person": "people", "docket_docketentry": "docket entries",
    "documents_document": "papers", "hearings_hearing": "hearings", "encounters_encounter": "encounters",
    "people_address": "addresses", "filings_motion": "motions", "looks": "looks in the ledger",
}  # fmt: skip


@click.command()
@click.option("--cases", type=click.IntRange(12, 5_000_000), default=CASES, show_default=True, help="How many cases.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="The same seed and day make the same court.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day the court is made for; today unless given.")
@click.option("--without-papers", is_flag=True, help="No PDFs: for measurements with very many cases.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes; one for each processor unless given.")
def demo(cases: int, seed: int, today: datetime | None, without_papers: bool, workers: int | None) -> None:
    """Make the demo court: synthetic people, families, dockets, papers, hearings around today, a month of looks.

    Nobody in it is real. It refuses a database that keeps a record; `rollkeeper reset-demo` removes a demo court.

    \b
    Examples:
      rollkeeper demo                                    the court that `serve --demo` shows
      rollkeeper demo --seed 7 --today 2026-03-02        another one, for another day
      rollkeeper demo --cases 1000000 --without-papers   a million cases, for `make bench`
    """
    narrator = Narrator(Console(highlight=False, soft_wrap=True))
    wish = Wish(cases, seed, not without_papers, today.date() if today else None, workers or 0)
    begun = time.monotonic()
    try:
        with narrator.step(f"Making a court of {cases:,} cases") as tick:
            made = make_demo(wish, tick)
    except DemoRefused as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
    for table, name in NAMES.items():
        narrator.say(f"  {made.rows[table]:>12,}  {name}")
    seconds = time.monotonic() - begun
    rows = sum(made.rows.values())
    narrator.say(f"Made in {seconds:,.0f} s: {cases / seconds:,.0f} cases and {rows / seconds:,.0f} rows a second.")
