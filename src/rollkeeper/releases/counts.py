"""Checks a release against ``Count.txt``, the only control total that EOIR ships with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from rollkeeper.releases.archive import Release
from rollkeeper.releases.events import Event, Kind, Outcome, Sink
from rollkeeper.releases.problems import ReleaseRefused
from rollkeeper.releases.reader import Counts

COUNT_FILE = "Count"
# "A_TblCase<TAB>12821531"; a blank, comma, colon or bar between, an extension and thousands commas are read too.
LINE = re.compile(
    r"\s*\"?(?P<name>[\w.\- ]*?[A-Za-z_]\w*?)(?:\.(?:csv|txt))?\"?\s*[\t ,:|]\s*\"?(?P<rows>\d[\d,]*)\"?\s*"
)


@dataclass(frozen=True)
class Total:
    """What Count.txt says of one file, and on which line it says so."""

    rows: int
    line: int


def read_counts(release: Release) -> Mapping[str, Total]:
    """Rows by lower-case member stem. Raises ReleaseRefused when Count.txt is absent or holds no count."""
    member = release.find(COUNT_FILE)
    if member is None:
        raise ReleaseRefused(
            f"{release.source.name} holds no Count.txt, so nothing shows that it is whole; fetch the release again."
        )
    totals = {}
    for number, text in enumerate(release.lines(member), start=1):
        if found := LINE.fullmatch(text):
            stem = PurePosixPath(found["name"].strip()).name.lower()
            totals[stem] = Total(int(found["rows"].replace(",", "")), number)
    if not totals:
        raise ReleaseRefused(f"{member.path} names no file and count; fetch the release again.")
    return totals


def check_counts(release: Release, totals: Mapping[str, Total], found: Mapping[str, Counts], sink: Sink) -> bool:
    """Tell every difference between Count.txt and the rows found (passed on and refused); True when there is none.

    ``found`` is by member stem in lower case.
    """
    count_file = release.find(COUNT_FILE)
    path = count_file.name if count_file else "Count.txt"
    agrees = True
    for stem, counts in found.items():
        total = totals.get(stem)
        member = release.find(stem)
        name = member.name if member else stem
        if total is None:
            sink(Event(path, 0, Kind.NOT_COUNTED, Outcome.NOTED, name, "", str(counts.read)))
        elif total.rows != counts.read:
            agrees = False
            sink(Event(path, total.line, Kind.COUNT_DIFFERS, Outcome.NOTED, name, str(total.rows), str(counts.read)))
    for stem, total in totals.items():
        if release.find(stem) is None:
            agrees = False
            sink(Event(path, total.line, Kind.MISSING_MEMBER, Outcome.NOTED, stem, str(total.rows), "0"))
    return agrees
