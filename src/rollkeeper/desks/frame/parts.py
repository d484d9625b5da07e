"""The facts that page components show. Frozen, so that a template cannot change them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Crumb:
    """A step of the breadcrumb; the last one, the page itself, has no address."""

    label: Words
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """A labelled value: for the strip under a page's title, and for definition lists."""

    label: Words
    value: Words
    url: str = ""
    note: Words = ""


@dataclass(frozen=True)
class Tab:
    """A tab is a link to a page; `count` is shown only when it is not None."""

    label: Words
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class TimelineLine:
    """One line of a timeline. `when` may be a day or a moment; lines are grouped by its year."""

    when: date | datetime
    text: Words
    source: Words = ""
    url: str = ""
    kind: Words = ""
    struck: bool = False


@dataclass(frozen=True)
class TimelineYear:
    """The lines of one year, in the order given."""

    year: int
    lines: Sequence[TimelineLine] = field(default_factory=tuple)


def by_year(lines: Sequence[TimelineLine]) -> list[TimelineYear]:
    """Group neighbouring lines of the same year; the order of the lines is kept."""
    years: list[tuple[int, list[TimelineLine]]] = []
    for line in lines:
        if not years or years[-1][0] != line.when.year:
            years.append((line.when.year, []))
        years[-1][1].append(line)
    return [TimelineYear(year, tuple(group)) for year, group in years]
