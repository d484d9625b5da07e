"""The nine desks: their names, their colour bands and their menus."""

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Desk:
    """One reader's set of pages. The colour never stands alone: the name is written in the band."""

    key: str
    name: str | Promise
    spanish: bool = False  # are its pages written in Spanish too?


@dataclass(frozen=True)
class MenuItem:
    """A link in a desk's menu; `url_name` takes no arguments."""

    label: str | Promise
    url_name: str


@dataclass(frozen=True)
class MenuLink:
    """A menu item as it is shown on one page."""

    label: str | Promise
    url: str
    current: bool = False


DESKS: dict[str, Desk] = {
    desk.key: desk
    for desk in (
        Desk("public", _("Public"), spanish=True),
        Desk("respondent", _("Respondent"), spanish=True),
        Desk("counsel", _("Respondent's counsel")),
        Desk("government", _("Government counsel")),
        Desk("clerk", _("Clerk's office")),
        Desk("chambers", _("Judge's chambers")),
        Desk("board", _("Board of Appeals")),
        Desk("oversight", _("Oversight")),
        Desk("operator", _("Operator")),
    )
}
# What an address belongs to when its view did not say. The first name that matches wins.
NAMESPACES = {
    "public": "public",
    "respondent": "respondent",
    "counsel": "counsel",
    "government": "government",
    "clerk": "clerk",
    "chambers": "chambers",
    "board": "board",
    "oversight": "oversight",
    "operator": "operator",
}
_menus: dict[str, list[MenuItem]] = {}


def register_menu(desk: str, *items: MenuItem) -> None:
    """Add items to a desk's menu; a desk's app calls this once, in `AppConfig.ready`."""
    known = _menus.setdefault(DESKS[desk].key, [])
    known.extend(item for item in items if item not in known)


def set_desk(request: HttpRequest, desk: str) -> None:
    """Say which desk this page is for; for pages that several desks share, before rendering."""
    request.desk = DESKS[desk]  # type: ignore[attr-defined]  # set by DeskMiddleware on every request


def desk_of(request: HttpRequest) -> Desk:
    """The desk of this page: as its view said, else by its address, else the reader's own, else the public one."""
    chosen = getattr(request, "desk", None)
    if isinstance(chosen, Desk):
        return chosen
    match = request.resolver_match
    for namespace in match.namespaces if match else []:
        if namespace in NAMESPACES:
            return DESKS[NAMESPACES[namespace]]
    return own_desk(request) or DESKS["public"]


def own_desk(request: HttpRequest) -> Desk | None:
    """The desk the signed-in account works at; None when nobody is signed in."""
    user = getattr(request, "user", None)
    return DESKS.get(getattr(user, "desk", "")) if user is not None and user.is_authenticated else None


def menu_of(request: HttpRequest) -> list[MenuLink]:
    """The menu of this page's desk, with the page itself marked."""
    return [replace(link, current=request.path == link.url) for link in menu_for(desk_of(request).key)]


def menu_for(desk: str) -> list[MenuLink]:
    """A desk's menu; an item whose address does not exist in this installation is left out."""
    links = []
    for item in _menus.get(desk, []):
        try:
            links.append(MenuLink(item.label, reverse(item.url_name)))
        except NoReverseMatch:
            continue
    return links


def desk_home(desk: str) -> str:
    """Where a desk begins: the first item of its menu, else the start page."""
    links = menu_for(desk)
    return links[0].url if links else "/"
