from __future__ import annotations

import io

import pytest

from rollkeeper.releases import reader as reader_module
from rollkeeper.releases.events import Event, Kind, Outcome, Tally, excerpt
from rollkeeper.releases.problems import ReleaseRefused
from rollkeeper.releases.reader import TableReader
from tests.releases.tiny import DAY, header, joined, layout, read, row

CASE = {"IDNCASE": "41", "ALIEN_CITY": "CEDAR FORD", "NAT": "MX", "LANG": "SP ", "CUSTODY": "N", "LPR": "0",
        "CASE_TYPE": "RMV", "E_28_DATE": DAY, "C_BIRTHDATE": "7/1984", "CASEPRIORITY_CODE": "N/A"}  # fmt: skip


def case(**changed: str) -> list[str]:
    """A sound row of A_TblCase with some cells changed."""
    return row("A_TblCase", **(CASE | changed))


def only(events: list[Event]) -> tuple[int, Kind, Outcome, str]:
    """The one event there is."""
    [event] = events
    return event.line, event.kind, event.outcome, event.column


def test_a_clean_row_is_passed_on_as_it_is() -> None:
    rows, events = read("A_TblCase", [case()])

    assert rows[2] == {name: value.strip() for name, value in zip(header("A_TblCase"), case(), strict=True)}
    assert events == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("NAT", "NA"),
        ("CASEPRIORITY_CODE", "N/A"),
        ("LPR", "0"),
        ("RELEASE_MONTH", "00"),
        ("E_28_DATE", "2024-02-29 13:05:59.007"),
    ],
)
def test_what_looks_like_nothing_is_data(column: str, value: str) -> None:
    rows, events = read("A_TblCase", [case(**{column: value})])

    assert rows[2][column] == value
    assert events == []


@pytest.mark.parametrize(
    ("column", "value", "loaded", "kind", "outcome"),
    [
        ("ALIEN_CITY", "CEDAR\x00 FORD", "CEDAR FORD", Kind.NUL, Outcome.REPAIRED),
        ("ALIEN_CITY", "CEDAR\nFORD", "CEDAR FORD", Kind.LINE_FEED, Outcome.REPAIRED),
        ("NAT", "\x1bMX", "MX", Kind.CONTROL, Outcome.REPAIRED),
        ("ALIEN_CITY", "CAÑON", "CAÑON", Kind.NOT_UTF8, Outcome.NOTED),
        ("ALIEN_CITY", '"FERN', '"FERN', Kind.QUOTE, Outcome.NOTED),
        ("E_28_DATE", "1900-01-01 00:00:00.000", "", Kind.BAD_DATE, Outcome.VALUE_REFUSED),
        ("E_28_DATE", "2019-02-29 00:00:00.000", "", Kind.BAD_DATE, Outcome.VALUE_REFUSED),
        ("E_28_DATE", "2206-01-01 00:00:00.000", "", Kind.BAD_DATE, Outcome.VALUE_REFUSED),
        ("E_28_DATE", "NYC", "", Kind.BAD_DATE, Outcome.VALUE_REFUSED),
        ("LATEST_TIME", "2460", "", Kind.BAD_TIME, Outcome.VALUE_REFUSED),
        ("C_BIRTHDATE", "13/1980", "", Kind.BAD_MONTH, Outcome.VALUE_REFUSED),
        ("LPR", "Y", "", Kind.BAD_FLAG, Outcome.VALUE_REFUSED),
        ("CUSTODY", "ENG", "", Kind.TOO_WIDE, Outcome.VALUE_REFUSED),
        ("C_ASY_TYPE", "'", "", Kind.FILLER, Outcome.VALUE_REFUSED),
        ("LANG", "und", "", Kind.FILLER, Outcome.VALUE_REFUSED),
        ("ALIEN_CITY", "b6", "", Kind.FILLER, Outcome.VALUE_REFUSED),
        ("ALIEN_ZIPCODE", "0000000000", "", Kind.FILLER, Outcome.VALUE_REFUSED),
    ],
)
def test_each_odd_cell_is_dealt_with_and_told(
    column: str, value: str, loaded: str, kind: Kind, outcome: Outcome
) -> None:
    rows, events = read("A_TblCase", [case(), case(IDNCASE="42", **{column: value})])

    assert rows[3] == rows[2] | {"IDNCASE": "42", column: loaded}
    assert only(events) == (3, kind, outcome, column)


