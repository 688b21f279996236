"""The words of a greeting: from a text the firm keeps, opened as a mail or copied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from PySide6.QtCore import QByteArray, QUrl, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.occasions import Occasion, name_of
from crm_desktop.services.business import Business
from crm_desktop.services.house import Services
from crm_desktop.ui.file_dialogs import open_address
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import Button, PlainLabel, Popover, PrimaryButton, TextArea

SETTING: Final = "greeting_text"
_PLACES: Final = ("{{称呼}}", "{{name}}")


def template(business: Business) -> str:
    """The firm's own text, else the shipped one in the language of the window."""
    return str(business.get(SETTING) or tr("birthday_page.default_text"))


def greeting(text: str, row: Occasion) -> str:
    """The text for one person; `text` is that for birthdays."""
    name = row.salutation or row.person.title
    what = name_of(row)
    if what:
        return tr("birthday_page.anniversary_text", name=name, what=what)
    for place in _PLACES:
        text = text.replace(place, name)
    return text


def mail_url(address: str, subject: str, body: str) -> QUrl:
    """A mailto address; whatever stands in the texts cannot become a header of its own."""
    plain = " ".join(subject.split())
    lines = "\r\n".join(body.splitlines())
    text = f"mailto:{quote(address, safe='@')}?subject={quote(plain, safe='')}"
    return QUrl.fromEncoded(QByteArray(f"{text}&body={quote(lines, safe='')}".encode("ascii")))


def open_mail(row: Occasion, text: str) -> None:
    """Let the system's mail program write to somebody."""
    url = mail_url(row.email, name_of(row) or tr("birthday_page.mail_subject"), text)
    open_address(url, row.email)


def noting(services: Services, row: Occasion, text: str) -> Callable[[], int]:
    """What writes down that somebody was greeted on this day."""
    what, person = name_of(row), row.person.id
    if what:
        return lambda: services.anniversaries.greet(person, what, text)
    return lambda: services.birthdays.greet(person, text)


class GreetingPopover(Popover):
    """Lets the greeting be rewritten."""

    saved = Signal(str)

    def __init__(self, owner: QWidget, text: str) -> None:
        super().__init__(owner)
        self.body.addWidget(PlainLabel(tr("birthday_page.text_title"), role="strong"))
        self.text = TextArea()
        self.text.setAccessibleName(tr("birthday_page.text_title"))
        self.text.set_text(text)
        self.text.setMinimumHeight(theme().px(110))
        self.body.addWidget(self.text)
        hint = PlainLabel(tr("birthday_page.text_hint"), role="small", tone="muted", wrap=True)
        self.body.addWidget(hint)
        row = QHBoxLayout()
        self.reset = Button(tr("birthday_page.text_reset"), variant="quiet", small=True)
        self.save = PrimaryButton(tr("common.save"))
        row.addWidget(self.reset)
        row.addStretch(1)
        row.addWidget(self.save)
        self.body.addLayout(row)
        self.save.clicked.connect(self._save)
        self.text.finished.connect(self._save)
        self.reset.clicked.connect(lambda: self.text.set_text(tr("birthday_page.default_text")))
        self.setFixedWidth(theme().px(380))

    def _save(self) -> None:
        text = self.text.text().strip()
        self.text.document().setModified(False)
        self.dismiss()
        self.saved.emit(text)
