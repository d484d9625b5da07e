"""The runner: ``python -m tests.bench [names] [--json FILE]``; ``SCALE=national`` for the large ones.

A benchmark is a module ``bench_<name>.py`` beside this file with a function ``run()`` (or ``main()``) that puts its
figures down with ``report.line``. Each starts with Django's connections on a fresh copy of the migrated template;
``filled.database()`` gives the large one. Exit codes: 0 every bar met, 1 some bar missed or not measured, 2 usage.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
import traceback
from pathlib import Path

from tests.bench import report
from tests.bench.environment import DATABASE, NATIONAL, SERVER

FOLDER = Path(__file__).resolve().parent


def names() -> list[str]:
    """Every benchmark there is."""
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def main() -> int:
    """Measure what was asked for and print it."""
    asked = _arguments()
    import django

    django.setup()
    facts = report.machine_facts(_server())
    for key, value in facts.items():
        report.console.print(f"{key + ':':<14}{value}", highlight=False)
    for name in asked.names or names():
        _measure(name)
    report.print_report()
    if asked.json:
        report.write_json(asked.json, facts)
    missed = report.report.failures or any(made.meets is False for made in report.report.lines)
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure Rollkeeper against its bars.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"which: {', '.join(names())}; all of them without")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every figure to FILE")
    asked = parser.parse_args()
    unknown = sorted(set(asked.names) - set(names()))
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; there are {', '.join(names())}")
    return asked


def _measure(name: str) -> None:
    from tests import databases

    report.console.rule(f"[bold]{name}[/bold]{' at national scale' if NATIONAL else ''}", align="left")
    begun = time.monotonic()
    try:
        with databases.copy_of(databases.make_template(), DATABASE):
            module = importlib.import_module(f"tests.bench.bench_{name}")
            (getattr(module, "run", None) or module.main)()
    except Exception as problem:  # noqa: BLE001  # one benchmark that breaks must not hide the others' figures
        report.report.failures[name] = (
            f"{type(problem).__name__}: {str(problem).splitlines()[0] if str(problem) else ''}"
        )
        if os.environ.get("BENCH_TRACE"):
            traceback.print_exc()
    report.say(f"{name}: {time.monotonic() - begun:.0f} s in all")


def _server() -> str:
    import psycopg

    with psycopg.connect(SERVER) as connection:
        settings = connection.execute(
            "SELECT version() || ', ' || string_agg(name || ' ' || setting || coalesce(unit, ''), ', ' ORDER BY name)"
            "  FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'shared_buffers', 'work_mem')"
        ).fetchone()
    return str(settings[0]) if settings else ""


if __name__ == "__main__":
    sys.exit(main())
