"""Reads the key files of a release (``Lookup/``): codes and labels, tolerant of their many shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rollkeeper.releases.archive import Member, Release
from rollkeeper.releases.cells import KnownCodes
from rollkeeper.releases.layout import lookups, main_tables
from rollkeeper.releases.problems import ReleaseRefused
from rollkeeper.releases.reader import Counts
from rollkeeper.releases.rows import clean_cell

MAX_BYTES = 64 << 20
DECISION_KEYS = ("strCaseType", "strDecType", "strDecCode")
CODE_NAME = re.compile(r"(?:str)?code|.*_code|str\w*code|state_code", re.IGNORECASE)
LABEL_NAME = re.compile(r".*(?:desc|desciption|description|_name|_disp|stmt).*", re.IGNORECASE)


@dataclass(frozen=True)
class KeyFile:
    """One key file: its column names and rows of stripped cells."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def code_index(self) -> int:
        """Position of the column that holds the code: the first whose name says so, else the second."""
        for position, name in enumerate(self.columns):
            if CODE_NAME.fullmatch(name):
                return position
        return min(1, len(self.columns) - 1)

    @property
    def label_index(self) -> int | None:
        """Position of the column that explains the code, or None."""
        start = self.code_index + 1
        return next((i for i, name in enumerate(self.columns) if i >= start and LABEL_NAME.fullmatch(name)), None)

    def labels(self) -> Iterator[tuple[str, str]]:
        """Code and label of every row with a code; a code may occur more than once.

        Court decisions have three keys; theirs are put together as "case type, decision type, code".
        """
        if all(name in self.columns for name in DECISION_KEYS):
            places = [self.columns.index(name) for name in (*DECISION_KEYS, "strDecDescription")]
            for row in self.rows:
                case_type, kind, letter, meaning = (row[place] if len(row) > place else "" for place in places)
                yield f"{case_type} {kind} {letter}", meaning
            return
        code, label = self.code_index, self.label_index
        for row in self.rows:
            if len(row) > code and row[code]:
                yield row[code], row[label] if label is not None and len(row) > label else ""


def read_key_file(release: Release, member: Member) -> tuple[KeyFile, Counts]:
    """One key file and its row count. Raises ReleaseRefused when it is far larger than a key file can be."""
    with release.open(member) as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ReleaseRefused(f"{member.path} is larger than {MAX_BYTES >> 20} MB; it is not a key file.")
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\r\n" if b"\r\n" in data else b"\n")
    filled = [line for line in lines if line.strip(b" \0\x1a")]
    if not filled:
        return KeyFile(member.name, (), ()), Counts()
    head, *body = [tuple(clean_cell(cell).value for cell in line.split(b"\t")) for line in filled]
    return KeyFile(member.name, head, tuple(body)), Counts(read=len(body))


def read_keys(release: Release) -> tuple[dict[str, KeyFile], dict[str, Counts]]:
    """Every member that is not a main table, ``Count.txt`` or a text: by stem, with row counts."""
    main = {name.lower() for name in main_tables()}
    key_files, counts = {}, {}
    for stem, member in release.members.items():
        if stem in main or not member.name.lower().endswith(".csv"):
            continue
        key_files[stem], counts[stem] = read_key_file(release, member)
    return key_files, counts


def known_codes(key_files: dict[str, KeyFile]) -> KnownCodes:
    """The codes of the release's own key files, for the reader."""
    listed = {name.lower() for name in lookups()}
    return KnownCodes(
        {
            stem: frozenset(code for code, _ in key_file.labels())
            for stem, key_file in key_files.items()
            if stem in listed
        }
    )
