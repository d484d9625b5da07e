"""Puts the release's known faults into rows on purpose, and says what a good reader must make of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from rollkeeper.releases.cells import DATE_SHAPE
from rollkeeper.releases.events import Kind, Outcome
from rollkeeper.releases.layout import Table, rows_of
from rollkeeper.releases.sample.draws import Draws
from rollkeeper.releases.sample.families import unlisted_code

SPARE_KEY = 900_000_001  # keys of rows that exist only as faults
NO_SUCH_KEY = "1000001"


@dataclass(frozen=True)
class Rate:
    """How often a fault occurs in a table of the real release."""

    table: str
    kind: Kind
    share: float


@cache
def rates() -> tuple[Rate, ...]:
    """The published rates of ``tables/faults.csv``."""
    return tuple(
        Rate(row["table"], Kind(row["kind"]), int(row["published_rows"]) / int(row["of_rows"]))
        for row in rows_of("faults.csv")
    )


@dataclass
class Fault:
    """One row as it will be written, and what must be found.

    ``cells`` are the bytes of its cells; ``column``, ``put`` and ``outcome`` what the ledger says of the fault;
    ``truth`` what must be loaded, by column, or None when the row must be refused; ``is_extra`` says that the row
    stands beside the sound one instead of replacing it; ``code`` is the unlisted code, if that is the fault.
    """

    cells: list[bytes]
    column: str
    put: bytes
    outcome: Outcome
    truth: dict[str, str] | None
    is_extra: bool = False
    code: str = ""


@dataclass
class Maker:
    """Makes faults for the rows of one table; the random source is the sample's."""

    table: Table
    draws: Draws
    spare: int = SPARE_KEY
    previous: list[str] = field(default_factory=list)

    def make(self, kind: Kind, cells: list[str]) -> Fault | None:
        """The fault put into a sound row, or None when this row cannot carry it."""
        return MAKERS[kind](self, cells)

    def truth(self, cells: list[str], **changed: str) -> dict[str, str]:
        """The sound row as it must be loaded, with some cells changed."""
        return {column.name: value.strip() for column, value in zip(self.table.columns, cells, strict=True)} | changed

    def filled(self, cells: list[str], *kinds: str, names: tuple[str, ...] = ()) -> int | None:
        """Position of a filled cell of one of these kinds (or of these names), chosen at random; never the key."""
        fitting = [
            i
            for i, column in enumerate(self.table.columns)
            if cells[i].strip() and i and (column.name in names if names else column.kind in kinds)
        ]
        return fitting[self.draws.random.randrange(len(fitting))] if fitting else None

    def in_cell(
        self, cells: list[str], index: int | None, value: Callable[[str], bytes], outcome: Outcome, *, loaded: bool
    ) -> Fault | None:
        """A fault inside one cell; ``loaded`` says whether its sound value must survive."""
        if index is None:
            return None
        put = value(cells[index])
        name = self.table.columns[index].name
        raw = encoded(cells)
        raw[index] = put
        truth = self.truth(cells) if loaded else self.truth(cells, **{name: ""})
        return Fault(raw, name, put, outcome, truth)

    def beside(
        self, cells: list[str], changed: Mapping[str, str], outcome: Outcome, column: str, *, keep_key: bool = False
    ) -> Fault:
        """A row of its own beside the sound one, with a spare key unless the key is the fault."""
        copy = list(cells)
        if not keep_key:
            copy[self.table.index(self.table.key.name)] = str(self.spare)
            self.spare += 1
        for name, value in changed.items():
            copy[self.table.index(name)] = value
        return Fault(encoded(copy), column, "\t".join(copy)[:40].encode("cp1252"), outcome, None, is_extra=True)


def encoded(cells: list[str]) -> list[bytes]:
    """Cells as the release's bytes."""
    return [cell.encode("cp1252") for cell in cells]


def _extra_tab(maker: Maker, cells: list[str]) -> Fault | None:
    raw = encoded(cells)
    index = maker.filled(cells, names=("ALIEN_CITY", "BASE_CITY_NAME"))
    if index is not None and " " in cells[index] and maker.draws.chance(0.5):
        put = raw[index].replace(b" ", b"\t", 1)
        raw[index : index + 1] = put.split(b"\t")
        return Fault(raw, maker.table.columns[index].name, put, Outcome.REPAIRED, maker.truth(cells))
    place = maker.draws.random.randrange(1, len(raw))
    raw.insert(place, b"")
    return Fault(raw, maker.table.columns[place].name, b"\t", Outcome.REPAIRED, maker.truth(cells))


