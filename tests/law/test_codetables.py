"""The code tables: whole, unique, padded nowhere, and without anybody's name."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from rollkeeper.law import codetables

FOLDER = Path(str(files("rollkeeper.law").joinpath("codes")))
COUNTS = {
    "languages": 722,
    "nationalities": 256,
    "case_types": 13,
    "calendar_types": 10,
    "schedule_types": 36,
    "application_decisions": 14,
    "motion_types": 72,
    "appeal_types": 18,
    "appeal_decisions": 53,
    "custody_statuses": 3,
    "bond_decisions": 14,
    "case_priorities": 6,
    "juvenile_statuses": 6,
    "states": 58,
}


@pytest.mark.parametrize("name", codetables.PLAIN)
def test_a_plain_table_is_whole(name: str) -> None:
    rows = codetables.codes(name)

    assert len(rows) == COUNTS[name]
    assert all(row.code and row.label for row in rows)


def test_the_tables_with_more_columns_are_whole() -> None:
    assert len(codetables.courts()) == 94
    assert len(codetables.hearing_locations()) == 1128
    assert len(codetables.charges()) == 241
    assert len(codetables.decisions()) == 212
    assert len(codetables.adjournments()) == 115
    assert len(codetables.application_types()) == 40


def test_na_is_a_code_and_not_a_gap() -> None:
    assert {row.code: row.label for row in codetables.codes("nationalities")}["NA"] == "NETHERLANDS ANTILLES"
    assert {row.code: row.label for row in codetables.codes("schedule_types")}["NA"] == "Naturalization"
    assert "N/A" in {row.code for row in codetables.codes("case_priorities")}


def test_a_decision_letter_means_nothing_without_its_other_keys() -> None:
    meaning = {(row.case_type, row.decision_type, row.code): row.label for row in codetables.decisions()}

    assert meaning["RMV", "C", "X"] == "Remove"
    assert meaning["RMV", "O", "X"] == "ZERO BOND"
    assert meaning["RMV", "C", "T"] == "Terminated"
    assert meaning["RMV", "O", "T"] == "Transfer"


def test_adjournments_say_what_they_do_to_the_asylum_clock() -> None:
    clock = {row.code: row.clock for row in codetables.adjournments()}

    assert (clock["01"], clock["03"], clock["5A"], clock["5D"]) == ("stops", "runs", "neutral", "neutral")
    assert (clock["57"], clock["58"]) == ("stops", "runs")
    assert set(clock.values()) == {"stops", "runs", "neutral", "unknown"}


def test_a_charge_keeps_the_blanks_inside_its_code_and_names_its_section() -> None:
    citation = {row.code: row.citation for row in codetables.charges()}

    assert citation["212a06Ai"] == "INA 212(a)(6)(A)(i)"
    assert citation["212a07Ai  I"] == "INA 212(a)(7)(A)(i)(I)"
    assert citation["237a01B"] == "INA 237(a)(1)(B)"


def test_every_code_fits_its_column_and_points_to_a_row() -> None:
    courts = {court.code for court in codetables.courts()}
    case_types = {row.code for row in codetables.codes("case_types")}

    assert all(place.court_code in courts | {""} for place in codetables.hearing_locations())
    assert {row.case_type for row in codetables.decisions()} <= case_types
    assert max(len(row.code) for row in codetables.charges()) <= 20
    assert {"ASYL", "WCAT"} <= {row.code for row in codetables.application_types() if row.is_fear_claim}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_no_cell_is_padded_or_holds_a_control_character(path: Path) -> None:
    cells = [cell for row in csv.reader(path.read_text(encoding="utf-8").splitlines()) for cell in row]

    assert all(cell == cell.strip() and cell.isprintable() for cell in cells)


def test_every_table_names_its_source_and_row_count() -> None:
    sources = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")

    for path in FOLDER.glob("*.csv"):
        rows = len(path.read_text(encoding="utf-8").splitlines()) - 1
        assert f"| {path.name} | {rows:,} |" in sources, path.name


def test_no_judge_is_named() -> None:
    assert not [path.name for path in FOLDER.glob("*judge*")]
    assert not [court.name for court in codetables.courts() if "," in court.name]


def test_an_unknown_table_is_refused_by_name() -> None:
    with pytest.raises(codetables.CodeTableError, match="no code table 'judges'"):
        codetables.codes("judges")
