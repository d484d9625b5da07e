"""The smallest real PDF with a text in it."""

from __future__ import annotations

import io

import pikepdf


def small_pdf(text: str) -> bytes:
    """One page that says ``text`` (plain ASCII)."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 200))
    page = pdf.pages[0]
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode("ascii"))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()
