"""Unpacks zip members as a stream in bounded memory: stored, Deflate, and Deflate64, which ``zipfile`` cannot."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import inflate64

from rollkeeper.releases.problems import ReleaseRefused

STORED, DEFLATE, DEFLATE64 = 0, 8, 9
CHUNK = 1 << 16  # packed bytes fed at a time; bounds what one call can unpack
LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")
# Tab-separated court rows pack about 5 : 1, blank columns up to 40 : 1. What claims far more was made to fill a disk.
MAX_RATIO = 200
MAX_BYTES = 400 * (1 << 30)
RATIO_FREE_BYTES = 16 << 20


class Stored:
    """Method 0: bytes as they are."""

    def unpack(self, data: bytes) -> bytes:
        return data


class Deflate:
    """Method 8."""

    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)

    def unpack(self, data: bytes) -> bytes:
        return self._inflater.decompress(data) if data else self._inflater.flush()


class Deflate64:
    """Method 9, which some members of the real release use."""

    def __init__(self) -> None:
        self._inflater = inflate64.Inflater()

    def unpack(self, data: bytes) -> bytes:
        return bytes(self._inflater.inflate(data)) if data and not self._inflater.eof else b""


UNPACKERS: dict[int, type[Stored] | type[Deflate] | type[Deflate64]] = {
    STORED: Stored,
    DEFLATE: Deflate,
    DEFLATE64: Deflate64,
}


def check_entries(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse a zip whose entries are encrypted, packed by an unknown method, overlap, or claim absurd sizes."""
    length = path.stat().st_size
    end = 0
    for info in sorted(entries, key=lambda entry: entry.header_offset):
        name = info.filename[:120]
        if info.flag_bits & 0x1:
            raise ReleaseRefused(f"{name} is encrypted; the public release is not, so fetch it again.")
        if info.compress_type not in UNPACKERS:
            raise ReleaseRefused(
                f"{name} is packed by method {info.compress_type}; only stored, Deflate and Deflate64 are read."
            )
        if info.header_offset < end or info.header_offset + info.compress_size > length:
            raise ReleaseRefused(f"{path.name} is damaged: {name} does not lie where the zip says; fetch it again.")
        end = info.header_offset + info.compress_size
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > MAX_BYTES or (info.file_size > RATIO_FREE_BYTES and ratio > MAX_RATIO):
            raise ReleaseRefused(
                f"{name} would unpack to {info.file_size:,} bytes, far more than such a file holds; nothing was loaded."
            )
    if sum(info.file_size for info in entries) > MAX_BYTES:
        raise ReleaseRefused(f"{path.name} would unpack to more than {MAX_BYTES >> 30} GB; nothing was loaded.")


class MemberStream(io.RawIOBase):
    """Reads one member. Holds at most one chunk's unpacked bytes; checks length and CRC-32 when the end is reached."""

    def __init__(self, path: Path, info: zipfile.ZipInfo) -> None:
        self._path, self._info = path, info
        self._file = path.open("rb")
        self._left = info.compress_size
        self._unpacker = UNPACKERS[info.compress_type]()
        self._ready = memoryview(b"")
        self._crc, self._length, self._ended = 0, 0, False
        self._seek_to_data()

    def _seek_to_data(self) -> None:
        self._file.seek(self._info.header_offset)
        header = self._file.read(LOCAL_HEADER.size)
        if len(header) < LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
            raise self._damaged()
        name_length, extra_length = LOCAL_HEADER.unpack(header)[-2:]
        self._file.seek(name_length + extra_length, io.SEEK_CUR)

    def _damaged(self) -> Exception:
        return ReleaseRefused(
            f"{self._info.filename} in {self._path.name} is damaged or cut short; fetch the release again."
        )

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview | bytearray) -> int:  # type: ignore[override]  # RawIOBase takes any buffer
        while not self._ready and not self._ended:
            self._fill()
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _fill(self) -> None:
        packed = self._file.read(min(CHUNK, self._left))
        if not packed and self._left:
            raise self._damaged()
        self._left -= len(packed)
        try:
            data = self._unpacker.unpack(packed)
        except (zlib.error, ValueError, EOFError, MemoryError) as error:
            raise self._damaged() from error
        self._length += len(data)
        self._crc = zlib.crc32(data, self._crc)
        self._ready = memoryview(data)
        if self._length > self._info.file_size:
            raise self._damaged()
        if not packed:
            self._ended = True
            if self._length != self._info.file_size or self._crc != self._info.CRC:
                raise self._damaged()

    def close(self) -> None:
        self._file.close()
        super().close()
