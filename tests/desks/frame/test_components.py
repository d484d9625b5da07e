"""Components as HTML: what a screen reader, a phone and a printer need is in it; user text is never markup."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from rollkeeper.desks.frame.icons import UnknownIcon, icon
from rollkeeper.desks.frame.looks import LookLine
from rollkeeper.desks.frame.parts import Fact, TimelineLine
from rollkeeper.desks.frame.tables import Cell, Column, Row, Table, page_of, sort_of


def drawn(source: str, **context: object) -> str:
    return Template("{% load frame %}" + source).render(Context(context))


class Reason(forms.Form):
    """A form with a text, a checkbox and radios."""

    reason = forms.CharField(
        label="Reason", help_text="One sentence.", widget=forms.TextInput(attrs={"placeholder": "x"})
    )
    sure = forms.BooleanField(label="I am sure")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Strike"), ("b", "Seal")], widget=forms.RadioSelect)


def test_the_look_line_says_right_purpose_and_number() -> None:
    line = LookLine(48213, "Clerk's office, Harlingen", "keeping the court's records")

    html = drawn("{% look_line line %}", line=line)

    assert "You see this case as Clerk&#x27;s office, Harlingen, for keeping the court&#x27;s records." in html
    assert "This look is recorded (no. 48,213)." in html


def test_a_table_has_a_caption_scoped_headers_and_labels_for_the_phone() -> None:
    get = RequestFactory().get("/?sort=filed")
    table = Table(
        "Docket",
        [Column("No.", "number", sort="number", header=True), Column("Filed", "day", sort="filed")],
        [Row([Cell("14", url="/e/14", struck=True), "6 July 2026"])],
        page_of(get, 3000),
        sort_of(get, {"number", "filed"}, "number"),
        get.GET.urlencode(),
    )

    html = drawn("{% data_table table %}", table=table)

    assert "<caption>Docket" in html
    assert "1 to 25 of 3,000" in html
    assert 'scope="row" data-label="No."' in html
    assert 'aria-sort="ascending"' in html
    assert '<s><a href="/e/14">14</a></s> <span class="usa-sr-only">struck</span>' in html


def test_an_empty_table_says_so_and_draws_no_table() -> None:
    html = drawn("{% data_table table %}", table=Table("Docket", [Column("No.")], [], empty="No entry matches."))

    assert "No entry matches." in html
    assert "<table" not in html


def test_a_wrong_field_is_tied_to_its_error_and_the_summary_leads_to_it() -> None:
    form = Reason({"reason": ""})

    html = drawn("{% error_summary form %}{% field form.reason %}", form=form)

    assert 'aria-describedby="id_reason-hint id_reason-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'href="#id_reason"' in html
    assert "placeholder" not in html


def test_radios_stand_in_a_fieldset_with_a_legend() -> None:
    html = drawn("{% field form.kind %}", form=Reason())

    assert "<legend" in html
    assert html.count('type="radio"') == 2


def test_text_of_people_is_never_markup() -> None:
    nasty = "<script>alert(1)</script>"

    html = drawn(
        "{% data_table table %}{% facts_list facts %}{% timeline lines %}{% page_title title %}",
        table=Table(nasty, [Column(nasty)], [Row([Cell(nasty, note=nasty, tag=nasty)])]),
        facts=[Fact(nasty, nasty, note=nasty)],
        lines=[TimelineLine(date(2026, 1, 2), nasty, source=nasty, kind=nasty)],
        title=nasty,
    )

    assert "<script" not in html


def test_a_timeline_groups_by_year() -> None:
    lines = [
        TimelineLine(date(2026, 7, 6), "a"),
        TimelineLine(date(2026, 1, 1), "b"),
        TimelineLine(date(2024, 1, 1), "c"),
    ]

    html = drawn("{% timeline lines %}", lines=lines)

    assert html.count("<h2>2026</h2>") == 1
    assert html.count("<h2>2024</h2>") == 1


def test_a_box_holds_what_stands_between_its_tags() -> None:
    assert "Not served" in drawn('{% alert "warning" "Not served" %}x{% endalert %}')
    assert "<p>Read</p>" in drawn('{% summary_box "Before" %}<p>Read</p>{% endsummary_box %}')


def test_an_icon_is_decoration_unless_it_is_named() -> None:
    assert 'aria-hidden="true"' in icon("lock")
    assert 'aria-label="Sealed"' in icon("lock", "Sealed")


@pytest.mark.parametrize("name", ["no_such_icon", "../../secret", "LOCK"])
def test_an_unknown_icon_is_an_error(name: str) -> None:
    with pytest.raises(UnknownIcon):
        icon(name)


def test_the_look_line_is_in_spanish_for_spanish_readers() -> None:
    with translation.override("es"):
        html = drawn("{% look_line line %}", line=LookLine(5, "la persona del caso", "su propio caso"))

    assert "Esta consulta queda registrada (n.º 5)." in html


@pytest.mark.usefixtures("world")
def test_before_what_cannot_be_undone_a_page_says_what_will_happen_and_asks_why() -> None:
    context = {
        "title": "Strike entry 14?",
        "will_happen": ["Entry 14 stays on the docket, struck, with your reason beside it."],
        "to_whom": "Okafor and family",
        "form": Reason({"reason": ""}),
        "act": "Strike entry 14",
        "cancel_url": "/back/",
    }

    html = render_to_string("frame/confirm.html", context, RequestFactory().get("/"))

    assert "struck, with your reason beside it" in html
    assert "Strike entry 14</button>" in html
    assert 'href="/back/"' in html
    assert "needs your attention" in html or "need your attention" in html
