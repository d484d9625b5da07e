"""The stamp: on every page, outside the tags, the right way up; and a copy that does nothing by itself."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import page
import pikepdf
import pypdfium2
import pytest

from rollkeeper.documents.stamp import NotStampable, stamped
from rollkeeper.documents.typeset import papers
from rollkeeper.documents.typeset.render import render
from tests.factories.paper import small_pdf

LINE = "Opened by Zoë Ñúñez (Clerk's office, Harlingen) for keeping the court's records. Look no. 48,213."
MADE_AT = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)


def texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [one.get_textpage().get_text_range() for one in document]


def saved(pdf: pikepdf.Pdf, *, locked: bool = False, plain: bool = False) -> bytes:
    """The bytes of a PDF: locked with a password, or with every stream readable."""
    out = io.BytesIO()
    objects = pikepdf.ObjectStreamMode.disable if plain else pikepdf.ObjectStreamMode.preserve
    encryption = pikepdf.Encryption(owner="a", user="b") if locked else None
    pdf.save(out, encryption=encryption, compress_streams=not plain, object_stream_mode=objects)
    return out.getvalue()


def many_pages(count: int) -> bytes:
    """A PDF of some pages."""
    pdf = pikepdf.open(io.BytesIO(small_pdf("page")))
    for _number in range(count - 1):
        pdf.pages.append(pdf.pages[0])
    return saved(pdf)


def motion() -> bytes:
    """A paper of this court: PDF/A-2a and PDF/UA-1, several pages long."""
    return render(
        papers.Motion(
            title="Motion to continue", mark="Demonstration: no real person",
            respondent="Zoë Ñúñez",
            number="A 900 000 071", place="Harlingen, Texas",
            proceedings="In removal proceedings", judge="Odalys Brennock",
            next_hearing="4 May 2026", detained="No", filed_by="Counsel for the respondent",
            opening=["The respondent asks the court to continue the hearing."] * 60,
            grounds=["Counsel was engaged on 1 March 2026."], request="A new hearing after 1 July 2026.",
            signed_by="Ilse Marchetti", signer_role="Counsel", signed_on="2 March 2026",
            service="Served on 2 March 2026.",
        ),
        made_at=MADE_AT,
    )  # fmt: skip


def test_every_page_names_the_reader_and_the_look() -> None:
    pages = texts(stamped(many_pages(7), LINE))

    assert len(pages) == 7
    assert all(LINE in text and "page" in text for text in pages)


def test_a_paper_of_this_court_stays_archivable_and_accessible() -> None:
    """PDF/A-2a and PDF/UA-1 before and after: the stamp is an artifact with its font inside, outside the tag tree."""
    paper = motion()

    copy = stamped(paper, LINE)

    assert len(texts(copy)) > 1
    assert all(LINE in " ".join(text.split()) for text in texts(copy))
    for content in (paper, copy):
        for profile in ("2a", "ua1"):
            report = page.validate_pdf_bytes(content, profile=profile)
            assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_stamp_stands_at_the_foot_of_the_page_as_it_is_read(turn: int) -> None:
    """However the page is turned, dark points appear near the bottom edge and nowhere else."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 200))
    pdf.pages[0].Rotate = turn

    image = pypdfium2.PdfDocument(stamped(saved(pdf), "Look no. 48,213"))[0].render(scale=1).to_pil().convert("L")

    width, height = image.size
    dark = [y for y in range(height) for x in range(width) if image.getpixel((x, y)) < 128]
    assert dark
    assert min(dark) > height - 30


def test_a_long_line_shrinks_to_a_narrow_page() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(120, 160))

    image = pypdfium2.PdfDocument(stamped(saved(pdf), LINE))[0].render(scale=2).to_pil().convert("L")

    width, height = image.size
    columns = [x for x in range(width) for y in range(height) if image.getpixel((x, y)) < 160]
    assert min(columns) > 10
    assert max(columns) < width - 10


def test_markup_in_a_readers_name_is_only_text() -> None:
    """The line is data for typst, never markup; a name cannot run anything or hide the line."""
    line = '#panic("x") $a$ *bold* [x] \\ <label> @ref `code` // gone'

    assert line.replace(" ", "") in texts(stamped(small_pdf("x"), line))[0].replace(" ", "")


def test_operators_that_a_page_leaves_open_do_not_move_the_stamp() -> None:
    """A page that saves its state and scales everything away is fenced in."""
    pdf = pikepdf.open(io.BytesIO(small_pdf("x")))
    pdf.pages[0].Contents = pdf.make_stream(b"q 0.01 0 0 0.01 5000 5000 cm")

    copy = stamped(saved(pdf), "Look no. 48,213")

    image = pypdfium2.PdfDocument(copy)[0].render(scale=1).to_pil().convert("L")
    assert image.getextrema()[0] < 128


def test_what_would_run_is_taken_out_of_the_copy() -> None:
    """Scripts and launches go; an ordinary link stays."""
    pdf = pikepdf.open(io.BytesIO(small_pdf("x")))
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = pikepdf.Dictionary(WC=script)
    pdf.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), script]))
    )
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://court.example/"))
    notes = [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
             for action in (launch, link)]  # fmt: skip
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note) for note in notes])
    hostile = saved(pdf)
    assert b"app.alert" in hostile

    copy = stamped(hostile, LINE)

    opened = pikepdf.open(io.BytesIO(copy))
    whole = saved(opened, plain=True)
    assert b"app.alert" not in whole
    assert b"cmd.exe" not in whole
    assert b"court.example" in whole


@pytest.mark.parametrize("content", [b"", b"MZ not a pdf", b"%PDF-1.7\ntruncated", b"<html><script>alert(1)</script>"])
def test_what_is_no_pdf_is_not_handed_out(content: bytes) -> None:
    with pytest.raises(NotStampable):
        stamped(content, LINE)


def test_a_locked_paper_is_not_handed_out() -> None:
    """A password that the court does not have."""
    pdf = pikepdf.open(io.BytesIO(small_pdf("x")))
    locked = saved(pdf, locked=True)

    with pytest.raises(NotStampable):
        stamped(locked, LINE)
