"""A case: its proceedings, charging document, allegations, charges, applications, lead and riders."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from rollkeeper.access.records import record
from rollkeeper.foundation.fields import CodeField, SealedField
from rollkeeper.foundation.imported import Imported
from rollkeeper.people.models import protection_field


@record(scope="case", column="id")
class Case(Imported):
    """One respondent's case at the immigration court."""

    class Status(models.TextChoices):
        PENDING = "pending", "Pending"
        CLOSED = "closed", "Administratively closed"
        DECIDED = "decided", "Decided"
        ON_APPEAL = "on_appeal", "On appeal"

    number = CodeField(max_length=24, unique=True, help_text="Case number, as the court writes it.")
    respondent = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="cases", help_text="The respondent."
    )
    court = models.ForeignKey(
        "courts.Court", on_delete=models.PROTECT, related_name="cases", help_text="Present court."
    )
    judge = models.ForeignKey(
        "courts.Judge",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        help_text="Present judge.",
    )
    case_type = models.ForeignKey("law.CaseType", on_delete=models.PROTECT, help_text="Kind of case.")
    custody = models.ForeignKey(
        "law.CustodyStatus",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text="Never detained, detained, released.",
    )
    status = CodeField(max_length=9, choices=Status.choices, help_text="Where the case stands.")
    filed_on = models.DateField(null=True, blank=True, help_text="Day the charging document reached the court.")
    is_sealed = models.BooleanField(default=False, help_text="The whole case is sealed; the public is told nothing.")
    entered_on = models.DateField(null=True, blank=True, help_text="Day of entry into the United States, if recorded.")

    class Meta:
        indexes = [
            models.Index(fields=["court", "status", "-filed_on"], name="case_by_court"),
            models.Index(fields=["respondent"], name="case_by_respondent"),
        ]

    def __str__(self) -> str:
        return str(self.number)


@record(scope="case", also="lead_id")
class CaseLink(Imported):
    """A rider's case joined to a lead case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="leads", help_text="The rider's case.")
    lead = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="riders", help_text="The lead case.")
    is_active = models.BooleanField(default=True, help_text="False once severed.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(case=F("lead")), name="a_case_does_not_ride_itself"),
            models.UniqueConstraint(fields=["case"], condition=Q(is_active=True), name="one_active_lead_a_rider"),
        ]


@record(scope="case")
class Proceeding(Imported):
    """One run of a case before one court: a new one begins on transfer, reopening or remand."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proceedings", help_text="Its case.")
    number = models.PositiveSmallIntegerField(help_text="Position within the case, from 1.")
    court = models.ForeignKey("courts.Court", on_delete=models.PROTECT, help_text="The court.")
    location = models.ForeignKey(
        "courts.HearingLocation", on_delete=models.PROTECT, null=True, blank=True, help_text="Hearing location."
    )
    judge = models.ForeignKey(
        "courts.Judge", on_delete=models.PROTECT, null=True, blank=True, help_text="The judge assigned."
    )
    case_type = models.ForeignKey(
        "law.CaseType", on_delete=models.PROTECT, help_text="Kind of case in this proceeding."
    )
    charged_on = models.DateField(null=True, blank=True, help_text="Date of the charging document.")
    opened_on = models.DateField(null=True, blank=True, help_text="Day the proceeding was opened.")
    completed_on = models.DateField(null=True, blank=True, help_text="Day the judge completed it.")
    decision = models.ForeignKey(
        "law.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Decision on the merits.",
    )
    other_completion = models.ForeignKey(
        "law.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Other completion."
    )
    decision_form = CodeField(
        max_length=1, blank=True, default="", help_text="O oral, W written, or empty; other codes as released."
    )
    in_absentia = models.BooleanField(null=True, blank=True, help_text="Decided in the respondent's absence.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="proceeding_once_per_case")]


@record(scope="case")
class ChargingDocument(models.Model):
    """A notice to appear, or an order to show cause before 1997."""

    class Kind(models.TextChoices):
        NTA = "nta", "Notice to appear (I-862)"
        OSC = "osc", "Order to show cause (I-221)"
        REFERRAL = "i863", "Notice of referral (I-863)"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="charging_documents", help_text="Its case.")
    kind = CodeField(max_length=4, choices=Kind.choices, help_text="Which form.")
    issued_on = models.DateField(help_text="Date on the document.")
    served_on = models.DateField(null=True, blank=True, help_text="Day it was served on the respondent.")
    filed_on = models.DateField(null=True, blank=True, help_text="Day it reached the court.")
    issued_by = models.TextField(help_text="Office that issued it.")
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, help_text="The paper."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(filed_on=None) | Q(filed_on__gte=F("issued_on")), name="charging_document_filed_after_issue"
            )
        ]


@record(scope="case")
class Allegation(models.Model):
    """A numbered statement of fact in a charging document."""

    class Plea(models.TextChoices):
        NONE = "", "No plea yet"
        ADMITTED = "admitted", "Admitted"
        DENIED = "denied", "Denied"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allegations", help_text="Its case.")
    charging_document = models.ForeignKey(
        ChargingDocument, on_delete=models.PROTECT, related_name="allegations", help_text="Where it stands."
    )
    number = models.PositiveSmallIntegerField(help_text="Its number in the document, from 1.")
    narrative = SealedField(help_text="What is alleged, sealed with the respondent's key.")
    plea = CodeField(max_length=8, choices=Plea.choices, blank=True, default="", help_text="Admitted, denied, or none.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charging_document", "number"], name="allegation_once_per_document")
        ]

    def sealed_by(self) -> int:
        """Whose data key seals the row: the respondent's."""
        return self.case.respondent_id


@record(scope="case")
class Charge(Imported):
    """A ground charged in a proceeding."""

    class Outcome(models.TextChoices):
        OPEN = "", "Not decided"
        SUSTAINED = "sustained", "Sustained"
        NOT_SUSTAINED = "not_sustained", "Not sustained"
        WITHDRAWN = "withdrawn", "Withdrawn"
        OTHER = "other", "Other, as released"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="charges", help_text="Its case.")
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, null=True, blank=True, related_name="charges", help_text="Its proceeding."
    )
    code = models.ForeignKey("law.ChargeCode", on_delete=models.PROTECT, help_text="The ground.")
    outcome = CodeField(max_length=13, choices=Outcome.choices, blank=True, default="", help_text="How it was decided.")
    released_status = CodeField(max_length=4, blank=True, default="", help_text="Status code as released, if imported.")


@record(scope="case", protection="protection")
class Application(Imported):
    """An application for relief. A fear claim's very existence is confidential (8 CFR 1208.6)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="applications", help_text="Its case.")
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, null=True, blank=True, help_text="The proceeding it was made in."
    )
    application_type = models.ForeignKey("law.ApplicationType", on_delete=models.PROTECT, help_text="Form of relief.")
    received_on = models.DateField(null=True, blank=True, help_text="Day the court received it.")
    decided_on = models.DateField(null=True, blank=True, help_text="Day it was decided.")
    decision = models.ForeignKey(
        "law.ApplicationDecision", on_delete=models.PROTECT, null=True, blank=True, help_text="How it ended."
    )
    protection = protection_field()
