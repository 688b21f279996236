"""Taking back and bringing back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crm_desktop.cli.desk import Desk
from crm_desktop.words import Words

if TYPE_CHECKING:
    from crm_desktop.data.undo import GestureRow, KeptField, UndoResult
    from crm_desktop.services.history import Left
    from crm_desktop.services.house import Services

LISTED = 50


def undo(desk: Desk) -> None:
    """`undo`: the newest gesture still in force, or the one named; with --list, what was done."""
    if desk.args.list:
        _list(desk)
        return
    with desk.services() as services:
        result = services.history.undo(desk.args.step)
        content = document(result, services, desk.words)
    _tell(desk, content, "cli.undone")


def redo(desk: Desk) -> None:
    """`redo`: what was undone last."""
    with desk.services() as services:
        result = services.history.redo()
        content = document(result, services, desk.words)
    _tell(desk, content, "cli.redone")


def gesture_text(title: str, args: dict[str, Any], words: Words) -> str:
    """What a gesture did. A newer program may have written one we have no words for."""
    if not words.has(title):
        return title
    return words.text(title, **{name: _argument(value, words) for name, value in args.items()})


def document(result: UndoResult, services: Services, words: Words) -> dict[str, Any]:
    """An undo or redo with its stable keys; `gesture` is the one taken or brought back."""

    def named(fields: list[KeptField]) -> list[dict[str, Any]]:
        pairs = zip(fields, services.history.named(fields), strict=True)
        return [_left(field, left, words) for field, left in pairs]

    return {
        "gesture": result.reversed_gesture,
        "title": gesture_text(result.title, result.args, words),
        "restored": result.restored,
        "kept": named(result.kept),
        "blocked": named(result.blocked),
    }


def _tell(desk: Desk, content: dict[str, Any], key: str) -> None:
    desk.out.document(content)
    desk.out.say(key, what=content["title"])
    desk.out.say(
        "cli.undo_figures",
        restored=content["restored"],
        kept=len(content["kept"]),
        blocked=len(content["blocked"]),
    )
    for left in (*content["kept"], *content["blocked"]):
        told = desk.words.text("cli.left", name=left["name"], message=left["message"])
        desk.out.line("  " + (told if left["name"] else left["message"]))


def _left(field: KeptField, left: Left, words: Words) -> dict[str, Any]:
    key, ref = f"book.kept.{field.reason}", left.ref
    return {
        "table": field.table,
        "row": field.row,
        "field": field.field,
        "reason": field.reason,
        "kind": ref.kind.value if ref is not None else "",
        "id": ref.id if ref is not None else None,
        "name": _left_name(left, words),
        "message": words.text(key) if words.has(key) else field.reason,
    }


def _left_name(left: Left, words: Words) -> str:
    """A field and whose it is, or the record."""
    title = left.ref.title if left.ref is not None else ""
    field = left.own_name or next((words.text(key) for key in left.words if words.has(key)), "")
    told = words.text("shell.field_of", field=field, name=title)
    return told if field and title else field or title


def _argument(value: Any, words: Words) -> Any:
    """Stages and the like are named by list and code, so that any language can tell them."""
    if isinstance(value, dict) and "list" in value:
        if value.get("name"):
            return value["name"]
        key = f"list.{value['list']}.{value.get('code')}"
        return words.text(key) if words.has(key) else "?"
    return value


def _list(desk: Desk) -> None:
    words, zone = desk.words, ZoneInfo(desk.clock.zone)
    with desk.reading() as services:
        gestures = services.history.gestures(LISTED)
    desk.out.document([_listed(one, words) for one in gestures])
    desk.out.table(
        [
            (
                str(one.id),
                f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}",
                gesture_text(one.title, one.args, words),
                words.text(one.reason) if one.reason else "",
            )
            for one in gestures
        ],
        indent="",
    )


def _listed(gesture: GestureRow, words: Words) -> dict[str, Any]:
    return {
        "id": gesture.id,
        "at": gesture.at,
        "title": gesture_text(gesture.title, gesture.args, words),
        "origin": gesture.origin,
        "undone": gesture.undone,
        "undoable": gesture.undoable,
        "reason": words.text(gesture.reason) if gesture.reason else "",
    }
