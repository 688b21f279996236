"""Whatever two sides hold: parted again they are what they were, later edits kept and named."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.fields import Address, FieldType
from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import EVERYTHING, Condition, Op
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from tests.services.test_merging import company, digest, of, person, told

Step = tuple[int, int, int]
NAMES = ("张伟", "章伟", "Zhang Wei", "张总", "李娜")


def _pick(services: Services, kind: Kind, number: int) -> int:
    ids = services.records.ids(kind)
    return ids[number % len(ids)]


def _detail(s: Services, a: int, b: int) -> None:
    one = _pick(s, Kind.PERSON, a)
    values: list[dict[str, Any]] = [
        {"mobile": (f"138{b:08}", "13700000000")},
        {"email": (f"{b % 3}@x.cn",), "wechat": ("wx",)},
        {"company": _pick(s, Kind.COMPANY, b), "title": f"职务{b % 2}"},
        {"tags": ("甲", f"乙{b % 2}")},
        {"notes": f"备注{b % 3}", "do_not_contact": bool(b % 2)},
        {"birthday": Birthday(b % 12 + 1, 8, lunar=bool(b % 2)), "city": "苏州"},
        {"address": (Address(f"路 {b % 3} 号"), Address("湖边"))},
        {"mobile": ()},
    ]
    s.records.update(Kind.PERSON, one, values[b % len(values)])


def _firm(s: Services, a: int, b: int) -> None:
    one, other = _pick(s, Kind.COMPANY, a), _pick(s, Kind.COMPANY, b)
    if a % 2 and one != other and of(s, Kind.COMPANY, other)["parent"] is None:
        s.records.update(Kind.COMPANY, one, {"parent": other})
    else:
        s.records.update(Kind.COMPANY, one, {"phone": (f"0512{b:08}",), "notes": f"厂{b % 2}"})


def _hang(s: Services, a: int, b: int) -> None:
    one, firm = _pick(s, Kind.PERSON, a), _pick(s, Kind.COMPANY, b)
    links = {"person": one, "company": firm if b % 2 else None}
    match b % 6:
        case 5:
            s.payments.record({"amount": a + 1, **links})
            s.records.create(Kind.EXPENSE, {"amount": b + 1, **links})
        case 0:
            s.activities.log(Ref(Kind.PERSON, one), f"谈{a % 3}", "call")
        case 1:
            s.records.create(Kind.OPPORTUNITY, {"title": f"商机{a % 3}", **links})
        case 2:
            s.quotes.create(dict(links))
        case 3:
            s.records.create(Kind.TICKET, {"subject": "维修", **links})
        case _:
            s.attachments.add_bytes(Ref(Kind.PERSON, one), "a.txt", str(b).encode())


def _relate(s: Services, a: int, b: int) -> None:
    one, other = _pick(s, Kind.PERSON, a), _pick(s, Kind.PERSON, b)
    if one != other:
        s.people.add_relation(one, other, note="同学" if a % 2 else "")
        s.people.add_job(one, _pick(s, Kind.COMPANY, b), f"兼职{a % 2}")
    jobs = s.people.jobs(one)
    if jobs and one != other:
        s.people.set_reports_to(jobs[0].id, other)


def _own(s: Services, a: int, b: int) -> None:
    """Fields of the user's own, gifts, what is thought of them."""
    one, other = _pick(s, Kind.PERSON, a), _pick(s, Kind.PERSON, b)
    own = {field.name: field.key for field in s.custom.of(Kind.PERSON)}
    match b % 4:
        case 0:
            s.gifts.add(one, Gift(f"茶{a % 3}", received=bool(a % 2)))
        case 1:
            s.records.update(Kind.PERSON, one, {"likes_product": a % 5 + 1, "important": True})
        case 2 if one != other:
            s.records.update(Kind.PERSON, one, {own["介绍人"]: other})
        case _:
            s.records.update(Kind.PERSON, one, {own["车牌"]: f"苏E{b % 3}"})


def _apart(s: Services, a: int, b: int) -> None:
    one, other = _pick(s, Kind.PERSON, a), _pick(s, Kind.PERSON, b)
    if one != other:
        s.duplicates.not_the_same(Kind.PERSON, [one, other])


STEPS: tuple[Callable[[Services, int, int], None], ...] = (
    _detail,
    _firm,
    _hang,
    _relate,
    _own,
    _apart,
)


