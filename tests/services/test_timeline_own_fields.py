"""Changes of birthdays and of the user's own fields, as the timeline tells them: old → new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.services.custom_fields import TYPES
from crm_desktop.services.house import Services
from crm_desktop.services.value_words import birthday_words
from crm_desktop.words import Words
from tests.services.test_timeline_changes import explained, firm, person, told

__all__ = ["explained", "firm", "person"]


def test_birthdays_are_told_whole_in_both_calendars(services: Services, person: Ref) -> None:
    solar, later = Birthday(3, 5, 1980), Birthday(3, 6, 1980)
    lunar, leap = Birthday(4, 8, lunar=True), Birthday(4, 8, lunar=True, leap=True)
    days = (solar, later, lunar, leap, None)
    for day in days:
        services.records.update(Kind.PERSON, person.id, {"birthday": day})
    sides = list(zip((None, *days), days, strict=False))
    assert told(services, person) == [{"birthday": side} for side in reversed(sides)]
    services.history.undo()
    assert told(services, person) == [{"birthday": side} for side in reversed(sides[:-1])]


def test_a_birthday_changed_before_another_was_taken_back(services: Services, person: Ref) -> None:
    first, second, third = Birthday(1, 5, 1980), Birthday(2, 5, 1980), Birthday(2, 9, 1980)
    for day in (first, second):
        services.records.update(Kind.PERSON, person.id, {"birthday": day})
    wrong = services.history.gestures()[0].id
    services.records.update(Kind.PERSON, person.id, {"birthday": third})
    services.history.undo(wrong)  # the month alone would be no day anybody meant: all stays
    assert told(services, person) == [
        {"birthday": (second, third)},
        {"birthday": (None, first)},
    ]


def test_a_step_kept_for_a_later_one_hinders_nothing(services: Services, person: Ref) -> None:
    for day in (Birthday(1, 31), Birthday(2, 1)):
        services.records.update(Kind.PERSON, person.id, {"birthday": day})
    wrong = services.history.gestures()[0].id
    services.records.update(Kind.PERSON, person.id, {"birthday": Birthday(4, 1)})
    services.history.undo(wrong)  # 31 April is no day: all stays
    mended = Birthday(4, 30)
    services.records.update(Kind.PERSON, person.id, {"birthday": mended})
    assert told(services, person)[0] == {"birthday": (Birthday(4, 1), mended)}
    assert told(services, person)[-1] == {"birthday": (None, Birthday(1, 31))}


def test_a_birthday_is_told_on_an_older_page(services: Services, person: Ref) -> None:
    days = [Birthday(5, day) for day in range(1, 5)]
    for day in days:
        services.records.update(Kind.PERSON, person.id, {"birthday": day})
    with services.book.write("gesture.record_updated") as writing:  # each in its own second
        writing.session.connection().exec_driver_sql(
            "UPDATE gesture SET at = replace(at, ':00.', printf(':%02d.', id))"
        )
    newest = services.timeline.of(person, limit=2)
    older = services.timeline.of(person, before=newest[-1].at)
    assert [(change.before, change.after) for one in older for change in one.changes] == [
        (days[0], days[1]),
        (None, days[0]),
    ]


OWN = {
    FieldType.TEXT: ("甲", "乙"),
    FieldType.LONG_TEXT: ("a\nb", "c"),
    FieldType.INTEGER: (9, 10),
    FieldType.NUMBER: (Decimal("9.5"), Decimal("10.25")),
    FieldType.MONEY: (Decimal(900), Decimal("1000.5")),
    FieldType.DATE: (date(2025, 12, 31), date(2026, 1, 1)),
    FieldType.BOOLEAN: (True, False),
}


def test_own_fields_of_every_type_are_told(services: Services, person: Ref, firm: Ref) -> None:
    cases = {services.custom.add(Kind.PERSON, t.value, t): pair for t, pair in OWN.items()}
    one = services.custom.add(Kind.PERSON, "one of", FieldType.CHOICE)
    several = services.custom.add(Kind.PERSON, "several", FieldType.CHOICES)
    link = services.custom.add(Kind.PERSON, "supplier", FieldType.LINK, link=Kind.COMPANY)
    assert set(OWN) | {FieldType.CHOICE, FieldType.CHOICES, FieldType.LINK} == set(TYPES)
    other = services.records.create(Kind.COMPANY, {"name": "海拓"})
    choices = {
        field.key: [services.lists.add(field.list_key, name) for name in "甲乙"]
        for field in services.records.fields(Kind.PERSON)
        if field.key in (one, several)
    }
    cases[one] = (choices[one][0], choices[one][1])
    cases[several] = (tuple(choices[several]), (choices[several][1],))
    cases[link] = (firm.id, other)
    for side in (0, 1):
        values = {key: pair[side] for key, pair in cases.items()}
        services.records.update(Kind.PERSON, person.id, values)
    services.records.update(Kind.PERSON, person.id, dict.fromkeys(cases))
    cases[link] = (firm, Ref(Kind.COMPANY, other, "海拓"))
    assert told(services, person) == [
        {key: (pair[1], None) for key, pair in cases.items()},
        dict(cases),
        {key: (None, pair[0]) for key, pair in cases.items()},
    ]


def test_of_own_fields_those_are_told_that_changed(services: Services, firm: Ref) -> None:
    size, colour = (services.custom.add(Kind.COMPANY, n, FieldType.TEXT) for n in ("大小", "颜色"))
    update = services.records.update
    update(Kind.COMPANY, firm.id, {size: "大", colour: "红", "website": "a.cn"})
    update(Kind.COMPANY, firm.id, {colour: "蓝"})
    changed = {colour: ("红", "蓝")}
    assert told(services, firm)[0] == changed
    assert told(services, firm)[1].keys() == {"website", size, colour}
    (own,) = {c.own.name for e in services.timeline.of(firm)[:1] for c in e.changes if c.own}
    assert own == "颜色"
    services.history.undo()
    assert told(services, firm)[0].keys() == {"website", size, colour}


def test_own_fields_that_were_removed_are_told_by_their_names(
    services: Services, person: Ref
) -> None:
    wine = services.custom.add(Kind.PERSON, "喜欢的酒", FieldType.CHOICE)
    (field,) = (f for f in services.records.fields(Kind.PERSON) if f.key == wine)
    red = services.lists.add(field.list_key, "红酒")
    services.records.update(Kind.PERSON, person.id, {wine: red})
    services.custom.remove(Kind.PERSON, wine)
    assert told(services, person) == [{wine: (None, red)}]
    said = said_of(services, person, Words("zh"))
    assert "喜欢的酒：空 → 红酒" in said, said


def test_a_picture_given_changed_and_taken_away_is_told(services: Services, person: Ref) -> None:
    for data in (b"\x89PNG\r\n\x1a\n one", b"\x89PNG\r\n\x1a\n two"):
        services.people.set_picture(person.id, data)
    services.people.remove_picture(person.id)
    steps = [(True, False), (True, True), (False, True)]
    assert told(services, person) == [{"photo": step} for step in steps]
    for language, given, changed, taken in (
        (
            "en",
            "Photo: empty → a new one",
            "Photo: the one before → a new one",
            "Photo: the one before → empty",
        ),
        ("zh", "照片：空 → 新照片", "照片：原来的照片 → 新照片", "照片：原来的照片 → 空"),
    ):
        said = said_of(services, person, Words(language))
        assert all(one in said for one in (given, changed, taken)), said
    services.history.undo()
    assert told(services, person) == [{"photo": step} for step in steps[1:]]


def said_of(services: Services, ref: Ref, words: Words) -> str:
    """The timeline as the export of one's own data says it."""
    entries = services.timeline.of(ref)
    return "\n".join(services.own_data._said(one, ref.kind, words) for one in entries)


