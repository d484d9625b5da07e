"""Reads a main table of the release: bytes in, rows ready for PostgreSQL's COPY out, in bounded memory.

A row that matches its table's pattern is passed on untouched; every other row goes to ``rows.RowRepairer``. Lines are
physical lines, counted by line feeds, so that ``sed -n LINEp FILE`` shows the row an event speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from rollkeeper.releases.cells import FILLERS, KnownCodes, row_pattern
from rollkeeper.releases.events import Event, Kind, Outcome, Sink, excerpt
from rollkeeper.releases.header import Header, read_header
from rollkeeper.releases.layout import Table
from rollkeeper.releases.problems import ReleaseRefused
from rollkeeper.releases.rows import RowRepairer, clean_cell

BLOCK_BYTES = 4 << 20
LONGEST_ROW = 1 << 20
SAMPLE_ROWS = 200
FILLER_BYTES = tuple(b"\t" + token.encode() for token in sorted(FILLERS))


@dataclass
class Counts:
    """Rows of one file: ``read`` is every row (blank lines are not rows); ``refused`` those not passed on."""

    read: int = 0
    refused: int = 0


class TableReader:
    """Reads one member. ``header`` is known at once; ``counts`` is complete when ``copy_blocks`` has ended."""

    def __init__(self, file: str, stream: BinaryIO, table: Table, sink: Sink, known: KnownCodes | None = None) -> None:
        self.file, self.table, self.counts = file, table, Counts()
        self._sink = sink
        self._stream = stream
        first = stream.read(BLOCK_BYTES)
        if not first.strip():
            raise ReleaseRefused(f"{file} is empty; fetch the release again.")
        end = first.find(b"\n") + 1 or len(first)
        sample = first[end:].split(b"\r\n" if first[:end].endswith(b"\r\n") else b"\n", SAMPLE_ROWS + 1)[:SAMPLE_ROWS]
        self.header: Header = read_header(file, first[:end], table, sample[:-1] or sample, sink)
        self._carry, self._line = first[end:], 2
        self._pattern = row_pattern(self.header.columns).fullmatch
        self._repairer = RowRepairer(file, table, self.header, known or KnownCodes(), sink)

    def copy_blocks(self) -> Iterator[bytes]:
        """Rows as PostgreSQL COPY text in UTF-8: physical line, then every cell in file order; blanks are empty."""
        end, pending = self.header.terminator, b""
        for read in self._blocks():
            block = pending + read
            start = block.rfind(end, 0, len(block) - len(end)) + len(end) if block.count(end) > 1 else 0
            # A broken last row may go on in the next block.
            keep = self._pattern(block[start : -len(end)]) is None
            yield self._read_block(block[:start] if keep else block)
            pending = block[start:] if keep else b""
        if pending:
            yield self._read_block(pending)

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Rows as (physical line, cells), cells stripped; the slower form of ``copy_blocks``, for small files."""
        for block in self.copy_blocks():
            for row in block.decode("utf-8").split("\n")[:-1]:
                line, *cells = row.split("\t")
                yield int(line), tuple(cell.strip(" ").replace("\\\\", "\\") for cell in cells)

    def _blocks(self) -> Iterator[bytes]:
        """The file after its header, cut behind line ends."""
        end = self.header.terminator
        carry = self._carry
        while data := self._stream.read(BLOCK_BYTES):
            carry += data
            cut = carry.rfind(end) + len(end)
            if cut >= len(end):
                yield carry[:cut]
                carry = carry[cut:]
            elif len(carry) > LONGEST_ROW + BLOCK_BYTES:
                raise ReleaseRefused(
                    f"{self.file} has no line ends after line {self._line}; it is not a release table."
                )
        if carry:
            yield carry if carry.endswith(end) else carry + end

    def _read_block(self, block: bytes) -> bytes:
        rows = block.split(self.header.terminator)
        rows.pop()  # what follows the last line end: nothing
        suspicious = any(token in block for token in FILLER_BYTES)
        plain_lines = self.header.terminator == b"\n" or block.count(b"\n") == len(rows)
        matches, line, position = self._pattern, self._line, 0
        out: list[bytes] = []
        append = out.append
        while position < len(rows):
            row = rows[position]
            if matches(row) and not (suspicious and any(token in row for token in FILLER_BYTES)):
                append(b"%d\t%b\n" % (line, row))
                self.counts.read += 1
                position, line = position + 1, line + 1 + (0 if plain_lines else row.count(b"\n"))
                continue
            used = self._slow(rows, position, line, out)
            line += sum(1 + (0 if plain_lines else rows[i].count(b"\n")) for i in range(position, position + used))
            position += used
        self._line = line
        return b"".join(out)

    def _slow(self, rows: list[bytes], position: int, line: int, out: list[bytes]) -> int:
        """Repair one row, or two that belong together; return how many were used."""
        row = rows[position]
        if not row.strip(b" \0\x1a"):
            self._sink(Event(self.file, line, Kind.BLANK_LINE, Outcome.NOTED, "", excerpt(row)))
            return 1
        if position + 1 < len(rows) and (joined := self._join(row, rows[position + 1], line)) is not None:
            self._put(line, joined, out)
            return 2
        for part, part_line in self._parts(row, line):
            self._put(part_line, self._repairer.repair(part, part_line), out)
        return 1

    def _put(self, line: int, cells: tuple[str, ...] | None, out: list[bytes]) -> None:
        self.counts.read += 1
        if cells is None:
            self.counts.refused += 1
            return
        text = "\t".join(cells).replace("\\", "\\\\")
        out.append(f"{line}\t{text}\n".encode())

    def _join(self, row: bytes, following: bytes, line: int) -> tuple[str, ...] | None:
        """Two lines as one row, when a line end fell inside a field: the halves add up and every cell fits."""
        width = self.header.width
        if (
            row.count(b"\t") + following.count(b"\t") != width - 1
            or row.count(b"\t") == width - 1
            or self._pattern(following)
        ):
            return None
        if not following.strip() or following.split(b"\t", 1)[0].strip().isdigit():
            return None
        whole = row + b"\n" + following
        return self._repairer.accept_joined([clean_cell(cell) for cell in whole.split(b"\t")], line)

    def _parts(self, row: bytes, line: int) -> Iterator[tuple[bytes, int]]:
        """A row that holds a lone line feed where a line end belongs, as the two rows that it is."""
        if b"\n" in row and row.count(b"\t") >= 2 * (self.header.width - 1):
            first, second = row.split(b"\n", 1)
            if self._repairer.fits(first) and self._repairer.fits(second):
                self._sink(
                    Event(
                        self.file, line, Kind.LINE_END, Outcome.REPAIRED, "", excerpt(first[-20:] + b"\n" + second[:20])
                    )
                )
                yield first, line
                yield second, line + 1
                return
        yield row, line
