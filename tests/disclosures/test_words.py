"""Every act that any view declares is told in plain words, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from rollkeeper.access.declare import declaration_of
from rollkeeper.disclosures.queries import LookEntry
from rollkeeper.disclosures.telling import tell
from rollkeeper.disclosures.words import PROTECTIONS, SEEN
from rollkeeper.foundation.choices import Protection
from tests.access.addresses import every_address


def test_every_declared_act_has_its_words() -> None:
    acts = set[str]()
    for address in every_address():
        declaration = declaration_of(address.view)
        acts |= declaration.acts if declaration else set()

    assert "docket.read" in acts
    assert acts - set(SEEN) == set()


def test_every_protection_has_its_words() -> None:
    assert set(PROTECTIONS) == set(Protection.values)


def entry(**given: object) -> LookEntry:
    facts: dict[str, object] = {
        "number": 7, "at": datetime(2026, 7, 3, 14, 14, tzinfo=UTC), "kind": "look.opened", "office": "An office",
        "office_es": "Una oficina", "relation": "court", "purpose": "records", "act": "docket.read",
        "protections": ("contact",), "mine": False,
    }  # fmt: skip
    return LookEntry(**{**facts, **given})  # type: ignore[arg-type]  # a table of a test


@pytest.mark.parametrize(
    ("given", "who", "did"),
    [
        ({}, "An office", "saw your docket"),
        ({"mine": True}, "You", "saw your docket"),
        ({"relation": "respondent"}, "The respondent", "saw your docket"),
        ({"kind": "look.public", "relation": "", "act": "public.lookup"}, "A member of the public",
         "saw your next hearing and last decision, with your number and nationality"),
        ({"kind": "access.refused", "office": "", "office_es": ""}, "Somebody without a right to this case",
         "asked to see your docket; refused, and nothing was shown"),
        ({"act": "of.another.time"}, "An office", "saw your record"),
        ({"kind": "hold.placed", "act": "", "office": ""}, "A court", "a court order stopped looks here"),
        ({"kind": "filing.accepted", "act": ""}, "An office", "made an entry here"),
    ],
)  # fmt: skip
def test_an_entry_is_told_in_a_sentence(given: dict[str, object], who: str, did: str) -> None:
    told = tell(entry(**given), {}, yours=True)

    assert (told.who, told.did) == (who, did)


def test_an_entry_is_told_in_spanish() -> None:
    with override("es"):
        told = tell(entry(), {}, yours=True)

    assert (told.who, told.did, list(told.opened)) == (
        "Una oficina", "vio las actuaciones de su caso", ["dirección y teléfono"],
    )  # fmt: skip
