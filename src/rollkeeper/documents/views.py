"""A paper, opened in the browser: a look of its own, decrypted inside it, checked, and stamped on every page."""

from __future__ import annotations

import logging
import re
import unicodedata

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rollkeeper.access import door
from rollkeeper.access.declare import looks
from rollkeeper.access.looks import Look
from rollkeeper.accounts.models import Account
from rollkeeper.desks.frame.looks import purpose_words, right_words
from rollkeeper.desks.frame.parts import Fact
from rollkeeper.desks.record.reading import address, purpose_of, reader, record_page
from rollkeeper.documents import queries
from rollkeeper.documents.models import Document
from rollkeeper.documents.stamp import NotStampable, stamped
from rollkeeper.foundation.blobs import BlobDamaged, BlobMissing

logger = logging.getLogger("rollkeeper.documents")
# Whatever hides in a paper loads nothing, sends nothing and frames nothing. The browser's own viewer needs to embed the
# paper in a page of its own and to style it.
POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
LONGEST_NAME = 80
_UNSAFE = re.compile(r"[^\w.,() -]+")


@looks("document.read")
@require_safe
@record_page
def paper(request: HttpRequest, number: str, document: int) -> HttpResponse:
    """Hand out one paper of a case, stamped with its reader and the look. Absent and closed are alike."""
    account = reader(request)
    with door.look(
        account.pk, purpose=purpose_of(request), act="document.read", case=number, document=document
    ) as look:
        found = queries.paper(look, document)
        if found is None:
            raise Http404("No paper of this case has this number.")
        try:
            content = stamped(queries.open_paper(look, found), stamp_line(account, look))
        except (BlobMissing, BlobDamaged, queries.PaperAltered, NotStampable):
            logger.exception("document.not_shown", extra={"document": found.pk, "look": look.number})
            return _not_shown(request, number)
    return _answer(content, file_name(number, found))


def stamp_line(account: Account, look: Look) -> str:
    """`Opened by Ana Ruiz, Clerk's office, Harlingen, for keeping the court's records, … Look no. 48,213.`"""
    return _("Opened by %(reader)s (%(right)s) for %(purpose)s on %(day)s. Look no. %(number)s.") % {
        "reader": account.display_name,
        "right": right_words(look),
        "purpose": purpose_words(look.purpose),
        "day": timezone.now().strftime("%Y-%m-%d %H:%M UTC"),
        "number": intcomma(look.number),
    }


def file_name(number: str, document: Document) -> str:
    """A name for the reader's disk: case, title, id; nothing a file system or a header could stumble over."""
    title = unicodedata.normalize("NFC", document.title)
    title = " ".join(_UNSAFE.sub(" ", title).split()).strip(". ")[:LONGEST_NAME].rstrip(". ")
    return f"{number} {title or 'paper'} {document.pk}.pdf"


def _answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _not_shown(request: HttpRequest, number: str) -> HttpResponse:
    sentences = [
        _("This paper is on file, but our copy is damaged, locked, or not what was filed. Nothing of it is shown."),
        _("Your look is recorded. Tell the clerk's office; it can restore the paper from the backup."),
    ]
    steps = [Fact(_("Back to the papers of this case"), "", address(request, "papers", number))]
    context = {"title": _("This paper cannot be shown"), "sentences": sentences, "steps": steps}
    return render(request, "frame/message.html", context, status=503)
