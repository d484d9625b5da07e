from __future__ import annotations

from pathlib import Path

import pytest

from rollkeeper.releases.archive import open_release
from rollkeeper.releases.counts import read_counts
from rollkeeper.releases.events import Kind, Outcome
from rollkeeper.releases.load import check_release
from rollkeeper.releases.problems import ReleaseRefused
from tests.releases.tiny import row, write_release

CASES: list[list[str] | str] = [row("A_TblCase", IDNCASE=str(number), CASE_TYPE="RMV") for number in range(1, 4)]


def test_rows_read_and_refused_account_for_count_txt(tmp_path: Path) -> None:
    folder = write_release(tmp_path, {"A_TblCase": [*CASES, row("A_TblCase", CASE_TYPE="RMV")]})

    outcome = check_release(folder)

    assert outcome.agrees
    assert (outcome.counts["a_tblcase"].read, outcome.counts["a_tblcase"].refused) == (4, 1)


@pytest.mark.parametrize("stated", [2, 4, 0])
def test_every_difference_is_told_with_the_line_of_count_txt(tmp_path: Path, stated: int) -> None:
    folder = write_release(tmp_path, {"A_TblCase": CASES}, counts={"A_TblCase": stated})

    outcome = check_release(folder)

    [event] = [event for event in outcome.events if event.kind == Kind.COUNT_DIFFERS]
    assert not outcome.agrees
    assert (event.file, event.line, event.column) == ("Count.txt", 1, "A_TblCase.csv")
    assert (event.before, event.after, event.outcome) == (str(stated), "3", Outcome.NOTED)


def test_a_member_that_count_txt_names_but_the_release_lacks_is_told(tmp_path: Path) -> None:
    folder = write_release(tmp_path, {"A_TblCase": CASES})
    next(folder.rglob("tblAppeal.csv")).unlink()

    outcome = check_release(folder)

    assert not outcome.agrees
    assert {event.kind for event in outcome.events if "appeal" in (event.file + event.column).lower()} == {
        Kind.MISSING_MEMBER
    }


@pytest.mark.parametrize(
    "line",
    [
        "A_TblCase\t12821531",
        "A_TblCase.csv, 12,821,531",
        "A_TblCase: 12821531 ",
        "a_tblcase 12821531",
        '"A_TblCase"\t"12821531"',
    ],
)
def test_count_txt_is_read_in_the_forms_it_may_take(tmp_path: Path, line: str) -> None:
    folder = write_release(tmp_path, {})
    (folder / "Count.txt").write_text(f"Table\tRows\r\n{line}\r\n\r\n", newline="")

    totals = read_counts(open_release(folder))

    assert {stem: total.rows for stem, total in totals.items()} == {"a_tblcase": 12_821_531}
    assert totals["a_tblcase"].line == 2


@pytest.mark.parametrize("content", [None, "", "nothing here to count\r\n"])
def test_a_release_without_its_control_total_is_refused(tmp_path: Path, content: str | None) -> None:
    folder = write_release(tmp_path, {"A_TblCase": CASES})
    if content is None:
        (folder / "Count.txt").unlink()
    else:
        (folder / "Count.txt").write_text(content)

    with pytest.raises(ReleaseRefused, match=r"fetch the release again\.$"):
        check_release(folder)
