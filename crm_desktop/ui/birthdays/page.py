"""The page of birthdays and anniversaries: whose come soon, whom one has missed, what to say."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.occasions import Occasion, may_be_mailed, name_of
from crm_desktop.domain.page_paper import PagePaper
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.ui import giving_out
from crm_desktop.ui.birthdays.greeting import (
    SETTING,
    GreetingPopover,
    greeting,
    noting,
    open_mail,
    template,
)
from crm_desktop.ui.birthdays.on_paper import birthdays_paper
from crm_desktop.ui.birthdays.reading import (
    EVERYTHING,
    KINDS,
    Shown,
    Wanted,
    look_up,
    read_occasions,
)
from crm_desktop.ui.birthdays.rows import BirthdayList
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr, words
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.table import saving
from crm_desktop.ui.table.list_place import list_place
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD, GAP_PAGE
from crm_desktop.ui.widgets import (
    Button,
    Card,
    EmptyState,
    FlowLayout,
    LinkButton,
    PlainLabel,
    Segmented,
)

WINDOWS = (7, 30, 90)


class BirthdaysPage(Page):
    """Birthdays and anniversaries of the coming days and of the last seven, by day."""

    key = "birthdays"
    shows: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.PERSON, Kind.COMPANY, Kind.ACTIVITY, Kind.SETTINGS}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._missing: int | None = None
        self.popover: GreetingPopover | None = None
        self.heading = PlainLabel(role="title")
        self.count = PlainLabel(tone="muted")
        self.window_of = Segmented([(str(days), "") for days in WINDOWS])
        self.kind_of = Segmented([(kind, "") for kind in KINDS])
        self.solar, self.lunar = QCheckBox(), QCheckBox()
        self.solar.setChecked(True)
        self.lunar.setChecked(True)
        self.text_button = Button("", icon_name="pencil")
        self.export_button = Button("", icon_name="file-spreadsheet")
        self.list = BirthdayList(context.clock.today, lambda rows: look_up(context.services, rows))
        self.empty = EmptyState("cake", "")
        self.missing_words = PlainLabel(tone="muted")
        self.missing_link = LinkButton()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.heading)
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.text_button)
        top.addWidget(self.export_button)
        missing = QWidget()
        line = QHBoxLayout(missing)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP_CARD)
        line.addWidget(self.missing_words)
        line.addWidget(self.missing_link)
        below = FlowLayout(gap=GAP_CARD, push_last=True)
        for part in (self.window_of, self.kind_of, self.solar, self.lunar, missing):
            below.addWidget(part)
        card = Card()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        card.body.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, GAP_CARD)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addLayout(below)
        column.addWidget(card, 1)

    def _connect(self) -> None:
        self.window_of.changed.connect(lambda _days: self.mark_stale())
        self.kind_of.changed.connect(lambda _kind: self.mark_stale())
        self.solar.toggled.connect(lambda _on: self.mark_stale())
        self.lunar.toggled.connect(lambda _on: self.mark_stale())
        self.list.wished.connect(self.act)
        self.list.menu_wished.connect(lambda row, point: self.row_menu(row).popup(point))
        self.list.chosen_changed.connect(self.commands_changed)
        self.missing_link.clicked.connect(self.show_missing)
        self.text_button.clicked.connect(self.edit_text)
        self.export_button.clicked.connect(self.do_export)
        self.empty.primary_clicked.connect(self.show_missing)

    # ---- what a page says about itself

    def title(self) -> str:
        return tr("birthday_page.title")

    def retranslate(self) -> None:
        self.heading.setText(tr("birthday_page.title"))
        texts = [(str(days), tr("birthday_page.days", count=days)) for days in WINDOWS]
        self.window_of.set_texts(texts)
        self.window_of.setAccessibleName(tr("birthday_page.window"))
        self.kind_of.set_texts([(kind, tr(f"birthday_page.kind.{kind}")) for kind in KINDS])
        self.kind_of.setAccessibleName(tr("birthday_page.kind"))
        self.solar.setText(tr("birthday_page.solar"))
        self.lunar.setText(tr("birthday_page.lunar"))
        self.text_button.setText(tr("birthday_page.text"))
        self.export_button.setText(tr("common.export"))
        self.missing_link.setText(tr("common.show"))
        self.missing_link.setAccessibleName(tr("birthday_page.show_missing"))
        self.list.setAccessibleName(tr("birthday_page.title"))
        self.list.viewport().update()
        self._say_counts()

    def state(self) -> dict[str, Any]:
        return {
            "days": self.window_of.current(),
            "kind": self.kind_of.current(),
            "solar": self.solar.isChecked(),
            "lunar": self.lunar.isChecked(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        if state.get("days") in {str(days) for days in WINDOWS}:
            self.window_of.set_current(state["days"])
        if state.get("kind") in KINDS:
            self.kind_of.set_current(state["kind"])
        self.solar.setChecked(bool(state.get("solar", True)))
        self.lunar.setChecked(bool(state.get("lunar", True)))

    def show_place(self, place: Place) -> None:
        if place.wish("days") in {str(days) for days in WINDOWS}:
            self.window_of.set_current(place.wish("days"))

    def has_unsaved_text(self) -> bool:
        return self.popover is not None and self.popover.holds_unsaved_text()

    def refresh(self) -> None:
        services = self.context.services
        wanted = Wanted(
            int(self.window_of.current()),
            self.kind_of.current() or EVERYTHING,
            self.solar.isChecked(),
            self.lunar.isChecked(),
        )
        self.read("birthdays", lambda: read_occasions(services, wanted), self._arrived)

    def selected_place(self) -> Place | None:
        row = self.list.chosen()
        return None if row is None else Place.record(Kind.PERSON, row.person.id)

    def take_keyboard(self) -> None:
        if self.list.isVisibleTo(self):
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().take_keyboard()

    # ---- commands

    def handles(self, command: str) -> bool:
        if command in ("export", "print"):
            return bool(self.list.rows.listed())
        if command in ("done", "copy"):
            return self.list.chosen() is not None
        return super().handles(command)

    def do_done(self) -> None:
        """The chosen person was greeted."""
        self._for_chosen("done")

    def do_copy(self) -> None:
        """The greeting for the chosen person."""
        self._for_chosen("copy")

    def do_export(self) -> None:
        """What is shown, as a workbook, a calendar, or cards of the people."""
        giving_out.export_with(self, Kind.PERSON, self.writing())

    def writing(self) -> Callable[[saving.Wanted, Any], int]:
        """What writes the birthdays and anniversaries shown now into a file."""
        services, rows, language = self.context.services, list(self.list.rows.listed()), words()

        def write(wanted: saving.Wanted, progress: Any) -> int:
            found = look_up(services, rows)
            path, version = wanted.path, wanted.cards_as
            return services.exports.occasions(
                found, path, language, cards_as=version, progress=progress
            )

        return write

    def do_print(self) -> None:
        """Who is shown, day by day."""
        paper = self.paper()
        giving_out.print_page(self, lambda: paper)

    def paper(self) -> PagePaper:
        """What goes on paper."""
        return birthdays_paper(self.title(), self.list.rows.occasions(), self.context.clock.today())

    # ---- one person

    def act(self, what: str, row: Occasion) -> None:
        """Copy, mail, done, plan or open for one person."""
        if what == "open":
            self.go(Place.record(Kind.PERSON, row.person.id))
        elif what == "copy":
            QApplication.clipboard().setText(self._greeting(row))
            self.context.window.toast(tr("birthday_page.copied", name=row.person.title))
        elif what == "mail":
            open_mail(row, self._greeting(row))
        elif what == "plan":
            self._plan(row)
        elif what == "done":
            said = tr("birthday_page.done_said", name=row.person.title)
            note = noting(self.context.services, row, self._greeting(row))
            self.write(note, lambda _id: self.context.window.toast(said, undo=True))

    def row_menu(self, row: Occasion) -> QMenu:
        """All that can be done for somebody, also without the mouse."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for key, enabled in (
            ("copy", True),
            ("mail", may_be_mailed(row)),
            ("done", True),
            ("plan", True),
        ):
            action = menu.addAction(tr(f"birthday_page.{key}"))
            action.setEnabled(enabled)
            action.triggered.connect(partial(self.act, key, row))
        menu.addSeparator()
        menu.addAction(tr("birthday_page.open", name=row.person.title)).triggered.connect(
            partial(self.act, "open", row)
        )
        return menu

    def show_missing(self) -> None:
        """The contacts without a birthday."""
        self.go(list_place(Kind.PERSON, Query().also(Condition("birthday", Op.EMPTY))))

    def edit_text(self) -> None:
        """Let the greeting be rewritten; it is the firm's, and can be undone."""
        business = self.context.services.business
        popover = GreetingPopover(self, template(business))
        self.popover = popover

        def closed() -> None:
            self.popover = None
            popover.deleteLater()
            self.unsaved_text_settled()

        def save(text: str) -> None:
            said = tr("birthday_page.text_saved")
            self.write(
                lambda: business.set(SETTING, text),
                lambda _r: self.context.window.toast(said, undo=True),
            )

        popover.saved.connect(save)
        popover.closed.connect(closed)
        popover.open_at(self.text_button)

    # ---- how it comes about

    def _arrived(self, shown: Shown) -> None:
        self._missing = shown.missing
        self.list.set_rows(shown.rows)
        self._stack.setCurrentWidget(self.list if shown.rows else self.empty)
        self._say_counts()

    def _say_counts(self) -> None:
        shown = self._missing is not None
        self.missing_words.setVisible(bool(self._missing))
        self.missing_link.setVisible(bool(self._missing))
        self.empty.set_texts(
            tr("birthday_page.empty"),
            why=tr("birthday_page.empty_why"),
            primary=tr("birthday_page.show_missing") if self._missing else "",
        )
        if not shown:
            return
        self.missing_words.setText(tr("birthday_page.missing", count=self._missing))
        rows = self.list.rows.listed()
        today = self.context.clock.today()
        ahead = sum(row.on >= today for row in rows)
        said = tr("birthday_page.count", count=ahead)
        if len(rows) > ahead:
            said = tr("birthday_page.count_missed", count=ahead, missed=len(rows) - ahead)
        self.count.setText(said)

    def _greeting(self, row: Occasion) -> str:
        return greeting(template(self.context.services.business), row)

    def _for_chosen(self, what: str) -> None:
        row = self.list.chosen()
        if row is not None:
            self.act(what, row)

    def _plan(self, row: Occasion) -> None:
        """A follow-up on the day itself, at the latest today."""
        clock = self.context.clock
        due = Due(max(row.on, clock.today()), None, clock.zone)
        subject, kind = tr("birthday_page.plan_subject", name=row.person.title), "greeting"
        if what := name_of(row):
            subject, kind = tr("format.dot", one=what, other=row.person.title), "other"
        said = tr("birthday_page.planned", subject=subject)
        activities = self.context.services.activities
        self.write(
            lambda: activities.plan(row.person, subject, due, kind),
            lambda _id: self.context.window.toast(said, undo=True),
        )
