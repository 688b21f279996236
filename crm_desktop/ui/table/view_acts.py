"""What can be done with a saved view: rename it, move it, delete it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.domain.views import SavedView
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.name_popover import NamePopover
from crm_desktop.ui.theme import icon


class ViewActs(QObject):
    """Works from the sidebar and from the title of a list."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner
        self._popover: NamePopover | None = None

    def menu(self, view_id: int, anchor: QWidget, at: QPoint) -> QMenu | None:
        """The menu of a view; popovers open at `at` in `anchor`. None where the view is gone."""
        views = self._context.services.views.all()
        view = next((each for each in views if each.id == view_id), None)
        if view is None:
            return None
        menu = QMenu(self._owner)
        menu.aboutToHide.connect(menu.deleteLater)
        self.fill(menu, view, anchor, at)
        ids = [each.id for each in views]
        place = ids.index(view_id)
        for key, step, icon_name in (("move_up", -1, "arrow-up"), ("move_down", 1, "arrow-down")):
            action = menu.addAction(icon(icon_name), tr(f"views.{key}"))
            action.setEnabled(0 <= place + step < len(ids))
            action.triggered.connect(lambda _c=False, step=step: self.move_view(view_id, step))
        return menu

    def fill(self, menu: QMenu, view: SavedView, anchor: QWidget, at: QPoint) -> None:
        """Add rename and delete to a menu."""
        rename = menu.addAction(icon("pencil"), tr("views.rename"))
        rename.triggered.connect(lambda _checked=False: self.rename(view, anchor, at))
        delete = menu.addAction(icon("trash-2", "danger"), tr("views.delete"))
        delete.triggered.connect(lambda _checked=False: self.remove(view))

    def rename(self, view: SavedView, anchor: QWidget, at: QPoint | None = None) -> NamePopover:
        """Ask for another name."""
        popover = NamePopover(
            tr("views.rename_title"), view.name, anchor, accept=tr("common.rename")
        )
        views = self._context.services.views

        def refused(why: Any) -> None:
            popover.complain(tr(why.key, **why.args_for_words))

        def take(name: str) -> None:
            self._context.jobs.run_writer(
                lambda _progress: views.rename(view.id, name),
                lambda _result: popover.finish(),
                refused=refused,
            )

        popover.named.connect(take)
        if self._popover is not None:
            self._popover.deleteLater()
        self._popover = popover
        popover.open_at(anchor, at)
        return popover

    def remove(self, view: SavedView) -> None:
        """Delete a view; the toast offers to take it back."""
        views = self._context.services.views

        def done(_result: Any) -> None:
            self._context.window.toast(tr("views.deleted", name=view.name), undo=True)

        self._context.jobs.run_writer(lambda _progress: views.remove(view.id), done)

    def move_view(self, view_id: int, step: int) -> None:
        """One place up or down in the sidebar."""
        views = self._context.services.views

        def work(_progress: Any) -> None:
            ids = [view.id for view in views.all()]
            place = ids.index(view_id)
            if 0 <= place + step < len(ids):
                ids.insert(place + step, ids.pop(place))
                views.reorder(ids)

        self._context.jobs.run_writer(work)
