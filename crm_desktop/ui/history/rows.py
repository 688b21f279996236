"""Lines of the history and the trash: words of gestures, days as headings."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.lists import item_name
from crm_desktop.services.house import Services
from crm_desktop.ui.formats import day_long, day_near, day_text
from crm_desktop.ui.language import has_words, tr


def local(moment: Any, clock: Clock) -> Any:
    """A stored moment on the clock of the user."""
    return moment.astimezone(ZoneInfo(clock.zone))


def day_heading(day: date, today: date) -> str:
    """Today, Yesterday, Friday, 13 November; with the year when it is another."""
    if abs((today - day).days) <= 1:
        return day_near(day, today)
    return day_long(day) if day.year == today.year else day_text(day)


def gesture_title(title: str, args: dict[str, Any], services: Services) -> str:
    """What a gesture did, in the language of the window: stages and lists by their words."""
    if not has_words(title):
        return title
    shown = dict(args)
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