def test_a_backslash_is_data() -> None:
    rows, events = read("A_TblCase", [case(ALIEN_CITY="A\\N\\tB")])

    assert rows[2]["ALIEN_CITY"] == "A\\N\\tB"
    assert events == []


def test_lines_are_counted_as_sed_counts_them() -> None:
    """A lone line feed makes two physical lines of one row; every later row is reported where an editor shows it."""
    rows, events = read("A_TblCase", [case(ALIEN_CITY="A\nB"), case(IDNCASE="42"), case(IDNCASE="43", LPR="F")])

    assert sorted(rows) == [2, 4, 5]
    assert [(event.line, event.kind) for event in events] == [(2, Kind.LINE_FEED), (5, Kind.BAD_FLAG)]


def test_an_extra_tab_is_taken_out() -> None:
    cells = case()
    cells.insert(5, "")

    rows, events = read("A_TblCase", [cells])

    assert rows[2] == read("A_TblCase", [case()])[0][2]
    assert only(events)[:3] == (2, Kind.EXTRA_TAB, Outcome.REPAIRED)


def test_a_tab_inside_a_city_joins_its_halves() -> None:
    rows, events = read("A_TblCase", ["\t".join(case()).replace("CEDAR FORD", "CEDAR\tFORD")])

    assert rows[2]["ALIEN_CITY"] == "CEDAR FORD"
    assert rows[2]["CASEPRIORITY_CODE"] == "N/A"
    assert only(events) == (2, Kind.EXTRA_TAB, Outcome.REPAIRED, "ALIEN_CITY")


def test_a_hidden_shift_is_found_by_the_dates() -> None:
    """The row has as many cells as it should, but its dates stand one column to the right."""
    cells = case()
    cells.insert(8, "")

    rows, events = read("A_TblCase", [cells[:-1]])

    assert rows[2] == read("A_TblCase", [case(CASEPRIORITY_CODE="")])[0][2]
    assert only(events)[:3] == (2, Kind.HIDDEN_SHIFT, Outcome.REPAIRED)


def test_one_bad_flag_is_not_taken_for_a_shift() -> None:
    cells = row(
        "B_TblProceeding",
        IDNPROCEEDING="7",
        IDNCASE="41",
        CASE_TYPE="RMV",
        CUSTODY="N",
        CRIM_IND="N",
        AGGRAVATE_FELON="Y",
    )

    rows, events = read("B_TblProceeding", [cells])

    assert rows[2]["CRIM_IND"] == "N"
    assert only(events) == (2, Kind.BAD_FLAG, Outcome.VALUE_REFUSED, "AGGRAVATE_FELON")


def test_a_value_that_two_readings_place_differently_is_refused() -> None:
    """One of two neighbouring date columns is filled, and nothing shows whether the stray tab stood before or after."""
    cells = case(DATE_RELEASED=DAY, LPR="")
    cells.insert(37, "")

    rows, events = read("A_TblCase", [cells])

    assert (rows[2]["DATE_DETAINED"], rows[2]["DATE_RELEASED"], rows[2]["CASE_TYPE"]) == ("", "", "RMV")
    assert {event.column for event in events if event.outcome == Outcome.VALUE_REFUSED} == {
        "DATE_DETAINED",
        "DATE_RELEASED",
    }


def test_a_row_that_no_reading_fits_is_refused() -> None:
    rows, events = read("A_TblCase", [[*case(), "X", "Y", "Z", "and more"], case(IDNCASE="42")])

    assert sorted(rows) == [3]
    assert only(events)[:3] == (2, Kind.EXTRA_TAB, Outcome.ROW_REFUSED)


def test_a_short_row_is_filled_up() -> None:
    rows, events = read("A_TblCase", [case()[:20]])

    assert (rows[2]["CASE_TYPE"], rows[2]["CASEPRIORITY_CODE"]) == ("RMV", "")
    assert only(events) == (2, Kind.SHORT_ROW, Outcome.REPAIRED, "")


def test_rows_without_a_key_and_blank_lines_are_not_loaded() -> None:
    rows, events = read("A_TblCase", [case(IDNCASE=""), "", case(IDNCASE="x7"), case()])

    assert sorted(rows) == [5]
    assert [(event.line, event.kind) for event in events] == [(2, Kind.NO_KEY), (3, Kind.BLANK_LINE), (4, Kind.NO_KEY)]


