"""Components and filters for every desk; docs/reference/page-components.md shows how each is used."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rollkeeper.access.looks import Look
from rollkeeper.desks.frame import icons, moments
from rollkeeper.desks.frame.desks import DESKS
from rollkeeper.desks.frame.fields import dressed_widget
from rollkeeper.desks.frame.looks import LookLine
from rollkeeper.desks.frame.parts import Crumb, Fact, Tab, TimelineLine, by_year
from rollkeeper.desks.frame.tables import Page, Table

register = template.Library()


def _zone(of: object) -> ZoneInfo:
    """A zone from its key, from a court (its `time_zone`), or the reader's current one."""
    if isinstance(of, ZoneInfo):
        return of
    key = of if isinstance(of, str) else getattr(of, "time_zone", None) or getattr(of, "timezone", None)
    return ZoneInfo(str(key)) if key else ZoneInfo(timezone.get_current_timezone_name())


def _language() -> str:
    return translation.get_language() or "en"


@register.filter
def moment(value: datetime | None, zone: object = None) -> str:
    """`Monday, 6 July 2026, 1:00 p.m. (Central)`; `zone` is a zone key or a court."""
    return moments.moment_words(value, _zone(zone), _language()) if value else ""


@register.filter
def short_moment(value: datetime | None, zone: object = None) -> str:
    """`6 July 2026, 1:00 p.m.` for tables."""
    return moments.short_moment_words(value, _zone(zone), _language()) if value else ""


@register.filter
def clock(value: datetime | None, zone: object = None) -> str:
    """`1:00 p.m.` in the zone."""
    return moments.clock_words(value.astimezone(_zone(zone)), _language()) if value else ""


@register.filter
def day(value: date | datetime | None, zone: object = None) -> str:
    """`6 July 2026`."""
    return moments.day_words(_as_day(value, zone), _language()) if value else ""


@register.filter
def long_day(value: date | datetime | None, zone: object = None) -> str:
    """`Monday, 6 July 2026`."""
    return moments.day_words(_as_day(value, zone), _language(), weekday=True) if value else ""


def _as_day(value: date | datetime, zone: object) -> date:
    return value.astimezone(_zone(zone)).date() if isinstance(value, datetime) else value


@register.filter
def a_number(value: str | int | None) -> str:
    """`A 098 765 432`, kept on one line; what is not nine digits is shown as it is."""
    if value is None or value == "":
        return ""
    digits = str(value).upper().removeprefix("A").replace(" ", "").replace("-", "").zfill(9)
    if len(digits) != 9 or not digits.isdigit():
        return str(value)
    return f"A\u00a0{digits[:3]}\u00a0{digits[3:6]}\u00a0{digits[6:]}"


@register.filter
def desk_name(key: str) -> str:
    """A desk's name in the reader's language; an unknown key as it is."""
    return str(DESKS[key].name) if key in DESKS else key


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A USWDS icon drawn into the page; without a label it is hidden from screen readers."""
    return icons.icon(name, label)


@register.simple_tag
def url_if(name: str, *args: object) -> str:
    """An address if this installation has it, else the empty string."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("frame/parts/breadcrumb.html")
def breadcrumb(crumbs: Sequence[Crumb]) -> dict[str, Any]:
    """Where this page stands. The last crumb is the page itself."""
    return {"crumbs": crumbs}


@register.inclusion_tag("frame/parts/look_line.html")
def look_line(look: Look | LookLine, subject: str = "") -> dict[str, Any]:
    """Under which right and for which purpose this page was opened, and the number of its ledger entry."""
    line = look if isinstance(look, LookLine) else LookLine.of(look, subject)
    return {"line": line, "subject": line.subject or _("case"), "url": url_if("disclosures:look", line.number)}


@register.inclusion_tag("frame/parts/page_title.html")
def page_title(title: str, subtitle: str = "", facts: Sequence[Fact] = ()) -> dict[str, Any]:
    """The page's only h1, and under it the (at most three) facts that matter now."""
    return {"title": title, "subtitle": subtitle, "facts": facts}


@register.inclusion_tag("frame/parts/tabs.html")
def tabs(items: Sequence[Tab], label: str) -> dict[str, Any]:
    """Tabs that are links; `label` names them for screen readers."""
    return {"tabs": items, "label": label}


@register.inclusion_tag("frame/parts/facts.html")
def facts_list(items: Sequence[Fact]) -> dict[str, Any]:
    """A definition list."""
    return {"facts": items}


@register.inclusion_tag("frame/parts/timeline.html")
def timeline(lines: Sequence[TimelineLine]) -> dict[str, Any]:
    """Years down the side, one line for each thing that happened."""
    return {"years": by_year(lines)}


@register.inclusion_tag("frame/parts/table.html")
def data_table(table: Table) -> dict[str, Any]:
    """A whole table: caption, sort links, rows, pager; or its empty sentence."""
    return {"table": table}


@register.inclusion_tag("frame/parts/pager.html")
def pager(page: Page, target: str = "") -> dict[str, Any]:
    """Links to the other pages of a list; nothing when there is one page."""
    steps = [(number, page.url(number) if number else "") for number in page.steps]
    before = page.url(page.number - 1) if page.number > 1 else ""
    after = page.url(page.number + 1) if page.number < page.last else ""
    return {"page": page, "steps": steps, "before": before, "after": after, "target": target}


@register.inclusion_tag("frame/parts/filter_form.html")
def filter_form(form: BaseForm, act: str, target: str = "") -> dict[str, Any]:
    """A GET form above a list; `act` is its button's words, `target` the id of the list."""
    return {"form": form, "act": act, "target": target}


@register.inclusion_tag("frame/parts/empty.html")
def empty_state(title: str, text: str = "", url: str = "", act: str = "") -> dict[str, Any]:
    """What to show where a list is empty: what that means, and a next step."""
    return {"title": title, "text": text, "url": url, "act": act}


@register.inclusion_tag("frame/parts/receipt.html")
def receipt_button(url: str, number: int) -> dict[str, Any]:
    """A download of the proof that a ledger entry exists."""
    return {"url": url, "number": number}


@register.inclusion_tag("frame/parts/field.html")
def field(bound: BoundField, label: str = "") -> dict[str, Any]:
    """A form field with its label, hint and error, in the order a screen reader wants them."""
    return {"field": bound, "widget": dressed_widget(bound), "label": label or bound.label}


@register.inclusion_tag("frame/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All that is wrong with a form, with links to the fields; takes focus. Nothing when all is well."""
    return {"form": form}


@register.simple_block_tag(takes_context=True)
def summary_box(context: Context, content: str, title: str) -> SafeString:
    """`{% summary_box "Before you file" %}…{% endsummary_box %}`."""
    return render_to_string("frame/parts/summary_box.html", {"title": title, "content": content})


@register.simple_block_tag(takes_context=True)
def alert(context: Context, content: str, kind: str = "info", title: str = "") -> SafeString:
    """`{% alert "warning" "Not served yet" %}…{% endalert %}`; kinds: info, success, warning, error."""
    return render_to_string("frame/parts/alert.html", {"kind": kind, "title": title, "content": content})
