"""The name of a list with the menu of its views: choose, save, rename, delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMenu

from crm_desktop.domain.views import SavedView
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import LIST_OF_KIND, view_place
from crm_desktop.ui.table.title_bar import TitleBar
from crm_desktop.ui.table.view_acts import ViewActs
from crm_desktop.ui.theme import icon
from crm_desktop.ui.tooltips import plain_tip
from crm_desktop.ui.widgets.wrapping import menu_words

if TYPE_CHECKING:
    from crm_desktop.ui.table.pane import TablePane


class ViewSwitch(QObject):
    """Brings the title of a list page to life."""

    def __init__(self, context: Context, bar: TitleBar, pane: Callable[[], TablePane]) -> None:
        super().__init__(bar)
        self._context, self._bar, self._pane = context, bar, pane
        self._acts = ViewActs(context, bar)
        bar.views.clicked.connect(self.open_menu)
        bar.title.installEventFilter(self)
        bar.title.setCursor(Qt.CursorShape.PointingHandCursor)

    def show(self, pane: TablePane) -> None:
        """Name the view, or the list where none is open."""
        view, kind = pane.saved.view, pane.kind.value
        plain = f"kind.{kind}.plural" if pane.spec.segments else f"views.all.{kind}"
        self._bar.title.setText(view.name if view is not None else tr(plain))
        # Where a switch names the list, the title is only for the view.
        self._bar.title.setVisible(view is not None or not self._bar.has_switch)

    def save(self) -> None:
        """Ask for the name of what is shown."""
        self._pane().saved.save(self._bar.views)

    def menu(self) -> QMenu:
        """All views of the list, and what can be done with the one that is open."""
        pane = self._pane()
        menu = QMenu(self._bar)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.setToolTipsVisible(True)
        self._offer(menu, tr(f"views.all.{pane.kind.value}"), None)
        for view in self._context.services.views.of(pane.kind):
            self._offer(menu, view.name, view)
        menu.addSeparator()
        save = menu.addAction(icon("bookmark"), tr("views.save_changes"), self.save)
        save.setEnabled(pane.saved.differs)
        current = pane.saved.view
        if current is not None:
            reset = menu.addAction(icon("undo-2"), tr("views.reset"), pane.saved.reset)
            reset.setEnabled(pane.saved.differs)
            anchor = self._bar.views
            self._acts.fill(menu, current, anchor, QPoint(0, anchor.height() + 4))
        return menu

    def open_menu(self) -> None:
        """Show the menu below the title."""
        anchor = self._bar.title if self._bar.title.isVisible() else self._bar.views
        self.menu().popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 2)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
        ):
            self.open_menu()
            return True
        return super().eventFilter(watched, event)

    def _offer(self, menu: QMenu, name: str, view: SavedView | None) -> None:
        pane = self._pane()
        kind, view_id = pane.kind.value, view.id if view is not None else None
        current = pane.saved.view.id if pane.saved.view is not None else None
        action = menu.addAction(menu_words(name))
        action.setToolTip(plain_tip(name))  # the words may be cut
        action.setCheckable(True)
        action.setChecked(view_id == current)
        action.setEnabled(kind in LIST_OF_KIND)
        go = self._context.navigator.go
        action.triggered.connect(lambda _checked=False: go(view_place(kind, view_id)))
