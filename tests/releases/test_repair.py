"""The repair of shifted rows, as properties over rows as the sample writer makes them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rollkeeper.releases.cells import checker
from rollkeeper.releases.events import Event, Kind, Outcome
from rollkeeper.releases.layout import likelihood, main_tables
from rollkeeper.releases.repair import Slot, best_reading
from rollkeeper.releases.sample.draws import Draws
from rollkeeper.releases.sample.families import FamilyMaker
from tests.releases.tiny import header, joined, read

TABLES = ("A_TblCase", "B_TblProceeding", "D_TblAssociatedBond", "tbl_schedule", "tbl_Court_Appln")


def sound_rows(table: str, number: int) -> list[list[str]]:
    """Rows of a table as the sample writes them: real shares of values and blanks, keys joined."""
    draws = Draws(20260701)
    pools, maker = draws.pools(main_tables()[table]), FamilyMaker(draws)
    names = [column.name for column in main_tables()[table].columns]
    rows: list[list[str]] = []
    while len(rows) < number:
        for name, fixed in maker.family():
            if name == table:
                cells = {column: draws.pick(pool) for column, pool in zip(names, pools, strict=True)}
                rows.append([value.strip() for value in (cells | fixed).values()])
    return rows


SOUND = {table: sound_rows(table, 60) for table in TABLES}


def refused_columns(events: list[Event]) -> set[str]:
    return {event.column for event in events if event.outcome == Outcome.VALUE_REFUSED}


@pytest.mark.parametrize("table", TABLES)
def test_sound_rows_need_no_repair(table: str) -> None:
    rows, events = read(table, [*SOUND[table]])

    assert [list(cells.values())[: len(SOUND[table][0])] for cells in rows.values()] == SOUND[table]
    assert [event for event in events if event.line > 1] == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=st.sampled_from(TABLES), number=st.integers(0, 59), data=st.data())
def test_an_extra_tab_never_leaves_a_wrong_value(table: str, number: int, data: st.DataObject) -> None:
    """Wherever a stray tab falls, the row comes back as it was; a value that is in doubt is refused, not guessed."""
    sound = SOUND[table][number]
    place = data.draw(st.integers(1, len(sound)))
    shifted = [*sound[:place], "", *sound[place:]]

    rows, events = read(table, [shifted])

    told = {(event.line, event.kind) for event in events if event.line > 1}
    assert told == {(2, Kind.EXTRA_TAB)}
    for name, value in zip((column.name for column in main_tables()[table].columns), sound, strict=True):
        if rows:
            assert rows[2][name] in ({value, ""} if name in refused_columns(events) else {value}), name


@settings(max_examples=100, deadline=None)
@given(table=st.sampled_from(TABLES), number=st.integers(0, 59), data=st.data())
def test_a_row_with_any_cells_lost_or_added_never_stops_the_reader(
    table: str, number: int, data: st.DataObject
) -> None:
    """Rows of any width give a whole row or a refusal that is told; the row after them is read as if alone."""
    sound = SOUND[table][number]
    cells = data.draw(
        st.lists(st.sampled_from([*sound, "", "x", "\x00", '"', "9"]), min_size=1, max_size=len(sound) + 4)
    )

    rows, events = read(table, joined([header(table), sound, cells, sound]))

    assert list(rows[2].values())[: len(sound)] == sound
    assert list(rows[max(rows)].values())[: len(sound)] == sound
    if 3 not in rows:
        assert any(event.line == 3 for event in events)


def test_of_two_equal_readings_the_difference_is_in_doubt() -> None:
    columns = main_tables()["tbl_CustodyHistory"].columns
    slots = [Slot(c, checker(c, frozenset()), likelihood("tbl_CustodyHistory", c.name)) for c in columns]
    day = "2019-05-06 00:00:00.000"

    reading, doubtful = best_reading(["7", "41", "R", "", day, ""], slots)

    assert reading.misfits == 0
    assert doubtful == {3, 4}