def _hidden_shift(maker: Maker, cells: list[str]) -> Fault | None:
    """A stray tab whose row lost its last cell: put where a date comes to stand in a column that holds none."""
    columns = maker.table.columns
    seen = [i for i in range(1, len(cells)) if DATE_SHAPE.fullmatch(cells[i - 1]) and columns[i].kind != "datetime"]
    if not seen:
        return None
    place = maker.draws.random.randrange(1, seen[-1])
    raw = encoded(cells)
    shifted = [*raw[:place], b"", *raw[place:-1]]
    if shifted == raw:
        return None
    return Fault(shifted, columns[place].name, b"\t", Outcome.REPAIRED, maker.truth(cells, **{columns[-1].name: ""}))


def _short_row(maker: Maker, cells: list[str]) -> Fault | None:
    lost = maker.draws.random.randrange(1, 4)
    names = [column.name for column in maker.table.columns[-lost:]]
    return Fault(encoded(cells)[:-lost], "", b"", Outcome.REPAIRED, maker.truth(cells, **dict.fromkeys(names, "")))


def _line_feed(maker: Maker, cells: list[str]) -> Fault | None:
    index = maker.filled(cells, "text", "code")
    return maker.in_cell(cells, index, lambda v: v.encode("cp1252") + b"\n", Outcome.REPAIRED, loaded=True)


def _nul(maker: Maker, cells: list[str]) -> Fault | None:
    index = maker.filled(cells, "text", "code", "datetime")
    return maker.in_cell(
        cells, index, lambda v: v[:1].encode() + b"\0" + v[1:].encode("cp1252"), Outcome.REPAIRED, loaded=True
    )


def _control(maker: Maker, cells: list[str]) -> Fault | None:
    mark = maker.draws.pick("\x1b\x06\x01\x07").encode()
    index = maker.filled(cells, "code")
    return maker.in_cell(cells, index, lambda v: mark + v.encode("cp1252"), Outcome.REPAIRED, loaded=True)


def _replace_text(maker: Maker, cells: list[str], value: str) -> Fault | None:
    """A sound but unusual text in a free-text cell: it must be loaded as it stands."""
    index = maker.filled(cells, names=("ALIEN_CITY", "IJ_NAME_Remove", "BASE_CITY_NAME", "strDCCity"))
    if index is None:
        return None
    copy = list(cells)
    copy[index] = value
    return Fault(
        encoded(copy), maker.table.columns[index].name, value.encode("cp1252"), Outcome.NOTED, maker.truth(copy)
    )


def _not_utf8(maker: Maker, cells: list[str]) -> Fault | None:
    return _replace_text(maker, cells, maker.draws.pick(("CAÑON ALTO", "SÃO BENTO", "VILLA PEÑA")))


def _quote(maker: Maker, cells: list[str]) -> Fault | None:
    return _replace_text(maker, cells, maker.draws.pick(('"HILL" ROAD', 'OLD MILL"', '"FERN')))


def _no_key(maker: Maker, cells: list[str]) -> Fault | None:
    return maker.beside(cells, {maker.table.key.name: ""}, Outcome.ROW_REFUSED, "", keep_key=True)


def _blank_line(maker: Maker, cells: list[str]) -> Fault | None:
    return Fault([b""], "", b"", Outcome.NOTED, None, is_extra=True)


def _bad_date(maker: Maker, cells: list[str]) -> Fault | None:
    put = maker.draws.pick(
        ("1900-01-01 00:00:00.000", "2206-03-11 00:00:00.000", "2019-02-30 00:00:00.000", "0218-07-04 00:00:00.000")
    )
    index = maker.filled(cells, "datetime")
    if index is not None and maker.table.columns[index].name == "ADJ_DATE":
        return None  # without its day a hearing is no hearing: that is a fault of its own
    return maker.in_cell(cells, index, lambda v: put.encode(), Outcome.VALUE_REFUSED, loaded=False)


def _bad_time(maker: Maker, cells: list[str]) -> Fault | None:
    put = maker.draws.pick(("2460", "99", "8:30", "PM"))
    return maker.in_cell(
        cells, maker.filled(cells, "time"), lambda v: put.encode(), Outcome.VALUE_REFUSED, loaded=False
    )


def _bad_month(maker: Maker, cells: list[str]) -> Fault | None:
    put = maker.draws.pick(("13/1980", "0/2001", "7/191", "5-1990"))
    return maker.in_cell(
        cells, maker.filled(cells, "month"), lambda v: put.encode(), Outcome.VALUE_REFUSED, loaded=False
    )


