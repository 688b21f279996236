"""The numbers of a customer: every one opens exactly the rows it counts."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import Demand
from crm_desktop.domain.queries import Query, from_plain
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.figures import Figure
from crm_desktop.ui.record.panel import LinkRow
from crm_desktop.ui.widgets import ElidedLabel, KpiRow
from tests.ui.record.conftest import Desk


def query_of(place: Place) -> Query:
    return from_plain(json.loads(place.wish("query")))


def sold(desk: Desk) -> dict[str, int]:
    """One paper of every sort for the company; returns their ids."""
    services = desk.services
    won = services.records.create(
        Kind.OPPORTUNITY, {"title": "备件", "company": desk.company, "amount": Decimal(500)}
    )
    services.opportunities.win(won)
    services.activities.log(Ref(Kind.COMPANY, desk.company), "电话", "call")
    found = {"won": won}
    with services.book.write("gesture.created") as writing:
        for name, kind, values in (
            ("signed", Kind.CONTRACT, {"state": "signed", "signed_on": date(2026, 9, 1)}),
            ("draft", Kind.CONTRACT, {"state": "draft"}),
            ("accepted", Kind.QUOTE, {"state": "accepted", "dated": date(2026, 8, 1)}),
            ("sent", Kind.QUOTE, {"state": "sent"}),
        ):
            paper = {"company": desk.company, "title": name, "total": Decimal(100), **values}
            found[name] = services.records.insert(writing.session, kind, paper)
    desk.services.payments.record({"contract": found["signed"], "amount": Decimal(30)})
    desk.settle()
    return found


def figures(page: Any) -> dict[str, Figure]:
    return {figure.key: figure for figure in page.figures.figures()}


def test_every_number_of_a_customer_opens_exactly_its_rows(desk: Desk) -> None:
    ids = sold(desk)
    page = desk.open("company", desk.company)
    found = figures(page)
    behind = {
        key: {
            one.kind: list(desk.services.records.ids(one.kind, query_of(one.place)))
            for one in figure.rows
        }
        for key, figure in found.items()
    }
    sales = {
        Kind.CONTRACT: [ids["signed"]],
        Kind.QUOTE: [ids["accepted"]],
        Kind.OPPORTUNITY: [ids["won"]],
    }
    assert behind["bought"] == behind["sales"] == behind["last_sale"] == sales
    assert behind["owed"] == {Kind.CONTRACT: [ids["signed"]]}
    assert behind["offered"] == {Kind.QUOTE: [ids["sent"]]}
    assert (found["bought"].value, found["sales"].value) == ("¥700", "3")
    assert (found["owed"].value, found["offered"].value) == ("¥70", "¥100")
    for key in ("open_deals", "open_tickets", "activities"):
        rows = [row for some in behind[key].values() for row in some]
        assert found[key].value == str(len(rows)), key
    for figure in found.values():
        for one in figure.rows:
            assert one.count == desk.services.records.count(one.kind, query_of(one.place))
    assert [figure.block for figure in found.values()] == sorted(
        (figure.block for figure in found.values()), key=["trade", "money", "contact"].index
    )


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus
def test_a_number_of_several_kinds_asks_which(desk: Desk) -> None:
    ids = sold(desk)
    page = desk.open("company", desk.company)
    (bought,) = page.figures.findChildren(KpiRow, "bought")
    QTest.keyClick(bought.layout().itemAt(0).widget(), Qt.Key.Key_Return)
    menu = page.figures.menu
    assert [action.text() for action in menu.actions()] == [
        "1 contract: ¥100",
        "1 quote: ¥100",
        "1 opportunity: ¥500",
    ]
    menu.actions()[1].trigger()
    menu.close()
    desk.settle()
    here = desk.window.navigator.here
    assert here is not None
    assert (here.page, here.view) == ("documents", "quote")
    assert query_of(here).only == (ids["accepted"],)


def test_a_number_without_rows_leads_nowhere(desk: Desk) -> None:
    page = desk.open("person", desk.colleague)
    here = desk.window.navigator.here
    for figure in page.figures.figures():
        if not figure.rows:
            page.figures.open_figure(figure.key)
            (shown,) = page.figures.findChildren(KpiRow, figure.key)
            inner = shown.layout().itemAt(0).widget()
            assert inner.focusPolicy() == Qt.FocusPolicy.NoFocus
            QTest.mouseClick(inner, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.window.navigator.here == here


def test_the_chain_of_a_deal_stands_beside_and_leads_to_its_papers(desk: Desk) -> None:
    with desk.services.book.write("gesture.created") as writing:
        quote = desk.services.records.insert(
            writing.session,
            Kind.QUOTE,
            {"title": "q", "company": desk.company, "opportunity": desk.opportunity},
        )
    page = desk.open("opportunity", desk.opportunity)
    panel = page.related.extras.panels["chains"]
    rows = [row for row in panel.findChildren(LinkRow) if not row.isHidden()]
    assert [row.accessibleName().split(" · ")[0] for row in rows] == ["数控改造", "Q-2026-0001"]
    rows[1].opened.emit()
    desk.settle()
    here = desk.window.navigator.here
    assert here is not None
    assert (here.page, here.id) == ("quote", quote)
    assert desk.open("ticket", desk.ticket).related.extras.panels["chains"].isHidden()


def test_the_share_of_their_demand_is_told_by_group_and_opens_its_papers(desk: Desk) -> None:
    services = desk.services
    group = services.lists.add("product_category", "轴承")
    product = services.records.create(
        Kind.PRODUCT, {"name": "6204", "category": group, "unit": "t", "price": Decimal(10)}
    )
    line = LineDraft(product=product, quantity=Decimal(456))
    contract = services.contracts.create(
        {"title": "c", "company": desk.company, "body": "约定"}, [line]
    )
    services.contracts.advance(contract, "signed")
    demand = (Demand(group, Decimal(1200), "t"), Demand(group, Decimal(7), None, 2025))
    services.records.update(Kind.COMPANY, desk.company, {"demand": demand})
    page = desk.open("company", desk.company)
    (share,) = (one for one in figures(page).values() if one.block == "demand")
    year = desk.services.clock.today().year
    assert (share.name, share.value) == (f"轴承, {year}", "38% · 456 of 1,200 t")
    opened: list[Place] = []
    page.figures.opened.connect(opened.append)
    page.figures.open_figure(share.key)
    assert list(services.records.ids(Kind.CONTRACT, query_of(opened[0]))) == [contract]


def test_what_stands_beside_a_row_goes_below_before_it_is_cut(
    dressed: QApplication, qtbot: Any
) -> None:
    row = LinkRow("R-2026-0001", "10月25日 · ¥60,000", depth=3)
    qtbot.addWidget(row)
    row.show()
    title, side = row.findChildren(ElidedLabel)
    heights = []
    for width in range(400, 170, -10):
        row.resize(width, row.sizeHint().height())
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        row.resize(width, row.sizeHint().height())
        assert side.shown_text() == "10月25日 · ¥60,000", width
        assert title.shown_text() == "R-2026-0001", width
        assert not title.geometry().intersects(side.geometry())
        heights.append(row.height())
    assert heights[0] < heights[-1]


def test_names_of_blocks_fit_the_text_size_while_the_page_is_open(desk: Desk) -> None:
    page = desk.open("company", desk.company)
    names = page.figures._names
    at_first = [name.width() for name in names]
    for percent in (150, 100):
        desk.window.settings.text_size = percent
        desk.window.apply_settings()
        desk.settle()
        assert page.figures._names == names
        assert all(name.width() >= name.sizeHint().width() for name in names)
    assert [name.width() for name in names] == at_first
