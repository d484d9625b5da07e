from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from rollkeeper.releases.archive import open_release
from rollkeeper.releases.counts import read_counts
from rollkeeper.releases.events import Kind, Tally
from rollkeeper.releases.keys import known_codes, read_keys
from rollkeeper.releases.layout import frequencies, main_tables
from rollkeeper.releases.reader import TableReader
from rollkeeper.releases.sample.draws import judge_codes
from rollkeeper.releases.sample.write import SampleRefused, write_sample
from tests.releases.conftest import Sample
from tests.releases.tiny import header

# What only the whole release shows; the loader finds these, and test_load.py says so.
FOUND_BY_THE_LOADER = {
    str(kind)
    for kind in (Kind.ORPHAN, Kind.DUPLICATE_KEY, Kind.CONTRADICTION, Kind.NO_DATE, Kind.UNLISTED_CODE, Kind.DEFLATE64)
}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second, other = (
        write_sample(tmp_path / name, scale=0.0003, seed=seed, faults=True, packing="zip64")
        for name, seed in (("a", 3), ("b", 3), ("c", 4))
    )

    assert first.archive is not None
    assert second.archive is not None
    assert other.archive is not None
    assert first.archive.read_bytes() == second.archive.read_bytes() != other.archive.read_bytes()
    assert (tmp_path / "a" / "faults.jsonl").read_text() == (tmp_path / "b" / "faults.jsonl").read_text()


def test_every_table_has_its_columns_in_order_and_about_its_share_of_rows(tmp_path: Path) -> None:
    written = write_sample(tmp_path / "s", scale=0.001, seed=5, faults=False)

    for name, table in main_tables().items():
        with (written.folder / "EOIR Case Data" / f"{name}.csv").open("rb") as out:
            assert out.readline() == "\t".join(header(name)).encode() + b"\r\n"
        assert written.rows[name] == pytest.approx(table.rows * 0.001, rel=0.12, abs=25), name


def test_without_faults_nothing_is_reported_but_the_short_header_of_motions(tmp_path: Path) -> None:
    written = write_sample(tmp_path / "s", scale=0.0003, seed=5, faults=False)

    events = read_all(written.folder)[1].events

    assert [(event.file, event.line, event.kind) for event in events] == [
        ("tbl_Court_Motions.csv", 1, Kind.HEADER_SHORT)
    ]


def test_values_occur_as_often_as_in_the_release(tmp_path: Path) -> None:
    written = write_sample(tmp_path / "s", scale=0.001, seed=5, faults=False)
    rows, _ = read_all(written.folder)

    for table, column, value in (
        ("A_TblCase", "CUSTODY", "N"),
        ("B_TblProceedCharges", "CHG_STATUS", "S"),
        ("tbl_schedule", "CAL_TYPE", "M"),
    ):
        counted = frequencies()[table, column]
        seen = Counter(cells[column] for (file, _), cells in rows.items() if file == f"{table}.csv" and cells[column])
        assert seen[value] / seen.total() == pytest.approx(counted[value] / sum(counted.values()), abs=0.03), column


def test_judges_are_invented_and_each_belongs_to_a_court(tmp_path: Path) -> None:
    written = write_sample(tmp_path / "s", scale=0.0003, seed=5, faults=False)
    text = (written.folder / "Lookup" / "tblLookupJudge.csv").read_text(encoding="cp1252")

    judges = list(csv.DictReader(io.StringIO(text), delimiter="\t"))

    assert {row["JUDGE_CODE"] for row in judges} == {code for _, code in judge_codes()}
    assert all(row["JUDGE_NAME"] for row in judges)


def test_the_files_alone_show_every_fault_that_they_can_show(sample: Sample) -> None:
    """Same file, same line, same kind: nothing missing, nothing more."""
    wanted = {
        (fault["file"], fault["line"], fault["kind"])
        for fault in sample.faults()
        if fault["kind"] not in FOUND_BY_THE_LOADER
    }

    _, events = read_all(sample.source)

    assert {(event.file, event.line, str(event.kind)) for event in events.events} == wanted
    assert len({kind for _, _, kind in wanted}) >= 20


def test_what_is_read_is_what_was_written(sample: Sample) -> None:
    """Every row with a fault and one sound row in fifty: a value may be refused, and is never wrong."""
    rows, events = read_all(sample.source)
    refused = {(event.file, event.line, event.column) for event in events.events if event.outcome == "value refused"}
    later = {(fault["file"], fault["line"]) for fault in sample.faults() if fault["kind"] == str(Kind.CONTRADICTION)}

    checked = lost = 0
    for file, line, values in sample.truth():
        cells = rows.get((file, line))
        if cells is None:
            lost += 1
            continue
        for column, value in values.items():
            if column not in cells or (file, line) in later:
                continue  # a column that this release lacks, or what the loader settles
            checked += 1
            assert cells[column] == value or (cells[column] == "" and (file, line, column) in refused), (
                file,
                line,
                column,
            )

    assert checked > 30_000
    assert lost <= 2


def test_count_txt_states_every_file(sample: Sample) -> None:
    release = open_release(sample.source)

    totals = read_counts(release)

    assert set(totals) == {stem for stem, member in release.members.items() if member.name.endswith(".csv")}


def test_a_sample_too_small_for_its_faults_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SampleRefused, match="use a larger --scale"):
        write_sample(tmp_path / "s", scale=0.000002, seed=5, faults=True)


def test_a_folder_in_use_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")

    with pytest.raises(SampleRefused, match="is not empty"):
        write_sample(tmp_path, scale=0.0003, seed=5, faults=False)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def read_all(source: Path) -> tuple[dict[tuple[str, int], dict[str, str]], Tally]:
    """Every row of every main table by file and line, and the events."""
    release, events = open_release(source), Tally()
    key_files, _ = read_keys(release)
    rows = {}
    for name, table in main_tables().items():
        member = release.find(name)
        assert member is not None
        with release.open(member) as stream:
            reader = TableReader(member.name, stream, table, events, known_codes(key_files))
            names = [column.name if column else "" for column in reader.header.columns]
            for line, cells in reader.rows():
                rows[member.name, line] = dict(zip(names, cells, strict=True))
    return rows, events
