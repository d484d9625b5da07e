"""Code labels and names as a page says them: not in capitals, and in the reader's language where the court has a word.

The labels of the code tables are English. Those that respondents meet are translated in locale/es; any other stays as
the court writes it.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import translation
from django.utils.translation import gettext as _

from rollkeeper.cases.models import Proceeding
from rollkeeper.desks.frame import moments
from rollkeeper.desks.public.nationalities import choices, english_name
from rollkeeper.law.models import Nationality
from rollkeeper.people.models import PersonName

# Letters that stay capitals when a label in capitals is written small.
_KEEP = frozenset(
    "BIA DHS HHS IHP ABC NACARA HRIFA HRFA NTA CAT WCAT INA EOIR IJ MC IC RC SC CFR RFR ROP VP VD RMV LPR".split()
)
_WORD = re.compile(r"[A-Z0-9]+")


def label(text: object) -> str:
    """A code table's label or a model's choice: `Full grant` for `FULL GRANT`, translated where it can be."""
    words = str(text or "").strip()
    if words.isupper() and len(words) > 3:
        words = _WORD.sub(lambda found: found[0] if _kept(found[0]) else found[0].lower(), words)
        words = words[:1].upper() + words[1:]
    return _(words) if words else ""


def _kept(word: str) -> bool:
    return word in _KEEP or any(letter.isdigit() for letter in word)


def place(text: object) -> str:
    """A place as a sentence has it: `Harlingen, Texas` for `HARLINGEN, TEXAS`. Never translated."""
    return english_name(str(text or "").strip())


def proper(text: object) -> str:
    """A language or a place: `Haitian Creole` for `HAITIAN CREOLE`, translated where it can be."""
    words = english_name(str(text or "").strip())
    return _(words) if words else ""


def country(nationality: Nationality | None) -> str:
    """A nationality's country in the reader's language."""
    if nationality is None:
        return ""
    return dict(choices()).get(nationality.code) or english_name(nationality.label)


def name_words(name: PersonName | None) -> str:
    """A person's name, or that it is protected."""
    return str(name) if name else _("Name protected")


def family_words(name: PersonName | None) -> str:
    """A person's family name, or that it is protected."""
    return name.family if name else _("Name protected")


def decision_words(row: Proceeding) -> str:
    """How a proceeding ended, or that it goes on."""
    ended = row.decision or row.other_completion
    if ended is None:
        return _("Completed, decision not recorded") if row.completed_on else _("Not decided yet")
    return label(ended)


def pages_words(pages: int | None) -> str:
    """`Paper, 3 pages`: what a link to a paper says."""
    if pages is None:
        return _("Paper")
    return _("Paper, 1 page") if pages == 1 else _("Paper, %(count)s pages") % {"count": pages}


def dollars(amount: int | None) -> str:
    """`$4,321`, or a dash."""
    return "—" if amount is None else f"${intcomma(amount)}"


def day_of(value: date | datetime | None, zone: str) -> str:
    """`6 July 2026`; a moment is told in the court's zone. Empty for None."""
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(zone)).date() if isinstance(value, datetime) else value
    return moments.day_words(local, _tongue())


def moment_of(value: datetime, zone: str) -> str:
    """`Monday, 6 July 2026, 1:00 p.m. (Central)`."""
    return moments.moment_words(value, ZoneInfo(zone), _tongue())


def short_moment_of(value: datetime, zone: str) -> str:
    """`6 July 2026, 1:00 p.m.`."""
    return moments.short_moment_words(value, ZoneInfo(zone), _tongue())


def _tongue() -> str:
    return translation.get_language() or "en"
