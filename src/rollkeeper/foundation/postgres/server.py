"""The server process of one cluster: is it alive, make its files, start it, stop it."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from rollkeeper.foundation.postgres.binaries import Binaries
from rollkeeper.foundation.postgres.layout import OWNER, Layout
from rollkeeper.foundation.postgres.osuser import OsUser
from rollkeeper.foundation.postgres.problems import PostgresProblem, explain, will_pass

_ROOM_NEEDED = 200 * 1024 * 1024  # an empty cluster takes 40 MB, its first write-ahead files 16 MB each
_LOG_LIMIT = 10 * 1024 * 1024
_DRAIN_S = 15.0  # how long the children of a killed server may take to leave


def postmaster(layout: Layout) -> int | None:
    """Process id of the living server of this cluster, else None (a stale postmaster.pid is not believed)."""
    try:
        pid = int((layout.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if _serves(pid, layout.data) else None


def make_cluster(layout: Layout, binaries: Binaries, user: OsUser, password: str, *, durable: bool) -> None:
    """Run initdb: UTF-8, code-point order, checksums, a password for every connection."""
    if shutil.disk_usage(layout.home).free < _ROOM_NEEDED:
        raise explain("No space left on device", home=layout.home, port=layout.port, log=layout.log)
    with tempfile.NamedTemporaryFile("w", dir=layout.home, prefix=".pw-") as secret:
        secret.write(password)
        secret.flush()
        user.own(Path(secret.name))
        done = subprocess.run(
            [
                *(binaries.tool("initdb"), "-D", str(layout.data), "-U", OWNER, "--pwfile", secret.name),
                *("-E", "UTF8", "--auth=scram-sha-256", "--data-checksums", *_locale(binaries)),
                *(() if durable else ("--no-sync",)),
            ],
            capture_output=True,
            text=True,
            check=False,
            env=_environment(),
            cwd=layout.home,
            umask=0o077,
            **user.run_as,
        )
    if done.returncode != 0:
        shutil.rmtree(layout.data, ignore_errors=True)  # ours alone: initdb had just made it
        layout.log.write_text(done.stdout + done.stderr)
        raise explain(done.stderr, home=layout.home, port=layout.port, log=layout.log)


def start(layout: Layout, binaries: Binaries, user: OsUser, arguments: list[str]) -> None:
    """Start the server and wait until it accepts connections; a server killed a moment ago may drain first.

    The server gets a session of its own: a Ctrl-C at the terminal reaches us, and we stop it last.
    """
    deadline = time.monotonic() + _DRAIN_S
    while True:
        _forget_stale(layout)
        said = _try_start(layout, binaries, user, arguments)
        if said is None:
            return
        if not will_pass(said) or time.monotonic() > deadline:
            raise explain(said, home=layout.home, port=layout.port, log=layout.log)
        time.sleep(0.25)


def stop(layout: Layout, *, wait_s: float = 30.0) -> None:
    """Fast shutdown (sessions are ended, everything committed is kept); at once if that takes over `wait_s` seconds."""
    for number, patience in ((signal.SIGINT, wait_s), (signal.SIGQUIT, 10.0)):
        pid = postmaster(layout)
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = time.monotonic() + patience
        while postmaster(layout) is not None and time.monotonic() < deadline:
            _reap(pid)
            time.sleep(0.02)
    if postmaster(layout) is not None:
        raise PostgresProblem(f"PostgreSQL (process {pid}) does not stop; end it with: kill -9 {pid}")


def _try_start(layout: Layout, binaries: Binaries, user: OsUser, arguments: list[str]) -> str | None:
    """Start once. None: it accepts connections. Text: it ended, and this is what it said."""
    if layout.log.exists() and layout.log.stat().st_size > _LOG_LIMIT:
        layout.log.replace(layout.log.with_suffix(".log.1"))
    with layout.log.open("ab") as log:
        user.own(layout.log)
        begin = log.tell()
        process = subprocess.Popen(
            [binaries.tool("postgres"), "-D", str(layout.data), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=_environment(),
            cwd=layout.home,
            start_new_session=True,
            umask=0o077,
            **user.run_as,
        )
    while process.poll() is None:
        if _is_ready(layout, process.pid):
            process.returncode = 0  # it outlives this object; `stop` and the kernel look after it
            return None
        time.sleep(0.02)
    with layout.log.open("rb") as log:
        log.seek(begin)
        return log.read().decode(errors="replace")


def _is_ready(layout: Layout, pid: int) -> bool:
    """The eighth line of postmaster.pid says "ready" when connections are accepted."""
    try:
        lines = (layout.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _forget_stale(layout: Layout) -> None:
    """Remove a postmaster.pid whose number belongs to another program or a zombie: PostgreSQL would respect both.

    Children of the dead server that still run are found by PostgreSQL itself, through the shared memory they hold.
    """
    pid_file = layout.data / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, ValueError):
        pid = int(pid_file.read_text().split("\n", 1)[0])
        _reap(pid)
        if not _serves(pid, layout.data):
            pid_file.unlink()


def _serves(pid: int, data: Path) -> bool:
    """Whether this process is a living postgres on this data folder (a zombie has no command line)."""
    command = _command(pid)
    return "postgres" in command and str(data) in command


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
    answer = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.strip()


def _reap(pid: int) -> None:
    """Take the exit status of a server this very process started, so that it does not stay as a zombie."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def _locale(binaries: Binaries) -> list[str]:
    if binaries.major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    answer = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False) if _has("locale") else None
    known = answer.stdout.lower().replace("-", "").split() if answer else []
    return ["--locale=C.UTF-8"] if "c.utf8" in known else ["--locale=C"]


def _has(program: str) -> bool:
    return shutil.which(program) is not None


def _environment() -> dict[str, str]:
    """No PG* variable of the caller may change what the server does; its words stay English for `explain`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}
