"""Asking where a file goes, and going to it afterwards: the one door to native dialogs here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.vcards import CardVersion
from crm_desktop.ui.language import tr


@dataclass(frozen=True, slots=True)
class Wanted:
    """The file the user wants; of cards, the version that was chosen."""

    path: Path
    cards_as: CardVersion = CardVersion.THREE


def ask_where(parent: QWidget, suggested: Path, kind: Kind) -> Wanted | None:
    """Where to write records, and as what; None when the user changed his mind."""
    kinds = {f"{tr(f'export.{name}')} (*{end})": end for name, end in _forms(kind)}
    name, chosen = QFileDialog.getSaveFileName(
        parent, tr("export.save_as"), str(suggested), ";;".join(kinds)
    )
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() not in kinds.values():
        path = path.with_name(path.name + kinds.get(chosen, ".xlsx"))
    newest = chosen.startswith(tr("export.cards_4"))
    return Wanted(path, CardVersion.FOUR if newest else CardVersion.THREE)


def _forms(kind: Kind) -> list[tuple[str, str]]:
    """What a list of the kind can be written as: names of words, and endings."""
    forms = [("workbook", ".xlsx"), ("csv", ".csv")]
    if kind in (Kind.PERSON, Kind.COMPANY):
        forms += [("cards", ".vcf"), ("cards_4", ".vcf")]
    if kind is Kind.PERSON:
        forms.append(("birthdays", ".ics"))
    if kind is Kind.ACTIVITY:
        forms.append(("calendar", ".ics"))
    return forms


def ask_pdf(parent: QWidget, suggested: Path) -> Path | None:
    """Where to print a list to; None when the user changed his mind."""
    name, _ = QFileDialog.getSaveFileName(
        parent, tr("export.print_as"), str(suggested), "PDF (*.pdf)"
    )
    if not name:
        return None
    path = Path(name)
    return path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")


def open_file(path: Path) -> None:
    """Open a file with the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_folder(path: Path) -> None:
    """Show the folder a file lies in."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
