"""Run a program that ends when its parent ends, even by kill -9: `python -m …leash PARENT_PID PROGRAM ARGUMENT…`."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def hold(parent: int) -> None:
    """Ask the kernel to send us SIGTERM when `parent` dies (Linux; elsewhere the parent must end us itself)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked
        sys.exit(1)


def main() -> None:
    """Hold on to the parent, then become the program; the wish survives exec."""
    hold(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606  (a list, no shell)


if __name__ == "__main__":
    main()
