"""`make test`: find a Chromium, run every test, then the engine's tests again on another PostgreSQL if one is here."""

import subprocess
import sys

from parts import chromium, engines
from parts.say import CannotPrepare, say
from parts.venv import PYTHON, ROOT, environment


def main(chosen: list[str]) -> int:
    """Exit code of the first run that failed, 0 when all passed, 3 when this machine lacks something."""
    try:
        variables = environment() | {chromium.VARIABLE: chromium.ensure()}
    except CannotPrepare as problem:
        print(problem, file=sys.stderr)
        return 3
    first, folder, other = engines.both()
    say(f"Tests on PostgreSQL {first}")
    code = _pytest(chosen, variables)
    if folder is None:
        say("No PostgreSQL of another major version is here; the engine's tests ran on one only.")
        return code
    say(f"The engine's tests again, on PostgreSQL {other}")
    again = _pytest([*chosen, "-m", "engine and not browser"], variables | {"ROLLKEEPER_PG_BIN": str(folder)})
    return code or (0 if again == 5 and chosen else again)  # 5: none of the chosen tests is the engine's


def _pytest(arguments: list[str], variables: dict[str, str]) -> int:
    return subprocess.run([str(PYTHON), "-m", "pytest", *arguments], cwd=ROOT, env=variables, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
