"""Looking: search, the page of the morning, birthdays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm_desktop.cli import birthday_list
from crm_desktop.cli.desk import Desk
from crm_desktop.cli.output import sums
from crm_desktop.domain.agenda import AgendaItem
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.records import Found
from crm_desktop.domain.today import ActionList, PeriodFigures, TodayPanels
from crm_desktop.words import Words

_FIGURES = ("won_count", "calls", "visits", "activities", "quotes_sent", "new_customers")


def search(desk: Desk) -> None:
    """`search`: any record by name, pinyin, initials, phone, number."""
    with desk.reading() as services:
        hits = services.search.find(desk.args.text, desk.args.limit)
    desk.out.document(
        [
            {
                "kind": hit.kind.value,
                "id": hit.id,
                "uid": hit.uid,
                "title": hit.title,
                "subtitle": hit.subtitle,
            }
            for hit in hits
        ]
    )
    if not hits:
        desk.out.say("cli.search_none", text=desk.args.text)
    desk.out.table(
        [(desk.words.text(f"kind.{hit.kind.value}"), hit.title, hit.subtitle) for hit in hits],
        indent="",
    )


def birthdays(desk: Desk) -> None:
    """`birthdays`: of today and the days after it, solar and lunar."""
    with desk.reading() as services:
        coming = services.birthdays.coming(desk.args.days)
    desk.out.document([birthday_list.row(one) for one in coming])
    if not coming:
        desk.out.say("cli.birthdays_none", count=desk.args.days)
    desk.out.table(birthday_list.lines(coming, desk.words), indent="")


def today(desk: Desk) -> None:
    """`today`: all panels of the page."""
    with desk.reading() as services:
        panels = services.today.panels()
    desk.out.document(panels_document(panels, desk.words))
    if not desk.out.as_json:
        _tell(desk, panels)


def panels_document(panels: TodayPanels, words: Words) -> dict[str, Any]:
    """The panels with their stable keys."""
    actions = panels.actions
    return {
        "day": panels.day,
        "birthdays": [birthday_list.row(one) for one in panels.birthdays],
        "birthday_count": panels.birthday_count,
        "actions": {
            "overdue": [_action(one) for one in actions.overdue.items],
            "today": [_action(one) for one in actions.today.items],
            "week": [_action(one) for one in actions.week.items],
            "counts": {
                "overdue": actions.overdue.count,
                "today": actions.today.count,
                "week": actions.week.count,
                "done_today": actions.done_today,
            },
        },
        "recent_companies": _found(panels.recent_companies),
        "notices": {
            "board": [
                {"id": one.id, "text": one.text, "until": one.until} for one in panels.notices
            ],
            "attention": [
                {
                    "code": one.code,
                    "count": one.count,
                    "message": words.text(f"attention.{one.code}", count=one.count, days=one.days),
                }
                for one in panels.attention
            ],
        },
        "month": {
            "this": _month(panels.month.this),
            "before": _month(panels.month.before),
            "last_month": _month(panels.month.last_month),
        },
        "recent_people": _found(panels.recent_people),
        "recent_opportunities": _found(panels.recent_opportunities),
    }


def _action(item: AgendaItem) -> dict[str, Any]:
    about = item.about
    return {
        "id": item.id,
        "subject": item.subject,
        "due": item.due.day if item.due else None,
        "time": f"{item.due.time:%H:%M}" if item.due and item.due.time else None,
        "person": item.person.title if item.person else None,
        "company": item.company.title if item.company else None,
        "about": {"kind": about.kind.value, "title": about.title} if about else None,
    }


def _found(records: Iterable[Found]) -> list[dict[str, Any]]:
    return [{"id": one.ref.id, "title": one.ref.title, "subtitle": one.subtitle} for one in records]


def _month(figures: PeriodFigures) -> dict[str, Any]:
    return {
        "first": figures.first,
        "last": figures.last,
        "won": dict(figures.won),
        **{name: getattr(figures, name) for name in _FIGURES},
    }


def _tell(desk: Desk, panels: TodayPanels) -> None:
    out, words = desk.out, desk.words

    def heading(key: str) -> None:
        out.line()
        out.say(key)

    out.line(panels.day.isoformat())
    heading("cli.today_actions")
    for name in ("overdue", "today", "week"):
        part: ActionList = getattr(panels.actions, name)
        out.table([(words.text(f"cli.actions_{name}"), str(part.count))])
        out.table([_action_line(item) for item in part.items], indent="    ")
    heading("shell.page.birthdays")
    out.table(birthday_list.lines(panels.birthdays, words))
    if len(panels.birthdays) < panels.birthday_count:
        out.say("common.of", shown=len(panels.birthdays), total=panels.birthday_count)
    heading("cli.today_notices")
    out.table([(one.text,) for one in panels.notices])
    out.table(
        [
            (words.text(f"attention.{one.code}", count=one.count, days=one.days),)
            for one in panels.attention
        ]
    )
    heading("cli.today_month")
    this, before = panels.month.this, panels.month.before
    out.table(
        [
            ("", words.text("cli.month_this"), words.text("cli.month_before")),
            (words.text("cli.month_won"), sums(this.won), sums(before.won)),
            *(
                (
                    words.text(f"cli.month_{name}"),
                    str(getattr(this, name)),
                    str(getattr(before, name)),
                )
                for name in _FIGURES
            ),
        ]
    )
    for kind, records in (
        (Kind.COMPANY, panels.recent_companies),
        (Kind.PERSON, panels.recent_people),
        (Kind.OPPORTUNITY, panels.recent_opportunities),
    ):
        out.line()
        out.say("cli.today_recent", name=words.text(f"kind.{kind.value}.plural"))
        out.table([(one.ref.title, one.subtitle) for one in records])


def _action_line(item: AgendaItem) -> tuple[str, ...]:
    who = item.person or item.company
    day = item.due.day.isoformat() if item.due else ""
    at = f"{item.due.time:%H:%M}" if item.due and item.due.time else ""
    return day, at, item.subject, who.title if who else ""
