"""Shows the sheets of the rules, one at a time, over the window."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.rules.presenter import RulesPresenter
from kontali_desktop.ui.rules.rule_sheet import RuleSheet
from kontali_desktop.ui.rules.rules_sheet import RulesSheet
from kontali_desktop.ui.rules.steps import Edited, Listed, Removing, Step, Tested
from kontali_desktop.ui.rules.tested_sheet import RemoveSheet, TestedSheet
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.one_sheet import OneSheet
from kontali_desktop.wording.wording import Wording


class RulesFlow(QObject):
    """Follows `presenter.step_changed`. Escape leads one step back."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: RulesPresenter) -> None:
        super().__init__(window)
        self._over = (theme, wording, window)
        self._presenter = presenter
        self._place: OneSheet[WordedSheet] = OneSheet(self._on_dismissed)
        presenter.step_changed.connect(self._follow)

    @property
    def sheet(self) -> WordedSheet | None:
        return self._place.shown

    def _follow(self, step: Step | None) -> None:
        if isinstance(step, Listed) and isinstance(self.sheet, RulesSheet):
            self.sheet.show_step(step)
        elif step is None:
            self._place.close()
        else:
            self._place.show(self._made(step))

    def _on_dismissed(self) -> None:
        step = self._presenter.step
        if isinstance(step, Listed):
            self._presenter.close()
        elif isinstance(step, Tested) and not step.is_kept:
            self._presenter.change_tested()  # what was typed is not lost
        else:
            self._presenter.list_again()

    def _made(self, step: Step) -> WordedSheet:
        if isinstance(step, Listed):
            return self._list_sheet(step)
        if isinstance(step, Edited):
            return self._form(step)
        if isinstance(step, Removing):
            return self._question(step)
        return self._tested(step)

    def _list_sheet(self, step: Listed) -> RulesSheet:
        presenter = self._presenter
        sheet = RulesSheet(*self._over, step)
        sheet.client_chosen.connect(presenter.choose_client)
        sheet.add_wanted.connect(presenter.add)
        sheet.suggestion_taken.connect(presenter.take)
        sheet.suggestion_dismissed.connect(presenter.dismiss)
        sheet.list.edit_wanted.connect(presenter.edit)
        sheet.list.toggle_wanted.connect(presenter.toggle)
        sheet.list.remove_wanted.connect(presenter.ask_remove)
        sheet.list.move_wanted.connect(presenter.move)
        return sheet

    def _form(self, step: Edited) -> RuleSheet:
        presenter = self._presenter
        sheet = RuleSheet(*self._over, step, presenter.look)
        sheet.test_wanted.connect(presenter.test)
        sheet.back_wanted.connect(presenter.list_again)
        presenter.problems.connect(sheet.show_problems)
        return sheet

    def _tested(self, step: Tested) -> TestedSheet:
        presenter = self._presenter
        sheet = TestedSheet(*self._over, step)
        sheet.use_wanted.connect(lambda in_spite: presenter.use(in_spite_of_conflicts=in_spite))
        sheet.keep_wanted.connect(presenter.keep)
        sheet.back_wanted.connect(presenter.change_tested)
        return sheet

    def _question(self, step: Removing) -> RemoveSheet:
        sheet = RemoveSheet(*self._over, step)
        sheet.agreed.connect(self._presenter.remove)
        sheet.back_wanted.connect(self._presenter.list_again)
        return sheet
