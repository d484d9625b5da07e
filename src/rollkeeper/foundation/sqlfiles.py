"""Runs SQL files that stand beside the code which needs them."""

from __future__ import annotations

from pathlib import Path

from django.db.migrations.operations import RunSQL


def run_sql_file(path: Path) -> RunSQL:
    """A migration step that runs a file. There is no way back: the ledger and the door are not taken down."""
    return RunSQL(sql=[path.read_text(encoding="utf-8")])
