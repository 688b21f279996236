"""Rules of the source: modal calls, colours, imports, and words that are not in the catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from crm_desktop import paths

_ROOT = Path(paths.__file__).parent
_MODAL = {
    "QMessageBox",
    "QDialog",
    "QFileDialog",
    "QInputDialog",
    "QProgressDialog",
    "QErrorMessage",
    "QWizard",
}
_GPL_ONLY = ("QtCharts", "QtDataVisualization", "QtGraphs", "QtWebEngine", "QtVirtualKeyboard")
_HEX = re.compile(r"#[0-9A-Fa-f]{3,8}")
_SAYS = {
    "setText",
    "setToolTip",
    "setStatusTip",
    "setPlaceholderText",
    "setWindowTitle",
    "setTitle",
    "setAccessibleName",
    "setAccessibleDescription",
    "addAction",
    "addMenu",
    "addTab",
    "setItemText",
    "setLabel",
    "set_text",
    "set_name",
    "set_title",
    "set_label",
    "toast",
    "banner",
    "drawText",
}
_LABELS = {"QLabel", "PlainLabel", "ElidedLabel", "QPushButton", "QCheckBox", "QRadioButton"}
_BUTTONS = {"Button", "PrimaryButton", "LinkButton", "Chip", "FieldRow", "Banner"}

# File, and what stands there. Boxes: restoring a backup, erasing, and choosing files, which has
# one door. The rest are the loop of the program and a drag, which are no boxes.
_ALLOWED_MODAL = {
    "app.py": {"app.exec"},
    "ui/opportunities/lane_view.py": {"drag.exec"},
    "ui/settings/data.py": {"QMessageBox", "box.exec"},
    "ui/erasing.py": {"QMessageBox", "box.exec"},
    "ui/file_dialogs.py": {"QFileDialog", "dialog.exec"},
}
# Paper is white in every theme.
_ALLOWED_COLOURS = {"ui/papers/page_view.py": {"Qt.GlobalColor.white"}}


@cache
def _trees() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(
        (file.relative_to(_ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8")))
        for file in sorted(_ROOT.rglob("*.py"))
    )


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_modal_boxes_only_where_the_design_allows_them() -> None:
    found: list[str] = []
    for file, tree in _trees():
        for call in _calls(tree):
            name = _name(call.func)
            modal = name in _MODAL or (isinstance(call.func, ast.Attribute) and name == "exec")
            on_static = isinstance(call.func, ast.Attribute) and _name(call.func.value) in _MODAL
            said = ast.unparse(call.func)
            if (modal or on_static) and said not in _ALLOWED_MODAL.get(file, set()):
                found.append(f"{file}:{call.lineno} {said}")
    assert not found, "\n" + "\n".join(found)


def test_only_the_tokens_and_papers_name_colours() -> None:
    found: list[str] = []
    for file, tree in _trees():
        if not file.startswith("ui/") or file.endswith("/tokens.py"):
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and _HEX.fullmatch(node.value)
            ):
                found.append(f"{file}:{node.lineno} {node.value}")
            if isinstance(node, ast.Call) and _name(node.func) in ("QColor", "qRgb", "fromRgb"):
                literal = [each for each in node.args if isinstance(each, ast.Constant)]
                if literal and literal == node.args:
                    found.append(f"{file}:{node.lineno} {ast.unparse(node)}")
            if isinstance(node, ast.Attribute) and _name(node.value) == "GlobalColor":
                allowed = _ALLOWED_COLOURS.get(file, set()) | {"Qt.GlobalColor.transparent"}
                if ast.unparse(node) in allowed:
                    continue
                found.append(f"{file}:{node.lineno} {ast.unparse(node)}")
    assert not found, "\n" + "\n".join(found)


def test_no_module_that_only_the_gpl_allows() -> None:
    found = [
        f"{file}:{node.lineno}"
        for file, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any(each in ast.unparse(node) for each in _GPL_ONLY)
    ]
    assert not found


def _words(node: ast.expr) -> Iterator[str]:
    """Literal words of an argument; names of fields and keys of the catalogue are none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (part for value in node.values for part in _words(value))
    elif isinstance(node, ast.IfExp):
        yield from (*_words(node.body), *_words(node.orelse))
    elif isinstance(node, ast.BinOp):
        yield from (*_words(node.left), *_words(node.right))


# Names of languages stand in their own language; units are the same in both.
_SAME_EVERYWHERE = {"中文", "English", "CRM Desktop", "kB", "MB", "GB", "px", "pt"}


def test_no_words_outside_the_catalogue() -> None:
    found: list[str] = []
    for file, tree in _trees():
        if not file.startswith("ui/") or "gallery" in file or file.endswith("/tokens.py"):
            continue
        for call in _calls(tree):
            name = _name(call.func)
            if name not in _SAYS | _LABELS | _BUTTONS:
                continue
            said = call.args[1:2] if name == "banner" else call.args
            # The second argument of these is the colour of a chip.
            for argument in said[:1] if name in ("set_text", "Chip") else said:
                for words in _words(argument):
                    if words.strip() in _SAME_EVERYWHERE or not re.search(r"[^\W\d_]{2}", words):
                        continue
                    found.append(f"{file}:{call.lineno} {name}({words!r})")
    assert not found, "\n" + "\n".join(found)


def test_panels_have_their_cancel_from_the_one_row_of_answers() -> None:
    """Else the order of the answers would differ from panel to panel, whatever the platform."""
    here = {
        str(file.relative_to(_ROOT))
        for file in (_ROOT / "ui").rglob("*.py")
        if '"common.cancel"' in file.read_text("utf-8")
    }
    beside_progress = {"ui/imports/waiting.py", "ui/settings/whole_book.py", "ui/table/bottom.py"}
    boxes = {"ui/erasing.py", "ui/settings/data.py"}
    again_in_another_language = {"ui/pasting/overlay.py"}
    row = {"ui/widgets/button_row.py"}
    assert here == row | beside_progress | boxes | again_in_another_language
