"""Opening a paper: a look of its own, checked, stamped, named safely; and every way in which it is not shown."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from django.db import connections
from django.test import Client

from rollkeeper.documents.models import Document
from rollkeeper.documents.views import file_name
from rollkeeper.foundation.blobs import store
from rollkeeper.foundation.vault.sealing import new_data_key, seal
from rollkeeper.foundation.vault.service import key_service
from tests.factories.cases import make_paper
from tests.factories.world import World

Sign = Callable[[str], Client]
HOSTILE_NAMES = [
    "../../etc/passwd",
    'x"; filename="evil.exe',
    "a\r\nSet-Cookie: a=b",
    "C:\\Windows\\system32\\cmd.exe",
    "CON",
    "\u202egpj.exe",
    "a" * 5000,
    "....",
    "名前 файл ñ",
    "<script>alert(1)</script>",
    "",
]


def pages(content: bytes) -> list[str]:
    """The text of each page, on one line."""
    document = pypdfium2.PdfDocument(content)
    return [" ".join(one.get_textpage().get_text_range().split()) for one in document]


def address(world: World, paper: Document) -> str:
    """Where a paper of the small court's first case is opened."""
    return f"/cases/{world.case.number}/papers/{paper.pk}/"


@pytest.mark.parametrize("who", ["clerk", "judge", "counsel", "government", "respondent"])
def test_every_page_names_the_reader_and_the_look(world: World, sign: Sign, who: str) -> None:
    """And the look is in the ledger, naming the paper."""
    paper = make_paper(world.case.case, "Letter", "these are its words")

    answer = sign(who).get(address(world, paper))

    assert answer.status_code == 200
    [text] = pages(answer.content)
    assert "these are its words" in text
    assert f"Opened by {world.account(who).display_name}" in text
    number = int(text.split("Look no. ")[1].split(".")[0].replace(",", ""))
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT actor_id, body FROM ledger_entry WHERE id = %s", [number])
        actor, body = cursor.fetchone()
    told = json.loads(body)
    assert actor == world.account(who).pk
    assert (told["act"], told["detail"]["document"]) == ("document.read", paper.pk)


def test_nothing_keeps_or_runs_or_frames_it(world: World, sign: Sign) -> None:
    """The headers of a paper."""
    paper = make_paper(world.case.case, "Letter", "words")

    headers = sign("clerk").get(address(world, paper)).headers

    assert headers["Content-Type"] == "application/pdf"
    assert "no-store" in headers["Cache-Control"]
    assert "private" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("title", HOSTILE_NAMES)
def test_a_hostile_title_makes_a_harmless_file_name(world: World, sign: Sign, title: str) -> None:
    """One name, one header line, nothing a file system could stumble over."""
    paper = make_paper(world.case.case, title, "words")

    answer = sign("clerk").get(address(world, paper))

    assert answer.status_code == 200
    name = file_name(world.case.number, paper)
    assert name.endswith(f"{paper.pk}.pdf")
    assert not set(name) & set('/\\:"<>|?*\r\n\u202e\x00')
    assert len(name) < 160
    disposition = answer.headers["Content-Disposition"]
    assert "\n" not in disposition
    assert ".exe" not in disposition or disposition.rstrip('"').endswith(".pdf")


def test_a_closed_paper_and_no_paper_are_one_page(world: World, sign: Sign) -> None:
    """Sealed, another case's, absent; beside the judge, who opens the sealed one."""
    sealed = make_paper(world.case.case, "Sealed", "sealedwords", protection="sealed")
    other = make_paper(world.other.case, "Other", "otherwords")
    clerk = sign("clerk")

    answers = [clerk.get(f"/cases/{world.case.number}/papers/{pk}/") for pk in (sealed.pk, other.pk, 987654321)]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.content.decode().split("<main")[1] for answer in answers}) == 1
    assert "sealedwords" in pages(sign("judge").get(address(world, sealed)).content)[0]
    assert clerk.get(f"/cases/{world.case.number}/papers/{'9' * 30}/").status_code == 404


def test_a_paper_that_was_altered_in_the_store_is_not_shown(world: World, sign: Sign) -> None:
    """One flipped byte: an answer that says what to do, and nothing of the paper."""
    paper = make_paper(world.case.case, "Letter", "flippedwords")
    blob = store().path(paper.blob_hash)
    content = bytearray(blob.read_bytes())
    content[40] ^= 1
    blob.write_bytes(bytes(content))

    answer = sign("clerk").get(address(world, paper))

    assert answer.status_code == 503
    assert "This paper cannot be shown" in answer.content.decode()
    assert b"%PDF" not in answer.content


def test_a_paper_that_is_gone_from_the_store_is_not_shown(world: World, sign: Sign) -> None:
    paper = make_paper(world.case.case, "Letter", "gonewords")
    store().path(paper.blob_hash).unlink()

    assert sign("clerk").get(address(world, paper)).status_code == 503


def test_another_papers_content_under_its_key_is_not_shown(world: World, sign: Sign) -> None:
    """Someone who holds store and keys puts another paper there: the hash taken at filing tells."""
    paper = make_paper(world.case.case, "Letter", "swappedwords")
    key = new_data_key()
    paper.wrapped_key = key_service().wrap(key, subject=f"document:{paper.pk}")
    paper.blob_hash = store().put(seal(key, b"%PDF-1.7 another", label="documents_document"), durable=False)
    paper.save(using="owner")

    assert sign("clerk").get(address(world, paper)).status_code == 503


def test_a_paper_whose_key_does_not_open_says_so(world: World, sign: Sign) -> None:
    """The key of another paper: a page, no trace of the content, no error page."""
    paper = make_paper(world.case.case, "Letter", "lockedwords")
    paper.wrapped_key = key_service().wrap(new_data_key(), subject=f"document:{paper.pk + 1}")
    paper.save(using="owner")

    answer = sign("clerk").get(address(world, paper))

    assert answer.status_code == 503
    assert "keys do not open this record" in answer.content.decode()


def test_what_is_filed_as_something_else_than_a_pdf_is_not_handed_out(world: World, sign: Sign) -> None:
    """Nothing leaves unstamped."""
    paper = make_paper(world.case.case, "Page", "x")
    key, content = new_data_key(), b"<html><script>alert(1)</script></html>"
    paper.wrapped_key = key_service().wrap(key, subject=f"document:{paper.pk}")
    paper.content_hash = hashlib.sha256(content).hexdigest()
    paper.blob_hash = store().put(seal(key, content, label="documents_document"), durable=False)
    paper.save(using="owner")

    answer = sign("clerk").get(address(world, paper))

    assert answer.status_code == 503
    assert "<script>alert" not in answer.content.decode()


def test_the_stored_paper_is_never_changed(world: World, sign: Sign) -> None:
    """The stamp is on the copy that leaves."""
    paper = make_paper(world.case.case, "Letter", "words")
    before = store().get(paper.blob_hash)

    answer = sign("clerk").get(address(world, paper))

    assert store().get(paper.blob_hash) == before
    assert len(pikepdf.open(io.BytesIO(answer.content)).pages) == 1
