"""Puts the cells of a shifted row back under their columns. Pure; the proof is the types.

A stray tab pushes every later cell one column to the right. Dates, flags and keys then stand where they cannot, so the
row itself tells where the tab was. All ways of taking out blank cells (or joining two halves of a text) are weighed by
how often such values occur in such columns. The likeliest way is taken only when every cell fits afterwards; where
another way that is nearly as likely reads a column differently, that value is refused instead of guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rollkeeper.releases.cells import DATE_SHAPE, CellCheck
from rollkeeper.releases.layout import Column, Likelihood

SHIFT_COST = 9.0  # a stray tab is about as rare as one row in ten thousand
MISFIT_COST = 10.0
DATE_MISFIT_COST = 20.0
UNKNOWN_CODE_COST = 9.0
MARGIN = 3.0  # natural logarithm of 20: a reading less than twenty times as likely as another is no certainty
MAX_SURPLUS = 3
KEPT = 6  # different readings carried along per step


@dataclass(frozen=True)
class Slot:
    """One column as the repair sees it; ``column`` is None for a column that the layout does not know."""

    column: Column | None
    check: CellCheck | None
    chance: Likelihood | None
    known: frozenset[str] = frozenset()

    def score(self, value: str) -> tuple[float, bool]:
        """How likely ``value`` is here (logarithm) and whether it fits."""
        if self.check is None or self.chance is None:
            return 0.0, True
        if self.check(value) is None:
            stranger = value and self.known and value not in self.known and value not in self.chance.values
            return self.chance.of(value) - (UNKNOWN_CODE_COST if stranger else 0.0), True
        is_date = self.column is not None and self.column.kind != "datetime" and DATE_SHAPE.fullmatch(value)
        return -(DATE_MISFIT_COST if is_date else MISFIT_COST), False


@dataclass(frozen=True)
class Reading:
    """One way to read a row: which source cells stand under each column.

    ``sources[i]`` are the positions of the cells under column i (two when halves of a text were joined, none when
    the column was filled up); ``taken_out`` are the positions of blank cells that a stray tab had made.
    """

    score: float
    values: tuple[str, ...]
    sources: tuple[tuple[int, ...], ...]
    taken_out: tuple[int, ...]
    misfits: int

    @property
    def moved(self) -> bool:
        """Whether this reading changes anything."""
        return bool(self.taken_out) or any(len(source) > 1 for source in self.sources)


def best_reading(cells: Sequence[str], slots: Sequence[Slot]) -> tuple[Reading, frozenset[int]]:
    """The likeliest reading of a row that has all its cells or too many, and the columns that it leaves in doubt.

    In doubt is a column that a nearly as likely reading fills differently (positions from 0).

    ``cells`` are stripped and free of control characters. A row with more than MAX_SURPLUS cells too many is read
    with its surplus left over, which counts as a misfit.
    """
    states: dict[int, list[Reading]] = {0: [Reading(0.0, (), (), (), 0)]}
    most = min(len(cells) - len(slots) + 1, MAX_SURPLUS) if len(cells) > len(slots) else 1
    for position, value in enumerate(cells):
        states = _step(states, position, value, slots, most)
    finished = [_finish(reading, slots) for readings in states.values() for reading in readings]
    ranked = _distinct(finished, len(finished))
    best = ranked[0]
    rivals = [reading for reading in ranked[1:] if best.score - reading.score < MARGIN]
    doubtful = {i for i in range(len(slots)) for rival in rivals if rival.values[i] != best.values[i]}
    return best, frozenset(doubtful)


def _step(
    states: dict[int, list[Reading]], position: int, value: str, slots: Sequence[Slot], most: int
) -> dict[int, list[Reading]]:
    """Place, take out or join the next cell, in every reading so far; keyed by how many cells were taken out."""
    following: dict[int, list[Reading]] = {}
    for out, readings in states.items():
        for reading in readings:
            following.setdefault(out, []).append(_place(reading, position, value, slots))
            if out < most and position > 0:
                if not value:
                    following.setdefault(out + 1, []).append(_take_out(reading, position))
                elif (joined := _join(reading, position, value, slots)) is not None:
                    following.setdefault(out + 1, []).append(joined)
    return {out: _distinct(readings, KEPT) for out, readings in following.items()}


def _place(reading: Reading, position: int, value: str, slots: Sequence[Slot]) -> Reading:
    index = len(reading.values)
    if index >= len(slots):  # left over behind the last column
        cost = 0.0 if not value else DATE_MISFIT_COST
        return Reading(
            reading.score - SHIFT_COST - cost,
            reading.values,
            reading.sources,
            (*reading.taken_out, position),
            reading.misfits + bool(value),
        )
    score, fits = slots[index].score(value)
    return Reading(
        reading.score + score,
        (*reading.values, value),
        (*reading.sources, (position,)),
        reading.taken_out,
        reading.misfits + (not fits),
    )


def _take_out(reading: Reading, position: int) -> Reading:
    return Reading(
        reading.score - SHIFT_COST, reading.values, reading.sources, (*reading.taken_out, position), reading.misfits
    )


def _join(reading: Reading, position: int, value: str, slots: Sequence[Slot]) -> Reading | None:
    """Join a cell with the one before it, when both are halves of a free text."""
    index = len(reading.values) - 1
    if index < 0 or index >= len(slots) or not reading.values[index]:
        return None
    column = slots[index].column
    whole = f"{reading.values[index]} {value}"
    if column is None or column.kind != "text" or not slots[index].score(whole)[1]:
        return None
    before, fitted = slots[index].score(reading.values[index])
    score, _ = slots[index].score(whole)
    return Reading(
        reading.score - before + score - SHIFT_COST,
        (*reading.values[:index], whole),
        (*reading.sources[:index], (*reading.sources[index], position)),
        reading.taken_out,
        reading.misfits - (not fitted),
    )


def _finish(reading: Reading, slots: Sequence[Slot]) -> Reading:
    """Fill up the columns that no cell reached: what stood there fell off the row's end, whatever it was."""
    missing = slots[len(reading.values) :]
    misfits = reading.misfits + sum(not slot.score("")[1] for slot in missing)
    values = reading.values + ("",) * len(missing)
    return Reading(reading.score, values, reading.sources + ((),) * len(missing), reading.taken_out, misfits)


def _distinct(readings: list[Reading], limit: int) -> list[Reading]:
    """The best readings that differ in content, best first."""
    kept: dict[tuple[str, ...], Reading] = {}
    for reading in sorted(readings, key=lambda r: (-r.score, r.taken_out)):
        kept.setdefault(reading.values, reading)
        if len(kept) == limit:
            break
    return list(kept.values())
