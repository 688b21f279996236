"""The saved view a list shows: opened, left again, and saved when it has become another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Group, Query
from crm_desktop.domain.views import SavedView, View
from crm_desktop.typed_texts import Tells, page_without_told
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import view_place
from crm_desktop.ui.table.name_popover import NamePopover
from crm_desktop.ui.table.remembering import to_state

if TYPE_CHECKING:
    from crm_desktop.ui.table.pane import TablePane

_LONGEST_NAME = 40


class Saved(QObject):
    """Belongs to one list. `changed` says: another view, another name, or no longer as saved."""

    changed = Signal()

    def __init__(self, pane: TablePane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.view: SavedView | None = None
        self._own: dict[str, Any] = {}  # how the list stood before a view was opened
        self._own_base = Query()
        self._kept: Mapping[str, Any] = {}  # changes to a view that were never saved
        self._popover: NamePopover | None = None
        pane.arranged.connect(self.changed)
        self.changed.connect(self._offer)
        pane.filter.save_wanted.connect(lambda: self.save(pane.filter.save_button))
        pane.context.notifier.changed.connect(self._news)

    def open(self, view_id: int) -> bool:
        """Show a saved view; whether there is one."""
        found = self._pane.context.services.views.find(view_id)
        if found is None or found.kind is not self._pane.kind:
            self.leave()
            return False
        if self.view is None:
            self._own, self._own_base = self._pane.arrangement(), self._pane.base
        self.view = found
        self._pane.set_base(Query())
        kept, self._kept = self._kept, {}
        as_left = kept.get("id") == view_id and isinstance(kept.get("state"), dict)
        self._show(kept["state"] if as_left else _as_state(found.view))
        return True

    def leave(self) -> None:
        """Back to the list as it stood before a view was opened."""
        if self.view is None:
            return
        self.view = None
        self._pane.set_base(self._own_base)
        self._show(self._own)

    def reset(self) -> None:
        """Show the view as it was saved."""
        if self.view is not None:
            self._show(_as_state(self.view.view))

    def shown(self) -> View:
        """What the list shows now, as a view."""
        query = self._pane.query()
        return View(
            replace(query, where=_flat(query.where)), self._pane.columns(), self._pane.widths()
        )

    @property
    def differs(self) -> bool:
        """Whether what is shown is worth saving: not as the view says, or not the plain list."""
        now = self.shown()
        if self.view is None:
            usual = self._pane.usual_columns()
            return (
                bool(self._pane.filter.active)
                or now.columns != usual
                or bool(now.query.order or now.query.group)
            )
        saved = self.view.view
        columns = saved.columns or self._pane.usual_columns()
        return now != View(saved.query, columns, saved.widths)

    def save(self, anchor: QWidget) -> NamePopover:
        """Ask for a name and save; a view that is open can also be changed."""
        name = self.view.name if self.view is not None else self._suggested()
        popover = NamePopover(
            tr("views.save_title"),
            name,
            anchor,
            hint=tr("views.save_hint"),
            accept=tr("views.save" if self.view is None else "views.save_as_new"),
            other="" if self.view is None else tr("views.update_this"),
        )
        popover.named.connect(self._add)
        popover.other_wanted.connect(self.update_view)
        if self._popover is not None:
            self._popover.deleteLater()
        self._popover = popover
        popover.open_at(anchor)
        return popover

    def update_view(self) -> None:
        """Let the open view show from now on what the list shows."""
        view = self.view
        if view is None:
            return
        pane, shown = self._pane, self.shown()
        views = pane.context.services.views

        def done(_result: Any) -> None:
            pane.context.window.toast(tr("views.updated", name=view.name), undo=True)

        pane.context.jobs.run_writer(lambda _progress: views.replace(view.id, shown), done)

    def close_popover(self) -> None:
        """The list goes out of sight."""
        if self._popover is not None:
            self._popover.dismiss()

    def state(self) -> dict[str, Any]:
        """The list's own state; a view and what was changed in it beside."""
        state = self._pane.arrangement()
        if self.view is None:
            return state
        return {**self._own, "view": {"id": self.view.id, "state": state}}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state; its view opens when somebody goes there."""
        kept = state.get("view")
        self._kept = kept if isinstance(kept, dict) else {}
        self._pane.arrange(dict(state))
        self.changed.emit()

    def forget_told(self, tells: Tells) -> None:
        """Filter by nothing that tells of somebody erased: now, before a view, in one as left."""
        self._own = page_without_told(self._own, tells)
        self._kept = page_without_told(self._kept, tells)
        now = self._pane.arrangement()
        kept = page_without_told(now, tells)
        if kept != now:
            self._show(kept)

    # ---- how it comes about

    def _add(self, name: str) -> None:
        pane, shown = self._pane, self.shown()
        views, kind = pane.context.services.views, pane.kind

        def done(view_id: int) -> None:
            if self._popover is not None:
                self._popover.finish()
            self._kept = {}
            pane.context.navigator.go(view_place(kind.value, view_id))
            pane.context.window.toast(tr("views.saved", name=name), undo=True)

        def refused(why: Any) -> None:
            if self._popover is not None and self._popover.isVisible():
                self._popover.complain(tr(why.key, **why.args_for_words))
            else:
                pane.context.window.tell(why)

        pane.context.jobs.run_writer(
            lambda _progress: views.add(kind, name, shown), done, refused=refused
        )

    def _suggested(self) -> str:
        """The first condition, as its chip says it."""
        chips = self._pane.filter.texts()
        return chips[0][:_LONGEST_NAME] if chips else ""

    def _show(self, state: Mapping[str, Any]) -> None:
        self._pane.arrange(dict(state))
        self._pane.reload()
        self.changed.emit()

    def _offer(self) -> None:
        self._pane.filter.set_savable(self.differs)

    def _news(self, kinds: frozenset[Any], _gesture: Any) -> None:
        if Kind.VIEW not in kinds or self.view is None:
            return
        before = self.view
        self.view = self._pane.context.services.views.find(before.id)
        if self.view is None:  # the rows stay as they are; only the name is gone
            here = self._pane.context.navigator.here
            if here == view_place(before.kind.value, before.id):
                self._pane.context.navigator.replace(view_place(before.kind.value, None))
        self.changed.emit()


def _as_state(view: View) -> dict[str, Any]:
    return to_state(view.columns, view.widths, view.query.order, view.query, None)


def _flat(group: Group) -> Group:
    """Groups of which all must hold, within such a group, are no groups of their own."""
    if group.any_of and len(group.conditions) > 1:
        return group
    parts: list[Any] = []
    for part in group.conditions:
        if isinstance(part, Group) and (not part.any_of or len(part.conditions) < 2):
            parts += _flat(part).conditions
        else:
            parts.append(part)
    if len(parts) == 1 and isinstance(parts[0], Group):
        return _flat(parts[0])
    return Group(tuple(parts))
