"""Writes a zip of files in Deflate or Deflate64 with zip64 sizes; ``zipfile`` cannot write method 9."""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import inflate64

from rollkeeper.releases.inflate import DEFLATE, DEFLATE64

CHUNK = 1 << 20
LIMIT = 0xFFFFFFFF
DOS_TIME, DOS_DATE = 0, (2026 - 1980) << 9 | 1 << 5 | 1  # the same bytes whenever the sample is written
LOCAL = struct.Struct("<4sHHHHHIIIHH")
CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
END64 = struct.Struct("<4sQHHIIQQQQ")
LOCATOR64 = struct.Struct("<4sIQI")
END = struct.Struct("<4sHHHHIIH")


class DeflatePacker:
    """Method 8."""

    def __init__(self) -> None:
        self._deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)

    def pack(self, data: bytes) -> bytes:
        return self._deflater.compress(data)

    def finish(self) -> bytes:
        return self._deflater.flush()


class Deflate64Packer:
    """Method 9."""

    def __init__(self) -> None:
        self._deflater = inflate64.Deflater()

    def pack(self, data: bytes) -> bytes:
        return bytes(self._deflater.deflate(data))

    def finish(self) -> bytes:
        return bytes(self._deflater.flush())


PACKERS: dict[int, type[DeflatePacker] | type[Deflate64Packer]] = {DEFLATE: DeflatePacker, DEFLATE64: Deflate64Packer}


@dataclass(frozen=True)
class Entry:
    """What the central directory says of one file."""

    name: bytes
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def pack_folder(folder: Path, target: Path, *, method_of: Callable[[Path], int]) -> None:
    """Pack every file below ``folder`` under its path relative to the folder's parent; order and bytes are stable."""
    with target.open("wb") as out:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        entries = [
            _write_file(out, path, path.relative_to(folder.parent).as_posix(), method_of(path)) for path in paths
        ]
        start = out.tell()
        for entry in entries:
            out.write(_central_record(entry))
        _write_end(out, len(entries), start)


def _write_file(out: BinaryIO, path: Path, name: str, method: int) -> Entry:
    offset, packer, crc, size = out.tell(), PACKERS[method](), 0, 0
    with path.open("rb") as source, tempfile.TemporaryFile() as packed:
        while data := source.read(CHUNK):
            crc, size = zlib.crc32(data, crc), size + len(data)
            packed.write(packer.pack(data))
        packed.write(packer.finish())
        entry = Entry(name.encode("ascii"), method, crc, packed.tell(), size, offset)
        extra = struct.pack("<HHQQ", 1, 16, size, entry.packed)
        out.write(
            LOCAL.pack(b"PK\3\4", 45, 0, method, DOS_TIME, DOS_DATE, crc, LIMIT, LIMIT, len(entry.name), len(extra))
        )
        out.write(entry.name + extra)
        packed.seek(0)
        while data := packed.read(CHUNK):
            out.write(data)
    return entry


def _central_record(entry: Entry) -> bytes:
    extra = struct.pack("<HHQQQ", 1, 24, entry.size, entry.packed, entry.offset)
    head = CENTRAL.pack(
        b"PK\1\2",
        45,
        45,
        0,
        entry.method,
        DOS_TIME,
        DOS_DATE,
        entry.crc,
        LIMIT,
        LIMIT,
        len(entry.name),
        len(extra),
        0,
        0,
        0,
        0,
        LIMIT,
    )
    return head + entry.name + extra


def _write_end(out: BinaryIO, count: int, start: int) -> None:
    end = out.tell()
    out.write(END64.pack(b"PK\6\6", END64.size - 12, 45, 45, 0, 0, count, count, end - start, start))
    out.write(LOCATOR64.pack(b"PK\6\7", 0, end, 1))
    out.write(END.pack(b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, LIMIT, LIMIT, 0))