def _bad_flag(maker: Maker, cells: list[str]) -> Fault | None:
    put = maker.draws.pick("YNFS")
    return maker.in_cell(
        cells, maker.filled(cells, "flag"), lambda v: put.encode(), Outcome.VALUE_REFUSED, loaded=False
    )


def _too_wide(maker: Maker, cells: list[str]) -> Fault | None:
    put = maker.draws.pick(("ENG", "SPA", "LOS", "NYC"))
    index = maker.filled(cells, names=("CUSTODY", "CRIM_IND"))
    return maker.in_cell(cells, index, lambda v: put.encode(), Outcome.VALUE_REFUSED, loaded=False)


def _filler(maker: Maker, cells: list[str]) -> Fault | None:
    column, tokens = {
        "tbl_schedule": ("ADJ_MEDIUM", ("'",)),
        "tblAppeal": ("strCaseType", ("nul", "und")),
    }.get(maker.table.name, ("APPEAL_REVD", ("0000000000",)))
    put = maker.draws.pick(tokens)
    index = maker.table.index(column)
    return maker.in_cell(cells, index, lambda v: put.encode(), Outcome.VALUE_REFUSED, loaded=False)


def _duplicate(maker: Maker, cells: list[str]) -> Fault | None:
    return maker.beside(cells, {}, Outcome.ROW_REFUSED, maker.table.key.name, keep_key=True)


def _orphan(maker: Maker, cells: list[str]) -> Fault | None:
    column = "IDNPROCEEDING" if maker.table.name == "B_TblProceedCharges" else "IDNCASE"
    outcome = Outcome.VALUE_REFUSED if column == "IDNPROCEEDING" else Outcome.ROW_REFUSED
    return maker.beside(cells, {column: NO_SUCH_KEY}, outcome, column)


def _contradiction(maker: Maker, cells: list[str]) -> Fault | None:
    table = maker.table
    if table.name == "tbl_CustodyHistory":
        if not cells[table.index("DATRELEASED")]:
            return None
        index = table.index("DATRELEASED")
        return maker.in_cell(cells, index, lambda v: b"1985-03-04 00:00:00.000", Outcome.VALUE_REFUSED, loaded=False)
    lead, active = table.index("idnLeadCase"), table.index("blnActive")
    if not maker.previous or maker.previous[lead] == cells[lead] or cells[active] != "1":
        return None
    return maker.beside(cells, {"idnLeadCase": maker.previous[lead]}, Outcome.ROW_REFUSED, "idnRiderCase")


def _no_date(maker: Maker, cells: list[str]) -> Fault | None:
    return maker.beside(cells, {"ADJ_DATE": ""}, Outcome.ROW_REFUSED, "ADJ_DATE")


def _unlisted(maker: Maker, cells: list[str]) -> Fault | None:
    column = {"tbl_Court_Appln": "APPL_CODE", "tblAppeal": "strBIADecision"}.get(maker.table.name, "IJ_CODE")
    index = maker.table.index(column)
    if not cells[index]:
        return None
    code = unlisted_code(maker.table, column)
    copy = list(cells)
    copy[index] = code
    return Fault(encoded(copy), column, code.encode(), Outcome.NOTED, maker.truth(copy), code=code)


MAKERS: dict[Kind, Callable[[Maker, list[str]], Fault | None]] = {
    Kind.EXTRA_TAB: _extra_tab,
    Kind.HIDDEN_SHIFT: _hidden_shift,
    Kind.SHORT_ROW: _short_row,
    Kind.LINE_FEED: _line_feed,
    Kind.NUL: _nul,
    Kind.CONTROL: _control,
    Kind.NOT_UTF8: _not_utf8,
    Kind.QUOTE: _quote,
    Kind.NO_KEY: _no_key,
    Kind.BLANK_LINE: _blank_line,
    Kind.BAD_DATE: _bad_date,
    Kind.BAD_TIME: _bad_time,
    Kind.BAD_MONTH: _bad_month,
    Kind.BAD_FLAG: _bad_flag,
    Kind.TOO_WIDE: _too_wide,
    Kind.FILLER: _filler,
    Kind.DUPLICATE_KEY: _duplicate,
    Kind.ORPHAN: _orphan,
    Kind.CONTRADICTION: _contradiction,
    Kind.NO_DATE: _no_date,
    Kind.UNLISTED_CODE: _unlisted,
}
