"""The how-to's commands are run as they stand there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from rollkeeper.releases.command import release

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "rollkeeper" / "releases"
HOW_TO = PROJECT / "docs" / "how-to" / "load-the-release.md"


def test_the_commands_of_the_how_to_work(fresh_database: str, django_db_blocker: Any, tmp_path: Path) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    real = tmp_path / "sample" / "EOIR Case Data 2026-0701.zip"

    with django_db_blocker.unblock():
        for command in commands:
            words = shlex.split(command.replace("/tmp/sample", str(tmp_path / "sample")).replace("0.001", "0.0004"))
            words = [str(real) if word == "EOIR Case Data.zip" else word for word in words]
            words = [str(tmp_path / word) if word == "report.jsonl" else word for word in words]
            assert words[:2] == ["rollkeeper", "release"]
            result = CliRunner().invoke(release, words[2:])
            assert result.exit_code == 0, f"{command}: {result.output}"

    assert len(commands) == 6
    assert (tmp_path / "sample" / "faults.jsonl").exists()


def test_the_how_to_quotes_refusals_as_they_are_worded() -> None:
    table = HOW_TO.read_text(encoding="utf-8").split("## When it refuses")[1].split("## Limits")[0]
    quoted = [
        part.strip(" …") for row in table.splitlines() if row.startswith("| ") for part in row.split("|")[1].split(";")
    ]
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))

    wanted = [phrase for phrase in quoted if phrase and phrase not in ("It says", "---")]

    assert len(wanted) >= 7
    assert [phrase for phrase in wanted if phrase not in code] == []
