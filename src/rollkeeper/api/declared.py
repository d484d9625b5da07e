"""An API whose every operation declares its look, as every view does (access.declare).

The middleware asks the view of an address, and an address may carry several operations: its view declares what they
declare together, and only if each of them declares something; an undeclared operation leaves its address undeclared,
which the middleware refuses. While one operation runs, its own declaration alone holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.openapi.urls import get_openapi_urls, get_root_url
from ninja.operation import Operation, PathView

from rollkeeper.access.declare import Declaration, declaration_of, declared, shows_no_record

Run = Callable[..., HttpResponseBase]


class DeclaredAPI(NinjaAPI):
    """A NinjaAPI that carries the declarations of its operations to the views of its addresses."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        urls: list[URLResolver | URLPattern] = []
        for pattern in [*get_openapi_urls(self), get_root_url(self)]:
            shows_no_record("it describes the API")(pattern.callback)
            urls.append(pattern)
        for router in self._get_bound_routers():
            views = [view for view in router.path_operations.values() for _ in view.operations]
            for pattern, view in zip(router.urls_paths(router.prefix), views, strict=True):
                _declare(pattern, view)
                urls.append(pattern)
        return urls


def _declare(pattern: URLPattern, view: PathView) -> None:
    declarations = [declaration_of(operation.view_func) for operation in view.operations]
    known = [declaration for declaration in declarations if declaration is not None]
    if len(known) < len(declarations):
        return
    for operation, declaration in zip(view.operations, known, strict=True):
        _narrow(operation, declaration)
    pattern.callback.door_declaration = _together(known)  # type: ignore[attr-defined]  # a mark on the function


def _together(declarations: Sequence[Declaration]) -> Declaration:
    acts = frozenset[str]().union(*(declaration.acts for declaration in declarations))
    return Declaration(acts, "" if acts else "; ".join(declaration.reason for declaration in declarations))


def _narrow(operation: Operation, declaration: Declaration) -> None:
    run: Run = operation.run

    def run_declared(request: HttpRequest, **arguments: Any) -> HttpResponseBase:  # Any: what the address carries
        token = declared.set(declaration)
        try:
            return run(request, **arguments)
        finally:
            declared.reset(token)

    operation.run = run_declared  # type: ignore[method-assign]  # the operation is this API's own clone
