"""Contact with police or government, arrested or not. Every line is under the encounters protection."""

from __future__ import annotations

from django.db import models

from rollkeeper.access.records import record
from rollkeeper.foundation.choices import Protection
from rollkeeper.foundation.fields import SealedField


@record(scope="person", always=Protection.ENCOUNTERS)
class Encounter(models.Model):
    """One contact. What happened is sealed; only its time stays readable, to put the lines in order.

    ``kind`` holds one of: border, traffic stop, investigation, arrest, benefit interview, check-in, other.
    ``arrested`` holds "yes" or "no".
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="encounters", help_text="Who.")
    happened_at = models.DateTimeField(help_text="When it happened.")
    agency = SealedField(help_text="Which police or government body, sealed.")
    place = SealedField(help_text="Where, sealed.")
    kind = SealedField(help_text="What kind of contact, sealed.")
    arrested = SealedField(help_text="Whether the person was arrested, sealed.")
    outcome = SealedField(help_text="What came of it, sealed.")
    narrative = SealedField(help_text="What the source says happened, sealed.")
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, help_text="The source, if on file."
    )
    source = models.TextField(help_text="Form or system the court learned it from.")

    class Meta:
        indexes = [models.Index(fields=["person", "happened_at"], name="encounter_by_person")]

    def sealed_by(self) -> int:
        """Whose data key seals the row."""
        return self.person_id
