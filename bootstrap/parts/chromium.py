"""A Chromium for the browser tests: one that is here, else one that can be installed, else a clear refusal."""

import os
import shutil
import subprocess
from pathlib import Path

from parts.say import CannotPrepare, say, step
from parts.venv import PYTHON

VARIABLE = "ROLLKEEPER_CHROMIUM"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "headless_shell")
_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def ensure() -> str:
    """Full path of a Chromium that starts. Raises CannotPrepare when none can be had; tests are never skipped."""
    chosen = os.environ.get(VARIABLE, "")
    if chosen:
        if not _starts(chosen):
            raise CannotPrepare(f"{VARIABLE} is {chosen!r}, which does not start; name a Chromium that does.")
        return chosen
    for install in (None, _by_playwright, _by_apt):
        if install is not None:
            install()
        found = _find()
        if found:
            return found
    raise CannotPrepare(
        "The browser tests need a Chromium, and none was found or could be installed; install one (on Debian: "
        f"apt-get install chromium) or set {VARIABLE} to its full path."
    )


def _find() -> str | None:
    candidates = [found for name in _NAMES if (found := shutil.which(name))]
    candidates += [str(_MAC)] if _MAC.exists() else []
    candidates += _of_playwright()
    return next((path for path in candidates if _starts(path)), None)


def _of_playwright() -> list[str]:
    script = "from playwright.sync_api import sync_playwright as p\nwith p() as q: print(q.chromium.executable_path)"
    done = subprocess.run([str(PYTHON), "-c", script], capture_output=True, text=True, check=False)
    path = done.stdout.strip()
    return [path] if path and Path(path).exists() else []


def _starts(path: str) -> bool:
    try:
        done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and "snap" not in done.stderr


def _by_playwright() -> None:
    with step("Chromium from Playwright", "about 150 MB"):
        command = [str(PYTHON), "-m", "playwright", "install", "chromium"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        except subprocess.TimeoutExpired:
            say("Playwright's download took too long")
            return
        if done.returncode != 0:
            say("Playwright's download is not reachable from here")


def _by_apt() -> None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    with step("Chromium from the distribution", "apt-get install chromium"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]):
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=quiet)
            if done.returncode != 0:
                say(f"{' '.join(command)}: {(done.stderr.strip().splitlines() or ['failed'])[-1]}")
