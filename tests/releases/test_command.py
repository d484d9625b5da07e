"""The `rollkeeper release` commands as an operator types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from rollkeeper.cases.models import Case
from rollkeeper.releases.command import release
from tests.releases.tiny import row, write_release


def run(*words: str) -> Result:
    return CliRunner().invoke(release, list(words))


def small(folder: Path, **stated: int) -> Path:
    cases: list[list[str] | str] = [row("A_TblCase", IDNCASE="1", CASE_TYPE="RMV", UPDATE_SITE="HLG", LPR="Y")]
    return write_release(folder, {"A_TblCase": cases}, counts=stated)


def test_a_sample_is_written_checked_and_loaded(fresh_database: str, django_db_blocker: Any, tmp_path: Path) -> None:
    written = run("sample", str(tmp_path / "s"), "--scale", "0.0004", "--faults", "--zip64")
    source = str(next((tmp_path / "s").glob("*.zip")))
    checked = run("check", source, "--report", str(tmp_path / "report.jsonl"))
    with django_db_blocker.unblock():
        loaded = run("load", source)
        again = run("load", source)
        cases = Case.objects.using("owner").filter(release_key__isnull=False).count()

    assert (written.exit_code, checked.exit_code, loaded.exit_code, again.exit_code) == (0, 0, 0, 0)
    assert "rows with" in written.output
    assert "Every row is accounted for." in checked.output
    assert f"{cases:,} new cases" in loaded.output
    assert "was loaded before; nothing was changed" in again.output
    told = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text().splitlines()]
    assert {"file", "line", "kind", "outcome", "column", "before", "after"} == set(told[0])
    assert (tmp_path / "report.jsonl").read_text().isprintable() or "\n" in (tmp_path / "report.jsonl").read_text()


def test_check_finds_a_difference_and_says_so_by_its_exit_code(tmp_path: Path) -> None:
    result = run("check", str(small(tmp_path, A_TblCase=2)))

    assert result.exit_code == 1
    assert "differs" in result.output
    assert "Rows differ from Count.txt." in result.output


@pytest.mark.parametrize("words", [["load", "absent.zip"], ["check", "absent.zip"]])
def test_what_is_not_there_gets_one_sentence(words: list[str]) -> None:
    result = run(*words)

    assert result.exit_code == 1
    assert "absent.zip is neither a folder nor a zip file" in result.output
    assert "Traceback" not in result.output


def test_a_date_that_is_none_is_a_typing_error(tmp_path: Path) -> None:
    result = run("load", str(small(tmp_path)), "--date", "July 2026")

    assert result.exit_code == 2
    assert "use YYYY-MM-DD" in result.output


def test_a_dry_run_reports_and_writes_nothing(fresh_database: str, django_db_blocker: Any, tmp_path: Path) -> None:
    with django_db_blocker.unblock():
        result = run("load", str(small(tmp_path)), "--dry-run", "--report", str(tmp_path / "r.jsonl"))
        cases = Case.objects.using("owner").count()

    assert (result.exit_code, cases) == (0, 0)
    assert "Nothing was written." in result.output
    [fault] = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]
    assert (fault["file"], fault["line"], fault["kind"], fault["outcome"]) == (
        "A_TblCase.csv",
        2,
        "bad flag",
        "value refused",
    )


def test_help_teaches() -> None:
    for words in (["--help"], ["load", "--help"], ["check", "--help"], ["sample", "--help"]):
        result = run(*words)
        assert result.exit_code == 0
        assert len(result.output) > 300
