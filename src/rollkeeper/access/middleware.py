"""Refuses views that declare no look, and answers the door's refusals with the pages that say so."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_resolver

from rollkeeper.access import door
from rollkeeper.access.declare import declaration_of, declared

logger = logging.getLogger("rollkeeper.access")


class EveryViewDeclaresItsLook:
    """Sets what the view of this request may look at; a view without a declaration does not run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on and forget the declaration afterwards."""
        token = declared.set(None)
        try:
            return self.get_response(request)
        finally:
            declared.reset(token)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Raise ImproperlyConfigured for a view that declares nothing."""
        declaration = declaration_of(view)
        if declaration is None:
            name = f"{getattr(view, '__module__', '?')}.{getattr(view, '__qualname__', view)}"
            raise ImproperlyConfigured(f"{name} declares no look; use @looks(...) or @shows_no_record(...).")
        declared.set(declaration)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Absent and closed are one page; a ledger that cannot be written shows nothing."""
        if isinstance(exception, door.Refused):
            not_found = cast(Callable[..., HttpResponse], get_resolver().resolve_error_handler(404))
            return not_found(request, exception)
        if isinstance(exception, door.LedgerUnavailable):
            cause = exception.__cause__
            state = getattr(cause and cause.__cause__, "sqlstate", None) or type(cause).__name__
            logger.error("ledger.unavailable: %s", state)  # the state alone: a message may carry a value
            return render(request, "errors/ledger_unavailable.html", status=503)
        return None
