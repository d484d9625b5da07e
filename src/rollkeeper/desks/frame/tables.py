"""Tables of 25 rows a page, with sort links and a pager, that become cards on a phone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.http import HttpRequest, QueryDict

from rollkeeper.desks.frame.parts import Words

PAGE_SIZE = 25
Kind = Literal["text", "wide", "number", "day"]


@dataclass(frozen=True)
class Column:
    """A column; with `sort`, its header is a link that sorts by that key."""

    label: Words
    kind: Kind = "text"
    sort: str = ""
    header: bool = False  # does this cell name its row? At most one column.


@dataclass(frozen=True)
class Cell:
    """A cell's text, with what may stand around it. `struck` text stays readable."""

    text: Words
    url: str = ""
    note: Words = ""
    tag: Words = ""
    struck: bool = False


@dataclass(frozen=True)
class Row:
    """A row; plain strings are cells too. `current` marks the one that matters now."""

    cells: Sequence[Cell | Words]
    current: bool = False
    id: str = ""


@dataclass(frozen=True)
class Sort:
    """The order asked for: a key, and whether it runs backwards."""

    key: str
    descending: bool = False

    @property
    def parameter(self) -> str:
        """As it stands in an address: `filed` or `-filed`."""
        return f"-{self.key}" if self.descending else self.key


@dataclass(frozen=True)
class Page:
    """Which rows of a list are shown. `number` counts from 1; `total` is of the whole list."""

    number: int
    total: int
    query: str = ""
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def first_row(self) -> int:
        return self.offset + 1 if self.total else 0

    @property
    def last_row(self) -> int:
        return min(self.offset + self.size, self.total)

    @property
    def steps(self) -> list[int | None]:
        """Page numbers to link, with None where some are left out: 1 … 6 7 8 … 120."""
        near = range(max(1, self.number - 1), min(self.last, self.number + 1) + 1)
        wanted = sorted({1, self.last, *near})
        steps: list[int | None] = []
        for number in wanted:
            if steps and isinstance(steps[-1], int) and number - steps[-1] > 1:
                steps.append(None)
            steps.append(number)
        return steps

    def url(self, number: int) -> str:
        """The address of another page of the same list."""
        return with_parameter(self.query, "page", "" if number == 1 else str(number))


@dataclass(frozen=True)
class Header:
    """A column's header as shown: its link and the order it is in now."""

    column: Column
    url: str = ""
    order: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True)
class Table:
    """What `{% data_table %}` shows. `id` must be unique on the page."""

    caption: Words
    columns: Sequence[Column]
    rows: Sequence[Row]
    page: Page | None = None
    sort: Sort | None = None
    query: str = ""
    empty: Words = ""
    id: str = "list"
    headers: Sequence[Header] = field(init=False)
    lines: Sequence["Line"] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "headers", [self._header(column) for column in self.columns])
        object.__setattr__(self, "lines", [_line(self.columns, row) for row in self.rows])

    def _header(self, column: Column) -> Header:
        if not column.sort:
            return Header(column)
        query = with_parameter(self.query, "page", "")
        if self.sort is None or self.sort.key != column.sort:
            return Header(column, with_parameter(query, "sort", column.sort))
        turned = Sort(column.sort, descending=not self.sort.descending)
        order: Literal["ascending", "descending"] = "descending" if self.sort.descending else "ascending"
        return Header(column, with_parameter(query, "sort", turned.parameter), order)


@dataclass(frozen=True)
class Line:
    """A row with each cell beside its column, as the template walks it."""

    row: Row
    pairs: Sequence[tuple[Column, Cell]]


def _line(columns: Sequence[Column], row: Row) -> Line:
    cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row.cells]
    return Line(row, list(zip(columns, cells, strict=True)))


def with_parameter(query: str, name: str, value: str) -> str:
    """The query string with one parameter set, or taken out when the value is empty; starts with `?`."""
    parameters = QueryDict(query.removeprefix("?"), mutable=True)
    parameters.pop(name, None)
    if value:
        parameters[name] = value
    return f"?{parameters.urlencode()}"


def requested_page(request: HttpRequest) -> int:
    """The page number asked for, from 1; nonsense counts as 1."""
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) <= 9 else 1


def page_of(request: HttpRequest, total: int, *, size: int = PAGE_SIZE) -> Page:
    """The page shown of a list of `total` rows; a number past the end shows the last page."""
    last = max(1, -(-total // size))
    return Page(min(requested_page(request), last), total, request.GET.urlencode(), size)


def sort_of(request: HttpRequest, allowed: Collection[str], default: str) -> Sort:
    """The order asked for if it is an allowed one, else the default (`-filed` runs backwards)."""
    asked = request.GET.get("sort", default)
    if asked.removeprefix("-") not in allowed:
        asked = default
    return Sort(asked.removeprefix("-"), descending=asked.startswith("-"))
