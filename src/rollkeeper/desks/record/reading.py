"""What every page of the record asks of its request: a reader, a purpose, and a plain answer when a key is lost."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from rollkeeper.access.rules import usual_purpose
from rollkeeper.accounts.models import Account
from rollkeeper.foundation.vault.keys import KeyFault

logger = logging.getLogger("rollkeeper.record")
View = Callable[..., HttpResponse]
_PURPOSE = re.compile(r"[a-z][a-z-]{0,39}\Z")


def record_page(view: View) -> View:
    """A page of record data: for signed-in readers, never cached, and one sentence when its keys do not open it."""

    @wraps(view)
    def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except KeyFault:
            logger.exception("record.key_fault")
            response = _keys_do_not_open(request)
        add_never_cache_headers(response)
        return response

    return login_required(page)


def _keys_do_not_open(request: HttpRequest) -> HttpResponse:
    sentences = [
        _("The court's keys do not open this record just now. Nothing of it was shown, and nothing was changed."),
        _("Try again later. If something is due today, call the court."),
    ]
    context = {"title": _("We could not open this record"), "sentences": sentences}
    return render(request, "frame/message.html", context, status=503)


def reader(request: HttpRequest) -> Account:
    """The signed-in account."""
    if not isinstance(request.user, Account):
        raise Http404("Nobody is signed in.")  # login_required stands before every page; this narrows the type
    return request.user


def purpose_of(request: HttpRequest) -> str:
    """The purpose that the address names, else the one usual at the reader's desk. The door decides whether it fits."""
    asked = request.GET.get("purpose", "")
    if asked and not _PURPOSE.match(asked):
        raise Http404("That is no purpose.")
    return asked or usual_purpose(reader(request).desk)


def kept(request: HttpRequest) -> dict[str, str]:
    """What an address must carry on: the purpose, where it is not the usual one."""
    purpose = purpose_of(request)
    return {} if purpose == usual_purpose(reader(request).desk) else {"purpose": purpose}


def address(request: HttpRequest, name: str, *args: object, **parameters: str) -> str:
    """The address of another page of the record, for the same purpose."""
    return address_for(kept(request) | parameters, name, *args)


def address_for(parameters: dict[str, str], name: str, *args: object) -> str:
    """The address of a page of the record with these parameters."""
    query = urlencode(parameters)
    return reverse(f"record:{name}", args=args) + (f"?{query}" if query else "")
