"""Each view says which looks it opens, or why it shows no record. A view that says neither is refused."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])  # Any: views differ in what they take


@dataclass(frozen=True)
class Declaration:
    """What a view may do with records: the acts of its looks, or the reason it needs none."""

    acts: frozenset[str] = frozenset()
    reason: str = ""


# Views of libraries that hold no record data, by the beginning of their module's name.
LIBRARIES = {
    "allauth.": Declaration(reason="sign-in pages: the reader's own account, no record"),
}

declared: ContextVar[Declaration | None] = ContextVar("declared", default=None)


def looks(*acts: str) -> Callable[[View], View]:
    """Declare the acts that a view's looks may have, such as ``docket.read``."""
    return _declare(Declaration(acts=frozenset(acts)))


def shows_no_record(reason: str) -> Callable[[View], View]:
    """Declare that a view shows no record data, and why."""
    return _declare(Declaration(reason=reason))


def declaration_of(view: Callable[..., Any]) -> Declaration | None:  # Any: see View
    """The declaration of a view, of the class behind it, or of its library."""
    for candidate in (view, getattr(view, "view_class", None), getattr(view, "__wrapped__", None)):
        found = getattr(candidate, "door_declaration", None)
        if isinstance(found, Declaration):
            return found
    module = getattr(view, "__module__", "") or ""
    view_class = getattr(view, "view_class", None)
    names = (module, getattr(view_class, "__module__", "") or "")
    return next((found for start, found in LIBRARIES.items() if any(name.startswith(start) for name in names)), None)


def _declare(declaration: Declaration) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.door_declaration = declaration  # type: ignore[attr-defined]  # a mark on the function
        return view

    return mark
