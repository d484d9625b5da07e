"""Stamps an opened paper: each page says who opened it, for what, and under which number the look is recorded.

The stamp is drawn by typst, so its fonts are inside the file, and lies over the page as a marked artifact outside the
tag tree: a paper that was PDF/A-2a and PDF/UA-1 stays so, and a screen reader does not read the line on every page.
What runs when a paper opens (scripts, launches) is taken out of the copy; the stored paper is never changed.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, Pdf, Rectangle

MARGIN = 14.0  # points between the stamp and the page's edges
_ACTIVE = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMediaExecute", "/GoToE"}
)


class NotStampable(Exception):
    """The paper is not a PDF that can be opened and stamped, so it is not handed out."""


def stamped(content: bytes, line: str) -> bytes:
    """A copy of a PDF with ``line`` at the foot of every page. Raises NotStampable."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf, pikepdf.open(io.BytesIO(_drawn(line))) as drawn:
            _disarm(pdf)
            form = pdf.copy_foreign(drawn.pages[0].as_form_xobject())
            for page in pdf.pages:
                _lay_over(page, form)
            out = io.BytesIO()
            pdf.save(out, encryption=False)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotStampable("This paper is damaged or locked and cannot be stamped, so it is not shown.") from error
    return out.getvalue()


@cache
def _compiler() -> typst.Compiler:
    source = files("rollkeeper.documents").joinpath("stamp.typ")
    return typst.Compiler(str(source), ignore_system_fonts=True)  # only the package's fonts: the same everywhere


def _drawn(line: str) -> bytes:
    """The stamp alone, as an untagged PDF of one small page."""
    # A tag inside an artifact would break PDF/UA (ISO 14289-1, 7.1).
    drawn = _compiler().compile(format="pdf", sys_inputs={"line": line}, pdf_tags=False)
    assert isinstance(drawn, bytes)  # one page, one file
    return drawn


def _lay_over(page: pikepdf.Page, form: pikepdf.Object) -> None:
    """Put the stamp at the foot of the page as it is read, turned with it, shrunk to its width if it must be."""
    box = Rectangle(page.cropbox)
    turned = int(page.obj.get("/Rotate", 0)) % 360
    width = box.height if turned in (90, 270) else box.width
    x0, y0, x1, y1 = (float(value) for value in form.BBox)
    scale = min(1.0, (width - 2 * MARGIN) / (x1 - x0))
    across, up = (x1 - x0) * scale, (y1 - y0) * scale
    name = page.add_resource(form, Name.XObject)
    place = _matrix(box, turned, across, up, scale)
    numbers = " ".join(f"{value:.4f}" for value in place)
    # The page's own operators are fenced in, so that nothing they leave behind moves or hides the stamp.
    page.contents_add(b"q\n", prepend=True)
    drawing = f"\nQ\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq {numbers} cm {name} Do Q\nEMC\n"
    page.contents_add(drawing.encode("ascii"), prepend=False)


def _matrix(box: Rectangle, turned: int, across: float, up: float, scale: float) -> tuple[float, ...]:
    """The matrix that sets the stamp at the foot, in the middle, of a page turned clockwise by ``turned`` degrees."""
    foot = MARGIN / 2
    left, bottom, right, top = float(box.llx), float(box.lly), float(box.urx), float(box.ury)
    along = ((bottom + top if turned in (90, 270) else left + right) - across) / 2
    if turned == 90:
        return (0, scale, -scale, 0, right - foot, along)
    if turned == 180:
        return (-scale, 0, 0, -scale, along + across, top - foot)
    if turned == 270:
        return (0, -scale, scale, 0, left + foot, along + across)
    return (scale, 0, 0, scale, along, bottom + foot)


def _disarm(pdf: Pdf) -> None:
    """Take out what would act when the paper is opened or clicked; links and text stay."""
    for name in ("/OpenAction", "/AA"):
        if name in pdf.Root:
            del pdf.Root[name]
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary) and "/JavaScript" in names:
        del names["/JavaScript"]
    for page in pdf.pages:
        if "/AA" in page.obj:
            del page.obj["/AA"]
        notes = page.obj.get("/Annots")
        for note in notes if isinstance(notes, Array) else []:
            _disarm_annotation(note)


def _disarm_annotation(note: pikepdf.Object) -> None:
    if not isinstance(note, Dictionary):
        return
    if "/AA" in note:
        del note["/AA"]
    action = note.get("/A")
    if isinstance(action, Dictionary) and (
        str(action.get("/S", "")) in _ACTIVE or "/JS" in action or "/Next" in action
    ):
        del note["/A"]
