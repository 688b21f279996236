"""The one door to the system's file dialogs and to its programs for files, folders, addresses.

Each purpose remembers the folder that was chosen last; no purpose ever writes over a file that
the dialog has not asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from crm_desktop.domain.attachments import name_for_file
from crm_desktop.ui.language import language, system_language, tr
from crm_desktop.ui.theme import icon, theme
from crm_desktop.ui.view_state import ViewState


class Purpose(StrEnum):
    """What a file is chosen for; files for one purpose mostly lie in one folder."""

    EXPORT = "export"  # lists, pages, charts and cards that leave the book
    PAPER = "paper"  # quotes and contracts
    TEMPLATE = "template"
    PICTURE = "picture"
    ATTACHMENT = "attachment"
    IMPORT = "import"
    BOOK = "book"
    BACKUP = "backup"
    SALVAGE = "salvage"


class FileKind(NamedTuple):
    """A line of the dialog's choice of kinds: what such a file is called, and its endings."""

    name: str
    endings: tuple[str, ...]  # without the dot; the first is the one that is added

    @property
    def line(self) -> str:
        """As the dialog shows it."""
        return f"{self.name} ({' '.join(f'*.{each}' for each in self.endings)})"


class Chosen(NamedTuple):
    """A file to be written, and the number of the kind that was chosen for it."""

    path: Path
    kind: int


_SIZE = QSize(760, 480)
_ICONS = {
    "backButton": "arrow-left",
    "forwardButton": "arrow-right",
    "toParentButton": "arrow-up",
    "newFolderButton": "plus",
    "listModeButton": "layout-grid",
    "detailModeButton": "list",
}
_folders = ViewState()


class Programs(QObject):
    """The programs of the system; windows listen to what these cannot open."""

    missed = Signal(str)  # a sentence for the user


programs = Programs()


def remember_in(state: ViewState) -> None:
    """Keep the folders of all purposes in `state` from now on."""
    global _folders
    _folders = state


def pdf_kind() -> FileKind:
    """A PDF file."""
    return FileKind("PDF", ("pdf",))


def workbook_kind() -> FileKind:
    """An Excel workbook."""
    return FileKind(tr("export.workbook"), ("xlsx",))


def picture_kind() -> FileKind:
    """A picture that can be a logo."""
    return FileKind(tr("common.pictures"), ("png", "jpg", "jpeg"))


def book_kind() -> FileKind:
    """A book, or a backup of one."""
    return FileKind(tr("shell.book_files"), ("crm",))


