"""Appeals to the Board of Immigration Appeals."""

from __future__ import annotations

from django.db import models

from rollkeeper.access.records import record
from rollkeeper.foundation.choices import Side
from rollkeeper.foundation.fields import CodeField
from rollkeeper.foundation.imported import Imported


@record(scope="case")
class Appeal(Imported):
    """An appeal and the Board's decision."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="appeals", help_text="Its case.")
    proceeding = models.ForeignKey(
        "cases.Proceeding", on_delete=models.PROTECT, null=True, blank=True, help_text="The proceeding appealed."
    )
    appeal_type = models.ForeignKey("law.AppealType", on_delete=models.PROTECT, null=True, help_text="Kind of appeal.")
    side = CodeField(max_length=10, choices=Side.choices, help_text="Who appealed.")
    filed_on = models.DateField(null=True, blank=True, help_text="Day the Board received it.")
    decided_on = models.DateField(null=True, blank=True, help_text="Day the Board decided.")
    decision = models.ForeignKey(
        "law.AppealDecision", on_delete=models.PROTECT, null=True, blank=True, help_text="What the Board decided."
    )
