"""The borders of the house, read off the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "crm_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = ("domain", "data", "services", "exchange", "documents", "ui", "cli")
BESIDE = frozenset(
    {"pasted", "paths", "processes", "progress", "settings", "typed_texts", "words", "__init__"}
)
TOP = frozenset({"app", "opening", "__main__", "selftest"})

OURS: dict[str, frozenset[str]] = {
    "domain": frozenset({"domain"}),
    "exchange": frozenset({"exchange", "domain"}) | BESIDE,
    "documents": frozenset({"documents", "domain"}) | BESIDE,
    "data": frozenset({"data", "domain"}) | BESIDE,
    "services": frozenset({"services", "domain", "data", "exchange", "documents"}) | BESIDE,
    "ui": frozenset({"ui", "domain", "services"}) | BESIDE,
    "beside": BESIDE,
}
LIBRARIES: dict[str, frozenset[str]] = {
    "domain": frozenset({"dateutil", "phonenumbers", "stdnum", "rapidfuzz", "tzlocal"}),
    "exchange": frozenset({"openpyxl", "python_calamine", "xlrd", "charset_normalizer", "psutil"}),
    "documents": frozenset({"reportlab", "segno", "openpyxl", "num2words", "PIL"}),
    "data": frozenset({"sqlalchemy", "alembic", "sqlcipher3", "filelock"}),
    # Inserts within a gesture are statements: services may name tables, never an engine.
    "services": frozenset({"sqlalchemy"}),
    "ui": frozenset({"PySide6", "shiboken6", "pypdfium2"}),
    "beside": frozenset({"platformdirs"}),
}
STANDARD = frozenset(__import__("sys").stdlib_module_names)
LATE = frozenset(
    {
        "crm_desktop.domain.pinyin_table",  # large data: read when the first name needs it
        # The command line knows no Qt but in the child that takes pictures.
        "crm_desktop.cli.picture_child",
        "crm_desktop.cli.photographer",
    }
)
MAY_DEFER_OURS = {
    # Qt paints first; services are imported behind the first picture.
    PACKAGE / "app.py",
    PACKAGE / "opening.py",
    PACKAGE / "__main__.py",
    PACKAGE / "selftest.py",
    # A service is imported when it is first asked for: Today's rows need a fifth of them.
    PACKAGE / "services" / "house.py",
}


def room_of(module: Path) -> str:
    first = module.relative_to(PACKAGE).parts[0]
    if first in ROOMS:
        return first
    return "top" if module.stem in TOP else "beside"


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "relative imports hide where a thing lives"
            if node.module == "crm_desktop":
                for alias in node.names:
                    yield f"crm_desktop.{alias.name}", node
            else:
                yield node.module, node


def ours(name: str) -> str | None:
    """The room (or module beside the rooms) an import of ours comes from."""
    parts = name.split(".")
    if parts[0] != "crm_desktop":
        return None
    return parts[1] if len(parts) > 1 and parts[1] != "__version__" else "__init__"


@pytest.mark.parametrize("room", [*ROOMS[:-1], "beside"])
def test_who_may_import_whom(room: str) -> None:
    wrong = []
    for module in MODULES:
        if room_of(module) != room:
            continue
        for name, _ in imports(ast.parse(module.read_text("utf-8"))):
            own = ours(name)
            first = name.split(".")[0]
            allowed = (
                own in OURS[room]
                if own is not None
                else first in STANDARD or first in LIBRARIES[room] or first == "__future__"
            )
            if not allowed:
                wrong.append(f"{module.relative_to(ROOT)}: {name}")
    assert wrong == []


def _type_checking_only(tree: ast.Module) -> set[int]:
    """Lines under `if TYPE_CHECKING:`: they import nothing when the program runs."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            for inner in ast.walk(node):
                lines.add(getattr(inner, "lineno", 0))
    return lines


def test_our_modules_are_imported_at_the_top() -> None:
    wrong = []
    for module in MODULES:
        if module in MAY_DEFER_OURS:
            continue
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                wrong += [
                    f"{module.relative_to(ROOT)}:{statement.lineno}: {name}"
                    for name, statement in imports(node)
                    if ours(name) is not None and name not in LATE
                ]
    assert wrong == []


def test_no_cycles() -> None:
    names = {
        ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): module
        for module in MODULES
    }
    graph: dict[str, set[str]] = {}
    for name, module in names.items():
        tree = ast.parse(module.read_text("utf-8"))
        typing_only = _type_checking_only(tree)
        graph[name] = set()
        for node in tree.body:
            for target, statement in imports(node):
                if statement.lineno in typing_only:
                    continue
                if isinstance(statement, ast.ImportFrom):
                    inner = {f"{target}.{alias.name}" for alias in statement.names}
                    found = inner & names.keys()
                    graph[name] |= found or ({target} & names.keys())
                else:
                    graph[name] |= {target} & names.keys()
    done: set[str] = set()
    path: list[str] = []

    def visit(name: str) -> None:
        if name in done:
            return
        assert name not in path, " → ".join([*path[path.index(name) :], name])
        path.append(name)
        for target in sorted(graph[name]):
            visit(target)
        path.pop()
        done.add(name)

    for name in sorted(graph):
        visit(name)


def test_files_are_short() -> None:
    lengths = {module: len(module.read_text("utf-8").splitlines()) for module in MODULES}
    long = {str(m.relative_to(ROOT)): n for m, n in lengths.items() if n > 400}
    assert long == {}
    tests = {m: len(m.read_text("utf-8").splitlines()) for m in (ROOT / "tests").rglob("*.py")}
    assert {str(m.relative_to(ROOT)): n for m, n in tests.items() if n > 400} == {}


def test_no_attics() -> None:
    attics = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
    assert [str(m) for m in MODULES if m.stem in attics] == []
    assert [str(m) for m in MODULES if m.stem == "base" and m.parent.name != "tables"] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = []
    for module in MODULES:
        tree = ast.parse(module.read_text("utf-8"))
        if not ast.get_docstring(tree):
            silent.append(str(module.relative_to(ROOT)))
        silent += [
            f"{module.relative_to(ROOT)}: {node.name}"
            for node in tree.body
            if isinstance(node, ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert silent == []


def test_only_the_clock_asks_for_the_time() -> None:
    wrong = []
    for module in MODULES:
        if module.name == "clock.py":
            continue
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in ("now", "utcnow", "today")
                and isinstance(node.value, ast.Name)
                and node.value.id in ("datetime", "date")
            ):
                wrong.append(f"{module.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []
