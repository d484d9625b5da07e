"""The processes that `serve` starts: each in a session of its own, each on a leash, all ended by us alone."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_RESTART_PAUSE_S = 2.0


@dataclass
class Child:
    """One long-running process."""

    name: str  # as the person reads it: "The site", "The worker"
    command: Sequence[str]
    environment: Mapping[str, str]
    pass_fds: Sequence[int] = ()
    restarts: bool = False  # start it again when it ends by itself
    patience_s: float = 10.0  # from SIGTERM to SIGKILL
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    _ended_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start it. A Ctrl-C at the terminal does not reach it: we end it in our order."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "rollkeeper.foundation.start.leash", str(os.getpid()), *self.command],
            stdin=subprocess.DEVNULL,
            env=dict(self.environment),
            pass_fds=self.pass_fds,
            start_new_session=True,
        )

    def ended(self) -> int | None:
        """Exit code if it has ended by itself, else None."""
        return self._process.poll() if self._process else None

    def mend(self) -> None:
        """Start it again, two seconds after it ended, so that a lasting fault does not spin."""
        self._ended_at = self._ended_at or time.monotonic()
        if time.monotonic() - self._ended_at >= _RESTART_PAUSE_S:
            self._ended_at = 0.0
            self.start()

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the process (it ends its own children)."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """Wait for the end; after `patience_s` end the whole session by SIGKILL."""
        if self._process is None:
            return
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(self.patience_s)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)  # what it may have left behind in its session
        self._process.wait()
        self._process = None


def stop_all(children: Sequence[Child]) -> None:
    """Ask all of them at once, then wait for each."""
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop()
