"""`make check`: every gate, one line each, all of them even when one fails."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from parts.say import say
from parts.venv import ROOT, VENV, environment


@dataclass(frozen=True)
class Gate:
    """One check: what it is, and the command that holds it."""

    title: str
    command: list[str]
    passes: Callable[[int, str], bool] = lambda code, _words: code == 0


def _audit_passes(code: int, words: str) -> bool:
    """Known holes fail; an audit that could not reach its list (no network) says so and does not."""
    return code == 0 or "known vulnerabilit" not in words


def gates() -> list[Gate]:
    """All gates, quick ones first."""
    tool, python = (lambda name: str(VENV / "bin" / name)), str(VENV / "bin" / "python")
    folders = ["src", "tests", "bootstrap"]
    return [
        Gate("Style", [tool("ruff"), "check", *folders]),
        Gate("Format", [tool("ruff"), "format", "--check", *folders]),
        Gate("Who imports whom", [tool("lint-imports"), "--no-cache"]),
        Gate(
            "House rules",
            [python, "-m", "pytest", "-q", "--no-header", "--noconftest", "tests/test_house_rules.py"],
        ),
        Gate("Missing migrations", [python, "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"]),
        Gate("Types", [tool("mypy")]),
        Gate(
            "Known holes in packages",
            [tool("pip-audit"), "--disable-pip", "--require-hashes", "-r", "requirements/base.txt", "--timeout", "5"],
            _audit_passes,
        ),
    ]


def main() -> int:
    """0 when every gate holds, else 1."""
    failed = []
    # No database is needed: only models and migration files are compared.
    variables = environment() | {"DJANGO_SETTINGS_MODULE": "rollkeeper.conf.settings"}
    for gate in gates():
        done = subprocess.run(gate.command, cwd=ROOT, capture_output=True, text=True, check=False, env=variables)
        words = done.stdout + done.stderr
        held = gate.passes(done.returncode, words)
        unsure = held and done.returncode != 0
        say(f"{gate.title}: {'could not be asked (no network)' if unsure else 'holds' if held else 'FAILS'}")
        if not held:
            failed.append(gate.title)
            say(words.rstrip())
    say(f"make check: {', '.join(failed)} failed" if failed else "make check: everything holds")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
