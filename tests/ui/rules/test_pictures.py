"""Every sheet of the rules in both themes and languages, to be looked at; the primary button is always in sight."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kontali_desktop.domain.matches import Posting
from kontali_desktop.domain.rules import Conditions, Direction, Effect, Rule
from kontali_desktop.ui.rules.rule_sheet import RuleSheet
from kontali_desktop.ui.rules.rules_sheet import RulesSheet
from kontali_desktop.ui.rules.steps import Listed
from kontali_desktop.ui.rules.tested_sheet import RemoveSheet, TestedSheet
from kontali_desktop.ui.theme import Scheme
from kontali_desktop.ui.widgets.primary_sheet import PrimarySheet
from kontali_desktop.wording.texts import Language
from tests.support import DAY, account_number
from tests.ui.client_window import CTRL, SHIFT, ClientWindow, client_window
from tests.ui.pictures import save_picture
from tests.ui.waiting import until

Key = Qt.Key
Look = tuple[Scheme, Language, tuple[int, int]]
LANGUAGES: tuple[Language, ...] = ("nb", "en")
LOOKS = list(itertools.product((Scheme.LIGHT, Scheme.DARK), LANGUAGES, ((1280, 800), (1024, 680))))
LONG = Rule(
    Conditions(
        text="leverandørgjeld samlet utbetaling",
        counterparty="Nordlys Kraft og Nett AS",
        counterparty_account=account_number(9),
        amount_from=1_000_00,
        amount_to=25_000_00,
        direction=Direction.OUT,
    ),
    Effect.POST,
    Posting("6340", "1"),
    is_automatic=True,
)


def fill(one: ClientWindow) -> None:
    one.monthly("SPOTIFY P12", -129_00, 6, "6553", "1")
    one.monthly("HUSLEIE KONTOR STORGATA 4", -12_500_00, 9, "6300")
    one.monthly("TELENOR MOBIL", -399_00, 4, "6900", "1")
    for place in range(4):
        one.receive(-45_00 - place, "GEBYR BANKTJENESTER", "Sparebanken", DAY - timedelta(days=9 * place))
    one.post(one.receive(-47_00, "GEBYR BANKTJENESTER kontroll", "Sparebanken"), "7770")
    one.post(one.receive(-52_00, "GEBYR PURRING", "Sparebanken"), "8150")
    rules, client = one.core.rules, one.client.id
    on = [
        Rule(Conditions(text="husleie"), Effect.POST, Posting("6300"), is_automatic=True),
        LONG,
        Rule(Conditions(counterparty="Skatteetaten"), Effect.NEVER_AUTOMATIC),
    ]
    for rule in on:
        rules.switch_on(client, rules.add(client, rule))
    gebyr = rules.add(client, Rule(Conditions(text="gebyr"), Effect.POST, Posting("7770"), is_automatic=True))
    rules.switch_on(client, gebyr, in_spite_of_conflicts=True)
    rules.add(client, Rule(Conditions(text="takk", direction=Direction.IN), Effect.PREFER, preferred="Bryggen AS"))


def inside(sheet: PrimarySheet) -> None:
    """What Enter does is in sight, and nothing reaches out of the card."""
    assert sheet.primary is not None
    assert sheet.primary.isVisible()
    corner = sheet.primary.mapTo(sheet.card, sheet.primary.rect().bottomRight())
    assert sheet.card.rect().contains(corner)
    assert sheet.card.geometry().bottom() <= sheet.height()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_sheets(tmp_path: Path, qapp: QApplication, pictures: Path, look: Look) -> None:
    scheme, language, size = look
    async with client_window(tmp_path, qapp, scheme=scheme, language=language, size=size) as one:

        def take(name: str, sheet: PrimarySheet) -> None:
            QApplication.sendPostedEvents()
            inside(sheet)
            save_picture(one.screens.window, pictures, f"rules-{name}-{language}-{scheme.value}-{size[0]}")

        await one.press(Key.Key_R, CTRL | SHIFT)
        take("empty", await one.sheet(RulesSheet))
        await one.press(Key.Key_Escape)
        fill(one)
        await one.press(Key.Key_R, CTRL | SHIFT)
        take("list", await one.sheet(RulesSheet))
        await one.press(Key.Key_Down)
        await one.press(Key.Key_Return)
        take("form", await one.sheet(RuleSheet))
        await one.press(Key.Key_Escape)
        await one.sheet(RulesSheet)
        await one.tab_to("new_rule_button")
        await one.press(Key.Key_Return)
        await one.sheet(RuleSheet)
        await one.tab_to("rule_low")
        await one.write("200")
        await one.tab_to("rule_high")
        await one.write("100")
        await one.press(Key.Key_Return)
        take("wrong", await one.sheet(RuleSheet))
        await one.press(Key.Key_Escape)
        sheet = await one.sheet(RulesSheet)
        presenter = one.screens.client_sheets.rules
        known = one.core.rules.load(one.client.id)
        presenter.toggle(known[4].id)
        take("nothing", await one.sheet(TestedSheet))
        await one.press(Key.Key_Escape)
        await one.sheet(RulesSheet)
        one.core.rules.switch_off(one.client.id, known[0].id)
        one.core.rules.switch_off(one.client.id, known[3].id)
        presenter.begin(one.client.id)
        await until(lambda: isinstance(presenter.step, Listed) and not presenter.step.rules[3].is_active)
        for name, place in (("tested", 0), ("conflict", 3)):
            presenter.toggle(known[place].id)
            take(name, await one.sheet(TestedSheet))
            await one.press(Key.Key_Escape)
            await one.sheet(RulesSheet)
        sheet = await one.sheet(RulesSheet)
        await one.press(Key.Key_Delete)
        take("remove", await one.sheet(RemoveSheet))
        await one.press(Key.Key_Escape)
        sheet = await one.sheet(RulesSheet)
        assert sheet.list.isVisible()
