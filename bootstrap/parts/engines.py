"""A second PostgreSQL on this machine, of another major version, on which the tests of the engine run again."""

import subprocess
from pathlib import Path

from parts.venv import PYTHON, environment

_QUESTION = """
from rollkeeper.foundation.postgres.binaries import available_binaries, find_binaries
first = find_binaries()
others = [b for b in available_binaries() if b.major != first.major]
print(first.version)
print(others[0].folder if others else "")
print(others[0].version if others else "")
"""


def both() -> tuple[str, Path | None, str]:
    """Version the tests use first; bin folder and version of another one, None and "" where there is none."""
    done = subprocess.run([str(PYTHON), "-c", _QUESTION], capture_output=True, text=True, check=True, env=environment())
    first, folder, version = done.stdout.rstrip("\n").split("\n")
    return first, Path(folder) if folder else None, version
