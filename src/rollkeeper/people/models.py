"""People of the record: names, numbers, addresses, families."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from rollkeeper.access.records import record
from rollkeeper.foundation.choices import Protection
from rollkeeper.foundation.fields import CodeField, SealedField


def protection_field() -> models.CharField:  # type: ignore[type-arg]  # django-stubs: field parameters add nothing here
    """The protection a row is under; empty means that everyone with the case sees it."""
    return CodeField(
        max_length=16, choices=Protection.choices, blank=True, default="", help_text="Protection of the row, or empty."
    )


@record(scope="person", column="id")
class Person(models.Model):
    """Someone the record is about."""

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        OTHER = "X", "Other"
        UNKNOWN = "", "Not recorded"

    class VitalStatus(models.TextChoices):
        LIVING = "living", "Living"
        DECEASED = "deceased", "Deceased"

    born_on = models.DateField(null=True, blank=True, help_text="Date of birth.")
    born_year = models.SmallIntegerField(null=True, blank=True, help_text="Year of birth, where only that is known.")
    born_month = models.SmallIntegerField(null=True, blank=True, help_text="Month of birth, 1 to 12, where known.")
    sex = CodeField(max_length=1, choices=Sex.choices, blank=True, default="", help_text="As recorded.")
    nationality = models.ForeignKey(
        "law.Nationality", on_delete=models.PROTECT, null=True, blank=True, help_text="Nationality."
    )
    language = models.ForeignKey(
        "law.Language", on_delete=models.PROTECT, null=True, blank=True, help_text="Best language for hearings."
    )
    vital_status = CodeField(
        max_length=8, choices=VitalStatus.choices, default=VitalStatus.LIVING, help_text="Living or deceased."
    )
    vital_status_source = models.TextField(blank=True, default="", help_text="Evidence for the vital status.")
    is_juvenile = models.BooleanField(default=False, help_text="Known to the court as a juvenile.")
    wrapped_key = models.BinaryField(
        null=True, help_text="The person's data key, wrapped by the key-encryption key. Empty for imported people."
    )
    key_name = CodeField(max_length=32, blank=True, default="", help_text="Which key-encryption key wraps it.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(born_month=None) | Q(born_month__range=(1, 12)), name="person_born_month_is_a_month"
            ),
            models.CheckConstraint(
                condition=~Q(vital_status="deceased") | ~Q(vital_status_source=""),
                name="person_deceased_only_with_evidence",
            ),
        ]


@record(scope="person", protection="protection")
class PersonName(models.Model):
    """A name someone goes by or went by."""

    class Kind(models.TextChoices):
        LEGAL = "legal", "Legal name"
        ALIAS = "alias", "Also known as"
        FORMER = "former", "Former name"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names", help_text="Whose name.")
    kind = CodeField(max_length=6, choices=Kind.choices, help_text="Legal name, alias or former name.")
    family = models.TextField(help_text="Family name or names.")
    given = models.TextField(blank=True, default="", help_text="Given name or names.")
    protection = protection_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(kind="legal"), name="one_legal_name_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


@record(scope="person", protection="protection")
class Identifier(models.Model):
    """A number that a government gave someone."""

    class Kind(models.TextChoices):
        A_NUMBER = "a_number", "A-number"
        FIN = "fin", "Fingerprint number"
        PASSPORT = "passport", "Passport"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers", help_text="Whose number.")
    kind = CodeField(max_length=8, choices=Kind.choices, help_text="What kind of number.")
    value = CodeField(max_length=32, help_text="The number; an A-number as nine digits without the letter.")
    protection = protection_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="identifier_once_per_kind"),
            models.CheckConstraint(
                condition=~Q(kind="a_number") | Q(value__regex=r"^[0-9]{9}$"), name="a_number_is_nine_digits"
            ),
        ]


@record(scope="person", always=Protection.CONTACT)
class Address(models.Model):
    """Where someone lived or gets mail, from when until when, and how the court knows."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses", help_text="Whose address.")
    lines = SealedField(help_text="Street, city, state and postal code, sealed.")
    period = DateRangeField(help_text="First day, and the day after the last.")
    source = models.TextField(help_text="How the court learned it: EOIR-33, charging document, hearing.")
    recorded_on = models.DateField(help_text="Day the court recorded it.")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_address_at_a_time",
                expressions=[(F("person"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
            )
        ]

    def sealed_by(self) -> int:
        """Whose data key seals the row."""
        return self.person_id


@record(scope="person", always=Protection.CONTACT)
class Contact(models.Model):
    """A telephone number or e-mail address."""

    class Kind(models.TextChoices):
        PHONE = "phone", "Telephone"
        EMAIL = "email", "E-mail"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts", help_text="Whose contact.")
    kind = CodeField(max_length=5, choices=Kind.choices, help_text="Telephone or e-mail.")
    value = SealedField(help_text="The number or address, sealed.")
    recorded_on = models.DateField(help_text="Day the court recorded it.")

    def sealed_by(self) -> int:
        """Whose data key seals the row."""
        return self.person_id


@record(scope="person", protection="protection")
class Relative(models.Model):
    """A family tie, or a guardian."""

    class Kind(models.TextChoices):
        SPOUSE = "spouse", "Spouse"
        PARENT = "parent", "Parent"
        CHILD = "child", "Child"
        SIBLING = "sibling", "Brother or sister"
        GUARDIAN = "guardian", "Guardian"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relatives", help_text="Whose relative.")
    relative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", help_text="The relative.")
    kind = CodeField(max_length=8, choices=Kind.choices, help_text="What the relative is to the person.")
    protection = protection_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "relative", "kind"], name="relative_once_per_kind"),
            models.CheckConstraint(condition=~Q(person=F("relative")), name="nobody_is_their_own_relative"),
        ]
