"""Erasing a person from the command line: asked for by name, confirmed, gone everywhere."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from crm_desktop.data.first_look import look_into
from crm_desktop.pasted import keep_pasted
from crm_desktop.paths import Home
from crm_desktop.ui.view_state import ViewState
from tests.cli.conftest import Run


def someone(run: Run, book: Path, name: str) -> dict[str, Any]:
    found = run("--book", book, "search", name, "--json")[1]
    return next(hit for hit in found if hit["kind"] == "person" and hit["title"] == name)


def add(run: Run, book: Path, folder: Path, name: str) -> dict[str, Any]:
    file = folder / "one.csv"
    file.write_text(f"姓名,手机\n{name},13877776666\n", "utf-8-sig")
    assert run("--book", book, "import", file)[0] == 0
    return someone(run, book, name)


def test_erasing_needs_a_yes(run: Run, book: Path, tmp_path: Path) -> None:
    person = add(run, book, tmp_path, "测试甲")
    code, _, said = run("--book", book, "--lang", "en", "erase", "person", person["id"])
    assert code == 1
    assert "--yes" in said
    assert someone(run, book, "测试甲") == person


def test_erasing_by_uid_leaves_no_byte(run: Run, book: Path, tmp_path: Path) -> None:
    person = add(run, book, tmp_path, "测试乙")
    code, told, _ = run("--book", book, "erase", "person", person["uid"], "--yes", "--json")
    kept = {"count": 1, "wiped": True, "anonymised": False, "views": 0}
    assert (code, told) == (0, kept)
    assert run("--book", book, "search", "测试乙", "--json")[1] == []
    assert "测试乙".encode() not in book.read_bytes()
    assert b"13877776666" not in book.read_bytes()
    again = run("--book", book, "erase", "person", person["uid"], "--yes", "--json")
    assert (again[0], again[1]["error"]["code"]) == (1, "erasing.unknown")


def test_what_a_window_left_in_the_home_goes_too(run: Run, book: Path, tmp_path: Path) -> None:
    person = add(run, book, tmp_path, "测试戊")
    home = Home.at(tmp_path / "home")
    left = ViewState(home.config)
    left.put("draft/new_person", {"name": "测试戊"})
    left.put("draft/new_company", {"name": "别的公司"})
    left.put("page/today", {"quick": "call 138-7777-6666", "order": ["next"]})
    left.put("page/import", {"path": "someone.csv"})
    left.flush()
    uid = look_into(book, date(2026, 11, 20)).book
    assert uid is not None
    pasted = keep_pasted(home, uid, "pasted", "姓名\t手机\n测试戊\t13877776666")
    assert run("--book", book, "erase", "person", person["uid"], "--yes")[0] == 0
    found = ViewState(home.config)
    assert found.get("draft/new_person") is None
    assert found.get("draft/new_company") == {"name": "别的公司"}
    assert found.get("page/today") == {"quick": "", "order": ["next"]}
    assert found.get("page/import") is None
    assert not pasted.exists()


def test_one_is_named_by_its_name_while_no_other_is_called_so(
    run: Run, book: Path, tmp_path: Path
) -> None:
    add(run, book, tmp_path, "测试丙")
    file = tmp_path / "own.zip"
    assert run("--book", book, "dossier", "person", " 测试丙", file)[0] == 0
    people = tmp_path / "two.csv"
    people.write_text("姓名,手机\n测试丁,13900000001\n测试丁,13900000002\n", "utf-8-sig")
    run("--book", book, "import", people, "--existing", "add")
    code, told, _ = run("--book", book, "erase", "person", "测试丁", "--yes", "--json")
    assert (code, told["error"]["code"]) == (1, "erasing.several")
    assert run("--book", book, "erase", "person", "测试丙", "--yes")[0] == 0
    code, _, said = run("--book", book, "--lang", "en", "erase", "person", "测试丙", "--yes")
    assert code == 1
    assert "“测试丙”" in said


def test_who_has_documents_is_made_anonymous(run: Run, book: Path) -> None:
    quotes = run("--book", book, "search", "BJ", "--json")[1]
    assert quotes
    held = []
    for hit in run("--book", book, "search", "张", "--json")[1]:
        if hit["kind"] != "person":
            continue
        code, told, _ = run("--book", book, "erase", "person", hit["id"], "--yes", "--json")
        if code:
            held.append((hit, told))
    (person, told), *_ = held
    assert told["error"]["code"] == "erasing.must_stay"
    words = ("--book", book, "erase", "person", person["id"], "--yes", "--anonymise", "--json")
    kept = {"count": 1, "wiped": True, "anonymised": True, "views": 0}
    assert run(*words)[1] == kept
    assert run("--book", book, "search", person["title"], "--json")[1] == []


def test_all_that_is_held_about_a_person(run: Run, book: Path, tmp_path: Path) -> None:
    hits = run("--book", book, "search", "张伟明", "--json")[1]
    person = next(hit for hit in hits if hit["kind"] == "person")
    file = tmp_path / "own.zip"
    words = ("--book", book, "dossier", "person", person["uid"], file, "--json")
    code, told, _ = run(*words)
    assert code == 0
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        assert names[:2] == ["张伟明.pdf", "data.json"]
        assert len(names) == 2 + told["files"]
        data = json.loads(archive.read("data.json"))
        with pdfium.PdfDocument(archive.read("张伟明.pdf")) as document:
            text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert (data["uid"], data["name"]) == (person["uid"], "张伟明")
    (phone,) = [row["value"] for row in data["tables"]["points"] if row["kind"] == "mobile"]
    assert phone in data["fields"].values()
    assert phone.replace(" ", "") in text.replace(" ", "")
    assert {"people", "points", "activities"} <= set(data["tables"])
    assert all(row["person_id"] == person["id"] for row in data["tables"]["points"])


def test_the_dossier_is_called_as_the_whole_title(run: Run, book: Path, tmp_path: Path) -> None:
    person = add(run, book, tmp_path, "甲/乙")
    file = tmp_path / "own.zip"
    assert run("--book", book, "dossier", "person", person["id"], file)[0] == 0
    with zipfile.ZipFile(file) as archive:
        assert archive.namelist()[0] == "甲_乙.pdf"
