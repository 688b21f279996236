"""Every kind of record goes the whole way in the window: found, edited, trashed, restored."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crm_desktop.domain.kinds import RECORD_KINDS, Kind
from crm_desktop.services.house import Services
from crm_desktop.ui.catalogue import PAGES
from crm_desktop.ui.history.trash_page import TrashPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.page import RecordPage
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.record.conftest import click
from tests.ui.resting import rest

WITH_PAGES = [kind for kind in RECORD_KINDS if kind.value in PAGES]
# A field of text that each of these pages offers in place.
EDITED = {
    Kind.PERSON: "title",
    Kind.COMPANY: "short_name",
    Kind.OPPORTUNITY: "title",
    Kind.PRODUCT: "spec",
    Kind.TICKET: "serial",
    Kind.RECEIPT: "reference",
    Kind.EXPENSE: "notes",
}


def made(services: Services, kind: Kind) -> int:
    """A record that 恒远样本 is said of where this kind says what it is about."""
    if kind in (Kind.PERSON, Kind.COMPANY, Kind.PRODUCT):
        return services.records.create(kind, {"name": "恒远样本"})
    customer = services.records.create(Kind.COMPANY, {"name": "恒远样本客户"})
    if kind is Kind.TICKET:
        return services.tickets.open({"subject": "恒远样本", "company": customer})
    if kind is Kind.QUOTE:
        return services.quotes.create({"title": "恒远样本", "company": customer})
    if kind is Kind.CONTRACT:
        return services.contracts.create({"title": "恒远样本", "company": customer})
    values: dict[str, Any] = {"company": customer, "title": "恒远样本"}
    if kind in (Kind.RECEIPT, Kind.EXPENSE):
        told = "reference" if kind is Kind.RECEIPT else "purpose"
        values = {"company": customer, "amount": Decimal(7), told: "恒远样本"}
    return services.records.create(kind, values)


@pytest.mark.parametrize("kind", WITH_PAGES)
def test_found_edited_trashed_and_restored(
    opened: MainWindow, services: Services, qtbot: Any, kind: Kind
) -> None:
    record = made(services, kind)
    rest(opened, qtbot)
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)

    opened.run_command("palette")
    palette = opened.actions_of_shell.palette_overlay
    assert palette is not None
    palette.field.setText("恒远样本")
    wanted = (kind.value, record)
    qtbot.waitUntil(lambda: wanted in [row.record for row in palette.model.rows])
    for _ in range([row.record for row in palette.model.rows].index(wanted)):
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    rest(opened, qtbot)
    here = opened.navigator.here
    assert (here.page, here.id) == (kind.value, record)

    page: Any = opened.area.page
    if isinstance(page, RecordPage):
        row = page.facts.rows[EDITED[kind]]
        row.setVisible(True)
        qtbot.wait(1)
        click(qtbot, row.line)
        qtbot.keyClicks(row._editor.inner, "X9")
        page.note.text.setFocus()
        rest(opened, qtbot)
        assert "X9" in services.records.card(kind, record).values[EDITED[kind]]

    opened.run_command("delete")
    rest(opened, qtbot)
    assert services.records.count(kind) == 0
    opened.navigator.go(Place("trash"))
    rest(opened, qtbot)
    trash = opened.area.page
    assert isinstance(trash, TrashPage)
    assert trash.table.rowCount() == 1
    trash.table.selectAll()
    trash.restore_button.click()
    rest(opened, qtbot)
    assert list(services.records.ids(kind)) == [record]
    assert not services.records.card(kind, record).trashed
