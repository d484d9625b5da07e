"""`prepare.py run` makes ready for `make run`, `prepare.py dev` for tests and checks; a second time takes a moment."""

import fcntl
import os
import sys

from parts import node, venv
from parts.say import CannotPrepare, say


def main(arguments: list[str]) -> int:
    """Prepare what was asked for; 0 when ready, 3 when this machine lacks something (one sentence says what)."""
    if arguments not in (["run"], ["dev"]):
        say("Usage: python3 bootstrap/prepare.py run|dev")
        return 2
    kind = "base" if arguments == ["run"] else "dev"
    handle = os.open(venv.ROOT / "bootstrap", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)  # two at once would spoil each other's work; the kernel frees it
    try:
        venv.ensure(kind)
        node.ensure(kind)
    except CannotPrepare as problem:
        print(problem, file=sys.stderr)
        return 3
    except OSError as problem:
        print(f"This clone could not be prepared: {problem}. Check the disk and who owns it.", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("\nStopped; run the same command again to go on.", file=sys.stderr)
        return 130
    finally:
        os.close(handle)
    return 0
