"""What the tests of the start need: short folders, other users, free ports, the command as a process."""

import os
import pickle
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from rollkeeper.foundation.postgres.binaries import Binaries, inspect
from rollkeeper.foundation.postgres.osuser import OsUser

Answer = TypeVar("Answer")


@contextmanager
def short_folder() -> Iterator[Path]:
    """A new folder with a short path that other users may pass through (pytest's own are long and closed)."""
    with tempfile.TemporaryDirectory(prefix="rk-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def ordinary_user() -> OsUser:
    """Somebody who is not root: ourselves, or `nobody`."""
    if os.geteuid() != 0:
        return OsUser(os.geteuid(), os.getegid(), pwd.getpwuid(os.geteuid()).pw_name)
    entry = pwd.getpwnam("nobody")
    return OsUser(entry.pw_uid, entry.pw_gid, entry.pw_name)


def as_user(user: OsUser, task: Callable[[], Answer]) -> Answer:
    """Run `task` in a child process that has become `user`, and return (or raise) what it did."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:  # no clean-up of the test run may happen here
        try:
            outcome: object = _become_and_do(user, task)
        except BaseException as problem:  # noqa: BLE001  (handed to the parent, which raises it)
            outcome = problem
        os.write(writer, pickle.dumps(outcome))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pickle.loads(pipe.read())
    os.waitpid(child, 0)
    if isinstance(answer, BaseException):
        raise answer
    return answer  # type: ignore[no-any-return]  # what the task returned, through a pipe


def _become_and_do(user: OsUser, task: Callable[[], Answer]) -> Answer:
    if os.geteuid() != user.uid:
        os.setgroups([])
        os.setgid(user.gid)
        os.setuid(user.uid)
    return task()


def within_reach(binaries: Binaries, user: OsUser, folder: Path) -> Binaries:
    """The same PostgreSQL where `user` can reach it (copied into `folder` if need be)."""
    if user.can_pass(binaries.folder):
        return binaries
    shutil.copytree(binaries.root, folder / "postgresql", symlinks=True)
    found = inspect(folder / "postgresql" / "bin", binaries.source)
    assert found
    return found


def free_port() -> int:
    """A port of localhost that nobody uses now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def rollkeeper(*arguments: str, environment: Mapping[str, str]) -> "subprocess.Popen[str]":
    """Start the `rollkeeper` command in a process group of its own, with nothing of ours set but `environment`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ROLLKEEPER_")}
    return subprocess.Popen(
        [sys.executable, "-m", "rollkeeper", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=clean | dict(environment),
        process_group=0,
    )


def wait_for(condition: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Wait until `condition` holds; fails the test after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
