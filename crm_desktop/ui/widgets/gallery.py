"""All widgets on one picture, for people who look after the look.

python -m crm_desktop.ui.widgets.gallery OUT.png [--theme light|dark] [--lang en|zh] [--scale N]
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.problems import Refused
from crm_desktop.ui import formats
from crm_desktop.ui.charts import gallery as charts
from crm_desktop.ui.language import set_language, tr
from crm_desktop.ui.theme import fonts
from crm_desktop.ui.theme.look import apply_look
from crm_desktop.ui.theme.tokens import CHIP_COLOURS
from crm_desktop.ui.widgets import (
    Avatar,
    Banner,
    BirthdayField,
    Button,
    Card,
    Chip,
    ChoiceField,
    ChoicesField,
    DateField,
    ElidedLabel,
    EmptyState,
    FieldRow,
    FlowLayout,
    IconButton,
    InlineStrip,
    KpiRow,
    LinkButton,
    LinkField,
    MoneyField,
    Option,
    PercentField,
    PlainLabel,
    PrimaryButton,
    SearchBox,
    Segmented,
    Stars,
    StatusText,
    TagsField,
    TextArea,
    TimeField,
)

TODAY = date(2026, 11, 20)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _buttons() -> Card:
    card = Card(tr("common.more"), count=3, count_colour="blue")
    off = Button(tr("common.restore"))
    off.setEnabled(False)
    card.body.addLayout(
        _row(
            PrimaryButton(tr("common.new"), icon_name="plus"),
            Button(tr("common.export"), icon_name="download"),
            Button(tr("common.later"), variant="quiet"),
            Button(tr("common.delete"), variant="danger"),
            LinkButton(tr("common.show_all")),
            off,
            IconButton("settings", tr("common.settings")),
        )
    )
    card.body.addLayout(
        _row(
            Segmented(
                [
                    ("a", tr("common.all"), "kanban"),
                    ("b", tr("common.selected", count=2), "list"),
                    ("c", tr("common.filter"), "funnel"),
                ]
            ),
            Stars(3),
        )
    )
    chips = FlowLayout(gap=6)
    for colour in CHIP_COLOURS:
        chips.addWidget(Chip(formats.due_text(TODAY, TODAY, time(14)), colour=colour))
    chips.addWidget(Chip(formats.due_text(date(2026, 11, 18), TODAY), colour="red", closable=True))
    card.body.addLayout(chips)
    names = ("张伟", "Wei Zhang", "李娜", "Fiona Wang", "陈建国")
    card.body.addLayout(
        _row(*[Avatar(n) for n in names], *[Avatar(n, size=48, long=True) for n in names[:2]])
    )
    ticked, empty, radio = (
        QCheckBox(tr("common.done")),
        QCheckBox(tr("common.later")),
        QRadioButton(tr("common.today")),
    )
    ticked.setChecked(True)
    radio.setChecked(True)
    card.body.addLayout(_row(ticked, empty, radio, QRadioButton(tr("common.all"))))
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setValue(40)
    card.body.addWidget(bar)
    return card


def _no_date(text: str) -> date:
    raise Refused("common.no_match")


def _fields() -> Card:
    card = Card(tr("common.details"))
    grid = QGridLayout()
    grid.setSpacing(10)
    colours = [Option("a", "A", "green"), Option("b", "B", "blue"), Option("c", "C")]
    wrong = DateField(_no_date, formats.day_input, today=lambda: TODAY)
    status = StatusText()
    status.show_saved(datetime(2026, 11, 20, 10, 32, tzinfo=UTC))
    rows: list[QWidget] = [
        FieldRow(
            tr("common.choose_date"),
            DateField(_no_date, formats.day_input, today=lambda: TODAY, value=TODAY),
        ),
        FieldRow(tr("common.day"), wrong, required=True),
        FieldRow(tr("common.today"), TimeField(time.fromisoformat, value=time(14))),
        FieldRow(tr("common.total"), MoneyField(Decimal, value=Decimal("86400"))),
        FieldRow("%", PercentField(Decimal, value=Decimal("12.5"))),
        FieldRow(tr("common.choose"), ChoiceField(colours, value="a")),
        FieldRow(
            tr("common.search"), LinkField(lambda _text: [], value=1, title="苏州恒远精密机械")
        ),
        FieldRow(tr("common.other"), ChoicesField(colours, value=("a", "b"))),
        FieldRow(tr("common.add_tag"), TagsField(("VIP", "重点客户"))),
        FieldRow(
            tr("common.lunar"),
            BirthdayField(Birthday(10, 23, 1985, lunar=True), today=lambda: TODAY),
        ),
        SearchBox(tr("common.type_to_search")),
        status,
    ]
    for index, widget in enumerate(rows):
        grid.addWidget(widget, index // 2, index % 2)
    wrong.setText("31.2.")
    wrong.setModified(True)
    wrong.read()
    card.body.addLayout(grid)
    card.body.addWidget(
        TextArea("Wants 5% off for 3 sets.\n希望 3 台优惠 5%，春节前交货。", rows=2)
    )
    return card


def _places() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(12)
    column.addWidget(PlainLabel(formats.day_long(TODAY), role="title"))
    for kind in ("info", "amber", "red", "green"):
        actions = [("undo", tr("common.undo"))] if kind == "amber" else []
        text = formats.birthday_text(Birthday(10, 23, 1985, lunar=True))
        column.addWidget(Banner(text, kind=kind, actions=actions, closable=kind == "info"))
    figures = Card()
    figures.body.addWidget(
        KpiRow(
            [
                ("won", tr("common.total"), formats.money(312800)),
                ("open", tr("common.new"), "2"),
                ("owed", tr("common.draft"), formats.money_short(Decimal("1288888"))),
                ("last", tr("common.other"), formats.in_days(date(2026, 11, 17), TODAY)),
            ]
        )
    )
    column.addWidget(figures)
    strip = InlineStrip(tr("common.why"), actions=[("x", tr("common.done"))])
    column.addWidget(strip)
    long_name = ElidedLabel("苏州恒远精密机械有限公司 Suzhou Hengyuan Precision Machinery " * 3)
    column.addWidget(long_name)
    card = Card()
    card.body.addWidget(
        EmptyState(
            "users",
            tr("common.no_data"),
            why=tr("common.no_match"),
            primary=tr("common.import"),
            secondary=tr("common.add"),
        )
    )
    column.addWidget(card)
    column.addStretch(1)
    return column


def gallery() -> QWidget:
    """The page with everything on it."""
    page = QWidget()
    columns = QHBoxLayout(page)
    columns.setContentsMargins(16, 16, 16, 16)
    columns.setSpacing(16)
    left = QVBoxLayout()
    left.setSpacing(12)
    left.addWidget(_buttons())
    left.addWidget(_fields())
    left.addStretch(1)
    columns.addLayout(left, 1)
    columns.addLayout(_places(), 1)
    columns.addLayout(charts.column(), 1)
    return page


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw the page into a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    parser.add_argument("--lang", default="en", choices=("en", "zh"))
    parser.add_argument("--scale", default=100, type=int)
    parser.add_argument("--fonts", type=Path, help="a folder with NotoSansSC files")
    wanted = parser.parse_args(arguments)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    fonts.load_bundled(wanted.fonts)
    set_language(wanted.lang)
    apply_look(app, wanted.theme, percent=wanted.scale)
    page = gallery()
    page.resize(1500, page.sizeHint().height())
    page.show()
    app.processEvents()
    page.grab().save(str(wanted.out))


if __name__ == "__main__":
    main()
