"""Buttons, chips, search, sidebar, notice, strip: what they say when they are used."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.widgets.alternatives import Alternative, AlternativesList
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind, IconButton, LinkButton, PaintedButton
from kontali_desktop.ui.widgets.chips import Chip, ChipRow
from kontali_desktop.ui.widgets.detail_grid import DetailGrid, DetailRow, Verdict
from kontali_desktop.ui.widgets.field import TextField
from kontali_desktop.ui.widgets.notice import Notice, Severity
from kontali_desktop.ui.widgets.paint import Run
from kontali_desktop.ui.widgets.progress import ProgressRow
from kontali_desktop.ui.widgets.quiet_strip import QuietStrip
from kontali_desktop.ui.widgets.search_field import SearchField
from kontali_desktop.ui.widgets.selector import SelectorButton
from kontali_desktop.ui.widgets.sidebar import Sidebar
from kontali_desktop.ui.widgets.status import StatusDot
from kontali_desktop.ui.widgets.text import ElidedLabel
from tests.ui import samples


def test_focus_is_seen_on_every_button(both_themes: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = QVBoxLayout(holder)
    buttons: list[PaintedButton] = [
        Button(both_themes, "Godkjenn", kind=ButtonKind.PRIMARY, keys=("⏎",)),
        Button(both_themes, "Avvis", keys=("R",)),
        Button(both_themes, "Forny", small=True),
        LinkButton(both_themes, "Angre"),
        IconButton(both_themes, IconName.CLOSE, "Lukk"),
        SelectorButton(both_themes, "Alle klienter", IconName.BUILDINGS, name="Klient"),
    ]
    for button in buttons:
        layout.addWidget(button)
    with qtbot.waitExposed(holder):
        holder.show()
    holder.activateWindow()
    for button in buttons:
        button.clearFocus()
        before = button.grab().toImage()
        button.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(button.hasFocus)
        assert button.grab().toImage() != before, button.text()
        assert button.accessibleName()


def test_a_button_is_as_wide_as_its_text_and_caps(theme: Theme, qtbot: QtBot) -> None:
    plain, capped = Button(theme, "Avvis"), Button(theme, "Avvis", keys=("Ctrl", "R"))
    qtbot.addWidget(plain)
    qtbot.addWidget(capped)
    assert capped.sizeHint().width() >= plain.sizeHint().width() + 40


def chips(theme: Theme, qtbot: QtBot) -> ChipRow:
    row = ChipRow(theme, (Chip("all", "Alle", 17), Chip("sure", "Sikre", 11), Chip("parked", "Parkert")), name="Utvalg")
    qtbot.addWidget(row)
    row.show()
    return row


def test_chips_choose_one_by_mouse_and_by_arrow_keys(theme: Theme, qtbot: QtBot) -> None:
    row = chips(theme, qtbot)
    buttons = row.findChildren(PaintedButton)
    with qtbot.waitSignal(row.chosen) as said:
        qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert said.args == ["sure"]
    with qtbot.waitSignal(row.chosen):
        qtbot.keyClick(buttons[1], Qt.Key.Key_Right)
    assert row.current == "parked"
    with qtbot.assertNotEmitted(row.chosen):
        row.choose("all")
    assert row.current == "all"


def test_a_new_count_is_shown_and_spoken(theme: Theme, qtbot: QtBot) -> None:
    row = chips(theme, qtbot)
    button = row.findChildren(PaintedButton)[0]
    before = button.grab().toImage()
    row.set_counts({"all": 16})
    assert button.grab().toImage() != before
    assert button.accessibleName() == "Alle 16"


def test_escape_empties_the_search_and_then_leaves_it(theme: Theme, qtbot: QtBot) -> None:
    search = SearchField(theme, "Søk", name="Søk")
    qtbot.addWidget(search)
    search.show()
    qtbot.keyClicks(search.field, "4999")
    assert search.text == "4999"
    with qtbot.waitSignal(search.changed), qtbot.assertNotEmitted(search.left):
        qtbot.keyClick(search.field, Qt.Key.Key_Escape)
    assert search.text == ""
    with qtbot.waitSignal(search.left):
        qtbot.keyClick(search.field, Qt.Key.Key_Escape)


def test_the_sidebar_goes_to_a_screen(theme: Theme, qtbot: QtBot) -> None:
    selector = SelectorButton(theme, "Alle klienter", IconName.BUILDINGS, name="Klient")
    sidebar = Sidebar(theme, samples.SCREENS, selector, name="Skjermbilder")
    qtbot.addWidget(sidebar)
    sidebar.show()
    sidebar.set_badge("review", "17")
    sidebar.show_chosen("overview")
    review = next(b for b in sidebar.findChildren(PaintedButton) if b.accessibleName() == "Kontroll 17")
    with qtbot.waitSignal(sidebar.chosen) as said:
        qtbot.mouseClick(review, Qt.MouseButton.LeftButton)
    assert said.args == ["review"]
    assert sidebar.current == "review"
    review.setFocus()
    qtbot.keyClick(review, Qt.Key.Key_Down)
    below = sidebar.focusWidget()
    assert below is not None
    assert below.accessibleName() == "Transaksjoner"
    with qtbot.waitSignal(sidebar.chosen) as said:
        qtbot.keyClick(below, Qt.Key.Key_Return)
    assert said.args == ["transactions"]


def test_the_selector_chooses_from_its_menu(theme: Theme, qtbot: QtBot) -> None:
    selector = SelectorButton(theme, "", IconName.BUILDINGS, name="Klient")
    qtbot.addWidget(selector)
    selector.show()
    selector.set_entries((("all", "Alle klienter"), ("1", "Fjord Elektro AS")), "all")
    assert selector.accessibleName() == "Klient: Alle klienter"
    qtbot.mouseClick(selector, Qt.MouseButton.LeftButton)
    menu = selector.findChild(QMenu)
    assert isinstance(menu, QMenu)
    qtbot.waitUntil(menu.isVisible)
    with qtbot.waitSignal(selector.chosen) as said:
        menu.actions()[1].trigger()
    assert said.args == ["1"]
    menu.close()


def test_a_notice_has_one_button_and_can_be_closed(theme: Theme, qtbot: QtBot) -> None:
    notice = Notice(theme, close_name="Lukk")
    qtbot.addWidget(notice)
    notice.show_notice(Severity.NEGATIVE, "Samtykket utløp 17.11.", "Forny det.", "Forny samtykke")
    assert notice.accessibleName() == "Samtykket utløp 17.11. Forny det."
    with qtbot.waitSignal(notice.acted):
        qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    close = notice.findChildren(IconButton)[0]
    with qtbot.waitSignal(notice.dismissed):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert notice.isHidden()


def test_the_strip_offers_undo_only_for_what_can_be_undone(theme: Theme, qtbot: QtBot) -> None:
    strip = QuietStrip(theme, "Angre", ("Ctrl", "Z"))
    qtbot.addWidget(strip)
    strip.show()
    link = strip.findChildren(LinkButton)[0]
    assert link.isHidden()
    strip.say("Godkjent: Bjørk Design AS 8 125,00")
    with qtbot.waitSignal(strip.undone):
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    strip.say("Hentet 3 nye", undoable=False)
    assert link.isHidden()
    assert strip.accessibleName() == "Hentet 3 nye"


def test_detail_lines_say_the_verdict_in_words(theme: Theme, qtbot: QtBot) -> None:
    grid = DetailGrid(theme, name="De to sidene")
    qtbot.addWidget(grid)
    grid.set_rows(samples.DETAIL)
    names = [child.accessibleName() for child in grid.findChildren(QWidget)]
    assert "Motpart · Vipps MobilePay AS · likt · oppgjørskilde Vipps MobilePay" in names
    grid.set_rows(samples.DETAIL[:1])
    assert [child.accessibleName() for child in grid.findChildren(QWidget) if not child.isHidden()] == names[:1]


@pytest.mark.parametrize(
    "other",
    [
        DetailRow("Dato", (Run("3,00"),), (Run("4,00"),), Verdict.CLOSE),
        DetailRow("Beløp", (Run("5,00"),), (Run("4,00"),), Verdict.CLOSE),
        DetailRow("Beløp", (Run("3,00", marked=True),), (Run("4,00"),), Verdict.CLOSE),
        DetailRow("Beløp", (Run("3,00"),), (Run("5,00"),), Verdict.CLOSE),
        DetailRow("Beløp", (Run("3,00"),), (Run("4,00"),), Verdict.DIFFERENT),
    ],
)
def test_each_part_of_a_detail_line_is_painted(theme: Theme, qtbot: QtBot, other: DetailRow) -> None:
    pictures = []
    for row in (DetailRow("Beløp", (Run("3,00"),), (Run("4,00"),), Verdict.CLOSE), other):
        grid = DetailGrid(theme, name="De to sidene")
        qtbot.addWidget(grid)
        grid.set_rows((row,))
        grid.resize(700, 40)
        pictures.append(grid.grab().toImage())
    assert pictures[0] != pictures[1]


def test_alternatives_carry_their_number(theme: Theme, qtbot: QtBot) -> None:
    others = AlternativesList(theme, "Andre forslag")
    qtbot.addWidget(others)
    others.set_alternatives(
        tuple(Alternative((Run(str(number)),), "500,00") for number in range(10198, 10210)), none="Ingen"
    )
    others.show()
    rows = others.findChildren(PaintedButton)
    assert len(rows) == 9
    with qtbot.waitSignal(others.chosen) as said:
        qtbot.mouseClick(rows[1], Qt.MouseButton.LeftButton)
    assert said.args == [2]


def test_a_field_says_what_is_wrong(theme: Theme, qtbot: QtBot) -> None:
    field = TextField(theme, "Organisasjonsnummer", "9 siffer")
    qtbot.addWidget(field)
    field.show()
    before = field.input.grab().toImage()
    field.set_problem("Siste siffer stemmer ikke.")
    assert field.input.accessibleDescription() == "Siste siffer stemmer ikke."
    assert field.input.grab().toImage() != before


def test_progress_can_be_stopped_and_can_be_of_unknown_length(theme: Theme, qtbot: QtBot) -> None:
    row = ProgressRow(theme, name="Henter", cancel="Avbryt")
    qtbot.addWidget(row)
    row.show()
    row.show_progress("Henter", "45 av 90 dager", 45, 90)
    assert (row.bar.value(), row.bar.maximum()) == (45, 90)
    row.show_progress("Henter")
    assert row.bar.maximum() == 0
    with qtbot.waitSignal(row.cancelled):
        qtbot.mouseClick(row.findChildren(Button)[0], Qt.MouseButton.LeftButton)


def test_a_status_is_a_word_too(theme: Theme, qtbot: QtBot) -> None:
    dot = StatusDot(theme, "Fjord Elektro AS")
    qtbot.addWidget(dot)
    dot.set_status("Fjord Elektro AS", Tone.NEGATIVE, "samtykket er utløpt")
    assert dot.accessibleName() == "Fjord Elektro AS samtykket er utløpt"


def test_words_that_do_not_fit_are_cut_or_not_shown_at_all(theme: Theme, qtbot: QtBot) -> None:
    labels = [ElidedLabel(theme, "venter på deg", or_nothing=is_all) for is_all in (False, True)]
    for label in labels:
        qtbot.addWidget(label)
        label.resize(40, 20)
        label.show()
    assert [label.text() for label in labels][1] == ""
    assert labels[0].text().endswith("…")
    assert [label.toolTip() for label in labels] == ["venter på deg"] * 2
    for label in labels:
        label.resize(400, 20)
    assert [label.text() for label in labels] == ["venter på deg"] * 2


def test_a_chip_s_count_is_written_as_figures_are(theme: Theme, qtbot: QtBot) -> None:
    row = ChipRow(theme, (Chip("all", "Alle"),), name="Utvalg", write=lambda count: f"{count:,}".replace(",", " "))
    qtbot.addWidget(row)
    row.set_counts({"all": 12_345})
    assert [button.accessibleName() for button in row.findChildren(PaintedButton)] == ["Alle 12 345"]