def test_a_line_end_inside_a_field_is_mended() -> None:
    """The row was broken in two by a CRLF in its city; the halves add up and every cell fits."""
    rows, events = read("A_TblCase", ["\t".join(case()).replace("CEDAR FORD", "CEDAR\r\nFORD"), case(IDNCASE="42")])

    assert rows[2]["ALIEN_CITY"] == "CEDAR FORD"
    assert sorted(rows) == [2, 4]
    assert only(events) == (2, Kind.LINE_FEED, Outcome.REPAIRED, "ALIEN_CITY")


def test_a_lone_line_feed_between_rows_parts_them() -> None:
    rows, events = read("A_TblCase", ["\t".join(case()) + "\n" + "\t".join(case(IDNCASE="42")), case(IDNCASE="43")])

    assert {line: cells["IDNCASE"] for line, cells in rows.items()} == {2: "41", 3: "42", 4: "43"}
    assert only(events)[:2] == (2, Kind.LINE_END)


def test_a_file_with_unix_line_ends_reads_alike() -> None:
    lines: list[list[str] | str] = [header("A_TblCase"), case(), case(IDNCASE="42")]

    assert read("A_TblCase", joined(lines, end="\n")) == read("A_TblCase", joined(lines))


def test_columns_are_matched_by_name() -> None:
    names = [name.lower() for name in header("A_TblCase")]
    names[names.index("sex")] = "GENDER"
    names[names.index("up_bond_rsn")] = "SOMETHING_NEW"

    rows, events = read("A_TblCase", [names, case(Sex="F")])  # read as rows of a file whose header is the layout's
    data = joined([names, case(Sex="F")])
    rows, events = read("A_TblCase", data)

    assert rows[2]["Sex"] == "F"
    assert {(event.kind, event.column) for event in events} == {
        (Kind.RENAMED_COLUMN, "Sex"),
        (Kind.UNKNOWN_COLUMN, "SOMETHING_NEW"),
        (Kind.MISSING_COLUMN, "UP_BOND_RSN"),
    }


def test_motions_have_two_more_fields_than_names() -> None:
    cells = row("tbl_Court_Motions", IDNMOTION="5", IDNPROCEEDING="7", IDNCASE="41", strDJScenario="0", column41="4A")

    rows, events = read("tbl_Court_Motions", [cells])

    assert (rows[2]["strDJScenario"], rows[2]["column41"]) == ("0", "4A")
    assert only(events)[:3] == (1, Kind.HEADER_SHORT, Outcome.REPAIRED)


def test_a_byte_order_mark_is_taken_off() -> None:
    rows, events = read("A_TblCase", b"\xef\xbb\xbf" + joined([header("A_TblCase"), case()]))

    assert rows[2]["IDNCASE"] == "41"
    assert only(events)[:2] == (1, Kind.BYTE_ORDER_MARK)


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"<html>moved</html>\r\n", joined([["1", "MX"], ["2", "GT"]])])
def test_a_file_that_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(ReleaseRefused, match=r"A_TblCase\.csv (is empty|does not begin with the column names)"):
        read("A_TblCase", data)


def test_blocks_do_not_change_what_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that lie across two blocks, whole or broken, are read as in one piece."""
    lines = [header("A_TblCase"), *[case(IDNCASE=str(number)) for number in range(40)]]
    data = joined([*lines]).replace(b"CEDAR FORD", b"CEDAR\r\nFORD", 7)
    whole = read("A_TblCase", data)
    assert len(whole[0]) == 40

    for size in (700, 701, 997, 1500):
        monkeypatch.setattr(reader_module, "BLOCK_BYTES", size)
        assert read("A_TblCase", data) == whole, size


def test_a_file_without_line_ends_is_refused_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_module, "LONGEST_ROW", 1000)
    monkeypatch.setattr(reader_module, "BLOCK_BYTES", 1000)
    reader = TableReader(
        "x.csv", io.BytesIO(joined([header("A_TblCase")]) + b"1" * 100_000), layout("A_TblCase"), Tally()
    )

    with pytest.raises(ReleaseRefused, match="has no line ends after line 2"):
        list(reader.copy_blocks())


def test_excerpts_are_short_and_safe_to_print() -> None:
    assert excerpt(b"A\x1b[31m\x00\xc1") == "A\\x1b[31m\\x00\\xc1"
    assert len(excerpt(b"\x1b" * 500)) == 40
    assert excerpt(b"\x1b" * 500).isprintable()
