"""Papers: readable, tagged, and never built from markup in somebody's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import page
import pypdfium2
import pytest

from rollkeeper.documents.typeset import papers
from rollkeeper.documents.typeset.render import TypesetError, render, render_all

MADE_AT = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
MARK = "Demonstration: no real person"
NAME = "Ñúñez de la Łącka, Zoë Ayşe"
COMMON = {"mark": MARK, "respondent": NAME, "number": "A 900 000 071"}

ORDER = papers.Order(
    title="Order of the immigration judge on motion to continue",
    place="Harlingen, Texas",
    proceedings="In removal proceedings",
    findings=["The respondent moved to continue.", "For the reasons stated on the record:"],
    orders=["The motion is granted.", "The hearing is set for 4 May 2026."],
    judge="Odalys Brennock",
    decided_on="2 March 2026",
    appeal="An appeal must reach the Board within the time the law gives.",
    service="Served on both parties on 2 March 2026.",
    **COMMON,
)
EVERY_PAPER = [
    ORDER,
    papers.NoticeToAppear(
        title="Notice to appear",
        address=["12 Alder Quay", "Harlingen, TX 78550"],
        issued_by="Border station 4",
        issued_on="5 January 2026",
        class_="Present without admission or parole",
        allegations=["You are not a citizen of the United States.", "You are a citizen of Peru."],
        charges=[papers.ChargeLine("INA 212(a)(6)(A)(i)", "Present without being admitted or paroled")],
        hearing_place="Harlingen Immigration Court",
        hearing_on="4 May 2026",
        hearing_time="8:30 a.m.",
        service="Served in person on 5 January 2026.",
        officer="Officer 113",
        officer_role="Patrol agent",
        **COMMON,
    ),
    papers.NoticeOfHearing(
        title="Notice of hearing",
        place="Harlingen, Texas",
        addressee=NAME,
        judge="Odalys Brennock",
        where="Courtroom 2",
        when_en="Monday, 4 May 2026, 8:30 a.m.",
        when_es="lunes 4 de mayo de 2026, 8:30",
        kind_en="Master calendar hearing",
        kind_es="Audiencia preliminar",
        how_en="In person",
        how_es="En persona",
        language_en="Spanish",
        language_es="español",
        service="Mailed on 2 March 2026.",
        **COMMON,
    ),
    papers.Motion(
        title="Motion to continue",
        place="Harlingen, Texas",
        proceedings="In removal proceedings",
        judge="Odalys Brennock",
        next_hearing="4 May 2026",
        detained="No",
        filed_by="Counsel for the respondent",
        opening=["The respondent asks the court to continue the hearing."],
        grounds=["Counsel was engaged on 1 March 2026.", "The birth record has not arrived."],
        request="A new hearing after 1 July 2026.",
        signed_by="Ilse Marchetti",
        signer_role="Counsel for the respondent",
        signed_on="2 March 2026",
        service="Served through the court's system.",
        **COMMON,
    ),
    papers.EntryOfAppearance(
        title="Entry of appearance",
        place="Harlingen, Texas",
        scope="All proceedings",
        practitioner="Ilse Marchetti",
        eoir_id="DEMO-0041",
        standing="Bar of the State of Texas",
        firm="Quayside Law",
        address=["3 Mill Row", "Harlingen, TX 78550"],
        phone="(956) 555-0142",
        filed_on="2 March 2026",
        service="Served through the court's system.",
        **COMMON,
    ),
    papers.EvidenceCover(
        title="Evidence in support of the application",
        place="Harlingen, Texas",
        proceedings="In removal proceedings",
        tabs=[papers.Tab("A", "Birth record with translation", "1-3")],
        statements=["Each copy is true to its original."],
        filed_by="Ilse Marchetti",
        filer_role="Counsel for the respondent",
        filed_on="2 March 2026",
        service="Served through the court's system.",
        **COMMON,
    ),
    papers.ApplicationForm(
        title="Application for cancellation of removal",
        place="Harlingen, Texas",
        proceedings="In removal proceedings",
        answers=[papers.Answer("Years in the country", "14")],
        statement=["I have lived on Alder Quay since 2012."],
        filed_on="2 March 2026",
        **COMMON,
    ),
]


def text_of(pdf: bytes) -> str:
    """All text of a PDF, with lines joined by blanks."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [sheet.get_textpage().get_text_range() for sheet in document]
    return " ".join(" ".join(pages).split())


