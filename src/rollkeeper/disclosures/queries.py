"""Reads about looks: who looked at a case, how often, and what a receipt is made of. All inside an open look."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections

from rollkeeper.law.models import Purpose


@dataclass(frozen=True)
class LookEntry:
    """An entry of the ledger about a case, or one of the reader's own. ``at`` is UTC; ``mine``: the reader made it."""

    number: int
    at: datetime
    kind: str
    office: str
    office_es: str
    relation: str
    purpose: str
    act: str
    protections: tuple[str, ...]
    mine: bool
    subjects: int = 1

    @property
    def refused(self) -> bool:
        """Whether this was an attempt that showed nothing."""
        return self.kind == "access.refused"


@dataclass(frozen=True)
class LooksPage:
    """One page of the entries about a case, newest first, and how many there are."""

    entries: Sequence[LookEntry]
    total: int


@dataclass(frozen=True)
class Sealed:
    """What a receipt is made of: the entry's canonical JSON and its 32 bytes of salt."""

    body: bytes
    salt: bytes


def looks_at(case: int, *, skip: int = 0, take: int = 25) -> LooksPage:
    """Entries about a case of the open look; none for any other case."""
    rows = _rows("SELECT * FROM looks_at(%s, %s, %s)", [case, skip, take])
    return LooksPage([_entry(row) for row in rows], rows[0]["total"] if rows else 0)


def one_look_at(case: int, number: int) -> LookEntry | None:
    """One entry about a case of the open look; None when it is about something else."""
    rows = _rows("SELECT * FROM looks_at(%s, 0, 1, %s)", [case, number])
    return _entry(rows[0]) if rows else None


def looks_counted(case: int, *, since: datetime) -> tuple[int, int]:
    """How many looks at a case of the open look since a moment, and how many refused attempts."""
    rows = _rows("SELECT * FROM looks_counted(%s, %s)", [case, since])
    return (rows[0]["looks"], rows[0]["refused"]) if rows else (0, 0)


def sealed_entry(number: int) -> Sealed | None:
    """An entry for a receipt: about a case of the open look, or any in an auditor's look; else None."""
    rows = _rows("SELECT * FROM entry_for_receipt(%s)", [number])
    return Sealed(rows[0]["body"].encode(), bytes(rows[0]["salt"])) if rows else None


def own_entry() -> tuple[LookEntry, Sealed] | None:
    """The entry that an own look was opened for (door.own_look)."""
    rows = _rows("SELECT * FROM own_look()", [])
    if not rows:
        return None
    entry = _entry(rows[0] | {"mine": True}, subjects=rows[0]["subjects"])
    return entry, Sealed(rows[0]["body"].encode(), bytes(rows[0]["salt"]))


def purposes() -> Mapping[str, Purpose]:
    """The closed list of purposes by code, with titles in both languages and the rule behind each."""
    return {purpose.code: purpose for purpose in Purpose.objects.all()}


def _entry(row: Mapping[str, Any], *, subjects: int = 1) -> LookEntry:  # Any: a row of the database
    protections = row["protections"]
    opened = json.loads(protections) if isinstance(protections, str) else protections
    return LookEntry(
        number=row["entry_id"],
        at=row["occurred_at"],
        kind=row["kind"],
        office=row["office"] or "",
        office_es=row["office_es"] or row["office"] or "",
        relation=row["relation"] or "",
        purpose=row["purpose"] or "",
        act=row["act"] or "",
        protections=tuple(opened or ()),
        mine=row["mine"],
        subjects=subjects,
    )


def _rows(statement: str, parameters: Sequence[int | datetime]) -> list[dict[str, Any]]:  # Any: a row of the database
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, parameters)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
