"""The look line: what a page says about the look it was opened with."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from rollkeeper.desks.frame.parts import Words


@dataclass(frozen=True)
class LookLine:
    """`You see this {subject} as {right}, for {purpose}. This look is recorded (no. {number}).`"""

    number: int
    right: Words
    purpose: Words
    subject: Words = ""

    @classmethod
    def of(cls, look: object) -> "LookLine":
        """From a look of the door: its own words where it has them, else its keys."""
        return cls(
            number=int(getattr(look, "number")),  # noqa: B009  # any look will do: the door's type is not imported here
            right=_words(look, "right_words", "relation"),
            purpose=_words(look, "purpose_words", "purpose"),
            subject=str(getattr(look, "subject_words", "") or _("case")),
        )


def _words(look: object, *names: str) -> str:
    """The first of these attributes that says anything."""
    for name in names:
        words = getattr(look, name, None)
        if words:
            return str(words).replace("_", " ")
    return _("a reader with a recorded right")
