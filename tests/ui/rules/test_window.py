"""The rules in the real window, by keys: made, tested, used, moved, switched off, deleted, suggested."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from kontali_desktop.domain.matches import Posting, ProposalKind
from kontali_desktop.domain.rules import Conditions, Direction, Effect, Rule, TextTest
from kontali_desktop.ui.own_data.own_data_sheet import OwnDataSheet
from kontali_desktop.ui.rules.rule_sheet import RuleSheet
from kontali_desktop.ui.rules.rules_sheet import RulesSheet
from kontali_desktop.ui.rules.tested_sheet import RemoveSheet, TestedSheet
from kontali_desktop.ui.widgets.buttons import Button, PaintedButton
from tests.support import orgnr
from tests.ui.client_window import ALT, CTRL, SHIFT, ClientWindow, client_window
from tests.ui.waiting import until

Key = Qt.Key


def rules_of(one: ClientWindow) -> list[tuple[Rule, bool]]:
    return [(r.rule, r.is_active) for r in one.core.rules.load(one.client.id)]


def add(one: ClientWindow, text: str, account: str, *, active: bool = True) -> None:
    rule_id = one.core.rules.add(one.client.id, Rule(Conditions(text=text), Effect.POST, Posting(account)))
    if active:
        one.core.rules.switch_on(one.client.id, rule_id, in_spite_of_conflicts=True)


def is_chip(widget: QWidget | None) -> bool:
    return isinstance(widget, PaintedButton) and widget.isCheckable()


async def open_rules(one: ClientWindow) -> RulesSheet:
    await one.press(Key.Key_R, CTRL | SHIFT)
    return await one.sheet(RulesSheet)


def sentences(sheet: RulesSheet) -> list[str]:
    return [row.sentence for row in sheet.list.model_.rows]


async def test_a_rule_is_written_tested_and_then_proposes(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        one.monthly("SPOTIFY P12", -129_00, 3, "6553", "1")
        waiting = one.receive(-150_00, "SPOTIFY P99")
        sheet = await open_rules(one)
        assert sentences(sheet) == []
        await one.press(Key.Key_Return)  # the suggestion has the keyboard: it is taken
        tested = await one.sheet(TestedSheet)
        await one.press(Key.Key_Escape)
        form = await one.sheet(RuleSheet)
        assert form.words.isChecked()
        await one.press(Key.Key_Escape)
        await one.sheet(RulesSheet)

        await one.tab_to("new_rule_button")
        await one.press(Key.Key_Return)
        form = await one.sheet(RuleSheet)
        await one.write("SPOTIFY")
        await one.tab_to("rule_low")
        await one.write("100")
        await one.tab_to("rule_high")
        await one.write("200,00")
        await one.tab_to("rule_posting")
        await one.write("6553")
        await one.tab_to("rule_vat")
        await one.write("1")
        said = "Når teksten inneholder «SPOTIFY» og beløpet er fra 100,00 til 200,00: før på 6553 med mva-kode 1."
        assert form.said.text() == said
        assert rules_of(one) == []  # nothing is kept before it was tested
        await one.press(Key.Key_Return)
        tested = await one.sheet(TestedSheet)
        assert tested.summary.text() == (
            "Siden 13.02.2025 treffer regelen 4 linjer. 3 har du avgjort likt. 0 har du avgjort annerledes."
        )
        assert rules_of(one) == []
        await one.press(Key.Key_Return)
        sheet = await one.sheet(RulesSheet)
        assert sentences(sheet) == [said]
        conditions = Conditions(text="SPOTIFY", amount_from=100_00, amount_to=200_00)
        assert rules_of(one) == [(Rule(conditions, Effect.POST, Posting("6553", "1")), True)]

        def proposal() -> object:
            item = next(i for i in one.core.queue.load(None, None).items if i.id == waiting)
            return item.proposal and (item.proposal.kind, item.proposal.posting)

        await until(lambda: proposal() == (ProposalKind.DIRECT_POSTING, Posting("6553", "1")), proposal)
        await one.press(Key.Key_Escape)
        await one.gone(RulesSheet)


async def test_what_is_wrong_stands_below_its_field(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        await open_rules(one)
        await one.press(Key.Key_Return)
        form = await one.sheet(RuleSheet)
        await one.press(Key.Key_Return)
        assert "ingen betingelser" in one.part(QLineEdit, "rule_text").accessibleDescription()
        assert form.isVisible()
        assert one.part(QLineEdit, "rule_text").hasFocus()
        assert "Skriv kontoen" in one.part(QLineEdit, "rule_posting").accessibleDescription()
        await one.tab_to("rule_low")
        await one.write("200")
        await one.tab_to("rule_high")
        await one.write("100")
        await one.tab_to("rule_posting")
        await one.write("leie")
        await one.tab_to("rule_vat")
        await one.write("99")
        await one.tab_to("rule_number")
        await one.write("15034000001")
        await one.press(Key.Key_Return)
        wrong = {
            n: one.part(QLineEdit, f"rule_{n}").accessibleDescription() for n in ("high", "posting", "vat", "number")
        }
        assert "større enn" in wrong["high"]
        assert wrong["posting"]
        assert "«99»" in wrong["vat"]
        assert "kontrollsiffer" in wrong["number"]
        assert not one.part(QLineEdit, "rule_text").accessibleDescription()  # an amount is a condition
        assert one.part(QLineEdit, "rule_number").hasFocus()
        await one.tab_to("rule_vat")
        await one.press(Key.Key_A, CTRL)
        await one.write("1")
        assert not one.part(QLineEdit, "rule_vat").accessibleDescription()  # right again at once
        await one.press(Key.Key_Escape)
        await one.sheet(RulesSheet)
        assert rules_of(one) == []


async def test_conflicts_are_listed_and_enter_does_not_use_the_rule(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        one.monthly("HUSLEIE", -5_000_00, 2, "6300")
        one.post(one.receive(-5_900_00, "HUSLEIE lager"), "6340")
        add(one, "husleie", "6300", active=False)
        sheet = await open_rules(one)
        assert sheet.list.hasFocus()
        await one.press(Key.Key_Space)
        tested = await one.sheet(TestedSheet)
        assert tested.summary.text().endswith("1 har du avgjort annerledes.")
        assert one.part(Button, "use_rule_button").text() == "Ta i bruk likevel"
        assert tested.table.model().rowCount() == 1  # the conflicts first
        rows = {
            str(tested.table.model().index(row, 2).data()): str(tested.table.model().index(row, 4).data())
            for row in range(tested.table.model().rowCount())
        }
        assert rows["HUSLEIE lager"].startswith("6340")
        await one.press(Key.Key_Escape)
        await one.sheet(RulesSheet)
        assert [is_active for _, is_active in rules_of(one)] == [False]
        await one.press(Key.Key_Space)
        await one.sheet(TestedSheet)
        await one.tab_to("use_rule_button")
        await one.press(Key.Key_Return)
        sheet = await one.sheet(RulesSheet)
        await until(lambda: [is_active for _, is_active in rules_of(one)] == [True])
        assert "uenig med 1 avgjørelse" in sheet.list.model_.rows[0].state


async def test_enter_on_a_conflict_leads_to_the_form(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        one.post(one.receive(-5_900_00, "HUSLEIE lager"), "6340")
        add(one, "husleie", "6300", active=False)
        await open_rules(one)
        await one.press(Key.Key_Space)
        await one.sheet(TestedSheet)
        await one.press(Key.Key_Return)
        form = await one.sheet(RuleSheet)
        assert one.part(QLineEdit, "rule_posting").text() == "6300"
        assert rules_of(one)[0][1] is False
        await one.tab_to("rule_posting")
        await one.press(Key.Key_A, CTRL)
        await one.write("6340")
        assert "6340" in form.said.text()
        await one.press(Key.Key_Return)
        await one.sheet(TestedSheet)
        await one.press(Key.Key_Return)
        await one.sheet(RulesSheet)
        (changed,) = rules_of(one)
        assert (changed[0].posting, changed[1]) == (Posting("6340"), True)


async def test_order_off_and_delete_by_keys(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        for text, account in (("gebyr", "7770"), ("husleie", "6300"), ("telenor", "6900")):
            add(one, text, account)
        sheet = await open_rules(one)

        def order() -> list[str]:
            return [rule.conditions.text for rule, _ in rules_of(one)]

        await one.press(Key.Key_Down, ALT)
        await one.press(Key.Key_Down, ALT)  # at once, while the first is stored
        await until(lambda: order() == ["husleie", "telenor", "gebyr"], order)
        await until(lambda: sheet.list.place == 2)
        assert sheet.list.hasFocus()
        await one.press(Key.Key_Down, ALT)  # there is nowhere to go
        await one.press(Key.Key_Up, ALT)
        await until(lambda: order() == ["husleie", "gebyr", "telenor"], order)
        await until(lambda: sheet.list.place == 1)
        await one.press(Key.Key_Space)
        await until(lambda: [is_active for _, is_active in rules_of(one)] == [True, False, True])
        await until(lambda: one.part(QLabel, "rules_told").text() == "Regelen er slått av")
        await one.press(Key.Key_Delete)
        await one.sheet(RemoveSheet)
        await one.press(Key.Key_Escape)
        await one.sheet(RulesSheet)
        assert len(rules_of(one)) == 3
        await one.press(Key.Key_Delete)
        await one.sheet(RemoveSheet)
        await one.press(Key.Key_Return)
        await one.sheet(RulesSheet)
        assert order() == ["husleie", "telenor"]
        with one.core.storage.reading() as work:
            codes = [event.code for event in work.events.load(None, 99)]
        assert codes.count("rule.moved") == 3
        assert codes.count("rule.switched_off") == codes.count("rule.removed") == 1


async def test_a_suggestion_is_dismissed_or_made_a_rule(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        one.monthly("SPOTIFY", -129_00, 5, "6553", "1")
        one.monthly("TELENOR MOBIL", -399_00, 4, "6900", "1")
        await open_rules(one)
        await one.tab_to("dismiss_suggestion_0")
        await one.press(Key.Key_Return)
        await until(lambda: len(one.core.rules.suggestions(one.client.id)) == 1)
        await until(lambda: one.part(QLabel, "rules_told").text() == "Forslaget kommer ikke igjen")
        await one.press(Key.Key_Return)  # the keyboard went to the next suggestion
        await one.sheet(TestedSheet)
        await one.press(Key.Key_Return)
        await one.sheet(RulesSheet)
        conditions = Conditions(text="telenor mobil", text_test=TextTest.WORDS, direction=Direction.OUT)
        assert rules_of(one) == [(Rule(conditions, Effect.POST, Posting("6900", "1")), True)]
        assert one.core.rules.suggestions(one.client.id) == ()


@pytest.mark.parametrize("effect", [Effect.PREFER, Effect.NEVER_AUTOMATIC])
async def test_the_other_effects(tmp_path: Path, qapp: QApplication, effect: Effect) -> None:
    async with client_window(tmp_path, qapp) as one:
        await open_rules(one)
        await one.press(Key.Key_Return)
        form = await one.sheet(RuleSheet)
        await one.write("takk")
        while form.effects.current == Effect.POST and not is_chip(QApplication.focusWidget()):
            await one.press(Key.Key_Tab)
        for _ in range(1 if effect is Effect.PREFER else 2):
            await one.press(Key.Key_Right)
        assert form.effects.current == effect
        if effect is Effect.PREFER:
            await one.tab_to("rule_preferred")
            await one.write("Bryggen AS")
        await one.tab_to("test_rule_button")
        await one.press(Key.Key_Return)
        await one.sheet(TestedSheet)
        await one.tab_to("keep_rule_button")
        await one.press(Key.Key_Return)
        await one.sheet(RulesSheet)
        preferred = "Bryggen AS" if effect is Effect.PREFER else ""
        assert rules_of(one) == [(Rule(Conditions(text="takk"), effect, preferred=preferred), False)]


async def test_each_client_has_its_own(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        other, _ = one.core.clients.add("Bryggen AS", orgnr(2))
        add(one, "gebyr", "7770")
        one.core.rules.add(other.id, Rule(Conditions(text="leie"), Effect.POST, Posting("6300")))
        sheet = await open_rules(one)
        before = sheet.client.currentText()
        await one.tab_to("rules_client")
        await one.press(Key.Key_Up if sheet.client.currentIndex() else Key.Key_Down)
        await until(lambda: sheet.client.currentText() != before)
        said = {"Bryggen AS": "leie", "Fjord Elektro AS": "gebyr"}
        await until(lambda: f"«{said[sheet.client.currentText()]}»" in "".join(sentences(sheet)))
        assert len(sentences(sheet)) == 1


async def test_the_client_s_card_in_the_settings_opens_them(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        add(one, "gebyr", "7770")
        one.screens.window.show_screen("settings")
        await until(lambda: one.screens.settings.section is not None)
        one.part(Button, "open_rules_button").setFocus()
        await one.press(Key.Key_Return)
        sheet = await one.sheet(RulesSheet)
        assert len(sentences(sheet)) == 1
        await one.press(Key.Key_Escape)
        await one.gone(RulesSheet)
        one.part(Button, "open_own_data_button").setFocus()
        await one.press(Key.Key_Return)
        await one.sheet(OwnDataSheet)
        await one.press(Key.Key_Escape)


async def test_a_conflict_that_comes_between_test_and_use_stops_it(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        line = one.receive(-5_900_00, "HUSLEIE lager")
        add(one, "husleie", "6300", active=False)
        await open_rules(one)
        await one.press(Key.Key_Space)
        first = await one.sheet(TestedSheet)
        assert "0 har du avgjort annerledes" in first.summary.text()
        one.post(line, "6340")  # decided elsewhere meanwhile
        await one.press(Key.Key_Return)
        await until(lambda: "1 har du avgjort annerledes" in one.part(QLabel, "rule_test_summary").text())
        assert [is_active for _, is_active in rules_of(one)] == [False]


async def test_that_nobody_has_decided_such_a_line_is_said_before_it_posts_by_itself(
    tmp_path: Path, qapp: QApplication
) -> None:
    async with client_window(tmp_path, qapp) as one:
        one.receive(-5_900_00, "HUSLEIE lager")
        rule = Rule(Conditions(text="husleie"), Effect.POST, Posting("6300"), is_automatic=True)
        one.core.rules.add(one.client.id, rule)
        await open_rules(one)
        await one.press(Key.Key_Space)
        sheet = await one.sheet(TestedSheet)
        assert sheet.notice.isVisible()
        assert "uten å spørre" in sheet.notice.accessibleName()
