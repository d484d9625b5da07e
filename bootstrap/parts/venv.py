"""The virtual environment with the pinned and hashed requirements, and the project itself."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from parts.say import CannotPrepare, count, say, step

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "rollkeeper-installed.json"
REQUIREMENTS = ROOT / "requirements"


def ensure(kind: str) -> None:
    """Bring `.venv` to the pinned state of `base` or `dev`; a dev environment serves for base too."""
    if not _works():
        _make()
    have = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    want = {name: _digest(REQUIREMENTS / f"{name}.txt") for name in ("base", "dev", "build")}
    want["project"] = _digest(ROOT / "pyproject.toml")
    fitting = ("base", "dev") if kind == "base" else ("dev",)
    if not any(have.get(name) == want[name] for name in fitting):
        _install(kind)
        have = {kind: want[kind]}
    if (have.get("build"), have.get("project")) != (want["build"], want["project"]):
        _install_project()
        have |= {"build": want["build"], "project": want["project"]}
    STAMP.write_text(json.dumps(have, indent=1) + "\n")


def make_venv(folder: Path) -> None:
    """Make a virtual environment. Raises CannotPrepare when this Python cannot."""
    shutil.rmtree(folder, ignore_errors=True)
    done = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        if "ensurepip" in done.stdout + done.stderr:
            version = f"{sys.version_info[0]}.{sys.version_info[1]}"
            raise CannotPrepare(
                f"Python's venv part is missing; install it (on Debian: apt-get install python{version}-venv)."
            )
        raise CannotPrepare(f"The folder {folder} could not be made: {_last_line(done.stdout + done.stderr)}")


def pip_install(python: Path, arguments: list[str], *, of: int = 0) -> None:
    """Run pip, count what it collects; raises CannotPrepare with its last words when it fails."""
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments]
    said: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith("Collecting ") and of:
                count("packages", min(sum(each.startswith("Collecting ") for each in said), of), of)
    if pip.returncode != 0:
        raise CannotPrepare(_meaning("".join(said)))


def packages_in(requirements: Path) -> int:
    """How many packages a requirements file pins."""
    return len(re.findall(r"^[A-Za-z0-9][^\s=]*==", requirements.read_text(), re.MULTILINE))


def _make() -> None:
    with step("Python environment in .venv"):
        if VENV.exists() and not (VENV / "pyvenv.cfg").exists():
            raise CannotPrepare(f"{VENV} is not a Python environment; move it away and try again.")
        make_venv(VENV)


def _works() -> bool:
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([str(PYTHON), "-c", question], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _install(kind: str) -> None:
    file = REQUIREMENTS / f"{kind}.txt"
    total = packages_in(file)
    with step("Python packages", f"{total}, pinned and checked by hash; the first time takes a minute or two"):
        pip_install(PYTHON, ["--require-hashes", "-r", str(file)], of=total)


def _install_project() -> None:
    pip_install(PYTHON, ["--require-hashes", "-r", str(REQUIREMENTS / "build.txt")])
    pip_install(PYTHON, ["--no-index", "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    say("Rollkeeper itself: installed")


def _digest(path: Path) -> str:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}".encode()
    return hashlib.sha256(version + path.read_bytes()).hexdigest()


def _meaning(output: str) -> str:
    if re.search(r"No space left on device|Errno 28", output):
        return f"The disk that holds {VENV} is full; free about 1 GB and run the same command again."
    if "DO NOT MATCH THE HASHES" in output:
        return "A package differs from its pinned hash and was refused; do not go on before you know why."
    if re.search(r"No matching distribution|Connection|Network|timed out|Temporary failure|ProxyError", output):
        return (
            f"The Python packages could not be fetched ({_last_line(output)}); check the network connection, then run "
            "the same command again."
        )
    return f"pip failed: {_last_line(output)}"


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip() and not line.startswith("[notice]")]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["it said nothing"])[-1]


def environment() -> dict[str, str]:
    """The caller's environment with `.venv` in front."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    return kept | {"VIRTUAL_ENV": str(VENV), "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
