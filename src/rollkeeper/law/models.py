"""Code tables: what a code of the record means. Facts of the public release; see codes/SOURCES.md."""

from __future__ import annotations

from django.db import models

from rollkeeper.foundation.fields import CodeField


class Code(models.Model):
    """A code and its label."""

    code = CodeField(primary_key=True, max_length=20, help_text="The code as the release writes it, without padding.")
    label = models.TextField(help_text="What the code means.")
    is_listed = models.BooleanField(
        default=True, help_text="False for a code met in a release but absent from its code key."
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label


class Language(Code):
    """A language in which hearings are held."""


class Nationality(Code):
    """A country of nationality."""


class CaseType(Code):
    """Removal, deportation, credible fear review and so on."""


class ChargeCode(Code):
    """A ground of removability or inadmissibility."""

    citation = models.TextField(blank=True, default="", help_text="Section of the Act.")


class Decision(models.Model):
    """A decision code, which means something only with its case type and decision type (three keys)."""

    class DecisionType(models.TextChoices):
        MERITS = "C", "Merits"
        OTHER = "O", "Other completion"

    case_type = models.ForeignKey(CaseType, on_delete=models.PROTECT, help_text="Case type the code belongs to.")
    decision_type = CodeField(max_length=1, choices=DecisionType.choices, help_text="C merits, O other completion.")
    code = CodeField(max_length=4, help_text="The code itself.")
    label = models.TextField(help_text="What the judge decided.")
    basis = models.TextField(blank=True, default="", help_text="Which code key the label comes from.")
    is_listed = models.BooleanField(
        default=True, help_text="False for a code met in a release but absent from its code key."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_type", "decision_type", "code"], name="decision_by_its_three_keys")
        ]

    def __str__(self) -> str:
        return self.label


class AdjournmentCode(Code):
    """Why a hearing did not go ahead, and what that does to the asylum clock."""

    class Clock(models.TextChoices):
        STOPS = "stops", "Stops the asylum clock"
        RUNS = "runs", "Lets the asylum clock run"
        NEUTRAL = "neutral", "Does not touch the asylum clock"
        UNKNOWN = "unknown", "Not stated in the code key"

    clock = CodeField(max_length=8, choices=Clock.choices, help_text="Effect on the asylum clock.")


class CalendarType(Code):
    """Master, individual and the like."""


class ScheduleType(Code):
    """What a hearing is for, in detail."""


class ApplicationType(Code):
    """A form of relief that can be applied for."""

    is_fear_claim = models.BooleanField(
        default=False, help_text="True where the very existence is confidential (8 CFR 1208.6)."
    )


class ApplicationDecision(Code):
    """How an application ended."""


class MotionType(Code):
    """A kind of motion."""


class AppealType(Code):
    """A kind of appeal to the Board."""


class AppealDecision(Code):
    """What the Board decided."""


class BondDecision(Code):
    """What the judge decided on bond."""


class CustodyStatus(Code):
    """Never detained, detained, released."""


class Purpose(models.Model):
    """Why a record may be opened: a closed list, each with the authority it rests on."""

    code = CodeField(primary_key=True, max_length=40, help_text="The code written in the ledger.")
    title = models.TextField(help_text="In English, as the look line says it.")
    title_es = models.TextField(help_text="In Spanish.")
    citation = models.TextField(help_text="The rule that allows looking for this purpose.")
    relations = models.JSONField(help_text="Kinds of relation that may use it.")

    def __str__(self) -> str:
        return self.title
