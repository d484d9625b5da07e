"""Shares for the demonstration court, from ``frequencies.csv``, where each row names its source."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate


@dataclass(frozen=True)
class Shares:
    """Values of one subject with their running totals."""

    values: tuple[str, ...]
    totals: tuple[int, ...]

    def draw(self, source: random.Random) -> str:
        """One value, as often as its weight says."""
        return source.choices(self.values, cum_weights=self.totals)[0]


@cache
def shares(subject: str) -> Shares:
    """The shares of a subject such as ``custody``. Raises KeyError for one the file does not hold."""
    lines = files("rollkeeper.demo").joinpath("frequencies.csv").read_text(encoding="utf-8").splitlines()
    rows = [(row["value"], int(row["weight"])) for row in csv.DictReader(lines) if row["subject"] == subject]
    if not rows:
        raise KeyError(subject)
    return Shares(tuple(value for value, _ in rows), tuple(accumulate(weight for _, weight in rows)))
