"""Words on the terminal, and failures that are one sentence."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class CannotPrepare(Exception):
    """Something is missing on this machine; the text says what to do."""


def say(line: str) -> None:
    """One line, at once."""
    print(line, flush=True)


@contextmanager
def step(title: str, hint: str = "") -> Iterator[None]:
    """Announce a step, and say how long it took."""
    begun = time.monotonic()
    say(f"{title} …{f' ({hint})' if hint else ''}")
    yield
    say(f"{title}: done in {time.monotonic() - begun:.0f} s")


def count(title: str, done: int, of: int) -> None:
    """A counter that moves in place on a terminal, and stays silent in a log."""
    if sys.stdout.isatty():
        print(f"\r  {title}: {done} of {of} ", end="" if done < of else "\n", flush=True)
