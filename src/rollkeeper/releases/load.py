"""Loads a public release into the record: read, repair, count, check, then write everything or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from rollkeeper.ledger.append import append
from rollkeeper.releases.archive import Release, open_release
from rollkeeper.releases.checks import check_staged, keep_courts
from rollkeeper.releases.codes import add_missing_codes, tell_unlisted_codes
from rollkeeper.releases.counts import Total, check_counts, read_counts
from rollkeeper.releases.events import Event, Tally
from rollkeeper.releases.keys import known_codes, read_keys
from rollkeeper.releases.models import Release as LoadedRelease
from rollkeeper.releases.problems import ReleaseRefused
from rollkeeper.releases.reader import Counts
from rollkeeper.releases.records import Written, write_records
from rollkeeper.releases.staging import Progress, drop, make_tables, owner_cursor, read_tables, run_file

LOCK = "SELECT pg_try_advisory_lock(hashtextextended('rollkeeper.release.load', 0))"
UNLOCK = "SELECT pg_advisory_unlock(hashtextextended('rollkeeper.release.load', 0))"


def no_progress(step: str, done: int) -> None:
    """Stands in where nobody watches."""


@dataclass
class Outcome:
    """What a check or a load found and did.

    ``totals`` is Count.txt, ``counts`` the rows found, both by lower-case stem; ``written`` is empty for a check, a
    dry run and a release that was loaded before (``already``).
    """

    release: Release
    label: str
    digest: str
    totals: Mapping[str, Total]
    counts: dict[str, Counts]
    tally: Tally
    agrees: bool
    already: bool = False
    written: dict[str, Written] = field(default_factory=dict)

    @property
    def events(self) -> list[Event]:
        """Every repair, refusal and remark, in the order in which they were found."""
        return self.tally.events


def check_release(path: Path, *, progress: Progress = no_progress) -> Outcome:
    """Read a whole release and compare it with Count.txt; the database is not touched. Raises ReleaseRefused."""
    release = open_release(path)
    totals, tally = read_counts(release), Tally()
    key_files, counts = read_keys(release)
    counts |= read_tables(release, known_codes(key_files), tally, progress, keep=False)
    agrees = check_counts(release, totals, counts, tally)
    return Outcome(release, release.date, "", totals, counts, tally, agrees)


def load_release(
    path: Path,
    *,
    at: datetime,
    courts: tuple[str, ...] = (),
    label: str = "",
    accept_differences: bool = False,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> Outcome:
    """Load a release, or the cases that lie at some courts.

    ``label`` is the release's date (YYYY-MM-DD) where its folder does not state it. The record is written in one
    transaction, at ``at``; a load that is broken off leaves nothing behind but staging, which the next one replaces.
    The same release, already loaded for these courts, changes nothing. Raises ReleaseRefused: for files that cannot be
    read, for counts that differ from Count.txt (unless accepted), for a court that the release does not hold.
    """
    release = open_release(path)
    label = label or release.date
    if not label:
        raise ReleaseRefused(
            f"The names in {path.name} do not say of which month the release is; give --date YYYY-MM-DD."
        )
    wanted = tuple(sorted({court.upper() for court in courts}))
    totals, tally = read_counts(release), Tally()
    progress("checksum", 0)
    digest = release.digest()
    if not dry_run and _was_loaded(digest, wanted):
        return Outcome(release, label, digest, totals, {}, tally, agrees=True, already=True)
    with _alone():
        try:
            outcome = _stage(release, label, digest, totals, tally, progress)
            if not (outcome.agrees or accept_differences or dry_run):
                raise ReleaseRefused(_difference(outcome))
            if wanted and keep_courts(wanted) == 0:
                raise ReleaseRefused(f"The release holds no case of {', '.join(wanted)}; nothing was loaded.")
            if dry_run:
                tell_unlisted_codes(tally)
            else:
                outcome.written = _write(outcome, wanted, at, progress)
        finally:
            drop()
    return outcome


def _stage(
    release: Release, label: str, digest: str, totals: Mapping[str, Total], tally: Tally, progress: Progress
) -> Outcome:
    key_files, counts = read_keys(release)
    make_tables(key_files)
    counts |= read_tables(release, known_codes(key_files), tally, progress, keep=True)
    agrees = check_counts(release, totals, counts, tally)
    progress("checks", 0)
    check_staged(tally)
    return Outcome(release, label, digest, totals, counts, tally, agrees)


@transaction.atomic(using="owner")
def _write(outcome: Outcome, courts: tuple[str, ...], at: datetime, progress: Progress) -> dict[str, Written]:
    add_missing_codes(outcome.tally)
    with owner_cursor() as cursor:
        run_file(cursor, "facts.sql")
    written = write_records(outcome.label, at, progress)
    loaded = LoadedRelease.objects.using("owner").create(
        label=outcome.label,
        source=outcome.release.source.name,
        digest=outcome.digest,
        courts=list(courts),
        loaded_at=at,
        counts=_counts_as_json(outcome),
        written={table: asdict(rows) for table, rows in written.items()},
    )
    _keep_faults(loaded.pk, outcome.events)
    append(
        "release.loaded",
        using="owner",
        release=outcome.label,
        digest=outcome.digest,
        courts=list(courts),
        cases_added=written["cases_case"].added,
        cases_changed=written["cases_case"].changed,
        faults=len(outcome.events),
    )
    return written


def _keep_faults(release_id: int, events: list[Event]) -> None:
    with owner_cursor() as cursor:
        columns = 'release_id, file, line, kind, outcome, "column", before, after'
        with cursor.copy(f"COPY releases_releasefault ({columns}) FROM STDIN") as copy:
            for e in events:
                copy.write_row((release_id, e.file, e.line, str(e.kind), str(e.outcome), e.column, e.before, e.after))


def _counts_as_json(outcome: Outcome) -> dict[str, dict[str, int | None]]:
    return {
        stem: {
            "stated": outcome.totals[stem].rows if stem in outcome.totals else None,
            "read": counts.read,
            "refused": counts.refused,
        }
        for stem, counts in outcome.counts.items()
    }


def _difference(outcome: Outcome) -> str:
    for stem, total in outcome.totals.items():
        counts = outcome.counts.get(stem)
        if counts is None or counts.read != total.rows:
            member = outcome.release.find(stem)
            name, read = (member.name if member else stem), counts.read if counts else 0
            return (
                f"{name} has {read:,} rows where Count.txt states {total.rows:,}; the release is not whole. "
                "Fetch it again, or load what is there with --accept-differences."
            )
    return "The release differs from its Count.txt; fetch it again."


def _was_loaded(digest: str, courts: tuple[str, ...]) -> bool:
    """Whether these courts' cases were loaded from these very bytes, in one load or several."""
    loads = [
        set(loaded)
        for loaded in LoadedRelease.objects.using("owner").filter(digest=digest).values_list("courts", flat=True)
    ]
    if any(not loaded for loaded in loads):
        return True
    return bool(courts) and set(courts) <= set().union(*loads)


@contextmanager
def _alone() -> Iterator[None]:
    """One load at a time; ReleaseRefused when another is under way."""
    with owner_cursor() as cursor:
        cursor.execute(LOCK)
        if not cursor.fetchone()[0]:
            raise ReleaseRefused("Another load is under way; wait until it has ended.")
        try:
            yield
        finally:
            cursor.execute(UNLOCK)
