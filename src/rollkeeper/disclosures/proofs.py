"""A receipt as a file to keep, for the pages that offer one. Only hashes are read here; the entry comes from a look."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rollkeeper.disclosures.queries import Sealed
from rollkeeper.ledger.proofs import EntryLeaf, NoReceiptYet, make_receipt
from rollkeeper.ledger.queries import connection_of
from rollkeeper.ledger.receipts import SUFFIX

RETRY_SECONDS = 60


def receipt_file(entry: int, sealed: Sealed) -> HttpResponse | None:
    """The ``.tlog-proof`` file of an entry; None while it waits for a checkpoint."""
    try:
        receipt = make_receipt(connection_of("default"), EntryLeaf(entry, sealed.salt, sealed.body))
    except NoReceiptYet:
        return None
    response = HttpResponse(receipt.text(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="look-{entry}{SUFFIX}"'
    return response


def not_ready(request: HttpRequest, back: str) -> HttpResponse:
    """The page that says when a proof will be ready; ``back`` is where the reader came from."""
    response = render(request, "disclosures/not_ready.html", {"back": back, "again": request.path}, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
