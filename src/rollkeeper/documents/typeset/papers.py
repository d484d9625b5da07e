"""The papers this court can produce: what each needs. Every text is data; none is ever read as markup.

Dates and times come as the words to print, already in the court's time zone. ``mark`` is a line such as
"Demonstration: no real person", printed on every page; empty for none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Paper:
    """What every paper carries. ``template`` is the name of its file in ``templates/``, without the ending."""

    template: ClassVar[str] = ""

    title: str
    mark: str
    respondent: str
    number: str


@dataclass(frozen=True)
class ChargeLine:
    """A section of the Act and the ground it names."""

    citation: str
    text: str


@dataclass(frozen=True)
class NoticeToAppear(Paper):
    """A charging document with the content of form I-862, in our own words (8 CFR 1003.15(b))."""

    template: ClassVar[str] = "notice_to_appear"

    address: Sequence[str]
    issued_by: str
    issued_on: str
    class_: str
    allegations: Sequence[str]
    charges: Sequence[ChargeLine]
    hearing_place: str
    hearing_on: str
    hearing_time: str
    service: str
    officer: str
    officer_role: str


@dataclass(frozen=True)
class NoticeOfHearing(Paper):
    """A notice of hearing, in English and in Spanish."""

    template: ClassVar[str] = "notice_of_hearing"

    place: str
    addressee: str
    judge: str
    where: str
    when_en: str
    when_es: str
    kind_en: str
    kind_es: str
    how_en: str
    how_es: str
    language_en: str
    language_es: str
    service: str


@dataclass(frozen=True)
class Motion(Paper):
    """A motion with its grounds, request, proof of service and proposed order."""

    template: ClassVar[str] = "motion"

    place: str
    proceedings: str
    judge: str
    next_hearing: str
    detained: str
    filed_by: str
    opening: Sequence[str]
    grounds: Sequence[str]
    request: str
    signed_by: str
    signer_role: str
    signed_on: str
    service: str


@dataclass(frozen=True)
class Order(Paper):
    """An order of the immigration judge. ``appeal`` is the line on appeal, or empty."""

    template: ClassVar[str] = "order"

    place: str
    proceedings: str
    findings: Sequence[str]
    orders: Sequence[str]
    judge: str
    decided_on: str
    appeal: str
    service: str


@dataclass(frozen=True)
class EntryOfAppearance(Paper):
    """A practitioner's appearance, with the content of form EOIR-28."""

    template: ClassVar[str] = "appearance"

    place: str
    scope: str
    practitioner: str
    eoir_id: str
    standing: str
    firm: str
    address: Sequence[str]
    phone: str
    filed_on: str
    service: str


@dataclass(frozen=True)
class Tab:
    """One tab of a packet of evidence; ``pages`` as printed, such as "1-4"."""

    letter: str
    description: str
    pages: str


@dataclass(frozen=True)
class EvidenceCover(Paper):
    """The cover and index of a packet of evidence (Practice Manual, chapter 3.3)."""

    template: ClassVar[str] = "evidence"

    place: str
    proceedings: str
    tabs: Sequence[Tab]
    statements: Sequence[str]
    filed_by: str
    filer_role: str
    filed_on: str
    service: str


@dataclass(frozen=True)
class Answer:
    """A question of a form and its answer."""

    question: str
    answer: str


@dataclass(frozen=True)
class ApplicationForm(Paper):
    """An application for relief: questions, answers and, where the form has one, a statement."""

    template: ClassVar[str] = "application"

    place: str
    proceedings: str
    answers: Sequence[Answer]
    statement: Sequence[str]
    filed_on: str
