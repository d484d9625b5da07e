"""The look line: what a page says about the look it was opened with."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rollkeeper.access.looks import Look
from rollkeeper.desks.frame.parts import Words

OWN = "The respondent"  # the office of a respondent's own account; a list has no single relation to tell it by


@dataclass(frozen=True)
class LookLine:
    """`You see this {subject} as {right}, for {purpose}. This look is recorded (no. {number}).`"""

    number: int
    right: Words
    purpose: Words
    subject: Words = ""

    @classmethod
    def of(cls, look: Look, subject: Words = "") -> "LookLine":
        """In the words of the right and the purpose under which the look was opened."""
        return cls(number=look.number, right=right_words(look), purpose=purpose_words(look.purpose), subject=subject)


def right_words(look: Look) -> str:
    """The right in words: `the respondent`, or the office that looks, `Clerk's office, Harlingen`."""
    if look.relation == "respondent" or look.office == OWN:
        return _("the respondent")
    return look.office or look.relation.replace("_", " ") or _("a reader with a recorded right")


def purpose_words(code: str) -> str:
    """A purpose's title in the reader's language (law/purposes.toml); an unknown code is shown as it is."""
    english, spanish = _titles().get(code, (code, code))
    return spanish if (get_language() or "en").startswith("es") else english


@cache
def _titles() -> dict[str, tuple[str, str]]:
    purposes = tomllib.loads(files("rollkeeper.law").joinpath("purposes.toml").read_text(encoding="utf-8"))["purpose"]
    return {purpose["code"]: (purpose["title"], purpose.get("title_es", purpose["title"])) for purpose in purposes}
