"""The search index is what a rebuilt one would be, whichever way was written to the book."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.data.digest import content_digest
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.mapping import Existing
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import Words
from tests.services.test_erasing_properties import merge, redo, undo
from tests.services.test_journal_properties import ACTS, WORDS, Step, index, pick

CARRIERS = (Kind.PERSON, Kind.COMPANY, Kind.OPPORTUNITY, Kind.TICKET)
CHOICES = (FieldType.CHOICE, FieldType.CHOICES)
USUAL = frozenset(
    {
        *("list_item_exists", "record.gone", "attention.field_exists", "as_of.same"),
        *("as_of.not_yet", "erasing.must_stay", "attention.field_circle"),
    }
)
"""Refusals that a blind choice runs into."""


def add_field(s: Services, a: int, b: int) -> None:
    sorts = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.NUMBER, *CHOICES)
    type_ = sorts[b % len(sorts)]
    key = s.custom.add(CARRIERS[a % 4], f"字段{a}", type_, searchable=bool(b % 2))
    if type_ in CHOICES:
        for word in WORDS[:3]:
            s.lists.add(key, word)


def fill_field(s: Services, a: int, b: int) -> None:
    kind = CARRIERS[a % 4]
    record, own = pick(s, kind, b), s.custom.of(kind)
    if record is not None and own:
        field = own[b % len(own)]
        items = [item.id for item in s.lists.all_items(field.list_key)] if field.list_key else []
        value: Any = b if field.type is FieldType.NUMBER else WORDS[b % 8]
        if field.type in CHOICES:
            value = items[b % len(items)] if items else None
            if field.type is FieldType.CHOICES:
                value = tuple(items[b % 3 :])
        s.records.update(kind, record, {field.key: value})


def rename_choice(s: Services, a: int, b: int) -> None:
    items = [
        item
        for field in s.custom.of(CARRIERS[a % 4])
        if field.list_key
        for item in s.lists.all_items(field.list_key)
    ]
    if items:
        s.lists.rename(items[b % len(items)].id, f"选{a % 5}")


def change_field(s: Services, a: int, b: int) -> None:
    kind = CARRIERS[a % 4]
    own = s.custom.of(kind)
    if own:
        field = own[b % len(own)]
        match b % 3:
            case 0:
                s.custom.remove(kind, field.key)
            case 1:
                s.custom.rename(kind, field.key, f"字段{b}")
            case _:
                s.custom.set_searchable(kind, field.key, not field.searchable)


def tag(s: Services, a: int, b: int) -> None:
    kind = CARRIERS[a % 4]
    record = pick(s, kind, b)
    if record is not None:
        work = s.tags.remove if b % 4 == 3 else s.tags.add
        work(kind, [record], ("重点", "新", WORDS[a % 8])[b % 3])


def change_tag(s: Services, a: int, b: int) -> None:
    known = s.tags.all()
    if known and b % 4:
        s.tags.rename(known[a % len(known)].id, ("重点", "新", f"改{b}")[b % 3])
    elif known:
        s.tags.delete(known[a % len(known)].id)


def change_company(s: Services, a: int, b: int) -> None:
    company = pick(s, Kind.COMPANY, a)
    if company is not None:
        s.records.update(Kind.COMPANY, company, {"name": WORDS[b % 8], "notes": WORDS[a % 8]})


def own_reading(s: Services, a: int, b: int) -> None:
    person = pick(s, Kind.PERSON, a)
    if person is not None:
        reading = (None, "chan xiong xin", "zeng")[b % 3]
        s.records.update(Kind.PERSON, person, {"name": "单雄信", "name_reading": reading})


def jobs(s: Services, a: int, b: int) -> None:
    person, company = pick(s, Kind.PERSON, a), pick(s, Kind.COMPANY, b)
    if person is None:
        return
    held = s.people.jobs(person)
    match b % 4:
        case 0 if held:
            s.people.end_job(held[0].id)
        case 1 if held:
            s.people.remove_job(held[-1].id)
        case 2 if held:
            s.people.set_primary(held[-1].id)
        case _:
            s.people.add_job(person, company, f"经理{b}")


def paper(s: Services, a: int, b: int) -> None:
    links = {"company": pick(s, Kind.COMPANY, a), "person": pick(s, Kind.PERSON, b)}
    match b % 4:
        case 0:
            s.quotes.create({**links, "title": WORDS[a % 8]})
        case 1 if links["company"] is not None:
            s.contracts.create({**links, "title": WORDS[a % 8]})
        case 2:
            ticket = s.records.create(Kind.TICKET, {**links, "subject": WORDS[a % 8]})
            s.tickets.add_step(ticket, WORDS[b % 8])
        case _:
            s.records.create(Kind.PRODUCT, {"name": WORDS[a % 8], "spec": WORDS[b % 8]})


def as_it_was(s: Services, a: int, b: int) -> None:
    person = pick(s, Kind.PERSON, a)
    if person is not None:
        ref = Ref(Kind.PERSON, person)
        days = s.as_of.days(ref)
        if days:
            s.as_of.restore(ref, days[b % len(days)])


def take_in(s: Services, a: int, b: int) -> None:
    """A list that fills, overwrites or adds."""
    rows = [f"{WORDS[n % 8]},{WORDS[(n + b) % 8]},138{a:04}{b:04},导入{b}" for n in (a, a + 1)]
    path = s.home.data / "list.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["公司名称,姓名,手机,标签", *rows]), encoding="utf-8")
    plan = s.imports.preview(path, kind="people").plan
    plan.existing = tuple(Existing)[b % len(Existing)]
    s.imports.run(path, plan, Words("zh"))


def erase(s: Services, a: int, b: int) -> None:
    kind = (Kind.PERSON, Kind.COMPANY)[b % 2]
    record = pick(s, kind, a, trashed=b % 4 > 1)
    if record is not None:
        s.erasing.erase([Ref(kind, record)])


OWN: tuple[Callable[[Services, int, int], None], ...] = (
    add_field,
    fill_field,
    change_field,
    tag,
    change_tag,
    change_company,
    own_reading,
    rename_choice,
    jobs,
    paper,
    as_it_was,
    erase,
    merge,
    undo,
    redo,
)
ALL = (*ACTS, *OWN, *OWN, take_in)
steps = st.lists(
    st.tuples(st.integers(0, len(ALL) - 1), st.integers(0, 99), st.integers(0, 99)),
    min_size=4,
    max_size=30,
)


def digest(services: Services) -> str:
    with services.book.read() as session:
        return str(content_digest(session, services.book.metadata))


def play(services: Services, clock: FixedClock, moves: list[Step]) -> None:
    for act, first, second in moves:
        clock.moment += timedelta(hours=5)
        try:
            ALL[act](services, first, second)
        except Refused as refused:
            if refused.code not in USUAL:
                raise


@settings(max_examples=50)
@given(steps)
def test_the_index_is_what_a_rebuilt_one_would_be(fresh_book: Path, moves: list[Step]) -> None:
    clock = FixedClock(datetime(2026, 11, 20, 1, 0, tzinfo=UTC), "Asia/Shanghai")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.crm"
        shutil.copy(fresh_book, path)
        with open_book(path, clock) as book:
            services = Services(book, clock, Home.at(Path(folder)))
            own = {kind: services.custom.add(kind, "车牌") for kind in (Kind.PERSON, Kind.COMPANY)}
            chosen = services.custom.add(Kind.PERSON, "兴趣", FieldType.CHOICES)
            hobbies = tuple(services.lists.add(chosen, word) for word in ("钓鱼", "摄影"))
            for number in range(3):
                plate, name = f"苏E{number}", WORDS[number]
                company = {"name": WORDS[number + 2], own[Kind.COMPANY]: plate}
                person: dict[str, Any] = {"name": name, "tags": ("重点",), own[Kind.PERSON]: plate}
                person[chosen] = hobbies[number:]
                services.records.create(Kind.COMPANY, company)
                services.records.create(Kind.PERSON, person)
            play(services, clock, moves)
            found, content = index(services), digest(services)
            services.search.rebuild()
            assert index(services) == found
            assert digest(services) == content
