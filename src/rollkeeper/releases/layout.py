"""The shape of the public EOIR case release: tables, columns, kinds, widths. Facts live in ``tables/*.csv``."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FOLDER = "tables"
RENAMED = {"gender": "sex"}  # A_TblCase.GENDER became Sex by March 2025
DROPPED_SUFFIXES = ("_remove", "_to_be_removed")  # columns that EOIR renamed before it drops them


@dataclass(frozen=True)
class Column:
    """One column of a main table.

    ``kind`` is key, guid_key, int, number, year, datetime, time, month, flag, guid, code or text; ``width`` is the
    declared width in characters of a code, text or number (0 for the other kinds); ``refers_to`` names the table or
    lookup file that explains the value, or is empty.
    """

    name: str
    kind: str
    width: int
    refers_to: str

    @property
    def is_key(self) -> bool:
        """Whether a row without this value is no row."""
        return self.kind in ("key", "guid_key")


@dataclass(frozen=True)
class Table:
    """One main table, its columns in file order, and its rows in the July 2026 release."""

    name: str
    columns: tuple[Column, ...]
    rows: int

    @property
    def key(self) -> Column:
        """The column that names a row; ``tblAppeal2`` has none of its own and uses ``idnAppeal``."""
        return next((column for column in self.columns if column.is_key), self.columns[0])

    @property
    def unnamed(self) -> int:
        """How many trailing columns have no name in the file's header (two in ``tbl_Court_Motions``)."""
        return sum(column.name.startswith("column") for column in self.columns)

    def index(self, name: str) -> int:
        """Position of a column, from 0; KeyError when the table has none of that name."""
        for position, column in enumerate(self.columns):
            if column.name == name:
                return position
        raise KeyError(f"{self.name} has no column {name}")


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Rows of one of the CSV files in ``tables/``."""
    text = files("rollkeeper.releases").joinpath(FOLDER, name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def main_tables() -> Mapping[str, Table]:
    """Every main table by its file name without ``.csv``, in the order of the release."""
    columns: dict[str, list[Column]] = {}
    for row in rows_of("columns.csv"):
        column = Column(row["column"], row["kind"], int(row["width"] or 0), row["refers_to"])
        columns.setdefault(row["table"], []).append(column)
    return {
        row["table"]: Table(row["table"], tuple(columns[row["table"]]), int(row["rows_2026_07"]))
        for row in rows_of("tables.csv")
    }


def plain_name(name: str) -> str:
    """A column name as it is compared between releases: lower case, renames undone, drop marks removed."""
    plain = name.strip().lower()
    for suffix in DROPPED_SUFFIXES:
        plain = plain.removesuffix(suffix)
    return RENAMED.get(plain, plain)


@cache
def frequencies() -> Mapping[tuple[str, str], Mapping[str, int]]:
    """Counts of the values of a column in the March 2025 release, by (table, column)."""
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows_of("frequencies.csv"):
        counted.setdefault((row["table"], row["column"]), {})[row["value"]] = int(row["rows"])
    return counted


@cache
def blank_shares() -> Mapping[tuple[str, str], float]:
    """Share of blank cells of a column, 0 to 1, by (table, column)."""
    return {(row["table"], row["column"]): float(row["blank_share"]) for row in rows_of("missingness.csv")}


@dataclass(frozen=True)
class Likelihood:
    """How likely a cell of a column is, as natural logarithms; used to choose between repairs of a shifted row."""

    blank: float
    filled: float
    values: Mapping[str, float]
    closed: bool  # True when ``values`` holds nearly every value that occurs

    def of(self, value: str) -> float:
        """Logarithm of the chance of ``value`` (already stripped) in this column."""
        if not value:
            return self.blank
        if not self.values:
            return self.filled
        return self.filled + self.values.get(value, math.log(1e-6) if self.closed else 0.0)


@cache
def likelihood(table: str, column: str) -> Likelihood:
    """The likelihoods of one column, from ``frequencies.csv`` and ``missingness.csv``."""
    blank = min(max(blank_shares().get((table, column), 0.5), 1e-6), 1 - 1e-6)
    counted = frequencies().get((table, column), {})
    total = sum(counted.values())
    values = {value: math.log(count / total) for value, count in counted.items()}
    return Likelihood(math.log(blank), math.log(1 - blank), values, bool(values))


@dataclass(frozen=True)
class Lookup:
    """One key file of the release and the names of its first columns."""

    name: str
    rows: int
    column_count: int
    columns: tuple[str, ...]


@cache
def lookups() -> Mapping[str, Lookup]:
    """The 78 key files of July 2026 by file name without ``.csv``."""
    return {
        row["file"]: Lookup(
            row["file"], int(row["rows_2026_07"]), int(row["columns"]), tuple(row["known_columns"].split())
        )
        for row in rows_of("lookups.csv")
    }
