"""PySide's own modules are compiled once, and nothing depends on what was kept of them."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Says how much is compiled of the zip in PySide's library, and that it works.
_START = """
import builtins
true_compile, compiled = builtins.compile, []
def counting(source, filename, *args, **named):
    if isinstance(source, bytes) and "shibokensupport" in str(filename):
        compiled.append(filename)
    return true_compile(source, filename, *args, **named)
builtins.compile = counting
import crm_desktop.ui
assert builtins.compile is counting
from PySide6.QtCore import QSize
from shibokensupport.signature import get_signature
assert get_signature(QSize.width)
try:
    QSize("wide")
except TypeError as error:
    assert "w: int, h: int" in str(error), error
print(len(compiled))
"""


def _compiled(folder: Path, first: str = "") -> int:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", first + _START],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def _kept(folder: Path) -> Path:
    (found,) = folder.rglob("first_import*.pyside")
    return found


def test_the_second_start_compiles_nothing_of_pyside(tmp_path: Path) -> None:
    assert _compiled(tmp_path) > 10
    assert _compiled(tmp_path) == 0
    assert not list(tmp_path.rglob("*.pyside.*"))


@pytest.mark.parametrize(
    "content", [b"", b"odd", marshal.dumps({"another": {}}), marshal.dumps([1])]
)
def test_what_was_kept_wrongly_is_made_anew(tmp_path: Path, content: bytes) -> None:
    _compiled(tmp_path)
    _kept(tmp_path).write_bytes(content)
    assert _compiled(tmp_path) > 10
    assert _compiled(tmp_path) == 0


def test_another_text_is_compiled_again(tmp_path: Path) -> None:
    _compiled(tmp_path)
    file = _kept(tmp_path)
    kept = marshal.loads(file.read_bytes())
    name = "shibokensupport/signature/parser.py"
    checksum, code = kept[sys.version][name]
    kept[sys.version][name] = (checksum + 1, code)
    file.write_bytes(marshal.dumps(kept))
    assert _compiled(tmp_path) == 1


def test_a_bundle_keeps_it_among_its_own_files(tmp_path: Path) -> None:
    # As its starter does, which also forbids byte code files.
    first = f"import sys; sys._MEIPASS = {str(tmp_path)!r}; sys.dont_write_bytecode = True\n"
    assert _compiled(tmp_path / "none", first) > 10
    assert (tmp_path / "pyside.kept").is_file()
    assert _compiled(tmp_path / "none", first) == 0


def test_where_nothing_can_be_kept_it_starts_all_the_same(tmp_path: Path) -> None:
    first = f"import sys; sys._MEIPASS = {str(tmp_path / 'gone')!r}\n"
    assert _compiled(tmp_path, first) > 10
    assert _compiled(tmp_path, first) > 10
