"""Taking times."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

Argument = TypeVar("Argument")


@dataclass(frozen=True)
class Times:
    """Times of one run, in milliseconds, sorted."""

    milliseconds: tuple[float, ...]

    def at(self, share: float) -> float:
        """The time that this share of the calls (0.95) did not exceed."""
        return self.milliseconds[min(len(self.milliseconds) - 1, int(len(self.milliseconds) * share))]

    @property
    def p50(self) -> float:
        """The median."""
        return self.at(0.50)

    @property
    def p95(self) -> float:
        """All but one in twenty took no longer."""
        return self.at(0.95)

    @property
    def p99(self) -> float:
        """All but one in a hundred took no longer."""
        return self.at(0.99)


def timed(call: Callable[[Argument], object], arguments: Iterable[Argument]) -> Times:
    """Call once for each argument and take the time of each call."""
    times = []
    for argument in arguments:
        begun = time.perf_counter()
        call(argument)
        times.append((time.perf_counter() - begun) * 1000)
    return Times(tuple(sorted(times)))
