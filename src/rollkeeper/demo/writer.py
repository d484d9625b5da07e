"""Writes a docket: sets its papers, seals what is sealed, and copies the rows into PostgreSQL in one transaction.

Needs no Django, so that it can run in processes of its own.
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pypdfium2
from psycopg import sql

from rollkeeper.demo.bench import Bench
from rollkeeper.demo.docket import docket_of
from rollkeeper.demo.rows import COLUMNS, DOCUMENT_COLUMNS, Cell, PersonKey, PlannedPaper, Row, Rows, Sealed
from rollkeeper.documents.typeset.render import render
from rollkeeper.foundation.blobs import FolderStore
from rollkeeper.foundation.vault.keys import LocalKeyService
from rollkeeper.foundation.vault.sealing import new_data_key, seal

Written = str | int | bool | date | datetime | bytes | None
# Columns that hold sealed text, by table: the label bound into the ciphertext is "table.column".
SEALED_TABLES = {"people_address", "people_contact", "encounters_encounter", "cases_allegation"}


@dataclass(frozen=True)
class Target:
    """Where a docket goes. ``connect`` are psycopg's arguments for the owner; ``unchecked`` skips foreign keys."""

    connect: dict[str, Any]  # Any: numbers and words, as libpq takes them
    keys: LocalKeyService
    blobs: Path
    unchecked: bool = False


@dataclass
class Made:
    """What was written: rows by table, and the fingerprint of the rows before sealing."""

    rows: Counter[str] = field(default_factory=Counter)
    fingerprints: list[str] = field(default_factory=list)

    def add(self, other: Made) -> None:
        """Count another docket in."""
        self.rows.update(other.rows)
        self.fingerprints += other.fingerprints


def write_docket(bench: Bench, target: Target) -> Made:
    """Make and write one judge's docket."""
    rows = docket_of(bench)
    sealer = Sealer(target.keys)
    documents = [_store(paper, target, sealer) for paper in rows.papers]
    with psycopg.connect(**target.connect) as connection, connection.cursor() as cursor:
        if target.unchecked:
            cursor.execute("SET LOCAL session_replication_role = replica")
        for table, made in _in_order(rows, documents, sealer):
            _copy(cursor, table, made)
    counts = Counter({table: len(made) for table, made in rows.tables.items()})
    counts["documents_document"] = len(documents)
    return Made(counts, [rows.fingerprint()] if bench.with_papers else [])


def _in_order(rows: Rows, documents: list[tuple[Written, ...]], sealer: Sealer) -> Iterator[tuple[str, Any]]:
    """Each table with its rows as PostgreSQL gets them; people first, for their keys."""
    for table, made in rows.tables.items():
        if table == "people_person":
            yield table, (sealer.person(row) for row in made)
        elif table in SEALED_TABLES:
            yield table, (sealer.row(table, row) for row in made)
        else:
            yield table, made
        if table == "cases_case":
            yield "documents_document", documents


def _copy(cursor: psycopg.Cursor[Any], table: str, made: Any) -> None:
    columns = DOCUMENT_COLUMNS if table == "documents_document" else COLUMNS[table]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with cursor.copy(statement) as copy:
        for row in made:
            copy.write_row(row)


class Sealer:
    """Makes the data keys of a docket's people and seals their texts."""

    def __init__(self, keys: LocalKeyService) -> None:
        self._service = keys
        self._keys: dict[int, bytes] = {}

    def person(self, row: Row) -> tuple[Written, ...]:
        """A row of people_person with its wrapped key and the name of the key that wraps it."""
        cells = [self._written("people_person", cell) for cell in row]
        return (*cells[:-1], self._service.name)

    def row(self, table: str, row: Row) -> tuple[Written, ...]:
        """A row with its texts sealed, each bound to its column."""
        return tuple(self._written(f"{table}.{column}", cell) for column, cell in zip(COLUMNS[table], row, strict=True))

    def document(self, document: int, content: bytes) -> tuple[bytes, bytes]:
        """Sealed content and wrapped key of a paper."""
        key = new_data_key()
        return seal(key, content, label="documents_document"), self._service.wrap(key, subject=f"document:{document}")

    @property
    def key_name(self) -> str:
        """The name of the key-encryption key."""
        return self._service.name

    def _key(self, person: int) -> bytes:
        if person not in self._keys:
            self._keys[person] = new_data_key()
        return self._keys[person]

    def _written(self, label: str, cell: Cell) -> Written:
        if isinstance(cell, Sealed):
            return seal(self._key(cell.person), cell.text.encode(), label=label)
        if isinstance(cell, PersonKey):
            return self._service.wrap(self._key(cell.person), subject=f"person:{cell.person}")
        return cell


def _store(planned: PlannedPaper, target: Target, sealer: Sealer) -> tuple[Written, ...]:
    """Set a paper, store it sealed, and return its row."""
    content = render(planned.paper, made_at=planned.received_at)
    sealed, wrapped = sealer.document(planned.document, content)
    blob = FolderStore(target.blobs).put(sealed, durable=False)
    return (
        planned.document, planned.case, planned.title, "application/pdf", hashlib.sha256(content).hexdigest(), blob,
        len(content), _pages(content), wrapped, sealer.key_name, planned.received_at, planned.protection,
    )  # fmt: skip


def _pages(content: bytes) -> int:
    pdf = pypdfium2.PdfDocument(io.BytesIO(content))
    try:
        return len(pdf)
    finally:
        pdf.close()
