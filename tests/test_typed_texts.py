"""What was typed and tells goes out of what the window keeps; all the rest stays as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.typed_texts import forget_in_file, without_told
from crm_desktop.ui.view_state import ViewState

MARK = "Zqxv"
BOOK = "019a-b"


def tells(text: str) -> bool:
    return MARK in text


typed = st.sampled_from((MARK, f"call {MARK} soon", "李娜", "plain"))
conditions = st.lists(
    st.tuples(st.sampled_from(("name", "city")), st.just("contains"), typed).map(list), max_size=3
)
groups = st.builds(
    lambda mine, inner, any_of: {"any": any_of, "of": [*mine, *inner]},
    conditions,
    st.lists(conditions.map(lambda of: {"any": True, "of": of}), max_size=2),
    st.booleans(),
)
lists = st.builds(
    lambda where, text: {
        "columns": ["name", "city"],
        "widths": {"name": 120},
        "query": {"where": where, "text": text, "order": [["name", False]], "only": None},
        "current": 3,
    },
    groups,
    typed,
)
states = st.fixed_dictionaries(
    {
        "draft/new_person": st.dictionaries(st.sampled_from(("name", "notes")), typed),
        "draft/note/0190-a": typed,
        "page/today": st.fixed_dictionaries(
            {"quick": typed, "notice": typed, "order": st.just(["next"])}
        ),
        "page/contacts": st.builds(
            lambda own, seen: {
                "panes": {"person": {**own, "view": {"id": 1, "state": seen}}},
                "shown": "person",
            },
            lists,
            lists,
        ),
        "page/opportunities": lists.map(lambda one: {"list": one, "view": "board"}),
        "window/place": typed.map(lambda text: f"contacts?text={text.replace(' ', '+')}"),
        "sidebar/folded": st.booleans(),
    }
)


@given(states)
def test_nothing_told_is_left_and_nothing_else_goes(state: dict[str, Any]) -> None:
    kept = {name: without_told(name, value, tells) for name, value in state.items()}
    assert MARK not in json.dumps(kept)
    for name, value in state.items():
        if MARK not in json.dumps(value):
            assert kept[name] == value
    for part in ("order", "columns"):
        assert json.dumps(kept).count(f'"{part}"') == json.dumps(state).count(f'"{part}"')
    assert kept["page/contacts"]["panes"]["person"]["view"]["state"]["widths"] == {"name": 120}


@given(states)
def test_the_file_of_a_closed_window_reads_the_same(
    tmp_path_factory: Any, state: dict[str, Any]
) -> None:
    folder: Path = tmp_path_factory.mktemp("state")
    written = ViewState(folder)
    written.of_book(BOOK)
    for name, value in {**state, "page/import": {"path": f"{MARK}.csv"}}.items():
        written.put(name, value)
    written.flush()
    forget_in_file(folder, BOOK, tells)
    assert MARK.encode() not in (folder / "view.ini").read_bytes()
    read = ViewState(folder)
    assert read.get("page/import") is None
    for name, value in state.items():
        assert read.get(name) == without_told(name, value, tells)


def test_where_no_window_was_nothing_is_written(tmp_path: Path) -> None:
    forget_in_file(tmp_path, BOOK, tells)
    assert list(tmp_path.iterdir()) == []
