"""Lists: 25 rows a page, only allowed orders, nonsense in the address answered calmly."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from rollkeeper.desks.frame.tables import (
    Cell,
    Column,
    Page,
    Row,
    Table,
    page_of,
    requested_page,
    sort_of,
    with_parameter,
)


def request(query: str = ""):
    return RequestFactory().get(f"/?{query}")


@given(total=st.integers(0, 10_000), number=st.integers(1, 500))
def test_every_page_shows_its_share_and_no_row_twice(total: int, number: int) -> None:
    page = page_of(request(f"page={number}"), total)

    assert 1 <= page.number <= page.last
    assert 0 <= page.last_row - page.offset <= page.size
    assert sum(Page(n, total).last_row - Page(n, total).offset for n in range(1, page.last + 1)) == total


@pytest.mark.parametrize("nonsense", ["", "0", "-1", "x", "9" * 30, "1.5", "٣"])
def test_nonsense_asks_for_the_first_page(nonsense: str) -> None:
    assert requested_page(request(f"page={nonsense}")) == 1


def test_only_allowed_orders_are_taken() -> None:
    assert sort_of(request("sort=filed"), {"filed"}, "-number").parameter == "filed"
    assert sort_of(request("sort=password"), {"filed"}, "-number").parameter == "-number"


def test_the_steps_name_first_last_and_near_pages() -> None:
    assert Page(60, 3000).steps == [1, None, 59, 60, 61, None, 120]
    assert Page(1, 10).steps == [1]


def test_a_sort_link_keeps_the_filter_and_turns_the_order() -> None:
    table = Table(
        "Docket", [Column("No.", sort="number")], [], None, sort_of(request(), {"number"}, "number"), "by=x&page=3"
    )

    assert table.headers[0].url == "?by=x&sort=-number"
    assert table.headers[0].order == "ascending"


def test_a_row_with_a_cell_too_few_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Table("Docket", [Column("No."), Column("Filed")], [Row([Cell("1")])])


def test_a_parameter_is_taken_out_when_it_is_empty() -> None:
    assert with_parameter("?a=1&page=2", "page", "") == "?a=1"
