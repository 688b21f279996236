"""What a gesture did, in words: for toasts, the Edit menu and the history alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.lists import item_name
from crm_desktop.ui.formats import joined
from crm_desktop.ui.language import has_words, tr

if TYPE_CHECKING:
    from crm_desktop.services.history import Left, UndoResult
    from crm_desktop.services.house import Services

_MOST_NAMES = 3


def gesture_title(title: str, args: Mapping[str, Any], services: Services) -> str:
    """What a gesture did, in the language of the window: stages and lists by their words."""
    if not has_words(title):
        return title  # a newer program wrote it
    shown = {key: _item_words(value) for key, value in args.items()}
    stage = args.get("stage")
    item = services.lists.item(stage) if isinstance(stage, int) else None
    if item is not None:
        shown["stage"] = item_name(item, tr)
    if isinstance(args.get("list"), str) and has_words(f"list.{args['list']}"):
        shown["list"] = tr(f"list.{args['list']}")
    try:
        return tr(title, **shown)
    except (KeyError, IndexError):
        # Another version of the program wrote it with other arguments.
        return tr("history_page.unknown")


def _item_words(value: Any) -> Any:
    """An item of a list by its words; other arguments as they are."""
    if not isinstance(value, Mapping):
        return value
    key = f"list.{value.get('list')}.{value.get('code')}"
    return value.get("name") or (tr(key) if has_words(key) else value.get("code", ""))


def result_words(result: UndoResult, how: str, services: Services) -> str:
    """What was taken back (`how` is "undone") or done again ("redone"), and what stayed."""
    told = [tr(f"shell.{how}", what=gesture_title(result.title, result.args, services))]
    for key, fields in (("kept", result.kept), ("blocked", result.blocked)):
        if fields:
            names = _names(services.history.left(fields))
            words = tr(f"shell.{key}_named", what=names) if names else ""
            told.append(words or tr(f"history_page.{key}", count=len(fields)))
    return " ".join(told)


def _names(left: Sequence[Left]) -> str:
    """The first few of them: "Phone (张伟), Level (李娜) and 4 more"."""
    names = list(dict.fromkeys(filter(None, map(left_name, left))))
    shown = joined(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return tr("shell.names_and_more", names=shown, count=more) if more > 0 else shown


def left_name(left: Left) -> str:
    """A field and whose it is, or the record: "Phone (张伟)"; empty where it has no name."""
    title = left.ref.title if left.ref is not None else ""
    field = left.own_name or next((tr(key) for key in left.words if has_words(key)), "")
    return tr("shell.field_of", field=field, name=title) if field and title else field or title
