"""Cleans and repairs one row that is not plainly clean: the slow, careful path of the reader."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rollkeeper.releases.cells import DATE_SHAPE, KnownCodes, checker
from rollkeeper.releases.events import Event, Kind, Outcome, Sink, excerpt
from rollkeeper.releases.header import Header
from rollkeeper.releases.layout import Table, likelihood
from rollkeeper.releases.repair import Reading, Slot, best_reading

CONTROL = re.compile(rb"[\x01-\x08\x0b-\x1f\x7f]")
C1_CONTROL = re.compile("[\x80-\x9f]")
NOT_ASCII = re.compile(rb"[\x80-\xff]")
VALUE_REASONS_THAT_END_A_ROW = frozenset({Kind.NO_KEY})


@dataclass(frozen=True)
class Remark:
    """Something found in one cell before it was known which column it belongs to."""

    kind: Kind
    outcome: Outcome
    before: str
    after: str


@dataclass(frozen=True)
class Cell:
    """A cell after cleaning: stripped, without control characters, and what was remarked on the way."""

    value: str
    remarks: tuple[Remark, ...] = ()


def clean_cell(raw: bytes) -> Cell:
    """Read one cell's bytes as cp1252 (UTF-8 where they are UTF-8), without NUL and control bytes and padding.

    Line feeds and tabs become a blank; a quotation mark is data. Every change is remarked.
    """
    value, found = raw, []
    if b"\0" in value:
        value = value.replace(b"\0", b"")
        found.append(Kind.NUL)
    if b"\n" in value:
        value = value.replace(b"\r\n", b" ").replace(b"\n", b" ")
        found.append(Kind.LINE_FEED)
    if CONTROL.search(value):
        value = CONTROL.sub(b"", value)
        found.append(Kind.CONTROL)
    text = _decode(value)
    if C1_CONTROL.search(text):
        text = C1_CONTROL.sub("", text)
        found.append(Kind.CONTROL)
    text = text.replace("\t", " ").strip(" \u00a0")
    remarks = [Remark(kind, Outcome.REPAIRED, excerpt(raw), excerpt(text)) for kind in dict.fromkeys(found)]
    if NOT_ASCII.search(value):
        remarks.append(Remark(Kind.NOT_UTF8, Outcome.NOTED, excerpt(raw), excerpt(text)))
    if '"' in text:
        remarks.append(Remark(Kind.QUOTE, Outcome.NOTED, excerpt(raw), excerpt(text)))
    return Cell(text, tuple(remarks))


def _decode(value: bytes) -> str:
    if value.isascii():
        return value.decode("ascii")
    for encoding in ("utf-8", "cp1252"):
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")


class RowRepairer:
    """Turns rows of one file into clean cells in the file's own column order, telling every change to ``sink``."""

    def __init__(self, file: str, table: Table, header: Header, known: KnownCodes, sink: Sink) -> None:
        self._file, self._header, self._sink = file, header, sink
        self._slots = [
            Slot(None, None, None)
            if column is None
            else Slot(
                column,
                checker(column, known.of(table, column)),
                likelihood(table.name, column.name),
                known.by_lookup.get(column.refers_to.lower(), frozenset()),
            )
            for column in header.columns
        ]

    def repair(self, raw: bytes, line: int) -> tuple[str, ...] | None:
        """The cells of a row (``raw`` without its line end, ``line`` its physical line), or None when it is refused."""
        cells = [clean_cell(cell) for cell in raw.split(b"\t")]
        if len(cells) > 1 and all(not cell.value for cell in cells):
            return self._refuse(line, Kind.NO_KEY, raw)
        if len(cells) < len(self._slots):
            return self._short(cells, line, raw)
        values = [cell.value for cell in cells]
        if len(cells) == len(self._slots) and not self._has_misfit(values):
            return self._accept(cells, _as_it_stands(values), line)
        reading, doubtful = best_reading(values, self._slots)
        kind = Kind.EXTRA_TAB if len(cells) > len(self._slots) else Kind.HIDDEN_SHIFT
        if len(cells) == len(self._slots) and (
            not reading.moved or (reading.misfits and not self._has_stray_date(values))
        ):
            return self._accept(cells, _as_it_stands(values), line)
        if reading.misfits or any(self._is_needed(index) for index in doubtful):
            return self._refuse(line, kind, raw)
        self._tell_move(reading, kind, line, raw)
        for index in sorted(doubtful):
            before = excerpt(reading.values[index])
            self._event(line, kind, Outcome.VALUE_REFUSED, self._header.names[index], before, "")
        kept = tuple("" if index in doubtful else value for index, value in enumerate(reading.values))
        return self._accept(cells, replace(reading, values=kept), line)

    def _has_stray_date(self, values: list[str]) -> bool:
        """Whether a date stands where none can: the mark of a shift, which a single bad value does not leave."""
        return any(
            slot.column is not None and slot.column.kind != "datetime" and DATE_SHAPE.fullmatch(value)
            for slot, value in zip(self._slots, values, strict=True)
        )

    def _is_needed(self, index: int) -> bool:
        """Whether a row is worthless without this column: its key and the keys of its parents."""
        column = self._slots[index].column
        return column is not None and (column.is_key or column.refers_to in ("A_TblCase", "B_TblProceeding"))

    def accept_joined(self, cells: list[Cell], line: int) -> tuple[str, ...] | None:
        """The cells of a row that was put together from two lines; None when a cell does not fit."""
        values = [cell.value for cell in cells]
        if self._has_misfit(values):
            return None
        return self._accept(cells, _as_it_stands(values), line)

    def fits(self, raw: bytes) -> bool:
        """Whether a row has all its cells and each fits its column."""
        values = [clean_cell(cell).value for cell in raw.split(b"\t")]
        return len(values) == len(self._slots) and not self._has_misfit(values)

    def _has_misfit(self, values: list[str]) -> bool:
        return any(
            slot.check is not None and slot.check(value) is not None
            for slot, value in zip(self._slots, values, strict=True)
        )

    def _short(self, cells: list[Cell], line: int, raw: bytes) -> tuple[str, ...] | None:
        missing = len(self._slots) - len(cells)
        padded = [*cells, *[Cell("")] * missing]
        if self._has_misfit([cell.value for cell in padded]):
            return self._refuse(line, Kind.SHORT_ROW, raw)
        self._event(line, Kind.SHORT_ROW, Outcome.REPAIRED, "", f"{len(cells)} cells", f"{len(padded)} cells")
        return self._accept(padded, _as_it_stands([cell.value for cell in padded]), line)

    def _accept(self, cells: list[Cell], reading: Reading, line: int) -> tuple[str, ...] | None:
        """Refuse single values that do not fit, tell the remarks of every cell, and return the row."""
        values = list(reading.values)
        for index, slot in enumerate(self._slots):
            problem = slot.check(values[index]) if slot.check else None
            if problem in VALUE_REASONS_THAT_END_A_ROW:
                return self._refuse(line, Kind.NO_KEY, "\t".join(values).encode())
        for index, slot in enumerate(self._slots):
            name = slot.column.name if slot.column else self._header.names[index]
            for source in reading.sources[index]:
                for remark in cells[source].remarks:
                    self._event(line, remark.kind, remark.outcome, name, remark.before, remark.after)
            problem = slot.check(values[index]) if slot.check else None
            if problem is not None:
                self._event(line, problem, Outcome.VALUE_REFUSED, name, excerpt(values[index]), "")
                values[index] = ""
        return tuple(values)

    def _tell_move(self, reading: Reading, kind: Kind, line: int, raw: bytes) -> None:
        joined = [source for source in reading.sources if len(source) > 1]
        first = min([*reading.taken_out, *(source[1] for source in joined)])
        index = next((i for i, source in enumerate(reading.sources) if source and source[-1] >= first), None)
        name = self._header.names[index] if index is not None else ""
        around = b"\t".join(raw.split(b"\t")[max(first - 1, 0) : first + 2])
        self._event(line, kind, Outcome.REPAIRED, name, excerpt(around), "later cells moved left")

    def _refuse(self, line: int, kind: Kind, raw: bytes) -> tuple[str, ...] | None:
        """Tell that a row is refused; returns what a refused row is: nothing."""
        self._event(line, kind, Outcome.ROW_REFUSED, "", excerpt(raw), "")
        return None

    def _event(self, line: int, kind: Kind, outcome: Outcome, column: str, before: str, after: str) -> None:
        self._sink(Event(self._file, line, kind, outcome, column, before, after))


def _as_it_stands(values: list[str]) -> Reading:
    return Reading(0.0, tuple(values), tuple((position,) for position in range(len(values))), (), 0)
