"""What an open look is, in Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from django.db import connections
from django.db.models import Model

from rollkeeper.foundation.fields import SealedField
from rollkeeper.foundation.vault.sealing import unseal
from rollkeeper.foundation.vault.service import key_service


@dataclass(frozen=True)
class Look:
    """An open look. ``number`` is its ledger entry; ``case_ids`` and ``rows`` keep the order of a list."""

    number: int
    purpose: str
    act: str
    relation: str
    office: str
    principal_id: int | None
    protections: frozenset[str]
    case_ids: tuple[int, ...]
    person_ids: tuple[int, ...]
    rows: tuple[int, ...] = ()
    total: int = 0
    _keys: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_answer(cls, answer: dict[str, Any], *, purpose: str, act: str) -> Self:
        """From what the door's functions answer."""
        return cls(
            number=answer["entry"],
            purpose=purpose,
            act=act,
            relation=answer.get("relation") or "",
            office=answer.get("office") or "",
            principal_id=answer.get("principal"),
            protections=frozenset(answer.get("protections") or ()),
            case_ids=tuple(answer.get("cases") or ()),
            person_ids=tuple(answer.get("persons") or ()),
            rows=tuple(answer.get("rows") or ()),
            total=answer.get("total") or 0,
        )

    @property
    def case_id(self) -> int:
        """The one case of a look at a case."""
        return self.case_ids[0]

    @property
    def person_id(self) -> int:
        """The one person of a look at a case or a person."""
        return self.person_ids[0]

    def opens(self, protection: str) -> bool:
        """Whether rows under this protection are in the answer."""
        return not protection or protection in self.protections

    def reveal(self, row: Model, name: str) -> str:
        """The text of a sealed field of a row read in this look. Raises KeyFault."""
        column = row._meta.get_field(name)
        if not isinstance(column, SealedField):
            raise TypeError(f"{name} is not a sealed field.")
        sealed = getattr(row, name)
        key = self.person_key(row.sealed_by())  # type: ignore[attr-defined]  # models with sealed fields have it
        return unseal(key, bytes(sealed), label=column.label()).decode()

    def person_key(self, person: int) -> bytes:
        """A person's data key, released for this look."""
        return self._key(f"person:{person}", "people_person", person)

    def document_key(self, document: int) -> bytes:
        """A paper's data key, released for this look."""
        return self._key(f"document:{document}", "documents_document", document)

    def _key(self, subject: str, table: str, row: int) -> bytes:
        if subject not in self._keys:
            with connections["default"].cursor() as cursor:
                cursor.execute(f"SELECT wrapped_key FROM {table} WHERE id = %s", [row])  # noqa: S608  # two literals
                found = cursor.fetchone()
            wrapped = bytes(found[0]) if found and found[0] is not None else b""
            self._keys[subject] = key_service().unwrap(wrapped, subject=subject, look=self.number)
        return self._keys[subject]


@dataclass(frozen=True)
class PublicCase:
    """What the public may know of a case. Times are UTC; ``court_zone`` is the court's IANA time zone."""

    court_name: str
    court_zone: str
    next_hearing_at: datetime | None
    next_hearing_kind: str | None
    location: str | None
    last_decision: str | None
    last_decision_on: date | None