def documents_folder() -> Path:
    """Where people keep their documents; their home where the system names no such place."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(found) if found else Path.home()
    return folder if folder.is_dir() else Path.home()


def folder_for(purpose: Purpose, usual: Path | None = None) -> Path:
    """The folder of the last file; `usual`, or the documents, before there was one."""
    kept = str(_folders.get(_key(purpose), ""))
    if kept and Path(kept).is_dir():
        return Path(kept)
    return usual if usual is not None and usual.is_dir() else documents_folder()


def ask_save(
    parent: QWidget, purpose: Purpose, title: str, *, name: str, kinds: Sequence[FileKind] = ()
) -> Chosen | None:
    """Where to write a file, `name` proposed; None when the user changed his mind."""
    dialog = _dialog(parent, purpose, title, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    proposed = name_for_file(name)
    dialog.selectFile(proposed)
    lines = [kind.line for kind in kinds]

    def ending_follows(line: str) -> None:
        if line in lines:
            dialog.setDefaultSuffix(kinds[lines.index(line)].endings[0])

    if lines:
        ending_follows(lines[0])
        dialog.filterSelected.connect(ending_follows)
    given, line = _answer(dialog, purpose)
    if not given:
        return None
    kind = lines.index(line) if line in lines else 0
    path = given[0]
    return Chosen(_with_ending(path, proposed, kinds, kind) if kinds else path, kind)


def ask_open(
    parent: QWidget,
    purpose: Purpose,
    title: str,
    *,
    kinds: Sequence[FileKind] = (),
    usual: Path | None = None,
) -> Path | None:
    """A file to be read, looked for in `usual` at first; None when there shall be none."""
    dialog = _dialog(parent, purpose, title, kinds, usual)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    given, _ = _answer(dialog, purpose)
    return given[0] if given else None


def ask_open_many(parent: QWidget, purpose: Purpose, title: str) -> list[Path]:
    """Files of any kind to be read; empty when the user changed his mind."""
    dialog = _dialog(parent, purpose, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _answer(dialog, purpose)[0]


def ask_folder(
    parent: QWidget, purpose: Purpose, title: str, *, usual: Path | None = None
) -> Path | None:
    """A folder, looked for from `usual` on at first; None when there shall be none."""
    dialog = _dialog(parent, purpose, title, usual=usual)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    given, _ = _answer(dialog, purpose)
    return given[0] if given else None


def open_file(path: Path) -> None:
    """Open a file, or a folder, with the program the system has for it."""
    open_address(QUrl.fromLocalFile(str(path)), path.name)


def open_address(url: QUrl, name: str) -> bool:
    """Hand an address to the system's program for it; where there is none, `name` is told so."""
    opened = QDesktopServices.openUrl(url)
    if not opened:
        programs.missed.emit(tr("common.no_program", name=name))
    return opened


def show_folder(path: Path) -> None:
    """Show the folder a file lies in."""
    open_file(path.parent)


def _key(purpose: Purpose) -> str:
    return f"folders/{purpose.value}"


def _dialog(
    parent: QWidget,
    purpose: Purpose,
    title: str,
    kinds: Sequence[FileKind] = (),
    usual: Path | None = None,
) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder_for(purpose, usual)))
    if language() != system_language():
        # The system's dialog speaks the system's language only; Qt's own speaks ours.
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    # Where the dialog is Qt's own: its size and icons are for other programs and light themes.
    dialog.resize(theme().px(_SIZE.width()), theme().px(_SIZE.height()))
    for name, picture in _ICONS.items():
        button = dialog.findChild(QToolButton, name)
        if button is not None:
            button.setIcon(icon(picture))
    # These two Qt leaves in English.
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("common.look_in"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("common.files_of_type"))
    if kinds:
        dialog.setNameFilters([kind.line for kind in kinds])
    return dialog


def _answer(dialog: QFileDialog, purpose: Purpose) -> tuple[list[Path], str]:
    """What the user chose, and as which kind; the folder is remembered."""
    chosen = bool(dialog.exec())
    given = [Path(each) for each in dialog.selectedFiles()] if chosen else []
    line = dialog.selectedNameFilter()
    dialog.deleteLater()
    if given:
        is_folder = dialog.fileMode() == QFileDialog.FileMode.Directory
        _folders.put(_key(purpose), str(given[0] if is_folder else given[0].parent))
    return given, line


def _with_ending(path: Path, proposed: str, kinds: Sequence[FileKind], chosen: int) -> Path:
    """The name with an ending that says what is in the file.

    An ending the user typed counts; the one we proposed gives way to the kind that was chosen.
    """
    name = path.name.rstrip(". ")
    stem, _, ending = name.rpartition(".")
    if ending.casefold() in kinds[chosen].endings:
        return path
    known = any(ending.casefold() in kind.endings for kind in kinds)
    if known and ending != proposed.rpartition(".")[2]:
        return path
    return _free(path.with_name(f"{stem if known else name}.{kinds[chosen].endings[0]}"))


def _free(path: Path) -> Path:
    """A name that is not taken: the dialog asked about the name before we changed it."""
    free, count = path, 1
    while free.exists():
        count += 1
        free = path.with_name(f"{path.stem} ({count}){path.suffix}")
    return free