def test_what_a_birthday_and_own_fields_were_stands_in_words_in_the_dossier(
    services: Services, person: Ref
) -> None:
    key = services.custom.add(Kind.PERSON, "车牌", FieldType.NUMBER)
    lunar = Birthday(4, 8, 1984, lunar=True)
    change = services.records.update
    change(Kind.PERSON, person.id, {"birthday": Birthday(3, 5, 1980), key: Decimal("1234.5")})
    change(Kind.PERSON, person.id, {"birthday": lunar})
    for language, first, second in (
        (
            "en",
            "Birthday: empty → 5 Mar 1980",
            f"5 Mar 1980 → {birthday_words(lunar, Words('en'))}",
        ),
        ("zh", "→ 1980年3月5日", f"1980年3月5日 → {birthday_words(lunar, Words('zh'))}"),
    ):
        words = Words(language)
        said = said_of(services, person, words)
        assert first in said, said
        assert second in said
        assert "车牌" in said
        assert "1,234.5" in said


def test_the_journal_is_asked_for_birthdays_by_its_index(
    services: Services, person: Ref, explained: Callable[[str], list[str]]
) -> None:
    services.records.update(Kind.PERSON, person.id, {"birthday": Birthday(3, 5)})
    services.timeline.of(person)
    steps = explained("birth_")
    assert any("ix_journal_change_row (table_name=? AND row_id=?)" in step for step in steps), steps
    assert not any("SCAN journal" in step for step in steps), steps
