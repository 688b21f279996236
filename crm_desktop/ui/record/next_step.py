"""The next step on top of a record: done, later, or plan one where there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from crm_desktop.domain.due import Due, Later, later_options
from crm_desktop.domain.next_step import NextStep, wants_step
from crm_desktop.domain.quickadd import parse as parse_line
from crm_desktop.ui.formats import day_input, day_near, due_colour
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.typed import Typed
from crm_desktop.ui.widgets import Button, Card, Chip, DateField, ElidedLabel, PlainLabel, Popover


class NextStepBar(Card):
    """Shows the earliest open follow-up of the record, or the line to plan one."""

    opened = Signal(int)

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._editing = editing
        self._typed = Typed(editing.context.clock)
        self._step: NextStep | None = None
        self._later_choices: Popover | None = None
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.chip = Chip("", clickable=True)
        self.chip.clicked.connect(lambda: self._step and self.opened.emit(self._step.activity_id))
        self.subject = ElidedLabel("", role="strong")
        self.done_button = Button("", icon_name="check", small=True)
        self.done_button.clicked.connect(self.done)
        self.later_button = Button("", icon_name="alarm-clock", variant="quiet", small=True)
        self.later_button.clicked.connect(self.later)
        row.addWidget(self.chip)
        row.addWidget(self.subject, 1)
        row.addWidget(self.done_button)
        row.addWidget(self.later_button)
        self.body.addWidget(self._row)
        self._plan_row = QWidget()
        plan = QHBoxLayout(self._plan_row)
        plan.setContentsMargins(0, 0, 0, 0)
        plan.setSpacing(8)
        self.none_chip = Chip("", colour="amber")
        self.plan_line = QLineEdit()
        self.plan_line.returnPressed.connect(self._plan)
        self.plan_line.textEdited.connect(lambda _text: self._tell_understood())
        plan.addWidget(self.none_chip)
        plan.addWidget(self.plan_line, 1)
        self.body.addWidget(self._plan_row)
        self._understood = PlainLabel("", role="small", tone="muted", wrap=True)
        self.body.addWidget(self._understood)
        self._planning = False
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.done_button.setText(tr("common.done"))
        self.later_button.setText(tr("common.later"))
        self.none_chip.set_text(tr("format.nothing_planned"), "amber")
        self.plan_line.setPlaceholderText(tr("record_page.plan_hint"))
        self.plan_line.setAccessibleName(tr("record_page.plan"))
        self.show_step(self._step)

    def show_step(self, step: NextStep | None) -> None:
        """Show the follow-up that comes next, or that nothing is planned."""
        self._step = step
        if step is not None:
            today = self._editing.shown.today
            self.chip.set_text(self._editing.shown.step_text(step), due_colour(step.day, today))
            self.subject.setText(step.subject)
        self._arrange()

    def forget(self) -> None:
        """Another record comes."""
        self._close_later()
        self._planning = False
        self.plan_line.setText("")
        self._tell_understood()

    def has_unsaved_text(self) -> bool:
        """Whether a plan is being typed."""
        return bool(self.plan_line.text().strip())

    def start_plan(self) -> None:
        """Take the keyboard to plan a follow-up, also beside one there already is."""
        self._planning = True
        self._arrange()
        self.plan_line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def done(self) -> None:
        """Tick the next step off; the line for the one after it is offered."""
        step = self._step
        if step is None:
            return
        context = self._editing.context

        def ticked() -> None:
            context.window.toast(tr("record_page.done", name=step.subject), undo=True)
            self.start_plan()

        self._editing.write(lambda: context.services.activities.complete(step.activity_id), ticked)

    def later(self) -> None:
        """Offer when to come back to it."""
        step = self._step
        if step is None:
            return
        context = self._editing.context
        item = context.services.activities.item(step.activity_id)
        due = item.due or Due(self._editing.shown.today, None, context.clock.zone)
        self._close_later()
        popover = Popover(self)
        self._later_choices = popover
        for choice, moved in later_options(due, context.clock.now()):
            words = tr(f"record_page.later.{choice.value}")
            if choice in (Later.NEXT_MONDAY, Later.IN_ONE_WEEK):
                day = day_near(moved.day, self._editing.shown.today)
                words = tr("format.dot", one=words, other=day)
            button = Button(words, variant="quiet", small=True)
            button.clicked.connect(lambda _on=False, c=choice, m=moved: self._put_off(c, m))
            popover.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        other = DateField(
            self._typed.date,
            day_input,
            today=context.clock.today,
            name=tr("record_page.later.other"),
            placeholder=tr("record_page.later.other"),
        )
        problem = PlainLabel("", role="small", tone="danger", wrap=True)
        problem.hide()
        other.refused.connect(problem.setText)
        other.refused.connect(lambda why: problem.setVisible(bool(why)))
        other.refused.connect(lambda _why: popover.adjustSize())
        other.changed.connect(self._put_off_to)
        popover.body.addWidget(other)
        popover.body.addWidget(problem)
        popover.open_at(self.later_button)

    def _put_off(self, choice: Later, moved: Due) -> None:
        if choice is Later.THIS_AFTERNOON:
            step = self._step
            if step is not None:
                activities = self._editing.context.services.activities
                self._write_later(lambda: activities.move(step.activity_id, moved), moved.day)
        else:
            self._put_off_to(moved.day)

    def _put_off_to(self, day: date | None) -> None:
        step = self._step
        if day is not None and step is not None:
            activities = self._editing.context.services.activities
            self._write_later(lambda: activities.snooze(step.activity_id, day), day)

    def _write_later(self, work: Callable[[], None], day: date) -> None:
        self._close_later()
        shown = day_near(day, self._editing.shown.today)
        window = self._editing.context.window
        self._editing.write(
            work, lambda: window.toast(tr("record_page.put_off", day=shown), undo=True)
        )

    def _close_later(self) -> None:
        if self._later_choices is not None:
            self._later_choices.dismiss()
            self._later_choices.deleteLater()
            self._later_choices = None

    def _plan(self) -> None:
        text, ref = self.plan_line.text().strip(), self._editing.ref
        if not text or ref is None:
            return
        context = self._editing.context
        found = parse_line(text, self._typed.now().replace(tzinfo=None))
        due = Due(found.day, found.time, context.clock.zone) if found.day is not None else None
        subject = found.subject or text
        code = found.type_code if found.type_code != "other" else "call"
        known = {item.code for item in context.services.lists.items("activity_type")}

        def planned() -> None:
            self.forget()
            self._arrange()

        self._editing.write(
            lambda: context.services.activities.plan(
                ref, subject, due, code if code in known else "other"
            ),
            planned,
        )

    def _tell_understood(self) -> None:
        text = self.plan_line.text().strip()
        words = ""
        if text:
            found = parse_line(text, self._typed.now().replace(tzinfo=None))
            today = self._editing.shown.today
            day = day_near(found.day, today, found.time) if found.day else tr("format.no_date")
            words = tr("format.dot", one=day, other=found.subject or text)
        self._understood.setText(words)
        self._understood.setVisible(bool(words))

    def _arrange(self) -> None:
        self._row.setVisible(self._step is not None)
        self._plan_row.setVisible(self._step is None or self._planning)
        state = self._editing.value("state") if self._editing.card is not None else None
        wanted = wants_step(self._editing.kind, state)
        self.none_chip.setVisible(self._step is None and wanted)
        self._tell_understood()
