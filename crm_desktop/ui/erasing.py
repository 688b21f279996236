"""Erasing for good from the window: what would go is shown first, and asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from crm_desktop.domain.erasing import Erased, MustStay, Outlook
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.pasted import forget_pasted
from crm_desktop.typed_texts import IMPORT
from crm_desktop.ui.formats import joined
from crm_desktop.ui.language import tr

if TYPE_CHECKING:
    from crm_desktop.ui.context import Context
    from crm_desktop.ui.page import Page

_MOST_NAMES = 3
_CUSTOMERS = (Kind.PERSON, Kind.COMPANY)


class Eraser(QObject):
    """Asks and erases for a page; `erased` comes when something is gone."""

    erased = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def ask(self, refs: Sequence[Ref]) -> None:
        """Erase these, once the user has seen what goes and said so."""
        service = self._page.context.services.erasing
        if refs:
            self._page.read("erasing", lambda: service.outlook(refs), self._show)

    def ask_for_all(self) -> None:
        """The same for all that lies in the trash."""
        service = self._page.context.services.erasing
        self._page.read(
            "erasing",
            lambda: service.outlook(service.in_trash()),
            lambda outlook: self._show(outlook, emptying=True),
        )

    def _show(self, outlook: Outlook, *, emptying: bool = False) -> None:
        stay = {(one.ref.kind, one.ref.id) for one in outlook.stays}
        going = [ref for ref in outlook.refs if (ref.kind, ref.id) not in stay]
        if going:
            begun = import_begun(self._page.context)
            words = erasing_words(outlook, going, emptying=emptying, import_begun=begun)
            if confirmed(self._page, *words):
                self._erase(outlook)
            return
        self._offer(outlook.stays)

    def _offer(self, stays: Sequence[MustStay]) -> None:
        """Nothing can be erased: a customer can still be made anonymous."""
        customers = [one for one in stays if one.ref.kind in _CUSTOMERS]
        if len(stays) != 1 or not customers:
            if stays:
                self._page.context.window.toast(_stays(stays))
            return
        one = customers[0]
        question = tr("erasing.anonymise_ask", name=one.ref.title)
        why = tr("erasing.anonymise_why", documents=_names([d.title for d in one.documents]))
        if import_begun(self._page.context):
            why += "\n\n" + tr("erasing.import_begun")
        if confirmed(self._page, question, why, tr("erasing.anonymise")):
            self._anonymise(one.ref)

    def _anonymise(self, ref: Ref) -> None:
        context = self._page.context
        service, records = context.services.erasing, context.services.records

        def anonymise(progress: Any) -> tuple[str, Erased]:
            uid = records.card(ref.kind, ref.id).uid
            return uid, service.anonymise([ref], progress)

        def done(found: tuple[str, Erased]) -> None:
            uid, erased = found
            self._done(erased, [uid], tr("erasing.done_anonymous"))

        context.jobs.run_writer(anonymise, done)

    def _erase(self, outlook: Outlook) -> None:
        context = self._page.context
        service = context.services.erasing
        context.jobs.run_writer(
            lambda progress: service.erase(outlook.refs, progress),
            lambda erased: self._done(erased, outlook.uids, tr("erasing.done", count=erased.count)),
        )

    def _done(self, erased: Erased, uids: Iterable[str], told: str) -> None:
        context = self._page.context
        context.notifier.erased.emit(erased.telling)
        for uid in uids:
            context.state.remove(f"draft/note/{uid}")
        # No import page may have been made yet.
        context.state.remove(IMPORT)
        context.state.forget_told(erased.telling)
        forget_pasted(context.home, context.services.book.uid)
        if erased.views:
            told += " " + tr("erasing.views_done", count=erased.views)
        if erased.stays:
            told += " " + _stays(erased.stays)
        if not erased.wiped:
            told += " " + tr("erasing.not_wiped")
        context.window.toast(told)
        self.erased.emit()


def import_begun(context: Context) -> bool:
    """Whether a file waits on the import page: what is said of its rows may tell of anybody."""
    kept = context.state.get(IMPORT)
    return isinstance(kept, dict) and bool(kept.get("path"))


def erasing_words(
    outlook: Outlook, going: Sequence[Ref], *, emptying: bool, import_begun: bool
) -> tuple[str, str, str]:
    """The question, what it means, and the word on the button."""
    if emptying:
        question = tr("erasing.empty_count", count=len(going))
    elif len(going) == 1 and going[0].title:
        question = tr("erasing.erase_name", name=going[0].title)
    else:
        question = tr("erasing.erase_count", count=len(going))
    counts = [
        tr("erasing.goes_one", name=tr(f"kind.{kind.value}.plural"), count=count)
        for kind, count in outlook.goes.items()
    ]
    parts = [tr("erasing.goes", what=joined(counts))]
    if outlook.blanked:
        parts.append(tr("erasing.blanked", count=outlook.blanked))
    if outlook.views:
        parts.append(tr("erasing.views", count=len(outlook.views), names=_names(outlook.views)))
    if outlook.stays:
        parts.append(_stays(outlook.stays))
    if import_begun:
        parts.append(tr("erasing.import_begun"))
    parts.append(tr("erasing.warning"))
    return question, "\n\n".join(parts), tr("erasing.do")


def confirmed(parent: QWidget, question: str, what: str, do: str) -> bool:
    """One of the few boxes: this is the one thing there is no undo for. Return cancels."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(question)
    box.setInformativeText(what)
    yes = box.addButton(do, QMessageBox.ButtonRole.DestructiveRole)
    no = box.addButton(tr("common.cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    return box.clickedButton() is yes


def _stays(stays: Sequence[MustStay]) -> str:
    names = _names([one.ref.title for one in stays])
    return tr("erasing.stays", count=len(stays), names=names)


def _names(names: Sequence[str]) -> str:
    shown = joined(list(names[:_MOST_NAMES]))
    more = len(names) - _MOST_NAMES
    return tr("shell.names_and_more", names=shown, count=more) if more > 0 else shown
