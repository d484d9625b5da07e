"""What one judge's docket is made from: the court, the judge, the lawyers, and the keys of rows already there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MARK = "Demonstration: no real person"


@dataclass(frozen=True)
class CourtFacts:
    """A court of the demonstration; ``locations`` are keys of its hearing locations by kind."""

    id: int
    code: str
    name: str
    place: str  # city and state, as captions say it
    zone: str
    locations: dict[str, int]
    facility: str  # where its detained people are held


@dataclass(frozen=True)
class Lawyer:
    """A practitioner; ``principal`` is the firm's, or the government office's."""

    id: int
    name: str
    eoir_id: str
    firm: str
    address: tuple[str, str]
    phone: str
    principal: int


@dataclass(frozen=True)
class Bench:
    """One judge and the ``cases`` to make for them. ``number`` counts the judges from 0; keys follow from it."""

    seed: int
    number: int
    judge: int
    judge_name: str
    court: CourtFacts
    today: date
    cases: int
    most_cases: int  # of any bench of this court: keys are set aside for so many
    with_papers: bool
    counsel: tuple[Lawyer, ...]
    government: tuple[Lawyer, ...]
    court_principal: int
    chambers_principal: int
    decisions: dict[tuple[str, str, str], int]  # case type, decision type, code -> key
    showcase: bool  # the first judge's docket holds the cases that the tour leads to
    longest: int = 0  # entries of the one very long docket, 0 for none

    @property
    def keys(self) -> int:
        """How many keys of each table are set aside for a docket."""
        return 40 * self.most_cases + 4400

    @property
    def first_key(self) -> int:
        """The first key of this docket, in every table."""
        return 1 + self.number * self.keys
