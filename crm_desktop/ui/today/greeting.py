"""Words for a birthday: changed, copied or mailed, and noted as said."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl, QUrlQuery
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.occasions import Occasion, name_of
from crm_desktop.ui.context import Context
from crm_desktop.ui.file_dialogs import open_address
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP
from crm_desktop.ui.widgets import Button, PlainLabel, Popover, PrimaryButton, TextArea


class GreetingPopover(Popover):
    """A few words that stand there already."""

    def __init__(self, context: Context, row: Occasion, owner: QWidget, draft: str = "") -> None:
        super().__init__(owner)
        self._context, self._row = context, row
        self._subject = name_of(row) or tr("today_page.greeting_subject")
        self.body.addWidget(
            PlainLabel(tr("today_page.greet_named", name=row.person.title), role="strong")
        )
        called, what = row.salutation or row.person.title, name_of(row)
        self.words = TextArea(
            tr("birthday_page.anniversary_text", name=called, what=what)
            if what
            else tr("today_page.greeting_text", name=called),
            name=tr("today_page.greeting_name"),
            rows=3,
        )
        self.words.setMinimumWidth(theme().px(300))
        if draft:
            self.words.set_text(draft)
            self.words.document().setModified(True)
        self.body.addWidget(self.words)
        if row.mobile:
            self.body.addWidget(PlainLabel(row.mobile, role="small", tone="muted"))
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        self.copy = Button(tr("common.copy"), icon_name="copy", small=True)
        self.copy.clicked.connect(self._copy)
        buttons.addWidget(self.copy)
        self.mail = Button(tr("today_page.mail"), icon_name="mail", small=True)
        self.mail.clicked.connect(self._mail)
        self.mail.setVisible(bool(row.email))
        buttons.addWidget(self.mail)
        buttons.addStretch(1)
        self.note = PrimaryButton(tr("today_page.greeted_note"))
        self.note.clicked.connect(self._note)
        buttons.addWidget(self.note)
        self.body.addLayout(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.text())
        self._context.window.toast(tr("common.copied"))

    def _mail(self) -> None:
        url = QUrl()
        url.setScheme("mailto")
        url.setPath(self._row.email)
        query = QUrlQuery()
        query.addQueryItem("subject", self._subject)
        query.addQueryItem("body", self.words.text())
        url.setQuery(query)
        open_address(url, self._row.email)

    def _note(self) -> None:
        text = self.words.text().strip() or self._subject
        services, row, what = self._context.services, self._row, name_of(self._row)

        def done(_result: Any) -> None:
            said = tr("today_page.greeted_said", name=row.person.title)
            self._context.window.toast(said, undo=True)

        self.words.document().setModified(False)
        if what:
            self._context.jobs.run_writer(
                lambda _progress: services.anniversaries.greet(row.person.id, what, text), done
            )
        else:
            self._context.jobs.run_writer(
                lambda _progress: services.birthdays.greet(row.person.id, text), done
            )
        self.dismiss()
