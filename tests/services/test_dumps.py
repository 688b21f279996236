"""The whole book as JSON and back: equal to the last value, or refused with a sentence."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.data.digest import content_digest
from crm_desktop.data.dump import scanning
from crm_desktop.data.dump.scanning import NotJson, Scanner
from crm_desktop.data.tables import METADATA
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.dumps import dump, make_book
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import LANGUAGES, Words


@pytest.fixture
def filled(services: Services) -> Services:
    """A book with a sample, history, files, a quote that was sent, own fields and settings."""
    services.sample.fill("zh")
    person = services.records.ids(Kind.PERSON)[0]
    ref = Ref(Kind.PERSON, person)
    services.attachments.add_bytes(ref, "图.bin", bytes(range(256)) * 5_000)
    services.attachments.add_bytes(ref, "空.txt", b"")
    key = services.custom.add(Kind.PERSON, '引号 "\\" 字段')
    odd = 'a\t"\\\n\u2028\U00020bb7 \x7f'
    services.records.update(Kind.PERSON, person, {key: odd, "notes": odd})
    services.records.trash(Kind.PERSON, services.records.ids(Kind.PERSON)[1])
    services.history.undo()
    services.history.redo()
    return services


def digest(services: Services) -> str:
    with services.book.read() as session:
        return content_digest(session, METADATA)


def lines(path: Path) -> list[str]:
    return [one for one in path.read_text("utf-8").split("\n") if '["gesture",' not in one]


def test_a_book_read_back_is_equal(filled: Services, tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    counts = dump(filled.book, path)
    assert counts["people"] > 20
    assert counts["blobs"] >= 2
    copy = tmp_path / "copy.crm"
    make_book(path, copy, filled.clock)
    hits = [hit.ref for hit in filled.search.find("苏州")]
    with open_book(copy, filled.clock) as book:
        again = Services(book, filled.clock, Home.at(tmp_path / "home"))
        assert digest(again) == digest(filled)
        assert {hit.ref for hit in again.search.find("苏州")} == set(hits) != set()
        second = tmp_path / "again.json"
        dump(book, second)
        # Making the search anew took a number of the gestures and left no trace.
        assert lines(second) == lines(path)
        # The history came along: the last thing done can be undone in the copy too.
        assert again.history.undoable() == filled.history.undoable()
        again.history.undo()
        filled.history.undo()
        assert digest(again) == digest(filled)


def test_it_is_plain_json(filled: Services, tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    dump(filled.book, path)
    whole = json.loads(path.read_text("utf-8"))
    assert whole["format"] == "crm-desktop book"
    people = whole["tables"]["people"]
    names = [name for name, _ in people["columns"]]
    assert ["notes", "text"] in people["columns"]
    rows = [dict(zip(names, row, strict=True)) for row in people["rows"]]
    assert {row["name"] for row in rows} >= {
        row.values[0]
        for row in filled.records.rows(Kind.PERSON, filled.records.ids(Kind.PERSON), ["name"])
    }
    # Written otherwise by another program it is the same book.
    path.write_text(json.dumps(whole, indent=3), "utf-8")
    make_book(path, tmp_path / "copy.crm", filled.clock)
    with open_book(tmp_path / "copy.crm", filled.clock) as book:
        assert digest(Services(book, filled.clock, Home.at(tmp_path / "h"))) == digest(filled)


Harm = Callable[[dict[str, Any]], object]


def harms() -> list[tuple[str, Harm]]:
    return [
        ("dump.not_ours", lambda d: d.update(format="other")),
        ("dump.not_ours", lambda d: d.pop("tables")),
        ("dump.not_ours", lambda d: d.update(schema="1; DROP")),
        ("book.newer", lambda d: d.update(schema=9_999)),
        ("book.newer", lambda d: d.update(version=2)),
        ("dump.damaged", lambda d: d["tables"]["people"]["rows"].pop()),
        ("dump.damaged", lambda d: d["tables"]["people"]["rows"][0].pop()),
        ("dump.damaged", lambda d: d["tables"].update(sqlite_master={"columns": [], "rows": []})),
        ("dump.damaged", lambda d: d["tables"]["people"]["columns"].append(["x", "text"])),
        ("dump.damaged", lambda d: d["tables"]["companies"].update(rows=[], count=0)),
        ("dump.damaged", lambda d: d["tables"]["people"]["rows"][0].__setitem__(3, {"a": 1})),
        ("dump.damaged", lambda d: d["tables"]["blobs"]["rows"][0].__setitem__(2, "AAAA")),
        ("dump.damaged", lambda d: d["tables"]["blobs"]["rows"][0].__setitem__(2, "§")),
    ]


@pytest.mark.parametrize(("code", "harm"), harms(), ids=range(len(harms())))
def test_what_is_refused(filled: Services, tmp_path: Path, code: str, harm: Harm) -> None:
    path = tmp_path / "book.json"
    dump(filled.book, path)
    whole = json.loads(path.read_text("utf-8"))
    harm(whole)
    path.write_text(json.dumps(whole), "utf-8")
    refused(path, tmp_path, filled, code)


def refused(path: Path, folder: Path, services: Services, code: str) -> None:
    with pytest.raises(Refused) as caught:
        make_book(path, folder / "copy.crm", services.clock)
    assert caught.value.code == code
    for language in LANGUAGES:
        assert Words(language).text(caught.value.key, **caught.value.args_for_words)
    assert not list(folder.glob("copy*"))


def test_broken_off_at_any_place(filled: Services, tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    dump(filled.book, path)
    whole = path.read_bytes()
    for part in range(1, 8):
        path.write_bytes(whole[: len(whole) * part // 8])
        refused(path, tmp_path, filled, "dump.damaged")
    for other in (b"", b"[]", b"PK\x03\x04", b"\xff\xfe{}", b'{"format":1}'):
        path.write_bytes(other)
        with pytest.raises(Refused, match=r"dump\."):
            make_book(path, tmp_path / "copy.crm", filled.clock)


def test_a_book_that_is_there_stays(filled: Services, tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    dump(filled.book, path)
    there = tmp_path / "there.crm"
    there.write_bytes(b"precious")
    with pytest.raises(Refused, match="exists"):
        make_book(path, there, filled.clock)
    assert there.read_bytes() == b"precious"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(), st.lists(JSON, max_size=5), max_size=4), st.integers(1, 40))
def test_piece_by_piece_is_the_same_as_whole(given_: dict[str, list[Any]], part: int) -> None:
    before, scanning._PART = scanning._PART, part
    try:
        scanner = Scanner(io.StringIO(json.dumps(given_, indent=part % 3)))
        read = {key: list(scanner.items()) for key in scanner.members()}
        scanner.end()
    finally:
        scanning._PART = before
    assert read == given_


@pytest.mark.parametrize("text", ['{"a"', '{"a":[1,', '{"a":[1}', "{1:[]}", '{"a":[]} x', ""])
def test_what_is_not_json(text: str) -> None:
    def read(scanner: Scanner) -> None:
        for _ in scanner.members():
            list(scanner.items())
        scanner.end()

    with pytest.raises(NotJson):
        read(Scanner(io.StringIO(text)))
