"""The generator: the same seed gives the same court, and the court is a possible one."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rollkeeper.demo.bench import MARK, Bench, CourtFacts, Lawyer
from rollkeeper.demo.docket import docket_of
from rollkeeper.demo.rows import COLUMNS, Rows
from rollkeeper.foundation.choices import Protection
from rollkeeper.law import codetables

TODAY = date(2026, 3, 4)
COURT = CourtFacts(
    id=1,
    code="HLG",
    name="Harlingen Immigration Court",
    place="Harlingen, TX",
    zone="America/Chicago",
    locations={"court": 1, "detained": 2},
    facility="Harlingen detention center",
)


def lawyer(number: int, principal: int) -> Lawyer:
    """A practitioner for tests."""
    return Lawyer(
        number, f"Counsel {number}", f"DEMO-{number:05}", "Quayside", ("1 Row", "Town"), "555-0100", principal
    )


BENCH = Bench(
    seed=1,
    number=0,
    judge=1,
    judge_name="Odalys Brennock",
    court=COURT,
    today=TODAY,
    cases=300,
    most_cases=300,
    with_papers=True,
    counsel=(lawyer(1, 11), lawyer(2, 12), lawyer(3, 12)),
    government=(lawyer(4, 13),),
    court_principal=14,
    chambers_principal=15,
    decisions={(d.case_type, d.decision_type, d.code): key for key, d in enumerate(codetables.decisions(), start=1)},
    showcase=True,
    longest=3_000,
)


def column(rows: Rows, table: str, name: str) -> list[object]:
    """One column of a table."""
    place = COLUMNS[table].index(name)
    return [row[place] for row in rows.tables[table]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    """A docket with everything in it."""
    return docket_of(BENCH)


def test_the_same_seed_and_day_make_the_same_court(rows: Rows) -> None:
    assert docket_of(BENCH).fingerprint() == rows.fingerprint()


@pytest.mark.parametrize("change", [{"seed": 2}, {"number": 1}, {"today": date(2026, 3, 5)}, {"cases": 299}])
def test_another_seed_judge_day_or_size_makes_another_court(change: dict[str, object], rows: Rows) -> None:
    assert docket_of(replace(BENCH, **change)).fingerprint() != rows.fingerprint()  # type: ignore[arg-type]  # fields


def test_papers_do_not_change_what_is_drawn(rows: Rows) -> None:
    without = docket_of(replace(BENCH, with_papers=False))

    assert not without.papers
    assert without.tables["hearings_hearing"] == rows.tables["hearings_hearing"]
    assert without.tables["cases_case"] == rows.tables["cases_case"]


def test_two_judges_use_different_keys(rows: Rows) -> None:
    second = docket_of(replace(BENCH, number=1, showcase=False, longest=0))

    for table in COLUMNS:
        assert not set(column(rows, table, "id")) & set(column(second, table, "id"))


def test_every_key_points_to_a_row(rows: Rows) -> None:
    persons, cases = set(column(rows, "people_person", "id")), set(column(rows, "cases_case", "id"))

    assert len(cases) == BENCH.cases
    for table, names in COLUMNS.items():
        if "case_id" in names:
            assert set(column(rows, table, "case_id")) <= cases, table
        if "person_id" in names:
            assert set(column(rows, table, "person_id")) <= persons, table
    documents = [paper.document for paper in rows.papers]
    assert len(documents) == len(set(documents))
    claimed = [key for key in column(rows, "docket_docketentry", "document_id") if key]
    assert sorted(claimed) == sorted(documents)  # type: ignore[type-var]  # keys are numbers


def test_dockets_are_numbered_from_one_without_a_gap_and_in_order_of_time(rows: Rows) -> None:
    dockets = defaultdict(list)
    for entry in rows.tables["docket_docketentry"]:
        dockets[entry[1]].append((entry[2], entry[5]))

    assert len(dockets) == BENCH.cases
    for entries in dockets.values():
        assert [number for number, _ in entries] == list(range(1, len(entries) + 1))
        assert [at for _, at in entries] == sorted(at for _, at in entries)  # type: ignore[type-var]  # moments


def test_every_docket_begins_with_the_charging_document_and_ends_before_today(rows: Rows) -> None:
    entries = rows.tables["docket_docketentry"]

    assert {entry[3] for entry in entries if entry[2] == 1} == {"charging"}
    midnight = datetime(2026, 3, 4, 6, tzinfo=UTC)  # in Harlingen
    assert all(entry[5] <= midnight and entry[6] <= midnight for entry in entries)  # type: ignore[operator]
    assert all(entry[6] >= entry[5] for entry in entries)  # type: ignore[operator]


def test_a_judge_sits_once_at_a_time(rows: Rows) -> None:
    periods = column(rows, "courts_session", "period")

    assert len(periods) == len(set(periods))


def test_only_hearings_put_off_beforehand_take_no_time(rows: Rows) -> None:
    for hearing in rows.tables["hearings_hearing"]:
        cells = dict(zip(COLUMNS["hearings_hearing"], hearing, strict=True))
        if cells["session_id"] is None:
            assert cells["adjournment_id"]
            assert cells["adjourned_on"] < cells["starts_at"].date()  # type: ignore[union-attr]


def test_hearings_lie_on_both_sides_of_today_and_soon(rows: Rows) -> None:
    starts = [at.date() for at in column(rows, "hearings_hearing", "starts_at") if isinstance(at, datetime)]

    assert sum(day < TODAY for day in starts) > 300
    assert sum(day >= TODAY for day in starts) > 100
    assert sum(0 <= (day - TODAY).days < 8 for day in starts) > 8


def test_every_stage_and_every_protection_is_there(rows: Rows) -> None:
    assert set(column(rows, "cases_case", "status")) == {"pending", "decided", "closed", "on_appeal"}
    shown = Counter(column(rows, "docket_docketentry", "protection"))
    shown.update(column(rows, "people_personname", "protection"))
    # Encounters are a protection of their own table and of the government's packet.
    assert set(shown) >= {str(p) for p in Protection}, set(Protection) - set(shown)


def test_shares_are_believable(rows: Rows) -> None:
    status = Counter(column(rows, "cases_case", "status"))
    types = Counter(column(rows, "cases_case", "case_type_id"))

    assert 0.5 < status["pending"] / BENCH.cases < 0.8
    assert 0.1 < status["decided"] / BENCH.cases < 0.45
    assert types["RMV"] / BENCH.cases > 0.9
    people = len(rows.tables["people_person"])
    assert 1.2 < people / BENCH.cases < 1.7
    arrested = [cell.text for cell in column(rows, "encounters_encounter", "arrested")]  # type: ignore[attr-defined]
    assert 0.05 < arrested.count("yes") / len(arrested) < 0.5


def test_a_rider_follows_one_lead_and_is_heard_with_it(rows: Rows) -> None:
    heard = defaultdict(set)
    for hearing in rows.tables["hearings_hearing"]:
        if hearing[3]:
            heard[hearing[1]].add(hearing[3])

    links = rows.tables["cases_caselink"]
    assert len(links) > 30
    for link in links:
        assert heard[link[1]] == heard[link[2]]


def test_the_tour_has_its_cases(rows: Rows) -> None:
    lengths = Counter(column(rows, "docket_docketentry", "case_id"))
    sealed = column(rows, "cases_case", "is_sealed")

    assert max(lengths.values()) == BENCH.longest
    assert any(sealed)
    struck = column(rows, "docket_docketentry", "struck_by")
    assert any(struck)
    assert any(column(rows, "docket_docketentry", "supersedes_id"))
    assert any(column(rows, "representation_appearance", "ended_on"))


def test_every_paper_says_that_nobody_in_it_is_real(rows: Rows) -> None:
    assert len(rows.papers) > 1_000
    assert {paper.paper.mark for paper in rows.papers} == {MARK}
    assert {paper.paper.template for paper in rows.papers} == {
        "notice_to_appear", "notice_of_hearing", "motion", "order", "appearance", "evidence", "application",
    }  # fmt: skip


def test_nothing_readable_stands_where_a_seal_belongs(rows: Rows) -> None:
    for table, name in (("people_address", "lines"), ("people_contact", "value"), ("cases_allegation", "narrative")):
        assert {type(cell).__name__ for cell in column(rows, table, name)} == {"Sealed"}


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="columns"):
        Rows(1, 10).add("people_contact", 1, "phone")


def test_more_rows_than_keys_are_refused() -> None:
    few = Rows(1, 1)
    few.key("people_person")

    with pytest.raises(OverflowError, match="people_person"):
        few.key("people_person")
