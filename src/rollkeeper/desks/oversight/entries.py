"""Entries of the log as an auditor sees them: who, when, for what, how many cases; never which."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime

from django.db import connections

from rollkeeper.ledger.queries import connection_of, latest_checkpoint


@dataclass(frozen=True)
class Entry:
    """An entry without its subjects. ``at`` is UTC; ``leaf`` is its place in the tree, None while it waits."""

    number: int
    at: datetime
    kind: str
    who: str
    office: str
    purpose: str
    act: str
    cases: int
    reason: str
    leaf: int | None


@dataclass(frozen=True)
class Verified:
    """Up to where the tree is signed, and what the last whole verification said."""

    size: int
    signed_at: datetime
    last_entry: int | None


def entries(filters: Mapping[str, str], *, before: int | None, take: int) -> Sequence[Entry]:
    """Entries of an open oversight look, newest first, older than ``before``."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM oversight_entries(%s::jsonb, %s, %s)", [json.dumps(filters), before, take])
        return [_entry(*row) for row in cursor.fetchall()]


def _entry(
    number: int, at: datetime, kind: str, who: str | None, office: str | None, purpose: str | None, act: str | None,
    cases: int, reason: str | None, leaf: int | None,
) -> Entry:  # fmt: skip
    return Entry(number, at, kind, who or "", office or "", purpose or "", act or "", cases, reason or "", leaf)


def verified() -> Verified | None:
    """The latest signed checkpoint and the newest entry in it; None before the first. Hashes and numbers alone."""
    connection = connection_of("default")
    latest = latest_checkpoint(connection)
    if latest is None:
        return None
    row = connection.execute("SELECT entry_id FROM ledger_leaf WHERE leaf_index = %s", [latest.size - 1]).fetchone()
    return Verified(latest.size, latest.made_at, int(row[0]) if row else None)


def export_file(found: Sequence[Entry], checkpoint: str) -> bytes:
    """A ZIP file: the entries as CSV, times in ISO 8601 UTC, and the signed checkpoint of that moment."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([field.name for field in fields(Entry)])
    writer.writerows([_plain(value) for value in astuple(entry)] for entry in found)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("entries.csv", text.getvalue())
        archive.writestr("checkpoint", checkpoint)
    return packed.getvalue()


def _plain(value: object) -> object:
    """A cell that a spreadsheet does not take for a formula, a moment in ISO 8601."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value
