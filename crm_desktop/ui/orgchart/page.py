"""The page of a company's org chart: who reports to whom, arranged by dragging or by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.orgchart import Member, OrgChart, below, forest
from crm_desktop.domain.problems import Refused
from crm_desktop.services.saving import save_bytes
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.file_dialogs import (
    FileKind,
    Purpose,
    ask_save,
    open_file,
    pdf_kind,
    show_folder,
)
from crm_desktop.ui.formats import day_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.orgchart.boss_popover import BossPopover
from crm_desktop.ui.orgchart.canvas import MARGIN, ZOOMS, Canvas
from crm_desktop.ui.orgchart.head import Head
from crm_desktop.ui.orgchart.layout import Plan, lay_out
from crm_desktop.ui.orgchart.painting import ChartPainter, measures
from crm_desktop.ui.orgchart.rendering import pdf, png
from crm_desktop.ui.orgchart.wording import ChartWords
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.theme import theme, tokens
from crm_desktop.ui.theme.tokens import GAP_CARD, GAP_PAGE, LIGHT, Tokens
from crm_desktop.ui.widgets import EmptyState

_ROOMY = 520  # below this height the chart needs the room of what explains it
_READABLE = 0.6  # unasked, a chart is not made smaller than this to fit


class OrgChartPage(Page):
    """One company at a time."""

    key = "orgchart"
    shows = frozenset({Kind.PERSON, Kind.COMPANY, Kind.LIST})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.chart: OrgChart | None = None
        self._words = ChartWords(context)
        self._gone = ""
        self._fitted = False  # until the user zooms, the chart follows the window
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, GAP_PAGE)
        outer.setSpacing(GAP_CARD)
        self.head = Head()
        self.head.acted.connect(self._act)
        self.head.add_wanted.connect(self._add)
        self.head.show_left.toggled.connect(lambda _on: self._draw())
        outer.addWidget(self.head)
        self.canvas = Canvas(self._painter, self._spoken, self._is_forbidden)
        self.canvas.opened.connect(lambda _person: self._open_chosen())
        self.canvas.dropped.connect(self.set_boss)
        self.canvas.boss_wanted.connect(self.choose_boss)
        self.canvas.menu_wanted.connect(self._menu)
        self.canvas.zoom_wanted.connect(self.zoom_by)
        self.canvas.chosen_changed.connect(self._show_chosen)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.canvas)
        self.area.viewport().installEventFilter(self)
        outer.addWidget(self.area, 1)
        self.empty = EmptyState("network", "")
        self.empty.primary_clicked.connect(self.head.start_new)
        outer.addWidget(self.empty, 1)
        self.empty.hide()
        self._actions = {key: QAction(self) for key in ("boss", "nobody", "zoom_in", "zoom_out",
                                                        "fit")}  # fmt: skip
        for key, action in self._actions.items():
            action.triggered.connect(lambda _on=False, key=key: self._act(key))
        theme().changed.connect(self._draw)
        self.retranslate()

    # ---- what the shell asks

    def title(self) -> str:
        return tr("orgchart.of", name=self.chart.company.title) if self.chart is not None else ""

    def show_place(self, place: Place) -> None:
        self.chart = None
        self._gone = ""
        self._fitted = True
        self.canvas.chosen = None
        self.head.leave_new()

    def refresh(self) -> None:
        place = self.place
        if place is None or place.id is None:
            self._show_gone(Refused("record.gone"))
            return
        company, charts = place.id, self.context.services.orgcharts
        self.context.jobs.run_reader(
            lambda: charts.of(company),
            lambda chart: self._arrived(company, chart),
            refused=self._show_gone,
        )

    def retranslate(self) -> None:
        self.head.retranslate()
        self.canvas.setAccessibleName(tr("orgchart.title"))
        self.area.setAccessibleName(tr("orgchart.title"))
        for key, action in self._actions.items():
            action.setText(tr(f"orgchart.{key}"))
        self._draw()

    def extra_actions(self) -> list[QAction]:
        return list(self._actions.values())

    def has_unsaved_text(self) -> bool:
        return self.head.has_unsaved_text()

    def save_unsaved_text(self) -> None:
        self.head.submit()

    def handles(self, command: str) -> bool:
        if command in ("export", "print"):
            return self.chart is not None and bool(self.canvas.plan.boxes)
        if command == "edit":
            return self._chosen() is not None
        return super().handles(command)

    def selected_place(self) -> Place | None:
        chosen = self._chosen()
        return Place.record(Kind.PERSON, chosen.person.id) if chosen is not None else self.place

    # ---- commands

    def do_new_person(self) -> None:
        """Somebody more at this company."""
        self.head.start_new()

    def do_edit(self) -> None:
        """Say whom the chosen person reports to."""
        self.choose_boss()

    def do_export(self) -> None:
        """A picture or a PDF."""
        self._save(("png", "pdf"))

    def do_print(self) -> None:
        """On paper: a PDF that fits one sheet."""
        self._save(("pdf",))

    def set_boss(self, person: int, boss: int | None) -> None:
        """One person reports to another one from now on, or to nobody."""
        chart = self.chart
        if chart is None:
            return
        member, above = chart.member(person), chart.member(boss)
        if member is None:
            return
        charts, window = self.context.services.orgcharts, self.context.window
        told = (
            tr("orgchart.reports_now", name=member.person.title, boss=above.person.title)
            if above is not None
            else tr("orgchart.reports_to_nobody", name=member.person.title)
        )
        self.write(
            lambda: charts.set_boss(chart.company.id, person, boss),
            lambda _done: window.toast(told, undo=True),
        )

    def choose_boss(self) -> None:
        """Open the popover that asks whom the chosen person reports to."""
        chosen, chart = self._chosen(), self.chart
        if chosen is None or chart is None or chosen.left:
            return
        under = below(chart.members, chosen.person.id)
        others = [
            member
            for member in chart.members
            if not member.left and member.person.id not in {chosen.person.id, *under}
        ]
        person = chosen.person.id
        popover = BossPopover(self, chosen, others, lambda boss: self.set_boss(person, boss))
        popover.closed.connect(popover.deleteLater)
        self.context.navigator.moved.connect(popover.dismiss)
        box = self.canvas.box_of(person)
        popover.open_at(self.canvas, QPoint(round(box.left()), round(box.bottom()) + 4))

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller."""
        now = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - self.canvas.zoom))
        self._fitted = False
        self._set_zoom(ZOOMS[max(0, min(len(ZOOMS) - 1, now + steps))])
        self.canvas.show_chosen()

    def fit(self) -> None:
        """As large as the window shows it whole, not above its own size."""
        self._fit(ZOOMS[0])

    def _fit(self, least: float) -> None:
        plan = self.canvas.plan
        if not plan.boxes:
            return
        room = self.area.viewport().size()
        across = (room.width() - 2 * MARGIN) / max(plan.width, 1)
        down = (room.height() - 2 * MARGIN) / max(plan.height, 1)
        self._fitted = True
        self._set_zoom(max(least, min(1.0, across, down)))

    def save_to(self, path: Path) -> None:
        """Write the chart into a file, a PDF or a picture by its ending."""
        chart = self.chart
        if chart is None:
            return
        draw = pdf if path.suffix.casefold() == ".pdf" else png
        note = day_text(self.context.clock.today())
        data = draw(self._plan(1.0), self._painter_in(LIGHT), self.title(), note)

        def done(_result: Any) -> None:
            choices = (
                (tr("common.open"), lambda: open_file(path)),
                (tr("common.show_in_folder"), lambda: show_folder(path)),
            )
            self.context.window.toast(tr("common.saved_as", name=path.name), choices=choices)

        self.read("save", lambda: save_bytes(path, data), done)

    # ---- how it comes about

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.set_roomy(self.height() >= theme().px(_ROOMY))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._fitted:
            self._fit(_READABLE)
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._draw()

    def _arrived(self, company: int, chart: OrgChart) -> None:
        if self.place is None or self.place.id != company:
            return
        first = self.chart is None
        self.chart = chart
        self._draw()
        wanted = self.place.wish("person")
        if first:
            self.title_changed.emit()
            if wanted.isdigit():
                self.canvas.choose(int(wanted))
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._fitted:
            self._fit(_READABLE)
        self.commands_changed.emit()

    def _show_gone(self, trouble: Refused) -> None:
        self.chart, self._gone = None, sentence(trouble)
        self._draw()

    def _draw(self) -> None:
        chart = self.chart
        empty = chart is None or not chart.members
        self.area.setVisible(not empty)
        self.empty.setVisible(empty and (chart is not None or bool(self._gone)))
        self.head.show_chart(chart, self._words.legend(chart))
        if empty:
            self.canvas.show_plan(Plan())
        if chart is None:
            self.empty.set_texts(self._gone)
        elif empty:
            self.empty.set_texts(
                tr("orgchart.empty"), why=tr("orgchart.empty_why"), primary=tr("orgchart.add")
            )
        else:
            self.canvas.show_plan(self._plan(1.0))
        self._show_chosen()

    def _plan(self, scale: float) -> Plan:
        chart = self.chart
        if chart is None:
            return Plan()
        shown = chart if self.head.show_left.isChecked() else chart.present()
        said = map(self._words.said, shown.members)
        return lay_out(forest(shown.members), measures(scale, said))

    def _painter(self) -> ChartPainter:
        return self._painter_in(tokens())

    def _painter_in(self, look: Tokens) -> ChartPainter:
        return ChartPainter(look, self._words.said, self._words.heading)

    def _spoken(self, member: Member) -> str:
        return self._words.spoken(member, self.chart)

    def _is_forbidden(self, person: int, boss: int) -> bool:
        if self.chart is None:
            return False
        above = self.chart.member(boss)
        return (above is not None and above.left) or boss in below(self.chart.members, person)

    def _chosen(self) -> Member | None:
        return self.canvas.plan.members.get(self.canvas.chosen or 0)

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        movable = chosen is not None and not chosen.left
        self.head.enable("boss", on=movable)
        self.head.enable("open", on=chosen is not None)
        self._actions["boss"].setEnabled(movable)
        self._actions["nobody"].setEnabled(
            chosen is not None and movable and chosen.boss is not None
        )
        self.commands_changed.emit()

    def _set_zoom(self, zoom: float) -> None:
        self.canvas.set_zoom(zoom)
        self.head.show_zoom(self.canvas.zoom)

    def _act(self, key: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            "boss": self.choose_boss,
            "nobody": self._leave_boss,
            "open": self._open_chosen,
            "company": self._open_company,
            "zoom_in": lambda: self.zoom_by(1),
            "zoom_out": lambda: self.zoom_by(-1),
            "fit": self.fit,
            "save": self.do_export,
        }
        acts[key]()

    def _leave_boss(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.set_boss(chosen.person.id, None)

    def _open_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.go(Place.record(Kind.PERSON, chosen.person.id))

    def _open_company(self) -> None:
        if self.place is not None:
            self.go(Place("company", self.place.id))

    def _menu(self, person: int, point: QPoint) -> None:
        chosen = self._chosen()
        if chosen is None or self.chart is None:
            return
        menu = QMenu(self)
        menu.addAction(tr("orgchart.open"), lambda: self._act("open"))
        menu.addAction(self._actions["boss"])
        menu.addAction(self._actions["nobody"])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def _add(self, name: str) -> None:
        chart, chosen = self.chart, self._chosen()
        if chart is None:
            return
        boss = chosen.person.id if chosen is not None and not chosen.left else None
        charts, window = self.context.services.orgcharts, self.context.window

        def done(person: int) -> None:
            window.toast(tr("record_page.created", name=name), undo=True)

        self.write(lambda: charts.add(chart.company.id, name, boss_id=boss), done)

    def _save(self, suffixes: tuple[str, ...]) -> None:
        if self.chart is None:
            return
        kinds = {"png": FileKind(tr("orgchart.picture"), ("png",)), "pdf": pdf_kind()}
        chosen = ask_save(
            self,
            Purpose.EXPORT,
            tr("orgchart.save"),
            name=f"{self.title()}.{suffixes[0]}",
            kinds=[kinds[each] for each in suffixes],
        )
        if chosen is not None:
            self.save_to(chosen.path)
