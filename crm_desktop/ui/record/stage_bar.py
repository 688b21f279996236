"""The stages of an opportunity as a bar: a click moves it, won and lost close it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import Item, item_name
from crm_desktop.domain.pipeline import LOST, OPEN, WON, Stage
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.widgets import (
    Button,
    ButtonRow,
    Card,
    FlowLayout,
    PlainLabel,
    Popover,
    PrimaryButton,
)


class StageBar(Card):
    """Open stages in a row, then won and lost, or reopen where it is closed."""

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._editing = editing
        self._bar = QWidget()
        self._flow = FlowLayout(self._bar, gap=4)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        self.body.addWidget(self._bar)
        self._shown: tuple[object, ...] = ()
        self.popover: LosePopover | None = None

    def retranslate(self) -> None:
        """Set every word again."""
        self._shown = ()
        self.show_card()

    def show_card(self) -> None:
        """Show where the opportunity stands."""
        if self._editing.card is None:
            return
        stage, state = self._editing.value("stage"), self._editing.value("state")
        stages = self._stages()
        key = (stage, state, tuple(stages))
        if key == self._shown:
            return
        self._shown = key
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons.clear()
        for item_of_stage in stages:
            kind = Stage.of(item_of_stage).state
            if kind == OPEN:
                self._add(str(item_of_stage.id), item_name(item_of_stage, tr), item_of_stage, stage)
        if state in (WON, LOST):
            self._add("reopen", tr("record_page.reopen"))
        else:
            self._add("win", tr("record_page.win"), icon="trophy")
            self._add("lose", tr("record_page.lose"), icon="thumbs-down")

    def step(self, by: int) -> None:
        """To the next or the previous open stage (Ctrl+Shift+←/→)."""
        stages = [item for item in self._stages() if Stage.of(item).state == OPEN]
        ids = [item.id for item in stages]
        present = self._editing.value("stage")
        at = ids.index(present) if present in ids else len(ids)
        target = at + by
        if 0 <= target < len(ids):
            self.move_to(stages[target])

    def move_to(self, stage: Item) -> None:
        """Move it there, with a way back."""
        ref = self._editing.ref
        if ref is None or stage.id == self._editing.value("stage"):
            return
        services, window = self._editing.context.services, self._editing.context.window
        told = tr("record_page.moved", name=ref.title, stage=item_name(stage, tr))
        self._editing.write(
            lambda: services.opportunities.move(ref.id, stage.id),
            lambda: window.toast(told, undo=True),
        )

    def win(self) -> None:
        """Close it as won."""
        ref = self._editing.ref
        if ref is not None:
            services, window = self._editing.context.services, self._editing.context.window
            told = tr("record_page.won", name=ref.title)
            self._editing.write(
                lambda: services.opportunities.win(ref.id), lambda: window.toast(told, undo=True)
            )

    def lose(self) -> None:
        """Ask why beside the button; Esc leaves it open."""
        self.forget()
        self.popover = LosePopover(self._editing, self)
        self.popover.open_at(self.buttons.get("lose", self))

    def forget(self) -> None:
        """Another record comes: the question about the last one goes."""
        if self.popover is not None:
            self.popover.dismiss()
            self.popover.deleteLater()
            self.popover = None

    def reopen(self) -> None:
        """Open a closed one again."""
        ref = self._editing.ref
        if ref is not None:
            services = self._editing.context.services
            self._editing.write(lambda: services.opportunities.reopen(ref.id))

    def _stages(self) -> tuple[Item, ...]:
        services = self._editing.context.services
        present = services.lists.item(self._editing.value("stage"))
        if present is None:
            return services.opportunities.stages()
        return services.opportunities.stages(present.parent_id, also=present.id)

    def _add(
        self, key: str, text: str, stage: Item | None = None, present: int = 0, icon: str = ""
    ) -> None:
        variant = "segment" if stage is not None else ""
        button = Button(text, icon_name=icon, variant=variant, small=True)
        if stage is not None:
            button.setCheckable(True)
            button.setChecked(stage.id == present)
            button.clicked.connect(lambda _on=False, to=stage: self.move_to(to))
        else:
            button.clicked.connect(lambda _on=False: getattr(self, key)())
        self.buttons[key] = button
        self._flow.addWidget(button)


class LosePopover(Popover):
    """Why it was lost and what was learnt. Enter loses it, Esc leaves it open."""

    def __init__(self, editing: Editing, owner: QWidget) -> None:
        super().__init__(owner)
        self._editing = editing
        self._ref = editing.ref
        self.body.addWidget(PlainLabel(tr("record_page.why_lost"), role="strong"))
        reasons = QWidget()
        flow = FlowLayout(reasons, gap=4)
        self._group = QButtonGroup(self)
        self.reasons: list[Button] = []
        for item in editing.context.services.lists.items("lost_reason"):
            button = Button(item_name(item, tr), variant="segment", small=True)
            button.setCheckable(True)
            button.setProperty("item", item.id)
            self._group.addButton(button)
            self.reasons.append(button)
            flow.addWidget(button)
        reasons.setMinimumWidth(320)
        self.body.addWidget(reasons)
        self.lesson = QLineEdit()
        self.lesson.setPlaceholderText(tr("record_page.lesson"))
        self.lesson.setAccessibleName(tr("record_page.lesson"))
        self.lesson.returnPressed.connect(self.confirm)
        self.body.addWidget(self.lesson)
        confirm = PrimaryButton(tr("record_page.lose"))
        confirm.clicked.connect(self.confirm)
        self.body.addLayout(ButtonRow(confirm, on_cancel=self.dismiss))

    def confirm(self) -> None:
        """Close the opportunity as lost."""
        if self._ref is None or self._ref.kind is not Kind.OPPORTUNITY:
            return
        chosen = self._group.checkedButton()
        reason = chosen.property("item") if chosen is not None else None
        record_id, lesson = self._ref.id, self.lesson.text()
        services, window = self._editing.context.services, self._editing.context.window
        told = tr("record_page.lost", name=self._ref.title)
        self.lesson.setModified(False)
        self.dismiss()
        self._editing.write(
            lambda: services.opportunities.lose(record_id, reason, lesson),
            lambda: window.toast(told, undo=True),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
        else:
            super().keyPressEvent(event)
