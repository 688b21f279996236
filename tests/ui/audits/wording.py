"""The words on the screen, and those among them that belong to the other language."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from crm_desktop.ui.widgets import ElidedLabel
from tests.ui.audits.stage import IMPORTED, Stage
from tests.ui.audits.walking import shown

_CJK = re.compile(r"[\u3400-\u9fff]+")
# A currency, a path, a place in a template, an amount as Chinese papers write it: these are
# the same in both languages.
_CURRENCY = re.compile(r"[A-Z]{3}  ")
_NO_WORDS = re.compile(r"\S*[/\\]\S*|\{\w+\}|人民币\S+")
_WORD = re.compile(r"[A-Za-z][A-Za-z]+")

# What is the same in both languages: names, formats, keys, units, currencies.
_SAME = set(
    """CRM Desktop Excel PDF CSV JSON VCF XLSX xlsx xls ods csv vcf png jpg svg
    Ctrl Shift Alt Enter Tab Esc Del PgUp PgDown PgDn Return Space Meta F1
    CNY USD EUR HKD GBP JPY TWD A4 ID QQ VIP SKU OEM ODM KB MB GB kB px vCard HTML UTF GBK Unicode
    AM PM pt English MIT Qt PySide Python SQLite ISC OFL LGPL Noto Sans SC Lucide
    PNG JPEG Language 语言 中文 com http https www mailto tel EAN VAT Word""".split()  # noqa: SIM905 - a table reads better
)


def said(window: QWidget) -> Iterator[tuple[str, str, bool]]:
    """Who says it, the words, and whether they may be the user's own."""
    for widget in shown(window):
        kind = type(widget).__name__
        if isinstance(widget, QLabel):
            yield kind, widget.text(), isinstance(widget, ElidedLabel)
        elif isinstance(widget, QAbstractButton):
            yield kind, widget.text(), False
        elif isinstance(widget, QLineEdit | QPlainTextEdit):
            yield kind, widget.placeholderText(), False
        elif isinstance(widget, QComboBox):
            for row in range(widget.count()):
                yield kind, widget.itemText(row), True
        elif isinstance(widget, QAbstractItemView):
            yield from _said_by_rows(widget)
        for words in (widget.toolTip(), widget.accessibleName()):
            yield kind, words, True
    for menu in window.findChildren(QMenu):
        for action in menu.actions():
            yield "menu", action.text().split("\t")[0], False


def _said_by_rows(view: QAbstractItemView) -> Iterator[tuple[str, str, bool]]:
    model = view.model()
    if model is None:
        return
    top = QModelIndex()
    # The column count of a list is private in Python: it is always one.
    columns = 1 if isinstance(view, QListView) else model.columnCount(top)
    for column in range(columns):
        head = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        if isinstance(head, str):
            yield "head", head, False
        for row in range(min(model.rowCount(top), 40)):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                words = model.index(row, column, QModelIndex()).data(role)
                if isinstance(words, str):
                    yield type(view).__name__, words, True


def data_of(stage: Stage) -> set[str]:
    """Every word the user typed: those of the texts in the book's own file."""
    words = {"客户名单", "客户"}
    for text in (each for row in IMPORTED for each in row):
        words.update(_WORD.findall(text) + _CJK.findall(text))
    file = stage.services.book.path
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as raw:
        tables = [
            row[0] for row in raw.execute("select name from sqlite_master where type='table'")
        ]
        for table in tables:
            try:
                rows = raw.execute(f'select * from "{table}"').fetchall()
            except sqlite3.DatabaseError:
                continue
            for row in rows:
                for value in row:
                    if isinstance(value, str):
                        words.update(_WORD.findall(value))
                        words.update(_CJK.findall(value))
    return words | set(_WORD.findall(str(stage.folder)))


def foreign(stage: Stage, theirs: set[str]) -> Iterator[str]:
    """Words of the other language that no user typed; `theirs` are those of the book."""
    pattern = _WORD if stage.language == "zh" else _CJK
    for kind, raw, may_be_data in said(stage.window):
        if kind == "ChoiceField" and _CURRENCY.match(raw):
            continue
        words = re.sub(r"&([A-Za-z])", r"\1", _NO_WORDS.sub("", raw))
        for each in pattern.findall(words):
            known = each in _SAME or each in theirs
            if not known and not (may_be_data and any(each in those for those in theirs)):
                yield f"{kind} {words[:60]!r}: {each}"
