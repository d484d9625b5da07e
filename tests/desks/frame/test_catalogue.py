"""Spanish: complete, compiled as committed, and with the same placeholders as the English."""

import gettext
import io
import re
from pathlib import Path

import pytest

from rollkeeper.desks.frame.catalogue import CatalogueFault, catalogues, compiled, read_po

PLACE = re.compile(r"%\((\w+)\)s")


def test_there_is_a_catalogue() -> None:
    assert catalogues()


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parents[3].name)
def test_what_is_committed_is_what_the_translation_says(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == compiled(read_po(path))


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parents[3].name)
def test_every_message_is_translated_with_its_placeholders(path: Path) -> None:
    messages = read_po(path)

    listed = path.read_text(encoding="utf-8").count("\nmsgid ")
    assert len(messages) == listed
    for message, translated in messages.items():
        if message:
            single = message.split("\0")[-1].split("\x04")[-1]
            assert set(PLACE.findall(translated.split("\0")[-1])) == set(PLACE.findall(single)), message


def test_a_compiled_catalogue_is_one_that_gettext_reads(tmp_path: Path) -> None:
    po = tmp_path / "django.po"
    po.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "one"\nmsgid_plural "%(n)s"\nmsgstr[0] "una"\nmsgstr[1] "%(n)s más"\n\n'
        'msgctxt "court"\nmsgid "long "\n"word"\nmsgstr "palabra"\n\nmsgid "empty"\nmsgstr ""\n',
        encoding="utf-8",
    )

    read = gettext.GNUTranslations(io.BytesIO(compiled(read_po(po))))

    assert read.ngettext("one", "%(n)s", 3) == "%(n)s más"
    assert read.pgettext("court", "long word") == "palabra"
    assert read.gettext("empty") == "empty"


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    po = tmp_path / "django.po"
    po.write_text('msgid "a"\nmsgstr b\n', encoding="utf-8")

    with pytest.raises(CatalogueFault, match="msgstr b"):
        read_po(po)
