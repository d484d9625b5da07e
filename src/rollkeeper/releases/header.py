"""Matches a file's header with the layout by name, whatever the release's order, letter case and renames."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rollkeeper.releases.events import Event, Kind, Outcome, Sink, excerpt
from rollkeeper.releases.layout import Column, Table, plain_name
from rollkeeper.releases.problems import ReleaseRefused

ROWS_TO_BELIEVE = 20  # a surplus that the layout does not know needs this many rows to speak for it
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Header:
    """The columns of a file in its own order. None stands for a column that the layout does not know."""

    columns: tuple[Column | None, ...]
    names: tuple[str, ...]
    terminator: bytes

    @property
    def width(self) -> int:
        """Number of cells of a whole row."""
        return len(self.columns)


def read_header(file: str, line: bytes, table: Table, sample_rows: list[bytes], sink: Sink) -> Header:
    """The header of a file from its first line (with its line end) and some rows after it.

    Every rename, unknown and missing column is told to ``sink``. Raises ReleaseRefused when the line does not hold
    the column that names a row, for then it is no header of this table.
    """
    terminator = b"\r\n" if line.endswith(b"\r\n") else b"\n"
    line = line.rstrip(b"\r\n")
    if line.startswith(BOM):
        line = line.removeprefix(BOM)
        sink(Event(file, 1, Kind.BYTE_ORDER_MARK, Outcome.REPAIRED, "", excerpt(BOM), ""))
    names = [
        "".join(c for c in cell.decode("cp1252", "replace") if c.isprintable()).strip() for cell in line.split(b"\t")
    ]
    columns = _match(file, names, table, sink)
    if table.key not in columns:
        raise ReleaseRefused(
            f"{file} does not begin with the column names of {table.name} ({table.key.name} is missing)."
        )
    _add_unnamed(file, names, columns, table, sample_rows, sink)
    _report_missing(file, columns, table, sink)
    return Header(tuple(columns), tuple(names), terminator)


def _match(file: str, names: list[str], table: Table, sink: Sink) -> list[Column | None]:
    by_name = {plain_name(column.name): column for column in table.columns}
    columns: list[Column | None] = []
    for name in names:
        column = by_name.pop(plain_name(name), None)
        columns.append(column)
        if column is None:
            sink(Event(file, 1, Kind.UNKNOWN_COLUMN, Outcome.NOTED, excerpt(name)))
        elif column.name.lower() != name.lower():
            sink(Event(file, 1, Kind.RENAMED_COLUMN, Outcome.REPAIRED, column.name, excerpt(name), column.name))
    return columns


def _add_unnamed(
    file: str, names: list[str], columns: list[Column | None], table: Table, sample_rows: list[bytes], sink: Sink
) -> None:
    """Motions carry two more fields than their header: name the surplus when most rows have it."""
    unnamed: list[Column | None] = [c for c in table.columns if c.name.startswith("column") and c not in columns]
    widths = Counter(row.count(b"\t") + 1 for row in sample_rows if row.strip())
    if not widths:
        return
    width, rows = widths.most_common(1)[0]
    surplus = width - len(names)
    expected = surplus == len(unnamed)
    if surplus <= 0 or not (expected or (rows >= ROWS_TO_BELIEVE and rows > 0.9 * widths.total())):
        return
    for position in range(surplus):
        column = unnamed[position] if position < len(unnamed) else None
        columns.append(column)
        names.append(column.name if column else f"unnamed{position + 1}")
    sink(
        Event(
            file, 1, Kind.HEADER_SHORT, Outcome.REPAIRED, "", f"{len(names) - surplus} names", f"{len(names)} columns"
        )
    )


def _report_missing(file: str, columns: list[Column | None], table: Table, sink: Sink) -> None:
    for column in table.columns:
        if column not in columns and not column.name.startswith("column"):
            sink(Event(file, 1, Kind.MISSING_COLUMN, Outcome.NOTED, column.name))
