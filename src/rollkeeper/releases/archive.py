"""Opens a release: a folder or a zip, nested at any depth, names in any letter case. Nothing is unpacked to disk."""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from rollkeeper.releases import inflate
from rollkeeper.releases.problems import ReleaseRefused

READ_BYTES = 1 << 20
DATA_SUFFIXES = (".csv", ".txt")
RELEASE_FOLDER = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])-?([0-2]\d|3[01])?")


@dataclass(frozen=True)
class Member:
    """One file of the release. ``path`` is its place inside it, with forward slashes; ``size`` is bytes unpacked."""

    path: str
    size: int
    method: int  # zip compression method; 0 for a file of a folder

    @property
    def name(self) -> str:
        """The file's own name, as the release spells it."""
        return PurePosixPath(self.path).name

    @property
    def stem(self) -> str:
        """The name without its extension, in lower case: what members are matched by."""
        return PurePosixPath(self.path).stem.lower()


class Release:
    """A release that was found readable: its members by lower-case stem, and a way to read each as a stream."""

    def __init__(self, source: Path, members: Iterable[Member], opener: Opener) -> None:
        self.source = source
        self.members = _by_stem(source, members)
        self._opener = opener

    @property
    def date(self) -> str:
        """The release's date as its folder states it (``EOIR Case Data 2026-0701``), YYYY-MM-DD, or empty."""
        for text in [*(member.path for member in self.members.values()), self.source.resolve().name]:
            if found := RELEASE_FOLDER.search(text):
                return f"{found[1]}-{found[2]}-{found[3] or '01'}"
        return ""

    def find(self, stem: str) -> Member | None:
        """The member of a table or key file, in any letter case, or None."""
        return self.members.get(stem.lower())

    def open(self, member: Member) -> AbstractContextManager[BinaryIO]:
        """The member's bytes as a stream; reading past damage raises ReleaseRefused."""
        return closing(self._opener.open(member))

    def lines(self, member: Member, limit: int = 1 << 20) -> Iterator[str]:
        """Lines of a small text member such as ``Count.txt``, read as cp1252."""
        with self.open(member) as stream:
            data = stream.read(limit)
        yield from data.removeprefix(b"\xef\xbb\xbf").decode("cp1252", "replace").splitlines()

    def digest(self) -> str:
        """SHA-256 over names and bytes of every member, in the order of their names: the same for folder and zip."""
        whole = hashlib.sha256()
        for stem in sorted(self.members):
            member = self.members[stem]
            own = hashlib.sha256()
            with self.open(member) as stream:
                while data := stream.read(READ_BYTES):
                    own.update(data)
            whole.update(f"{member.name.lower()}\0{own.hexdigest()}\n".encode())
        return whole.hexdigest()


class Opener:
    """Reads members; one kind for folders, one for zips."""

    def open(self, member: Member) -> BinaryIO:
        """A stream of the member's bytes."""
        raise NotImplementedError


class FolderOpener(Opener):
    """Members are files below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self, member: Member) -> BinaryIO:
        """The file itself."""
        try:
            return (self.folder / member.path).open("rb")
        except OSError as error:
            raise ReleaseRefused(f"{member.path} cannot be read: {error.strerror}.") from error


class ZipOpener(Opener):
    """Members are entries of a zip: stored, Deflate or Deflate64."""

    def __init__(self, path: Path, entries: dict[str, zipfile.ZipInfo]) -> None:
        self.path = path
        self.entries = entries

    def open(self, member: Member) -> BinaryIO:
        """A stream that unpacks as it is read and checks size and checksum at the end."""
        raw = inflate.MemberStream(self.path, self.entries[member.path])
        return io.BufferedReader(raw, READ_BYTES)


def open_release(path: Path) -> Release:
    """Find the members of a release.

    ``path`` is a folder or a zip. Raises ReleaseRefused, with a sentence that says what to do, when it is neither, is
    cut short, names a file outside itself, would unpack to far more than such a release holds, or lacks ``A_TblCase``.
    """
    if path.is_dir():
        release = _open_folder(path)
    elif path.is_file():
        release = _open_zip(path)
    else:
        raise ReleaseRefused(f"{path.name} is neither a folder nor a zip file; give the release as one of the two.")
    if release.find("A_TblCase") is None:
        raise ReleaseRefused(
            f"{path.name} holds no A_TblCase.csv; give the folder or zip of a whole EOIR case release."
        )
    return release


def _by_stem(source: Path, members: Iterable[Member]) -> dict[str, Member]:
    found: dict[str, Member] = {}
    for member in members:
        if not member.name.lower().endswith(DATA_SUFFIXES):
            continue
        if other := found.get(member.stem):
            raise ReleaseRefused(
                f"{source.name} holds {printable(other.path)} and {printable(member.path)}; give one release at a time."
            )
        found[member.stem] = member
    return found


def _open_folder(folder: Path) -> Release:
    members = []
    root = folder.resolve()
    for parent, _folders, names in os.walk(root):
        for name in names:
            path = Path(parent, name)
            inside = path.relative_to(root).as_posix()
            if not name.lower().endswith(DATA_SUFFIXES):
                continue
            _check_name(inside)
            if not path.resolve().is_relative_to(root):
                raise ReleaseRefused(f"{printable(inside)} points outside the release folder; nothing was loaded.")
            if path.is_file():
                members.append(Member(inside, path.stat().st_size, 0))
    return Release(folder, members, FolderOpener(root))


def _open_zip(path: Path) -> Release:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = {info.orig_filename: info for info in archive.infolist() if not info.is_dir()}
            count = sum(not info.is_dir() for info in archive.infolist())
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise ReleaseRefused(
            f"{path.name} is not a whole zip file (the download may have stopped early); fetch it again."
        ) from error
    if count != len(entries):
        raise ReleaseRefused(f"{path.name} names one file twice; it is not a release as EOIR packs it.")
    for name in entries:
        _check_name(name)
    inflate.check_entries(path, list(entries.values()))
    members = [Member(name, info.file_size, info.compress_type) for name, info in entries.items()]
    return Release(path, members, ZipOpener(path, entries))


def _check_name(name: str) -> None:
    """Refuse a name that would lead outside the release or hide what it is; no file is ever written under it."""
    parts = re.split(r"[/\\]", name)
    hostile = (
        ".." in parts
        or name.startswith(("/", "\\"))
        or re.match(r"[A-Za-z]:", name)
        or not name.isprintable()
        or not name
    )
    if hostile:
        raise ReleaseRefused(
            f"The release holds a file named {printable(name)!r}, which is not a safe name; nothing was loaded."
        )


def printable(name: str) -> str:
    """A file name that is safe to show in a message or report, at most 120 characters."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in name)[:120]
