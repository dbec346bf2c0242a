"""An export without widgets: what is foreseen is what is written, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kontali_desktop.domain.periods import ALL_TIME, Period
from kontali_desktop.ui.export.periods import Quick, period_of, period_words, quick_of
from kontali_desktop.ui.export.steps import Foreseen, NotWritten, Written, file_name, free_path
from tests.support import DAY, invoice
from tests.ui.export.exporting import Exporting
from tests.ui.program import wording
from tests.ui.waiting import until

JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31))


async def opened(one: Exporting) -> Foreseen:
    one.presenter.begin()
    return await one.foreseen()


async def written(one: Exporting, path: Path) -> Written:
    one.presenter.ask_where()
    await until(lambda: bool(one.wishes))
    one.presenter.write(one.wishes.pop(), path)
    return await one.reach(Written)


def names(folder: Path, ending: str) -> list[str]:
    return [file.name for file in folder.iterdir() if file.name.endswith(ending)]


async def test_what_is_foreseen_is_written(one: Exporting, tmp_path: Path) -> None:
    client = one.client()
    for number, amount in (("1", 500_00), ("2", 600_00)):
        one.settle(client, amount, invoice(number, amount))
    one.settle_abroad(client)
    step = await opened(one)
    assert step.client == client
    assert step.preview is not None
    assert (step.preview.new, step.preview.reversals, len(step.preview.held_back)) == (2, 0, 1)
    done = await written(one, tmp_path / "ut.csv")
    assert [v.voucher.number for v in done.file.vouchers] == [1, 2]
    assert (tmp_path / "ut.csv").read_bytes() == done.file.content
    assert names(tmp_path, ".part") == []
    assert one.changes == [True]


async def test_each_voucher_once_and_the_same_file_again(one: Exporting, tmp_path: Path) -> None:
    client = one.client()
    one.settle(client, 500_00, invoice("1", 500_00))
    await opened(one)
    first = await written(one, tmp_path / "a.csv")
    step = await opened(one)
    assert (step.has_new, step.is_repeatable) == (False, True)
    again = await written(one, tmp_path / "b.csv")
    assert again.file.is_repeated
    assert (tmp_path / "b.csv").read_bytes() == first.file.content
    assert len(one.program.core.export.history(client.id)) == 1


async def test_an_undo_after_an_export_is_a_reversal_in_the_next(one: Exporting, tmp_path: Path) -> None:
    client = one.client()
    one.settle(client, 500_00, invoice("1", 500_00))
    await opened(one)
    await written(one, tmp_path / "a.csv")
    one.program.core.review.undo()
    step = await opened(one)
    assert step.preview is not None
    assert (step.preview.new, step.preview.reversals) == (0, 1)
    done = await written(one, tmp_path / "b.csv")
    assert [v.voucher.reverses for v in done.file.vouchers] == [1]


async def test_a_typed_value_lets_a_held_back_line_out(one: Exporting) -> None:
    client = one.client()
    one.settle_abroad(client)
    step = await opened(one)
    assert step.preview is not None
    document = one.document(client, "E-1")
    for wrong in ("mye", "-1", "0"):
        one.presenter.give_value(document, wrong)
        await until(lambda: bool(one.refused))
        assert one.refused.pop().document == document
    one.presenter.give_value(document, "1 163,50")
    await until(lambda: isinstance(one.presenter.step, Foreseen) and one.presenter.step.has_new)
    step = await one.foreseen()
    assert step.preview is not None
    assert (step.preview.new, step.preview.held_back) == (1, ())
    assert one.changes == [True]


async def test_the_period_and_the_client_decide_what_comes(one: Exporting) -> None:
    first, second = one.client(1), one.client(2)
    one.settle(first, 500_00, invoice("1", 500_00), day=date(2026, 1, 15))
    one.settle(first, 500_00, invoice("2", 500_00), day=DAY)
    one.presenter.begin()
    step = await one.reach(Foreseen)
    assert (step.client, step.preview) == (None, None)
    one.presenter.ask_where()
    assert one.wishes == []  # nobody is chosen
    for client, period, count in ((first, ALL_TIME, 2), (first, JANUARY, 1), (second, JANUARY, 0)):
        one.presenter.choose_client(client.id)
        one.presenter.choose_period(period)
        step = await one.foreseen()
        assert step.preview is not None
        assert step.preview.new == count
    one.presenter.choose_period(Period(JANUARY.until, JANUARY.since))
    assert isinstance(one.presenter.step, Foreseen)
    assert one.presenter.step.preview is None


async def test_the_windows_client_and_its_usual_layout_come_first(one: Exporting, tmp_path: Path) -> None:
    one.client(1)
    second = one.client(2)
    one.settle(second, 500_00, invoice("1", 500_00))
    one.presenter.show_client(second.id)
    step = await opened(one)
    assert (step.client, step.format) == (second, "csv")
    one.presenter.choose_format("gbat10")
    await one.foreseen()
    await written(one, tmp_path / "a.csv")
    assert (await opened(one)).format == "gbat10"


async def test_what_cannot_be_saved_can_go_elsewhere_with_the_same_numbers(one: Exporting, tmp_path: Path) -> None:
    client = one.client()
    one.settle(client, 500_00, invoice("1", 500_00))
    await opened(one)
    one.presenter.ask_where()
    taken = tmp_path / "mappe.csv"
    taken.mkdir()
    one.presenter.write(one.wishes.pop(), taken)
    failed = await one.reach(NotWritten)
    assert "mappe.csv" in str(failed.error.parameters["path"])
    assert names(tmp_path, ".part") == []
    one.settle(client, 600_00, invoice("2", 600_00))  # not in the file that was meant
    one.presenter.ask_where_else()
    one.presenter.write(one.wishes.pop(), tmp_path / "b.csv")
    done = await one.reach(Written)
    assert [v.voucher.number for v in done.file.vouchers] == [1]
    assert len(one.program.core.export.history(client.id)) == 1


async def test_without_a_client_it_says_so(one: Exporting) -> None:
    one.presenter.begin()
    await until(lambda: bool(one.notices))
    assert one.presenter.step is None


async def test_what_a_layout_cannot_hold_waits_with_the_reason_and_no_file_is_made(one: Exporting) -> None:
    client = one.client()
    one.spend(client, vat_code="1")
    one.number_as_before_codes_were_looked_at(client, vat_code="99")
    await opened(one)
    one.presenter.choose_format("gbat10")
    step = await one.foreseen()
    assert step.preview is not None
    assert [held.why for held in step.preview.held_back] == ["vat_code_of_voucher"]
    one.presenter.ask_where()
    assert one.wishes == []
    assert one.program.core.export.history(client.id) == ()


@pytest.mark.parametrize(
    ("quick", "today", "since", "until_"),
    [
        (Quick.MONTH, date(2026, 2, 13), date(2026, 2, 1), date(2026, 2, 28)),
        (Quick.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        (Quick.LAST_MONTH, date(2026, 1, 1), date(2025, 12, 1), date(2025, 12, 31)),
        (Quick.LAST_MONTH, date(2024, 3, 31), date(2024, 2, 1), date(2024, 2, 29)),
        (Quick.ALL, date(2026, 2, 13), None, None),
    ],
)
def test_quick_choices_are_whole_months(quick: Quick, today: date, since: date | None, until_: date | None) -> None:
    assert period_of(quick, today) == Period(since, until_)
    assert quick_of(Period(since, until_), today) is quick


def test_a_period_is_said() -> None:
    words = wording()
    said = [
        period_words(words, p) for p in (ALL_TIME, JANUARY, replace(JANUARY, until=None), replace(JANUARY, since=None))
    ]
    assert said == ["alt", "01.01.2026–31.01.2026", "fra 01.01.2026", "til 31.01.2026"]


def test_file_names_are_good_everywhere(one: Exporting, tmp_path: Path) -> None:
    client = replace(one.client(), name='Øl & Mat: "A/S"')
    named = file_name(client, "bilag", JANUARY, DAY, ".csv")
    assert named == "Øl-Mat-A-S-bilag-2026-01-01-2026-01-31.csv"
    assert file_name(client, "bilag", ALL_TIME, DAY, ".xlsx") == "Øl-Mat-A-S-bilag-2026-02-12.xlsx"
    assert file_name(replace(client, name="//"), "bilag", ALL_TIME, DAY, ".csv").startswith(client.orgnr)
    (tmp_path / named).touch()
    assert free_path(tmp_path / named).name == "Øl-Mat-A-S-bilag-2026-01-01-2026-01-31 (2).csv"
