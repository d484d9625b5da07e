"""A part of a tab: a heading, and under it a sentence, facts, or a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rollkeeper.desks.frame.parts import Fact, Words
from rollkeeper.desks.frame.tables import Table


@dataclass(frozen=True)
class Part:
    """A section of a page. A table brings its own caption, so a part with a table needs no title."""

    title: Words = ""
    text: Words = ""
    facts: Sequence[Fact] = ()
    table: Table | None = None
    id: str = ""


def known(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that have a value."""
    return [fact for fact in facts if fact.value]
