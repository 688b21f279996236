"""Where lists and pages go when they leave the book, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.vcards import CardVersion
from crm_desktop.ui.file_dialogs import FileKind, Purpose, ask_save, pdf_kind
from crm_desktop.ui.language import tr


@dataclass(frozen=True, slots=True)
class Wanted:
    """The file the user wants; of cards, the version that was chosen."""

    path: Path
    cards_as: CardVersion = CardVersion.THREE


def ask_where(parent: QWidget, name: str, kind: Kind) -> Wanted | None:
    """Where to write records, and as what; None when the user changed his mind."""
    forms = _forms(kind)
    kinds = [FileKind(tr(f"export.{form}"), (ending,)) for form, ending in forms]
    chosen = ask_save(parent, Purpose.EXPORT, tr("export.save_as"), name=name, kinds=kinds)
    if chosen is None:
        return None
    newest = forms[chosen.kind][0] == "cards_4"
    return Wanted(chosen.path, CardVersion.FOUR if newest else CardVersion.THREE)


def _forms(kind: Kind) -> list[tuple[str, str]]:
    """What a list of the kind can be written as: names of words, and endings."""
    forms = [("workbook", "xlsx"), ("csv", "csv")]
    if kind in (Kind.PERSON, Kind.COMPANY):
        forms += [("cards", "vcf"), ("cards_4", "vcf")]
    if kind is Kind.PERSON:
        forms.append(("birthdays", "ics"))
    if kind is Kind.ACTIVITY:
        forms.append(("calendar", "ics"))
    return forms


def ask_pdf(parent: QWidget, name: str) -> Path | None:
    """Where to print a list to; None when the user changed his mind."""
    title = tr("export.print_as")
    chosen = ask_save(parent, Purpose.EXPORT, title, name=name, kinds=(pdf_kind(),))
    return chosen.path if chosen is not None else None
