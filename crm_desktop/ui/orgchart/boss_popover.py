"""Choosing by keyboard whom a person reports to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.orgchart import Member
from crm_desktop.domain.search_match import matches
from crm_desktop.domain.search_words import SearchFields
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import Button, LinkField, PlainLabel, Popover

_WIDTH = 320
_MOST = 12


class BossPopover(Popover):
    """Offers the people of the chart that can stand above the person."""

    def __init__(
        self,
        owner: QWidget,
        member: Member,
        others: Sequence[Member],
        chosen: Callable[[int | None], None],
    ) -> None:
        super().__init__(owner)
        self._others = others
        self._chosen = chosen
        self.body.addWidget(
            PlainLabel(tr("orgchart.who_above", name=member.person.title), role="strong", wrap=True)
        )
        self.field = LinkField(self._search, name=tr("orgchart.reports_to"))
        self.field.changed.connect(self._found)
        self.body.addWidget(self.field)
        row = QHBoxLayout()
        self.nobody = Button(tr("orgchart.nobody"), small=True)
        self.nobody.setEnabled(member.boss is not None)
        self.nobody.clicked.connect(lambda: self._take(None))
        row.addWidget(self.nobody)
        row.addStretch(1)
        self.body.addLayout(row)
        self.setFixedWidth(theme().px(_WIDTH))

    def _search(self, text: str) -> list[tuple[int, str, str]]:
        found = [m for m in self._others if not text or matches(text, _words(m)) is not None]
        return [(m.person.id, m.person.title, m.title) for m in found[:_MOST]]

    def _found(self, person: int | None) -> None:
        if person is not None:
            self._take(person)

    def _take(self, person: int | None) -> None:
        self.field.setModified(False)
        self.dismiss()
        self._chosen(person)


def _words(member: Member) -> SearchFields:
    return SearchFields(
        names=((member.person.title, None),), other=(member.title, member.department)
    )
