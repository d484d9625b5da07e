"""What a thief of the database holds: ciphertext where it hurts."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from rollkeeper.access import door
from rollkeeper.cases.models import Allegation
from rollkeeper.documents.models import Document
from rollkeeper.encounters.models import Encounter
from rollkeeper.foundation.blobs import BlobDamaged, BlobMissing, store
from rollkeeper.foundation.postgres.binaries import find_binaries
from rollkeeper.foundation.vault.keys import KeyFault, LocalKeyService, new_key_text, parse_key
from rollkeeper.foundation.vault.sealing import new_data_key, seal, unseal
from rollkeeper.foundation.vault.service import key_service
from rollkeeper.people.models import Address
from tests.conftest import conninfo
from tests.factories.world import World


def test_a_dump_holds_no_address_telephone_or_narrative(world: World) -> None:
    dump = subprocess.run(
        [find_binaries().tool("pg_dump"), "--dbname", conninfo("owner"), "--inserts"], capture_output=True, check=True
    ).stdout.decode("utf-8", "replace")

    assert "Zqokafor" in dump  # names stay searchable for now; docs/explanation/limits.md says so
    for made in (world.case, world.other):
        mark = f"zq{made.case.pk}x"
        texts = [*made.secrets["contact"], *made.secrets["encounters"], f"{mark}allegation", f"{mark}papertext"]
        for text in texts:
            assert text not in dump
            assert text.encode().hex() not in dump  # bytea is dumped in hexadecimal


def test_the_store_of_papers_holds_no_text(world: World, state: str) -> None:
    files = [path for path in (Path(state) / "blobs").rglob("*") if path.is_file()]
    stored = b"".join(path.name.encode() + path.read_bytes() for path in files)

    assert stored
    assert b"%PDF" not in stored
    assert f"zq{world.case.case.pk}xpapertext".encode() not in stored


def test_inside_a_look_sealed_fields_open(world: World) -> None:
    mark = f"zq{world.case.case.pk}x"
    with door.look(world.account("judge").pk, purpose="hearing", act="person.read", case=world.case.number) as look:
        address = Address.objects.get(person_id=look.person_id)
        encounter = Encounter.objects.get(person_id=look.person_id)
        allegation = Allegation.objects.select_related("case").get(case_id=look.case_id)

        assert look.reveal(address, "lines") == "1 Zqcase Street, Zqtown"
        assert look.reveal(encounter, "narrative") == f"{mark}narrative"
        assert look.reveal(allegation, "narrative") == f"{mark}allegation"


def test_a_paper_opens_with_its_own_key_alone(world: World) -> None:
    with door.look(world.account("judge").pk, purpose="hearing", act="document.read", case=world.case.number) as look:
        first, second = Document.objects.filter(case_id=look.case_id).order_by("pk")[:2]
        content = store().get(first.blob_hash)

        assert unseal(look.document_key(first.pk), content, label="documents_document").startswith(b"%PDF")
        with pytest.raises(KeyFault):
            unseal(look.document_key(second.pk), content, label="documents_document")


def test_no_key_leaves_outside_a_look(world: World) -> None:
    wrapped = bytes(world.case.keyed.person.wrapped_key or b"")
    subject = f"person:{world.case.keyed.person.pk}"

    assert key_service().unwrap(wrapped, subject=subject, look=1) == world.case.keyed.key
    with pytest.raises(KeyFault, match="outside a look"):
        key_service().unwrap(wrapped, subject=subject, look=0)


def test_another_key_says_what_to_do_and_opens_nothing(world: World) -> None:
    wrong = LocalKeyService(parse_key(new_key_text(), source="a test"))

    with pytest.raises(KeyFault, match="ROLLKEEPER_KEK_FILE"):
        wrong.unwrap(
            bytes(world.case.keyed.person.wrapped_key or b""), subject=f"person:{world.case.keyed.person.pk}", look=1
        )


def test_a_sealed_field_moved_to_another_column_or_person_does_not_open() -> None:
    key = new_data_key()
    sealed = seal(key, b"12 Elm Street", label="people_address.lines")

    assert unseal(key, sealed, label="people_address.lines") == b"12 Elm Street"
    for other_key, label in ((key, "people_contact.value"), (new_data_key(), "people_address.lines")):
        with pytest.raises(KeyFault):
            unseal(other_key, sealed, label=label)


@pytest.mark.parametrize("text", ["", "not base64!", "AAAA", new_key_text()[:-8]])
def test_a_malformed_key_is_named(text: str) -> None:
    with pytest.raises(KeyFault, match="the key file"):
        parse_key(text, source="the key file")


def test_a_damaged_or_missing_paper_is_an_error_not_a_paper(world: World, state: str) -> None:
    digest = store().put(b"sealed bytes", durable=False)
    store().path(digest).write_bytes(b"other bytes")

    with pytest.raises(BlobDamaged):
        store().get(digest)
    for name in ("0" * 64, "../../etc/passwd", "A" * 64, ""):
        with pytest.raises(BlobMissing):
            store().get(name)