@pytest.mark.parametrize("paper", EVERY_PAPER, ids=lambda paper: paper.template)
def test_a_paper_can_be_read_by_eye_and_by_machine(paper: papers.Paper) -> None:
    pdf = render(paper, made_at=MADE_AT)

    for profile in ("2a", "ua1"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]
    text = text_of(pdf)
    assert NAME in text
    assert MARK in text
    assert "A 900 000 071" in text
    assert pypdfium2.PdfDocument(pdf).get_metadata_value("Title") == paper.title


def test_every_template_has_a_paper_that_proves_it() -> None:
    shown = {paper.template for paper in EVERY_PAPER}

    assert shown == {kind.template for kind in papers.Paper.__subclasses__()}


@pytest.mark.parametrize(
    "name",
    [
        "#strong[Garza] *bold* _low_ $x^2$ @label <tag>",
        '"; #panic("read as code") //',
        "#{ sys.inputs }",
        "`raw` \\ = Heading - list [content]",
        '#read("base.typ")',
    ],
)
def test_markup_in_a_name_is_printed_and_not_obeyed(name: str) -> None:
    pdf = render(replace(ORDER, respondent=name), made_at=MADE_AT)

    assert " ".join(name.split()) in text_of(pdf)


def test_without_a_mark_nothing_is_said_of_a_demonstration() -> None:
    assert "Demonstration" not in text_of(render(replace(ORDER, mark=""), made_at=MADE_AT))


def test_a_notice_speaks_english_and_spanish() -> None:
    [notice] = [paper for paper in EVERY_PAPER if isinstance(paper, papers.NoticeOfHearing)]

    text = text_of(render(notice, made_at=MADE_AT))

    assert "Monday, 4 May 2026" in text
    assert "lunes 4 de mayo de 2026" in text
    assert "Si no se presenta" in text


def test_a_long_paper_runs_over_pages() -> None:
    long_order = replace(ORDER, findings=["A finding of some length, stated on the record. " * 12] * 30)

    pdf = render(long_order, made_at=MADE_AT)

    assert len(pypdfium2.PdfDocument(pdf)) > 3
    assert page.is_pdf_compliant_bytes(pdf, profile="ua1")


def test_the_same_paper_at_the_same_moment_is_the_same_file() -> None:
    assert render(ORDER, made_at=MADE_AT) == render(ORDER, made_at=MADE_AT)
    assert render(ORDER, made_at=MADE_AT) != render(ORDER, made_at=MADE_AT + timedelta(days=1))
    assert render(ORDER, made_at=MADE_AT) == render(ORDER, made_at=MADE_AT.astimezone(timezone(timedelta(hours=-6))))


def test_a_name_that_the_fonts_cannot_show_is_refused_rather_than_left_blank() -> None:
    with pytest.raises(TypesetError, match="cannot be set"):
        render(replace(ORDER, respondent="王小明"), made_at=MADE_AT)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(TypesetError, match="time zone"):
        render(ORDER, made_at=MADE_AT.replace(tzinfo=None))


def test_many_papers_come_back_in_order_from_several_processes() -> None:
    jobs = [(replace(ORDER, number=f"A 900 000 {number:03}"), MADE_AT) for number in range(150)]

    sets = list(render_all(iter(jobs), workers=2))

    assert len(sets) == 150
    assert all(f"A 900 000 {number:03}" in text_of(pdf) for number, pdf in enumerate(sets))
