"""Which releases were loaded, and what had to be repaired or refused. No record data; closed to the site's role."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from rollkeeper.foundation.fields import CodeField


class Release(models.Model):
    """One load of a public case release, whole or for some courts."""

    label = CodeField(max_length=10, help_text="Date of the release as its folder states it, YYYY-MM-DD.")
    source = models.TextField(help_text="Name of the folder or zip that was loaded.")
    digest = CodeField(max_length=64, help_text="SHA-256 over names and bytes of every member, hexadecimal.")
    courts = ArrayField(CodeField(max_length=3), default=list, help_text="Courts loaded; empty for all of them.")
    loaded_at = models.DateTimeField(help_text="When the load was committed.")
    counts = models.JSONField(help_text="Per file: rows stated by Count.txt, read and refused.")
    written = models.JSONField(help_text="Per record table: rows added, changed and unchanged.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "courts"], name="a_release_is_loaded_once"),
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="release_digest_is_sha256"),
        ]

    def __str__(self) -> str:
        return str(self.label)


class ReleaseFault(models.Model):
    """One repair, refusal or remark, by file and line."""

    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="faults", help_text="The load it belongs to."
    )
    file = models.TextField(help_text="File of the release.")
    line = models.BigIntegerField(help_text="Physical line, from 1; 0 for the whole file.")
    kind = CodeField(max_length=40, help_text="What was found.")
    outcome = CodeField(max_length=16, help_text="Repaired, value refused, row refused, or noted.")
    column = CodeField(max_length=40, blank=True, default="", help_text="Column, where one is concerned.")
    before = models.TextField(
        blank=True, default="", help_text="As it stood: at most 40 characters, unsafe bytes as hex."
    )
    after = models.TextField(blank=True, default="", help_text="As it was loaded, or what was done.")

    class Meta:
        indexes = [models.Index(fields=["release", "file", "line"], name="release_fault_by_line")]
