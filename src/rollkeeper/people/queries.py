"""Reads about people, inside a look and limited to the people it opened.

Names and numbers under a protection that the look does not open are absent; callers say "Name protected" for a person
without a name. Sealed fields come back as plain text in frozen dataclasses, opened with the look's keys.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rollkeeper.access.looks import Look
from rollkeeper.law.models import Nationality
from rollkeeper.people.models import Address, Contact, Identifier, Person, PersonName, Relative


@dataclass(frozen=True)
class KnownAddress:
    """An address as the look opens it. ``until`` is the first day it no longer held, None while it lasts."""

    pk: int
    lines: str
    since: date | None
    until: date | None
    source: str
    recorded_on: date


@dataclass(frozen=True)
class KnownContact:
    """A telephone number or e-mail address. ``kind`` is the model's label, e.g. Telephone."""

    kind: str
    value: str
    recorded_on: date


@dataclass(frozen=True)
class KnownRelative:
    """A family tie; ``name`` is empty where the look does not open the relative's name."""

    person_id: int
    kind: str
    name: str


def person(look: Look) -> Person:
    """The person of a look at a case or a person. Raises Person.DoesNotExist when a hold closed them meanwhile."""
    return Person.objects.select_related("nationality", "language").get(pk=look.person_id)


def legal_names(look: Look, persons: Collection[int] | None = None) -> Mapping[int, PersonName]:
    """Legal names by person id, of the look's people (or of those named); protected ones are absent."""
    wanted = look.person_ids if persons is None else persons
    return {
        name.person_id: name for name in PersonName.objects.filter(person_id__in=wanted, kind=PersonName.Kind.LEGAL)
    }


def other_names(look: Look) -> Sequence[PersonName]:
    """Aliases and former names of the look's person."""
    names = PersonName.objects.filter(person_id=look.person_id).exclude(kind=PersonName.Kind.LEGAL)
    return list(names.order_by("kind", "family", "given", "pk"))


def a_numbers(look: Look) -> Mapping[int, str]:
    """A-numbers (nine digits) by person id; protected ones are absent."""
    found = Identifier.objects.filter(person_id__in=look.person_ids, kind=Identifier.Kind.A_NUMBER)
    return dict(found.order_by("-pk").values_list("person_id", "value"))


def other_numbers(look: Look) -> Sequence[Identifier]:
    """Fingerprint and passport numbers of the look's person."""
    found = Identifier.objects.filter(person_id=look.person_id).exclude(kind=Identifier.Kind.A_NUMBER)
    return list(found.order_by("kind", "value"))


def addresses(look: Look, only: Collection[int] | None = None) -> Sequence[KnownAddress]:
    """The person's addresses, latest first; ``only`` limits them to some rows. Raises KeyFault."""
    found = Address.objects.filter(person_id=look.person_id)
    if only is not None:
        found = found.filter(pk__in=only)
    return [
        KnownAddress(row.pk, look.reveal(row, "lines"), row.period.lower, row.period.upper, row.source, row.recorded_on)
        for row in found.order_by("-period", "-pk")
    ]


def contacts(look: Look) -> Sequence[KnownContact]:
    """The person's telephone numbers and e-mail addresses, latest first. Raises KeyFault."""
    found = Contact.objects.filter(person_id=look.person_id).order_by("-recorded_on", "-pk")
    return [KnownContact(Contact.Kind(row.kind).label, look.reveal(row, "value"), row.recorded_on) for row in found]


def relatives(look: Look) -> Sequence[KnownRelative]:
    """The person's family ties. A relative's name shows only where the look opens that person too."""
    found = list(Relative.objects.filter(person_id=look.person_id).order_by("kind", "pk"))
    names = legal_names(look, [row.relative_id for row in found]) if found else {}
    return [
        KnownRelative(row.relative_id, Relative.Kind(row.kind).label, str(names.get(row.relative_id, "")))
        for row in found
    ]


def nationalities() -> Sequence[Nationality]:
    """Every listed nationality by label. No record data."""
    return list(Nationality.objects.filter(is_listed=True).order_by("label"))
