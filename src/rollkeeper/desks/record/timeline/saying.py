"""What the tellers of a timeline share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rollkeeper.access.looks import Look
from rollkeeper.cases.models import Case


@dataclass(frozen=True)
class Said:
    """The words of one line."""

    text: str
    source: str = ""
    url: str = ""
    struck: bool = False


class Address(Protocol):
    """Makes the address of a page of the record."""

    def __call__(self, name: str, /, *args: object) -> str:
        """From the page's name and its arguments."""


@dataclass(frozen=True)
class Scene:
    """Whose timeline it is, for whom, and when. ``url`` makes the address of a page: its name, then its arguments."""

    look: Look
    cases: Mapping[int, Case]
    zone: str
    at: datetime
    url: Address

    def case_number(self, case: int) -> str:
        """The number of one of the look's cases."""
        return str(self.cases[case].number)

    def case_url(self, name: str, case: int, *more: object) -> str:
        """The address of a page of one of the look's cases."""
        return self.url(name, self.case_number(case), *more)


def joined(*parts: object) -> str:
    """The parts that say something, with dots between."""
    return " · ".join(str(part) for part in parts if part)
