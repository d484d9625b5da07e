"""Papers: stored once by the hash of their sealed bytes, opened only inside a look."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rollkeeper.access.records import record
from rollkeeper.foundation.choices import Protection
from rollkeeper.foundation.fields import CodeField


@record(scope="case", protection="protection")
class Document(models.Model):
    """One paper of a case."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="documents", help_text="Its case.")
    title = models.TextField(help_text="What the paper is, as the docket names it.")
    media_type = models.TextField(default="application/pdf", help_text="Media type of the content.")
    content_hash = CodeField(max_length=64, help_text="SHA-256 of the content before sealing, in hexadecimal.")
    blob_hash = CodeField(max_length=64, help_text="SHA-256 of the sealed bytes: its key in the store, hexadecimal.")
    size = models.PositiveIntegerField(help_text="Size of the content in bytes.")
    pages = models.PositiveIntegerField(null=True, blank=True, help_text="Number of pages, where it has pages.")
    wrapped_key = models.BinaryField(help_text="The paper's data key, wrapped by the key-encryption key.")
    key_name = CodeField(max_length=32, help_text="Which key-encryption key wraps it.")
    received_at = models.DateTimeField(help_text="When the court received it.")
    protection = CodeField(
        max_length=16,
        choices=Protection.choices,
        blank=True,
        default="",
        help_text="Protection of the paper, or empty.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(content_hash__regex="^[0-9a-f]{64}$") & Q(blob_hash__regex="^[0-9a-f]{64}$"),
                name="document_hashes_are_sha256",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="document_is_not_empty"),
        ]
