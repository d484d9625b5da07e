"""What a cell of each kind may hold: byte patterns for whole rows, and the check of one cell with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from rollkeeper.releases.events import Kind
from rollkeeper.releases.layout import Column, Table, frequencies

EARLIEST_YEAR, LATEST_YEAR = 1901, 2059  # outside: typing errors and 1900-era fillers, refused and listed
YEAR = r"(?:19(?!00)|20(?![6-9]))[0-9][0-9]"
DAY = (
    rf"{YEAR}-(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    rf"|{YEAR}-(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    rf"|{YEAR}-02-(?:0[1-9]|1[0-9]|2[0-8])"
)
CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,7})?"
LEAP_DAY = re.compile(rf"({YEAR})-02-29 {CLOCK}")
DATE_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?")

FILLERS = frozenset({"b6", "A.2.a", "??", "nul", "und", "'"})
ZEROS = re.compile("0{5,}")
REASONS = {
    "key": Kind.NO_KEY,
    "guid_key": Kind.NO_KEY,
    "int": Kind.BAD_NUMBER,
    "number": Kind.BAD_NUMBER,
    "year": Kind.BAD_NUMBER,
    "datetime": Kind.BAD_DATE,
    "time": Kind.BAD_TIME,
    "month": Kind.BAD_MONTH,
    "flag": Kind.BAD_FLAG,
    "guid": Kind.BAD_GUID,
    "code": Kind.TOO_WIDE,
    "text": Kind.TOO_WIDE,
}
GUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
INT = r"-?[0-9]{1,10}"


def value_pattern(column: Column) -> str:
    """Regular expression of a filled cell without its padding: ASCII only, no quotation mark or backslash."""
    width = column.width
    patterns = {
        "key": r"[0-9]{1,10}",
        "guid_key": GUID,
        "guid": GUID,
        "int": INT,
        "number": rf"[0-9]{{1,{width}}}" if width < 10 else rf"[0-9]{{1,{width}}}(?:\.[0-9]{{1,4}})?",
        "year": r"(?:19|20)[0-9][0-9]|0{4}",
        "datetime": rf"(?:{DAY}) {CLOCK}",
        "time": r"(?:[01][0-9]|2[0-3])[0-5][0-9]",
        "month": r"(?:0?[1-9]|1[0-2])/(?:19|20)[0-9][0-9]",
        "flag": "[01]",
    }
    if column.kind == "code":
        return rf"[!#-\[\]-~]{{1,{width}}}"
    if column.kind == "text":
        # A date in a text column is the mark of a shifted row.
        guard = r"(?![0-9]{4}-[0-9]{2}-[0-9]{2} )" if width >= 19 else ""
        return rf"{guard}[!#-\[\]-~](?:[ !#-\[\]-~]{{0,{width - 1}}}[!#-\[\]-~])?" if width > 1 else r"[!#-\[\]-~]"
    return patterns[column.kind]


def row_pattern(columns: tuple[Column | None, ...]) -> re.Pattern[bytes]:
    """Regular expression of a whole clean row in the file's own order; None stands for a column we do not know.

    A row that matches needs no repair and no remark: it is passed on as it is. Possessive repeats keep a row that
    fails from being tried twice.
    """
    cells = []
    for column in columns:
        if column is None:
            cells.append(r"[ !#-\[\]-~]*+")
        elif column.is_key:
            cells.append(rf" *+{value_pattern(column)} *+")
        elif column.kind == "text":
            guard = r"(?![0-9]{4}-[0-9]{2}-[0-9]{2} )" if column.width >= 19 else ""
            cells.append(rf"{guard}(?!0{{5}})[ !#-\[\]-~]{{0,{column.width}}}+")
        elif column.kind == "int":  # a blank one that is padded takes the careful path: COPY wants a number or nothing
            cells.append(rf"(?:{value_pattern(column)} *+)?+")
        else:
            cells.append(rf"(?:{value_pattern(column)})?+ *+")
    return re.compile("\t".join(cells).encode("ascii"))


@cache
def _value_check(kind: str, width: int, name: str) -> re.Pattern[str]:
    return re.compile(value_pattern(Column(name, kind, width, "")))


@dataclass(frozen=True)
class KnownCodes:
    """Codes of the release's own key files, used to tell filler tokens from codes and to choose between repairs.

    ``by_lookup`` maps a key file's name in lower case to its codes.
    """

    by_lookup: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, table: Table, column: Column) -> frozenset[str]:
        """Codes of a column; empty when none are known, which means any code may be right."""
        listed = self.by_lookup.get(column.refers_to.lower(), frozenset())
        return listed | frozenset(frequencies().get((table.name, column.name), ()))


CellCheck = Callable[[str], Kind | None]


def checker(column: Column, known: frozenset[str]) -> CellCheck:
    """A function that says what is wrong with a stripped, clean cell of this column, or None when nothing is."""
    shape = _value_check(column.kind, column.width, column.name).fullmatch
    reason = REASONS[column.kind]
    tokens = column.kind in ("code", "text") and not column.name.startswith("column")

    def check(value: str) -> Kind | None:
        if not value:
            return Kind.NO_KEY if column.is_key else None
        if tokens and value not in known and (value in FILLERS or ZEROS.fullmatch(value)):
            return Kind.FILLER
        if column.kind in ("code", "text"):
            return _check_text(column, value)
        if shape(value):
            return None
        if column.kind == "datetime" and _is_leap_day(value):
            return None
        return reason

    return check


def _check_text(column: Column, value: str) -> Kind | None:
    if len(value) > column.width or DATE_SHAPE.fullmatch(value) or (column.kind == "code" and " " in value):
        return Kind.TOO_WIDE
    return None


def _is_leap_day(value: str) -> bool:
    found = LEAP_DAY.fullmatch(value)
    if not found:
        return False
    year = int(found[1])
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
