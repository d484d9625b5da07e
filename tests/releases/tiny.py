"""Small releases made by hand, and samples made once for a whole run."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from rollkeeper.releases.cells import KnownCodes
from rollkeeper.releases.events import Event, Tally
from rollkeeper.releases.layout import Table, main_tables
from rollkeeper.releases.reader import TableReader

DAY = "2019-05-06 00:00:00.000"


def row(table: str, **cells: str) -> list[str]:
    """A row of a main table: these cells, the others blank."""
    layout = main_tables()[table]
    unknown = set(cells) - {column.name for column in layout.columns}
    assert not unknown, unknown
    return [cells.get(column.name, "") for column in layout.columns]


def header(table: str) -> list[str]:
    """The names of a main table's columns, those that the release names."""
    return [c.name for c in main_tables()[table].columns if not c.name.startswith("column")]


def joined(lines: list[list[str] | str], end: str = "\r\n") -> bytes:
    """Lines of cells as the bytes of a file."""
    return "".join(("\t".join(line) if isinstance(line, list) else line) + end for line in lines).encode("cp1252")


def read(
    table: str, lines: list[list[str] | str] | bytes, *, known: KnownCodes | None = None
) -> tuple[dict[int, dict[str, str]], list[Event]]:
    """Read rows (or a whole file's bytes) as one main table: cells by physical line and column, and the events."""
    data = lines if isinstance(lines, bytes) else joined([header(table), *lines])
    events = Tally()
    reader = TableReader(f"{table}.csv", io.BytesIO(data), main_tables()[table], events, known)
    names = [column.name if column else "" for column in reader.header.columns]
    rows = {line: dict(zip(names, cells, strict=True)) for line, cells in reader.rows()}
    return rows, events.events


def write_release(
    folder: Path, rows: dict[str, list[list[str] | str]], *, counts: dict[str, int] | None = None
) -> Path:
    """A release below ``folder``: every main table, these rows, and a Count.txt that is right unless told otherwise."""
    main = folder / "EOIR Case Data 2026-0701" / "EOIR Case Data"
    main.mkdir(parents=True)
    stated = {name: len(rows.get(name, [])) for name in main_tables()} | (counts or {})
    for name in main_tables():
        (main / f"{name}.csv").write_bytes(joined([header(name), *rows.get(name, [])]))
    (main.parent / "Count.txt").write_text(
        "".join(f"{name}\t{count}\r\n" for name, count in stated.items()), newline=""
    )
    return main.parent


def pack(
    folder: Path, target: Path, *, method: int = zipfile.ZIP_DEFLATED, extra: dict[str, bytes] | None = None
) -> Path:
    """Pack a folder with the standard library, and further entries under any name."""
    with zipfile.ZipFile(target, "w", method) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder.parent).as_posix())
        for name, data in (extra or {}).items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return target


def layout(table: str) -> Table:
    """The layout of a main table."""
    return main_tables()[table]
