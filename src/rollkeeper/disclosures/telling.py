"""One look told in a sentence: when, who, for what, what was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rollkeeper.disclosures.queries import LookEntry
from rollkeeper.disclosures.words import ACTS_OF_THE_COURT, PURPOSES, protection_words, seen_words
from rollkeeper.law.models import Purpose


@dataclass(frozen=True)
class LookTold:
    """A look in words. ``opened`` names the protected matters that the look could also show."""

    number: int
    at: datetime
    who: str
    purpose: str
    citation: str
    did: str
    opened: Sequence[str]
    refused: bool
    mine: bool
    subjects: int


def tell(entry: LookEntry, purposes: Mapping[str, Purpose], *, yours: bool) -> LookTold:
    """Tell an entry in the language of the page; ``yours`` speaks to the person whose record it is."""
    purpose = purposes.get(entry.purpose)
    return LookTold(
        number=entry.number,
        at=entry.at,
        who=_who(entry),
        purpose=_purpose(entry.purpose, purpose),
        citation=purpose.citation if purpose else "",
        did=_did(entry, yours=yours),
        opened=[str(protection_words(code)) for code in entry.protections],
        refused=entry.refused,
        mine=entry.mine,
        subjects=entry.subjects,
    )


def _spanish() -> bool:
    return (get_language() or "en").startswith("es")


def _who(entry: LookEntry) -> str:
    if entry.mine:
        return _("You")
    if entry.kind == "look.public":
        return _("A member of the public")
    if entry.relation == "respondent":
        return _("The respondent")
    if entry.kind in ACTS_OF_THE_COURT:
        return _("A court")
    named = entry.office_es if _spanish() else entry.office
    return named or (_("Somebody without a right to this case") if entry.refused else _("An office of the court"))


def _purpose(code: str, purpose: Purpose | None) -> str:
    if purpose is not None:
        return purpose.title_es if _spanish() else purpose.title
    return str(PURPOSES.get(code, code))


def _did(entry: LookEntry, *, yours: bool) -> str:
    if entry.kind in ACTS_OF_THE_COURT:
        return str(ACTS_OF_THE_COURT[entry.kind])
    seen = seen_words(entry.act, yours=yours)
    if entry.refused:
        return _("asked to see %(what)s; refused, and nothing was shown") % {"what": seen}
    if entry.kind.startswith("look.") or entry.act:
        return _("saw %(what)s") % {"what": seen}
    return _("made an entry here")
