"""The door's own tables. The site's role reads none of them; the functions in sql/ do."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from rollkeeper.foundation.fields import CodeField


class RelationKind(models.TextChoices):
    """How a principal is connected with a case."""

    RESPONDENT = "respondent", "Respondent"
    COUNSEL = "counsel", "Counsel of record"
    GOVERNMENT = "government", "Government counsel"
    COURT = "court", "Court staff"
    JUDGE = "judge", "Assigned judge"
    BOARD = "board", "Board"
    GRANT = "grant", "Holder of a grant"


class Principal(models.Model):
    """Anything a right can hang on: an account, a court's office, a government office, a firm, chambers, a grant."""

    class Kind(models.TextChoices):
        ACCOUNT = "account", "One account"
        COURT = "court", "A court's office"
        OFFICE = "office", "A government office"
        FIRM = "firm", "A firm"
        CHAMBERS = "chambers", "Chambers"
        GRANT = "grant", "A grant"

    kind = CodeField(max_length=8, choices=Kind.choices, help_text="What it is.")
    name = models.TextField(help_text="As the look line and the ledger say it, e.g. Clerk's office, Harlingen.")
    name_es = models.TextField(blank=True, default="", help_text="The same in Spanish.")
    court = models.ForeignKey(
        "courts.Court", on_delete=models.PROTECT, null=True, blank=True, help_text="The court, for a court's office."
    )
    judge = models.ForeignKey(
        "courts.Judge", on_delete=models.PROTECT, null=True, blank=True, help_text="The judge, for chambers."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["court"], condition=Q(kind="court"), name="one_office_a_court"),
            models.UniqueConstraint(fields=["judge"], condition=Q(kind="chambers"), name="one_chambers_a_judge"),
        ]


class Membership(models.Model):
    """An account acts for a principal, from when until when."""

    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, help_text="The account.")
    principal = models.ForeignKey(Principal, on_delete=models.PROTECT, help_text="For whom it acts.")
    valid_from = models.DateTimeField(help_text="From when.")
    valid_until = models.DateTimeField(null=True, blank=True, help_text="Until when; empty while it lasts.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "principal"], name="membership_once")]


class CaseRelation(models.Model):
    """One principal's right to one case; the index behind every list."""

    principal = models.ForeignKey(Principal, on_delete=models.PROTECT, db_index=False, help_text="Whose right.")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, db_index=False, help_text="To which case.")
    kind = CodeField(max_length=10, choices=RelationKind.choices, help_text="Why.")
    protections = ArrayField(CodeField(max_length=16), default=list, help_text="Protections that the right opens.")
    valid_from = models.DateTimeField(help_text="From when.")
    valid_until = models.DateTimeField(null=True, blank=True, help_text="Until when; empty while it lasts.")
    filed_on = models.DateField(null=True, blank=True, help_text="Copied from the case, to order lists by index.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "principal", "kind"], name="relation_once_per_kind"),
        ]
        indexes = [
            # With what a list asks of a right, so that a list and its count read the index alone.
            models.Index(
                "principal",
                F("filed_on").desc(nulls_last=True),
                F("case").desc(),
                include=["kind", "valid_from", "valid_until"],
                name="relation_by_principal",
            )
        ]


class Hold(models.Model):
    """A deny that beats every right, from a court's order."""

    class Scope(models.TextChoices):
        CASE = "case", "A case"
        PERSON = "person", "A person"
        ACCOUNT = "account", "An account"
        PRINCIPAL = "principal", "A principal"

    scope = CodeField(max_length=9, choices=Scope.choices, help_text="What is held.")
    subject_id = models.BigIntegerField(help_text="Its id.")
    order_reference = models.TextField(help_text="The order: court, docket number, date.")
    placed_at = models.DateTimeField(help_text="From when.")
    lifted_at = models.DateTimeField(null=True, blank=True, help_text="Until when; empty while it lasts.")

    class Meta:
        indexes = [
            models.Index(fields=["scope", "subject_id"], condition=Q(lifted_at=None), name="holds_in_force"),
        ]


class NameToken(models.Model):
    """A word of a name, folded (no accents, lower case), for search. Not the record: a dictionary of words."""

    token = CodeField(max_length=60, unique=True, help_text="The folded word.")
    sound = CodeField(max_length=8, help_text="Its double metaphone.")

    class Meta:
        indexes = [
            GinIndex(fields=["token"], opclasses=["gin_trgm_ops"], name="token_by_trigrams"),
            models.Index(fields=["sound"], name="token_by_sound"),
        ]


class NameIndex(models.Model):
    """The words of one name, as numbers of the dictionary."""

    name = models.OneToOneField("people.PersonName", on_delete=models.PROTECT, primary_key=True, help_text="The name.")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, help_text="Whose name.")
    tokens = ArrayField(models.IntegerField(), help_text="Numbers of its words.")
    folded = CodeField(max_length=250, help_text="The name folded, for ranking.")

    class Meta:
        indexes = [
            # No pending list: a search must not read what a bulk load left unsorted.
            GinIndex(fields=["tokens"], name="name_by_tokens", fastupdate=False),
        ]


class PublicLookup(models.Model):
    """Counts public look-ups by minute and client, to slow them."""

    client = CodeField(max_length=64, help_text="Keyed hash of the client's address.")
    minute = models.DateTimeField(help_text="The minute.")
    count = models.PositiveIntegerField(default=1, help_text="Look-ups within it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "minute"], name="public_lookup_counter")]
