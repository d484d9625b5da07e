"""Reads of papers, inside a look and limited to the cases it opened."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet

from rollkeeper.access.looks import Look
from rollkeeper.documents.models import Document
from rollkeeper.foundation.blobs import store
from rollkeeper.foundation.vault.sealing import unseal

SEAL_LABEL = "documents_document"


class PaperAltered(Exception):
    """What the store gave back is not what was filed."""


def papers(look: Look) -> QuerySet[Document]:
    """The papers of the look's case that it opens, latest first, with the docket entries it opens."""
    found = Document.objects.filter(case_id=look.case_id)
    return found.order_by("-received_at", "-pk").prefetch_related("entries")


def paper(look: Look, wanted: int) -> Document | None:
    """One paper of the look's case, or None: closed and absent alike."""
    return Document.objects.filter(case_id=look.case_id, pk=wanted).first()


def open_paper(look: Look, document: Document) -> bytes:
    """The content of a paper, opened with the look's key and compared with the hash taken when it was filed.

    Raises BlobMissing, BlobDamaged, KeyFault or PaperAltered; in each case nothing of the paper is shown.
    """
    sealed = store().get(document.blob_hash)
    content = unseal(look.document_key(document.pk), sealed, label=SEAL_LABEL)
    if hashlib.sha256(content).hexdigest() != document.content_hash:
        raise PaperAltered("This paper is not the one that was filed. Restore the store of papers from its backup.")
    return content
