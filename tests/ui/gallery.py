"""Pages made of the widgets alone, laid out as the drawings, to be looked at and held beside them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN, Size, Weight
from kontali_desktop.ui.widgets.alternatives import Alternative, AlternativesList
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind, LinkButton
from kontali_desktop.ui.widgets.card import Card, FigureCard
from kontali_desktop.ui.widgets.chips import Chip, ChipRow
from kontali_desktop.ui.widgets.detail_grid import DetailGrid
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.evidence import EvidenceList
from kontali_desktop.ui.widgets.field import TextField
from kontali_desktop.ui.widgets.keycap import KeyCaps
from kontali_desktop.ui.widgets.notice import Notice, Severity
from kontali_desktop.ui.widgets.page_header import PageHeader
from kontali_desktop.ui.widgets.paint import Run
from kontali_desktop.ui.widgets.progress import ProgressRow
from kontali_desktop.ui.widgets.quiet_strip import QuietStrip
from kontali_desktop.ui.widgets.search_field import SearchField
from kontali_desktop.ui.widgets.selector import SelectorButton
from kontali_desktop.ui.widgets.sidebar import Sidebar
from kontali_desktop.ui.widgets.status import StatusDot
from kontali_desktop.ui.widgets.steps import StepList, StepState
from kontali_desktop.ui.widgets.text import Label, divider
from kontali_desktop.ui.widgets.two_sided_delegate import ROW_ROLE
from kontali_desktop.ui.widgets.two_sided_list import TwoSidedList
from kontali_desktop.ui.widgets.two_sided_row import TwoSidedRow
from tests.ui import samples

WINDOW = QSize(1280, 800)


class RowModel(QAbstractListModel):
    """Rows for the two-sided list."""

    def __init__(self, rows: tuple[TwoSidedRow, ...]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(  # noqa: N802  # Qt names it
        self, parent: QModelIndex | QPersistentModelIndex | None = None
    ) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


def window(theme: Theme, screen: str, page: QWidget, client: str = "Alle klienter") -> QWidget:
    """A window with the sidebar and a page."""
    whole = QWidget()
    whole.resize(WINDOW)
    layout = QHBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    selector = SelectorButton(theme, client, IconName.BUILDINGS, name="Klient")
    selector.set_entries((("all", client), ("1", samples.MUNKHOLM)), "all")
    sidebar = Sidebar(theme, samples.SCREENS, selector, name="Skjermbilder")
    sidebar.show_chosen(screen)
    sidebar.set_badge("review", "17")
    sidebar.footer.addWidget(StatusDot(theme, "Synkronisert 04:00", Tone.POSITIVE))
    line = QHBoxLayout()
    line.setSpacing(6)
    line.addWidget(Label(theme, "Neste: i natt 04:00", size=Size.SMALL, tone=Tone.QUIET))
    line.addWidget(LinkButton(theme, "Synk nå", size=Size.SMALL))
    line.addStretch(1)
    sidebar.footer.addLayout(line)
    layout.addWidget(sidebar)
    layout.addWidget(page, 1)
    return whole


def review_page(theme: Theme) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    header = PageHeader(theme, "Kontroll")
    header.set_remark("885 godkjent automatisk i natt · 17 venter på deg")
    header.add_action(Button(theme, "Godkjenn 11 sikre…", keys=("Ctrl", "⏎")))
    layout.addWidget(header)
    filters = QHBoxLayout()
    filters.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 12)
    chips = (
        Chip("all", "Alle", 17),
        Chip("sure", "Sikre", 11),
        Chip("likely", "Trolige", 4),
        Chip("without", "Uten forslag", 2),
        Chip("parked", "Parkert", 3),
    )
    filters.addWidget(ChipRow(theme, chips, name="Utvalg"), 1)
    filters.addWidget(SearchField(theme, "Søk beløp, navn, KID …", name="Søk"))
    layout.addLayout(filters)
    rows = TwoSidedList(theme, ("Banken", "Sikkerhet", "Forslag"), name="Kontrollkø")
    model = RowModel(samples.ROWS * 3)
    model.setParent(rows)
    rows.set_model(model)
    rows.go_to(1)
    layout.addWidget(rows, 1)
    strip = QuietStrip(theme, "Angre", ("Ctrl", "Z"))
    strip.say("Godkjent: Bjørk Design AS 8 125,00")
    strip.set_position("2 av 17")
    layout.addWidget(strip)
    layout.addWidget(review_detail(theme))
    return page


def review_detail(theme: Theme) -> QWidget:
    detail = QWidget()
    detail.setProperty("surface", "raised")
    detail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(detail)
    layout.setContentsMargins(PAGE_MARGIN, 10, PAGE_MARGIN, 16)
    layout.setSpacing(0)
    top = QHBoxLayout()
    top.setSpacing(20)
    grid = DetailGrid(theme, name="De to sidene")
    grid.set_rows(samples.DETAIL)
    top.addWidget(grid, 1)
    side = QVBoxLayout()
    side.setSpacing(8)
    side.setContentsMargins(0, 8, 0, 0)
    evidence = EvidenceList(theme, "Hvorfor")
    evidence.set_items(samples.EVIDENCE)
    side.addWidget(evidence)
    others = AlternativesList(theme, "Andre forslag")
    others.set_alternatives((), none="Ingen andre kombinasjoner går opp")
    side.addWidget(others)
    side.addStretch(1)
    holder = QWidget()
    holder.setFixedWidth(300)
    holder.setLayout(side)
    top.addWidget(holder)
    layout.addLayout(top)
    layout.addSpacing(10)
    layout.addWidget(divider())
    layout.addSpacing(14)
    actions = QHBoxLayout()
    actions.setSpacing(8)
    actions.addWidget(Button(theme, "Godkjenn", kind=ButtonKind.PRIMARY, keys=("⏎",)))
    for text, key in (
        ("Avvis", "R"),
        ("Annen post", "F"),
        ("Del opp", "S"),
        ("Før direkte", "V"),
        ("Parker", "P"),
    ):
        actions.addWidget(Button(theme, text, keys=(key,)))
    actions.addStretch(1)
    actions.addWidget(KeyCaps(theme, ("?",)))
    actions.addWidget(Label(theme, "alle taster", tone=Tone.QUIET))
    layout.addLayout(actions)
    return detail


def parts_page(theme: Theme) -> QWidget:
    """What the other screens are made of."""
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, PAGE_MARGIN)
    layout.setSpacing(12)
    header = PageHeader(theme, "Oversikt", margin=0)
    header.set_remark("tirsdag 24. november 2026")
    header.add_action(Button(theme, "Synk alle", keys=("F5",)))
    header.add_action(Button(theme, "Koble til bank", kind=ButtonKind.PRIMARY, icon=IconName.PLUS))
    layout.addWidget(header)
    for severity in (Severity.NEGATIVE, Severity.WARNING):
        notice = Notice(theme, close_name="Lukk" if severity is Severity.WARNING else "")
        notice.show_notice(
            severity,
            "Saga Catering AS: samtykket hos DNB utløp 17.11.",
            "Ingen transaksjoner siden da. Forny med BankID; de manglende dagene hentes med én gang.",
            "Forny samtykke",
        )
        layout.addWidget(notice)
    figures = QHBoxLayout()
    figures.setSpacing(12)
    for texts in (
        ("Mottatt i natt", "902", "fra 8 av 9 kontoer"),
        ("Ferdig uten deg", "885", "98,1 % · 0 angret siste 30 dager"),
        ("Venter på deg", "17", "om lag 3 minutter"),
        ("Avstemt mot banken", "8 av 9 kontoer", "til og med mandag 23.11"),
    ):
        figures.addWidget(FigureCard(theme, *texts))
    layout.addLayout(figures)
    progress = ProgressRow(theme, name="Henter", cancel="Avbryt")
    progress.show_progress("Henter 15031234567", "45 av 90 dager · 128 transaksjoner", 45, 90)
    layout.addWidget(progress)
    layout.addLayout(buttons_row(theme))
    others = AlternativesList(theme, "Andre forslag")
    others.set_alternatives(
        (
            Alternative(
                (Run("10198", strong=True), Run("  Kari Hansen  "), Run("forfall 20.11", Tone.QUIET)), "500,00"
            ),
            Alternative((Run("10241", strong=True), Run("  Nordlys Bygg AS")), "500,00", "41 %"),
        ),
        none="Ingen",
    )
    layout.addWidget(others)
    layout.addWidget(
        EmptyState(theme, IconName.CHECK_CIRCLE, "Alt er kontrollert", "Ingen venter på deg.", "Synk nå"), 1
    )
    return page


def buttons_row(theme: Theme) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(Button(theme, "Forny", kind=ButtonKind.PRIMARY, small=True))
    row.addWidget(Button(theme, "Synk nå", small=True))
    off = Button(theme, "Synk nå", small=True)
    off.setEnabled(False)
    row.addWidget(off)
    for text, tone in (("i orden", Tone.POSITIVE), ("12 dager igjen", Tone.WARNING), ("utløpt", Tone.NEGATIVE)):
        row.addWidget(StatusDot(theme, text, tone))
    row.addStretch(1)
    return row


def first_run_page(theme: Theme) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    card = Card(padding=32)
    card.setFixedWidth(560)
    card.body.setSpacing(4)
    card.body.addWidget(Label(theme, "Kom i gang", size=Size.TITLE, weight=Weight.STRONG))
    card.body.addWidget(Label(theme, "Tre steg, så er du klar for den første kontrollen.", tone=Tone.QUIET))
    card.body.addSpacing(20)
    steps = StepList(theme)
    first = steps.add_step("Klient")
    first.set_state(StepState.CURRENT, "nå")
    fields = QHBoxLayout()
    fields.setSpacing(12)
    fields.addWidget(TextField(theme, "Organisasjonsnummer", "9 siffer"), 2)
    fields.addWidget(TextField(theme, "Firmanavn", "Hentes fra banken om feltet står tomt"), 3)
    first.body.addLayout(fields)
    steps.add_step("Bank", "Logg inn hos banken én gang. Kontali får bare lese.")
    steps.add_step("Fakturaer", "Hent inn åpne poster fra filer. Kan vente.")
    card.body.addWidget(steps)
    row = QHBoxLayout()
    row.setContentsMargins(42, 0, 0, 0)
    row.addWidget(Button(theme, "Koble til bank", kind=ButtonKind.PRIMARY))
    row.addWidget(Button(theme, "Prøv med demobanken"))
    row.addStretch(1)
    card.body.addLayout(row)
    layout.addStretch(1)
    layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(1)
    return page
