"""Choosing files: names and endings, remembered folders, and the language of the dialogs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from crm_desktop.settings import Settings
from crm_desktop.ui import file_dialogs
from crm_desktop.ui.file_dialogs import (
    FileKind,
    Purpose,
    ask_folder,
    ask_open,
    ask_open_many,
    ask_save,
    folder_for,
    pdf_kind,
)
from crm_desktop.ui.language import system_language
from crm_desktop.ui.shell.window import dress
from crm_desktop.ui.view_state import ViewState

_TABLES = (FileKind("Workbook", ("xlsx",)), FileKind("Text", ("csv",)))


class Answering:
    """In place of the user: keeps what was asked, and answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.name = Path(), ""
        self.lines: list[str] = []
        self.own = False
        self.files: list[Path] = []
        self.line = ""
        monkeypatch.setattr(QFileDialog, "exec", lambda dialog: self._run(dialog))
        monkeypatch.setattr(
            QFileDialog, "selectedFiles", lambda _dialog: [str(each) for each in self.files]
        )
        monkeypatch.setattr(QFileDialog, "selectedNameFilter", lambda _dialog: self.line)

    def _run(self, dialog: QFileDialog) -> int:
        self.folder, self.lines = Path(dialog.directory().absolutePath()), dialog.nameFilters()
        self.own = dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
        self.name = next((each.text() for each in dialog.findChildren(QLineEdit)), "")
        return int(bool(self.files))


@pytest.fixture
def dialog(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """The system's dialogs, answered by the test."""
    return Answering(monkeypatch)


@pytest.fixture(autouse=True)
def state() -> Iterator[ViewState]:
    """An empty memory of folders."""
    kept = ViewState()
    file_dialogs.remember_in(kept)
    yield kept
    file_dialogs.remember_in(ViewState())


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    """A widget that asks."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def save(parent: QWidget, name: str = "people.xlsx") -> file_dialogs.Chosen | None:
    return ask_save(parent, Purpose.EXPORT, "Export to", name=name, kinds=_TABLES)


def test_a_name_of_any_title_is_proposed_among_the_documents(
    parent: QWidget, dialog: Answering
) -> None:
    assert save(parent, "A/S “North: South”? 2026.xlsx") is None
    assert dialog.folder == file_dialogs.documents_folder()
    assert dialog.name == "A_S “North_ South”_ 2026.xlsx"
    assert dialog.lines == ["Workbook (*.xlsx)", "Text (*.csv)"]


@pytest.mark.parametrize(
    ("typed", "line", "name"),
    [
        ("people.xlsx", 0, "people.xlsx"),
        ("people", 0, "people.xlsx"),
        ("people", 1, "people.csv"),
        ("people.CSV", 0, "people.CSV"),  # typed by hand: it counts more than the kind
        ("people.xlsx", 1, "people.csv"),  # proposed by us: the kind chosen counts more
        ("people v1.2", 0, "people v1.2.xlsx"),
        ("people.", 1, "people.csv"),
    ],
)
def test_the_ending_says_what_is_in_the_file(
    parent: QWidget, dialog: Answering, tmp_path: Path, typed: str, line: int, name: str
) -> None:
    dialog.files, dialog.line = [tmp_path / typed], _TABLES[line].line
    assert save(parent) == (tmp_path / name, line)


def test_a_file_the_dialog_did_not_ask_about_is_never_written_over(
    parent: QWidget, dialog: Answering, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_bytes(b"other")
    (tmp_path / "people (2).csv").write_bytes(b"another")
    dialog.files, dialog.line = [tmp_path / "people.xlsx"], _TABLES[1].line
    assert save(parent) == (tmp_path / "people (3).csv", 1)
    dialog.files = [tmp_path / "people.csv"]  # here it did ask
    assert save(parent) == (tmp_path / "people.csv", 1)


def test_each_purpose_remembers_its_folder(
    parent: QWidget, dialog: Answering, state: ViewState, tmp_path: Path
) -> None:
    exports, pictures = tmp_path / "exports", tmp_path / "pictures"
    exports.mkdir()
    pictures.mkdir()
    dialog.files, dialog.line = [exports / "people.xlsx"], _TABLES[0].line
    save(parent)
    dialog.files = []
    assert save(parent) is None
    assert dialog.folder == exports
    dialog.files = [pictures / "logo.png"]
    assert ask_open(parent, Purpose.PICTURE, "Logo") == pictures / "logo.png"
    assert folder_for(Purpose.PICTURE) == pictures
    dialog.files = [pictures / "a", pictures / "b"]
    assert ask_open_many(parent, Purpose.ATTACHMENT, "Files") == dialog.files
    assert folder_for(Purpose.ATTACHMENT) == pictures
    dialog.files = [exports]
    assert ask_folder(parent, Purpose.BACKUP, "Folder", usual=tmp_path) == exports
    assert dialog.folder == tmp_path
    assert folder_for(Purpose.BACKUP, tmp_path) == exports
    exports.rmdir()  # a stick that was taken out
    assert folder_for(Purpose.BACKUP, tmp_path) == tmp_path
    assert folder_for(Purpose.EXPORT) == file_dialogs.documents_folder()
    assert state.get("folders/picture") == str(pictures)


def test_no_answer_is_no_file(parent: QWidget, dialog: Answering) -> None:
    assert ask_open(parent, Purpose.IMPORT, "Import") is None
    assert ask_folder(parent, Purpose.BACKUP, "Folder") is None
    assert ask_open_many(parent, Purpose.ATTACHMENT, "Files") == []


def test_the_system_dialog_only_where_it_speaks_our_language(
    dressed: QApplication, parent: QWidget, dialog: Answering
) -> None:
    for language in ("en", "zh"):
        dress(dressed, Settings(language=language, theme="light"))
        save(parent)
        assert dialog.own == (language != system_language())
        ask_folder(parent, Purpose.BACKUP, "")
        assert dialog.own == (language != system_language())


def test_the_words_of_the_dialog_follow_the_program(
    dressed: QApplication, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    dress(dressed, Settings(language="zh", theme="light"))
    monkeypatch.setattr(file_dialogs, "system_language", lambda: "en")
    seen: list[str] = []

    def look() -> None:
        box = dressed.activeModalWidget()
        assert isinstance(box, QFileDialog)
        shown: list[QLabel | QPushButton] = [
            *box.findChildren(QLabel),
            *box.findChildren(QPushButton),
        ]
        seen.extend(each.text() for each in shown if each.isVisible())
        box.reject()

    QTimer.singleShot(0, look)
    kinds = (pdf_kind(),)
    assert ask_save(parent, Purpose.PAPER, "保存为", name="报价.pdf", kinds=kinds) is None
    assert len(seen) >= 4
    assert not [each for each in seen if not re.search("[一-鿿]", each)]


def test_another_kind_gives_another_ending_before_the_dialog_asks(
    dressed: QApplication, parent: QWidget, tmp_path: Path, state: ViewState
) -> None:
    state.put("folders/export", str(tmp_path))

    def choose() -> None:
        box = dressed.activeModalWidget()
        assert isinstance(box, QFileDialog)
        box.selectNameFilter(_TABLES[1].line)
        box.filterSelected.emit(_TABLES[1].line)
        box.selectFile("people")
        box.accept()

    QTimer.singleShot(0, choose)
    assert save(parent) == (tmp_path / "people.csv", 1)
