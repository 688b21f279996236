"""User text reaches paper through one door, and none of it is read as mark-up."""

from __future__ import annotations

import ast
from pathlib import Path

import crm_desktop.documents
from crm_desktop.words import LANGUAGES, area

_ROOM = Path(crm_desktop.documents.__file__).parent
_MAY_DRAW = {"layout/pen.py", "fonts.py"}


def _imports(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_only_the_pen_and_the_fonts_know_reportlab_and_nobody_its_paragraphs() -> None:
    for file in sorted(_ROOM.rglob("*.py")):
        names = _imports(ast.parse(file.read_text(encoding="utf-8")))
        inside = file.relative_to(_ROOM).as_posix()
        uses = {name for name in names if name.split(".")[0] == "reportlab"}
        assert not uses or inside in _MAY_DRAW, inside
        assert not any("platypus" in name or "Paragraph" in name for name in uses), inside
        assert not {name.split(".")[0] for name in names} & {"PySide6", "sqlalchemy"}, inside


def test_text_blocks_are_made_by_p_alone() -> None:
    for file in sorted(_ROOM.rglob("*.py")):
        if file.name == "blocks.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("Text", "Paragraph"), file.name
            if isinstance(node, ast.Attribute):
                # Only the pen draws strings.
                assert node.attr != "drawString" or file.name == "pen.py", file.name


def test_every_word_of_the_paper_is_there_in_both_languages() -> None:
    for key, entry in area("paper").items():
        assert key.startswith("paper.")
        assert set(entry) == set(LANGUAGES), key
        assert all(entry.values()), key
