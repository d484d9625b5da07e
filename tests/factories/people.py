"""People for tests, written by the owner the way actions will."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from django.db import connections
from psycopg.types.range import DateRange

from rollkeeper.foundation.vault.sealing import new_data_key, seal
from rollkeeper.foundation.vault.service import key_service
from rollkeeper.people.models import Address, Contact, Identifier, Person, PersonName

_numbers = itertools.count(910_000_000)


@dataclass(frozen=True)
class Keyed:
    """A person and the data key that seals their fields."""

    person: Person
    key: bytes
    a_number: str

    def seal(self, label: str, text: str) -> bytes:
        """Seal a text for a column, ``table.column``."""
        return seal(self.key, text.encode(), label=label)


def make_person(
    family: str,
    given: str = "Amara",
    *,
    nationality: str = "MX",
    born_on: date | None = date(1990, 5, 17),
    juvenile: bool = False,
    name_protection: str = "",
    address: str = "",
    phone: str = "",
) -> Keyed:
    """A person with a legal name, an A-number and, if given, an address and a telephone."""
    person = Person.objects.using("owner").create(
        born_on=born_on, nationality_id=nationality, language_id="SP", is_juvenile=juvenile
    )
    key = new_data_key()
    person.wrapped_key = key_service().wrap(key, subject=f"person:{person.pk}")
    person.key_name = key_service().name
    person.save(using="owner")
    number = str(next(_numbers))
    PersonName.objects.using("owner").create(
        person=person, kind="legal", family=family, given=given, protection=name_protection
    )
    Identifier.objects.using("owner").create(person=person, kind="a_number", value=number, protection=name_protection)
    keyed = Keyed(person, key, number)
    if address:
        Address.objects.using("owner").create(
            person=person,
            lines=keyed.seal("people_address.lines", address),
            period=DateRange(date(2025, 1, 1), None),
            source="EOIR-33",
            recorded_on=date(2025, 1, 3),
        )
    if phone:
        Contact.objects.using("owner").create(
            person=person,
            kind="phone",
            value=keyed.seal("people_contact.value", phone),
            recorded_on=date(2025, 1, 3),
        )
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT index_names()")
    return keyed
