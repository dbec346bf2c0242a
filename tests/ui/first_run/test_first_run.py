"""The empty program's three steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kontali_desktop.services.clients import NewClient
from kontali_desktop.ui.first_run.page import FirstRunPage
from kontali_desktop.ui.first_run.presenter import FirstRunPresenter, Progress
from kontali_desktop.ui.theme import Theme
from tests.demo_bank.running import RunningBank
from tests.ui.pictures import save_picture
from tests.ui.program import Program, wording
from tests.ui.waiting import until


@pytest.fixture
def presenter(program: Program) -> FirstRunPresenter:
    return FirstRunPresenter(program.core.overview, program.core.clients, program.tasks, wording())


@pytest.fixture
def page(presenter: FirstRunPresenter, theme: Theme, qtbot: QtBot) -> FirstRunPage:
    page = FirstRunPage(theme, wording(), presenter)
    page.resize(1072, 800)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def wishes(presenter: FirstRunPresenter) -> list[object]:
    seen: list[object] = []
    presenter.wants_connect.connect(seen.append)
    return seen


async def test_the_steps_follow_what_is_there(
    program: Program, presenter: FirstRunPresenter, demo_bank: RunningBank
) -> None:
    seen: list[Progress] = []
    presenter.changed.connect(seen.append)
    presenter.refresh()
    await until(lambda: len(seen) == 1)
    assert seen[-1].current == 1
    company = NewClient(demo_bank.said["company"]["orgnr"], "Fjord Elektro AS")
    program.core.clients.add(company.name, company.orgnr)
    presenter.refresh()
    await until(lambda: len(seen) == 2)
    assert seen[-1].current == 2
    await program.connect(demo_bank, company)
    presenter.refresh()
    await until(lambda: len(seen) == 3)
    assert seen[-1].current == 3
    program.core.import_files.run(None, [Path(demo_bank.said["invoices"])])
    presenter.refresh()
    await until(lambda: len(seen) == 4)
    assert seen[-1].current == 4


async def test_one_click_from_an_empty_program(presenter: FirstRunPresenter, page: FirstRunPage, qtbot: QtBot) -> None:
    seen = wishes(presenter)
    qtbot.mouseClick(page.connect_button, Qt.MouseButton.LeftButton)
    assert seen == [None]


async def test_a_named_company_goes_with_it(presenter: FirstRunPresenter, page: FirstRunPage, qtbot: QtBot) -> None:
    seen = wishes(presenter)
    qtbot.keyClicks(page.orgnr.input, "311 234 561")
    qtbot.keyClick(page.orgnr.input, Qt.Key.Key_Return)
    assert seen == []
    assert "kontrollsiffer" in page.orgnr.input.accessibleDescription()
    qtbot.keyClick(page.orgnr.input, Qt.Key.Key_Backspace)
    qtbot.keyClicks(page.orgnr.input, "0")
    assert page.orgnr.input.accessibleDescription() == ""
    qtbot.keyClicks(page.company.input, " Fjord Elektro AS ")
    qtbot.keyClick(page.company.input, Qt.Key.Key_Return)
    assert seen == [NewClient("311234560", "Fjord Elektro AS")]


async def test_the_demo_bank_has_a_button(presenter: FirstRunPresenter, page: FirstRunPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(presenter.wants_demo):
        qtbot.mouseClick(page.demo_button, Qt.MouseButton.LeftButton)


async def test_without_a_bank_the_client_is_made_and_files_are_asked_for(
    program: Program, presenter: FirstRunPresenter, page: FirstRunPage, qtbot: QtBot
) -> None:
    asked: list[bool] = []
    presenter.wants_import.connect(lambda: asked.append(True))
    qtbot.mouseClick(page.files_button, Qt.MouseButton.LeftButton)
    assert "kontrollsiffer" in page.orgnr.input.accessibleDescription()
    qtbot.keyClicks(page.orgnr.input, "311 234 560")
    qtbot.keyClicks(page.company.input, "Fjord Elektro AS")
    qtbot.mouseClick(page.files_button, Qt.MouseButton.LeftButton)
    await until(lambda: asked == [True])
    assert [(c.name, c.orgnr) for c in program.core.clients.load_all()] == [("Fjord Elektro AS", "311234560")]
    presenter.refresh()
    await until(lambda: presenter.progress.client is not None)
    qtbot.mouseClick(page.files_button, Qt.MouseButton.LeftButton)
    assert asked == [True, True]


async def test_with_a_bank_the_invoices_are_next(
    program: Program, page: FirstRunPage, demo_bank: RunningBank, pictures: Path
) -> None:
    save_picture(page, pictures, "first-run-page")
    assert page.connect_button.isVisible()
    await program.connect(demo_bank)
    page.presenter.refresh()
    await until(page.import_button.isVisible)
    assert not page.connect_button.isVisible()
    save_picture(page, pictures, "first-run-page-invoices")
