"""Reads the code tables in ``codes/`` (sources: ``codes/SOURCES.md``). Pure: files in, frozen rows out.

``NA`` is a code, so nothing here treats a word as a gap; only an empty cell is one.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

Row = TypeVar("Row")


class CodeTableError(Exception):
    """A code table is missing, has other columns than expected, or repeats a key."""


@dataclass(frozen=True)
class Code:
    """A code and what it means."""

    code: str
    label: str


@dataclass(frozen=True)
class Court:
    """A court by its base city code; ``time_zone`` is an IANA name or empty."""

    code: str
    name: str
    city: str
    state: str
    time_zone: str


@dataclass(frozen=True)
class HearingLocation:
    """A place where hearings are held; ``court_code`` is empty where the key does not tell."""

    code: str
    name: str
    court_code: str
    kind: str


@dataclass(frozen=True)
class Charge:
    """A ground of removability; ``citation`` is the section of the Act or empty."""

    code: str
    citation: str
    label: str


@dataclass(frozen=True)
class Decision:
    """A decision by its three keys; ``decision_type`` is C (merits) or O (other completion)."""

    case_type: str
    decision_type: str
    code: str
    label: str
    basis: str


@dataclass(frozen=True)
class Adjournment:
    """Why a hearing was put off; ``clock`` is stops, runs, neutral or unknown (8 CFR 1208.7(a)(2))."""

    code: str
    label: str
    asked_by: str
    clock: str


@dataclass(frozen=True)
class ApplicationType:
    """A form of relief; ``is_fear_claim`` where its very existence is confidential (8 CFR 1208.6)."""

    code: str
    label: str
    is_fear_claim: bool


PLAIN = (
    "languages", "nationalities", "case_types", "calendar_types", "schedule_types", "application_decisions",
    "motion_types", "appeal_types", "appeal_decisions", "custody_statuses", "bond_decisions", "case_priorities",
    "juvenile_statuses", "states",
)  # fmt: skip


def _read(name: str, make: Callable[[dict[str, str]], Row], *keys: str) -> tuple[Row, ...]:
    path = files("rollkeeper.law").joinpath("codes", f"{name}.csv")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        cells = list(csv.DictReader(lines, strict=True))
        rows = tuple(make(cell) for cell in cells)
    except (OSError, KeyError, csv.Error) as error:
        raise CodeTableError(
            f"The code table {name}.csv cannot be read: {error!r}. Install Rollkeeper again."
        ) from error
    seen = {tuple(cell[key] for key in keys) for cell in cells}
    if len(seen) != len(cells):
        raise CodeTableError(f"The code table {name}.csv holds a key twice. Install Rollkeeper again.")
    return rows


@cache
def codes(name: str) -> tuple[Code, ...]:
    """The rows of a plain table, one of ``PLAIN``, in the order of the file."""
    if name not in PLAIN:
        raise CodeTableError(f"There is no code table {name!r}; the plain ones are {', '.join(PLAIN)}.")
    return _read(name, lambda row: Code(row["code"], row["label"]), "code")


@cache
def courts() -> tuple[Court, ...]:
    """Every base city of the release's key."""
    return _read(
        "courts", lambda row: Court(row["code"], row["name"], row["city"], row["state"], row["time_zone"]), "code"
    )


@cache
def hearing_locations() -> tuple[HearingLocation, ...]:
    """Every hearing location of the release's key."""
    return _read(
        "hearing_locations",
        lambda row: HearingLocation(row["code"], row["name"], row["court_code"], row["kind"]),
        "code",
    )


@cache
def charges() -> tuple[Charge, ...]:
    """Every charge code; blanks inside a code belong to it."""
    return _read("charges", lambda row: Charge(row["code"], row["citation"], row["label"]), "code")


@cache
def decisions() -> tuple[Decision, ...]:
    """Every decision, by case type, decision type and code."""
    return _read(
        "decisions",
        lambda row: Decision(row["case_type"], row["decision_type"], row["code"], row["label"], row["basis"]),
        "case_type",
        "decision_type",
        "code",
    )


@cache
def adjournments() -> tuple[Adjournment, ...]:
    """Every adjournment code with its effect on the asylum clock."""
    return _read(
        "adjournment_codes",
        lambda row: Adjournment(row["code"], row["label"], row["asked_by"], row["clock"]),
        "code",
    )


@cache
def application_types() -> tuple[ApplicationType, ...]:
    """Every form of relief that can be applied for."""
    return _read(
        "application_types",
        lambda row: ApplicationType(row["code"], row["label"], row["is_fear_claim"] == "yes"),
        "code",
    )