def _begin(s: Services) -> None:
    """Something hangs on every one of them, so that any merge has relations and files to move."""
    for number in range(len(NAMES)):
        _relate(s, number, number + 1)
        _hang(s, number, 4)
        _own(s, number, 0)


_MOMENT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)

EDITS = ("notes", "city", "name", "tags")
SAID = "said"


def _edit(s: Services, kind: Kind, keep: int, number: int) -> str:
    """Change the merged record; returns the field."""
    if number % 6 == 5:
        s.activities.log(Ref(kind, keep), f"后来谈{number}", "call")
        return SAID
    if number % 6 == 4:
        s.attachments.add_bytes(Ref(kind, keep), "后来.txt", str(number).encode())
        return "files"
    field = EDITS[number % 6]
    value = f"后来{number}"
    s.records.update(kind, keep, {field: (value,) if field == "tags" else value})
    return field


@settings(max_examples=30)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, len(STEPS) - 1), st.integers(0, 40), st.integers(0, 40)),
        min_size=3,
        max_size=14,
    ),
    wishes=st.tuples(st.booleans(), st.integers(1, 3), st.integers(0, 6)),
    edits=st.lists(st.integers(0, 40), max_size=3),
)
def test_merge_then_unmerge_is_bit_equal(
    fresh_book: Path, steps: list[Step], wishes: tuple[bool, int, int], edits: list[int]
) -> None:
    people, others, wish = wishes
    kind = Kind.PERSON if people else Kind.COMPANY
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.crm"
        shutil.copy(fresh_book, path)
        clock = FixedClock(_MOMENT, "Asia/Shanghai")
        with open_book(path, clock) as book:
            services = Services(book, clock, Home.at(Path(folder)))
            services.custom.add(Kind.PERSON, "车牌")
            services.custom.add(Kind.PERSON, "介绍人", FieldType.LINK, link=Kind.PERSON)
            firms = [company(services, f"公司{n}") for n in range(4)]
            for number, name in enumerate(NAMES):
                person(services, name, company=firms[number % 3])
            _begin(services)
            for which, a, b in steps:
                try:
                    STEPS[which](services, a, b)
                except Refused:
                    continue
            ids = services.records.ids(kind)
            keep, rest = ids[wish % len(ids)], [i for i in ids if i != ids[wish % len(ids)]]
            choices = {"name": rest[0], "title": rest[-1], "mobile": rest[0], "notes": rest[0]}
            before = digest(services)
            gesture = services.merging.merge(kind, keep, rest[:others], choices if wish % 2 else {})
            newest = services.history.undoable()
            edited = {_edit(services, kind, keep, number) for number in edits}
            untouched = services.history.undoable() == newest
        with open_book(path, clock) as book:  # after a restart
            services = Services(book, clock, Home.at(Path(folder)))
            since = of(services, kind, keep)
            hanging = _hanging(services, kind, keep)
            result = services.history.undo(gesture)
            assert not result.blocked
            if untouched:
                assert not result.kept
                assert digest(services) == before
            else:
                now = of(services, kind, keep)
                assert {each[:3] for each in told(services, result)} == {
                    *((kind, keep, field) for field in edited - {SAID}),
                    *((Kind.ACTIVITY, one, "") for one in _said(services)),
                }
                for field in edited & {"notes", "city", "name"}:
                    assert now[field] == since[field]
                if "tags" in edited:
                    assert set(since["tags"]) <= set(now["tags"])
                assert _hanging(services, kind, keep) >= hanging
            for other in rest:
                assert not services.records.card(kind, other).trashed
            with book.read() as session:
                assert session.execute(text("PRAGMA foreign_key_check")).all() == []


def _said(s: Services) -> list[int]:
    """Activities logged since a merge."""
    since = EVERYTHING.also(Condition("subject", Op.STARTS, "后来谈"))
    return list(s.records.ids(Kind.ACTIVITY, since))


def _hanging(s: Services, kind: Kind, keep: int) -> set[str]:
    """What was said and filed since a merge."""
    ref = Ref(kind, keep)
    said = {entry.title for entry in s.timeline.of(ref) if entry.title.startswith("后来谈")}
    return said | {file.name for file in s.attachments.of(ref) if file.name == "后来.txt"}
