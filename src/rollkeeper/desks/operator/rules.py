"""When the ledger's sequencer counts as well, late or stopped. Pure: facts in, answers out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum


class State(Enum):
    """How a part of the system does."""

    WELL = "Well"
    LATE = "Late"
    STOPPED = "Stopped"


@dataclass(frozen=True)
class Finding:
    """A state and the sentence that says what it means or what to do."""

    state: State
    sentence: str


QUEUE_LATE = timedelta(seconds=10)  # an entry has its place within a second or so when a worker runs
CHECKPOINT_LATE = timedelta(seconds=90)  # a checkpoint is signed at least every minute, also when nothing happens
CHECKPOINT_STOPPED = timedelta(minutes=10)


def sequencer(waiting: int, oldest: timedelta | None) -> Finding:
    """From how many entries wait for their place and since when the oldest does."""
    if not waiting or oldest is None or oldest < QUEUE_LATE:
        return Finding(State.WELL, "Entries get their place at once.")
    return Finding(State.LATE, "Entries wait. See whether the worker runs: rollkeeper worker.")


def checkpoints(age: timedelta | None) -> Finding:
    """From the age of the latest signed checkpoint; None when there is none."""
    if age is None:
        return Finding(State.STOPPED, "No checkpoint was signed yet. Start the worker: rollkeeper worker.")
    if age < CHECKPOINT_LATE:
        return Finding(State.WELL, "Signed at least every minute.")
    if age < CHECKPOINT_STOPPED:
        return Finding(State.LATE, "The worker is behind. Look at its log.")
    return Finding(State.STOPPED, "Nothing is signed any more. Start the worker: rollkeeper worker.")
