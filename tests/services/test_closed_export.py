"""Vouchers and a closed period: no new one is dated in it, and what stands is never changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kontali_desktop.services.export import ExportFile
from tests.services.conftest import Office
from tests.services.test_export import Desk
from tests.support import DAY, invoice


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def numbers(made: ExportFile) -> list[tuple[int, int | None]]:
    return [(v.voucher.number, v.voucher.reverses) for v in made.vouchers]


@pytest.mark.parametrize("closed_for", [0, 1, 5])
def test_what_takes_a_voucher_back_is_dated_in_the_open_period(desk: Desk, closed_for: int) -> None:
    """The day of the export, or where the books are closed that far, the first day after the closed period."""
    office = desk.office
    desk.settle(1250_00, invoice("10234", 1250_00))
    desk.run()
    office.review.undo()
    today = office.clock.today()
    closed_until = today - timedelta(days=closed_for)
    office.clients.close_books(desk.client.id, closed_until)
    (reversal,) = desk.run().vouchers
    assert reversal.voucher.reverses == 1
    assert reversal.voucher.date == max(today, closed_until + timedelta(days=1))
    assert reversal.voucher.date > closed_until


def test_what_was_accepted_in_it_and_not_exported_is_left_out_and_counted(desk: Desk) -> None:
    desk.settle(1250_00, invoice("1", 1250_00))
    desk.settle(100_00, invoice("2", 100_00), day=DAY + timedelta(days=1))
    desk.office.clients.close_books(desk.client.id, DAY)
    preview = desk.export.preview(desk.client.id, "csv")
    assert (preview.new, preview.closed, preview.held_back) == (1, 1, ())
    made = desk.run()
    assert [v.voucher.date for v in made.vouchers] == [DAY + timedelta(days=1)]
    assert (numbers(made), made.closed) == ([(1, None)], 1)
    again = desk.run()
    assert (again.is_repeated, again.closed) == (True, 1)
    desk.office.clients.close_books(desk.client.id, None)
    opened = desk.run()
    assert ([v.voucher.date for v in opened.vouchers], opened.closed) == ([DAY], 0)


def test_it_is_counted_within_the_period_that_is_asked_for(desk: Desk) -> None:
    desk.settle(1250_00, invoice("1", 1250_00))
    desk.office.clients.close_books(desk.client.id, DAY)
    assert desk.run(until=DAY - timedelta(days=1)).closed == 0
    assert desk.run(since=DAY).closed == 1


def test_vouchers_that_stood_before_the_closing_are_given_in_other_layouts_too(desk: Desk) -> None:
    desk.settle(1250_00, invoice("1", 1250_00))
    first = desk.run()
    desk.office.clients.close_books(desk.client.id, DAY)
    assert desk.run().content == first.content
    for layout in ("xlsx", "saft"):
        made = desk.run(layout)
        assert ([v.id for v in made.vouchers], made.closed) == ([v.id for v in first.vouchers], 0)
