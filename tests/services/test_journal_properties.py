"""Whatever the user does: undo all, redo all, replay, and the index equals a rebuilt one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from crm_desktop.data import payments, replay
from crm_desktop.data.digest import content_digest
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import Helper
from crm_desktop.domain.payments import Stage
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book

Step = tuple[int, int, int]
WORDS = ("张伟", "李娜", "恒远精密", "海拓 & <b>", "O'Brien", "100%", "王芳\u202e", "重庆银行")


def pick(services: Services, kind: Kind, number: int, *, trashed: bool = False) -> int | None:
    from_ids = services.records.ids(kind) if not trashed else _trashed(services, kind)
    return from_ids[number % len(from_ids)] if len(from_ids) else None


def _trashed(services: Services, kind: Kind) -> list[int]:
    return [item.ref.id for item in services.records.trashed() if item.ref.kind is kind]


def create_company(s: Services, a: int, b: int) -> None:
    s.records.create(Kind.COMPANY, {"name": WORDS[a % 8], "phone": (f"0512-6666{b:04}",)})


def create_person(s: Services, a: int, b: int) -> None:
    values: dict[str, Any] = {"name": WORDS[b % 8], "mobile": (f"138{a:04}{b:04}",)}
    values["company"] = pick(s, Kind.COMPANY, a)
    values["birthday"] = Birthday(a % 12 + 1, b % 28 + 1, lunar=bool(a % 2))
    values["tags"] = ("重点",) if a % 3 else ()
    s.records.create(Kind.PERSON, values)


def create_several(s: Services, a: int, b: int) -> None:
    """As an import or a paste does: told by the journal as spans."""
    company = pick(s, Kind.COMPANY, a)
    people = [
        {
            "name": WORDS[(b + number) % 8],
            "mobile": (f"137{a:04}{number:04}",),
            "company": company,
            "tags": ("重点",) if number % 2 else ("众",),
        }
        for number in range(a % 4 + 1)
    ]
    with s.book.write("gesture.noted") as writing:
        s.records.insert_all(writing.session, Kind.PERSON, people, lambda _: None)


def change_person(s: Services, a: int, b: int) -> None:
    person = pick(s, Kind.PERSON, a)
    if person is not None:
        changes: list[dict[str, Any]] = [
            {"name": WORDS[b % 8]},
            {"mobile": ()},
            {"mobile": (f"139{b:08}", "13700000000")},
            {"company": pick(s, Kind.COMPANY, b)},
            {"tags": ("新", "重点")},
            {"level": s.lists.by_code("level", "abc"[b % 3]).id},
        ]
        s.records.update(Kind.PERSON, person, changes[b % len(changes)])


def create_deal(s: Services, a: int, b: int) -> None:
    values = {"title": WORDS[b % 8], "amount": a * 100 + b, "company": pick(s, Kind.COMPANY, a)}
    s.records.create(Kind.OPPORTUNITY, values)


def help_out(s: Services, a: int, b: int) -> None:
    """Helpers of a deal or of something planned: set, added, or taken away."""
    kind = (Kind.OPPORTUNITY, Kind.ACTIVITY)[b % 2]
    record = pick(s, kind, a)
    colleague = pick(s, Kind.STAFF, b)
    if colleague is None or b % 7 == 0:
        colleague = s.records.create(Kind.STAFF, {"name": WORDS[a % 8]})
    if record is None:
        return
    if b % 3:
        s.records.add_parts(kind, [record], "helpers", (Helper(colleague),))
    else:
        s.records.update(kind, record, {"helpers": (Helper(colleague),) if a % 3 else ()})


def move_deal(s: Services, a: int, b: int) -> None:
    deal = pick(s, Kind.OPPORTUNITY, a)
    if deal is not None:
        stages = s.opportunities.stages()
        s.opportunities.move(deal, stages[b % len(stages)].id)


def log(s: Services, a: int, b: int) -> None:
    person = pick(s, Kind.PERSON, a)
    if person is not None:
        s.activities.log(Ref(Kind.PERSON, person), WORDS[b % 8], "call")


def plan(s: Services, a: int, b: int) -> None:
    deal = pick(s, Kind.OPPORTUNITY, a)
    day = s.clock.today() + timedelta(days=b % 20 - 5)
    ref = Ref(Kind.OPPORTUNITY, deal) if deal is not None else None
    s.activities.plan(ref, WORDS[b % 8], Due(day, None, "Asia/Shanghai"))


def complete(s: Services, a: int, b: int) -> None:
    activity = pick(s, Kind.ACTIVITY, a)
    if activity is not None:
        s.activities.complete(activity, WORDS[b % 8])


def trash(s: Services, a: int, b: int) -> None:
    kind = (Kind.PERSON, Kind.COMPANY, Kind.OPPORTUNITY, Kind.RECEIPT, Kind.CONTRACT)[b % 5]
    record = pick(s, kind, a)
    if record is not None:
        s.records.trash(kind, record)


def restore(s: Services, a: int, b: int) -> None:
    kind = (Kind.PERSON, Kind.COMPANY, Kind.OPPORTUNITY, Kind.RECEIPT, Kind.CONTRACT)[b % 5]
    record = pick(s, kind, a, trashed=True)
    if record is not None:
        s.records.restore(kind, record)


def pay(s: Services, a: int, b: int) -> None:
    """Money for a contract or a company; or a receipt that goes over to another contract."""
    contract, company = pick(s, Kind.CONTRACT, b), pick(s, Kind.COMPANY, a)
    receipt = pick(s, Kind.RECEIPT, a)
    if b % 4 == 0 and receipt is not None:
        s.records.update(Kind.RECEIPT, receipt, {"contract": contract, "amount": b + 1})
    elif contract is not None or company is not None:
        values = {"amount": Decimal(a - 50) or 1, "company": company, "reference": WORDS[b % 8]}
        s.payments.record({**values, "contract": contract if b % 3 else None})


def plan_payments(s: Services, a: int, b: int) -> None:
    """A contract of a company, a stage of a plan, or a change of one."""
    contract, company = pick(s, Kind.CONTRACT, a), pick(s, Kind.COMPANY, a)
    if contract is None or b % 5 == 0:
        line = LineDraft(name=WORDS[a % 8], price=Decimal(a + 1))
        s.contracts.create({"company": company, "body": WORDS[b % 8]}, [line])
        return
    due = s.clock.today() + timedelta(days=b - 50)
    stage = Stage(WORDS[a % 8], due, percent=Decimal(b + 1))
    stages = s.payments.of_contract(contract).stages
    if not stages or b % 2:
        s.payments.add_stage(contract, stage)
    elif b % 3:
        s.payments.change_stage(replace(stage, id=stages[b % len(stages)].stage.id))
    else:
        s.payments.remove_stage(stages[b % len(stages)].stage.id)


def add_item(s: Services, a: int, b: int) -> None:
    s.lists.add("source", f"来源 {a}-{b}")


def limit_field(s: Services, a: int, b: int) -> None:
    """A field of one's own that belongs to some kinds of companies, or to all again."""
    fields = s.custom.of(Kind.COMPANY)
    kinds = [item.id for item in s.lists.items("company_kind")]
    if not fields:
        s.custom.add(Kind.COMPANY, WORDS[a % 8])
    else:
        s.custom.limit(Kind.COMPANY, fields[0].key, kinds[a % 3 : b % 5])


def set_company(s: Services, a: int, b: int) -> None:
    s.business.set_own_company(name=WORDS[b % 8])


ACTS: tuple[Callable[[Services, int, int], None], ...] = (
    create_company,
    create_person,
    create_several,
    change_person,
    create_deal,
    move_deal,
    log,
    plan,
    complete,
    trash,
    restore,
    add_item,
    limit_field,
    set_company,
    pay,
    plan_payments,
    help_out,
)
steps = st.lists(
    st.tuples(st.integers(0, len(ACTS) - 1), st.integers(0, 99), st.integers(0, 99)), max_size=25
)


def begin(s: Services) -> None:
    """Something of everything: steps that change and undo find what they need from the first on."""
    for number in range(2):
        create_company(s, number, number)
        create_person(s, number + 1, number)
        create_deal(s, number, number)
        plan_payments(s, number, 0)  # a contract
        plan_payments(s, number, 1)  # a stage of it
        pay(s, 80 + number, 1)
    pay(s, 0, 4)  # a receipt that goes over to another contract
    plan_payments(s, 0, 2)  # a stage that is changed
    change_person(s, 0, 4)
    limit_field(s, 0, 0)  # a field that is limited
    plan(s, 0, 0)
    help_out(s, 0, 1)


def digest(services: Services) -> str:
    with services.book.read() as session:
        return str(content_digest(session, services.book.metadata))


def money(services: Services, *, anew: bool = False) -> list[Any]:
    """What is derived of payments; `anew` works it out once more before."""
    with services.book.write("gesture.noted", origin="system") as writing:
        session = writing.session
        if anew:
            session.execute(text("UPDATE receipts SET day_weight = NULL"))
            session.execute(text("UPDATE payment_stages SET share = NULL"))
            payments.rebuild(session)
        weights = session.execute(text("SELECT id, day_weight FROM receipts ORDER BY id"))
        shares = session.execute(text("SELECT id, share FROM payment_stages ORDER BY id"))
        return [tuple(row) for row in (*weights, *shares)]


def index(services: Services) -> set[tuple[str, int, str]]:
    """Every token of every record that can be found."""
    with services.book.write("gesture.noted", origin="system") as writing:
        session = writing.session
        session.execute(
            text(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary"
                " USING fts5vocab(main, search_index, instance)"
            )
        )
        rows = session.execute(
            text(
                "SELECT e.kind, e.record_id, v.term FROM temp.vocabulary AS v"
                " JOIN search_entries AS e ON e.id = v.doc"
            )
        )
        return {(kind, record, term) for kind, record, term in rows}


@settings(max_examples=25)
@given(steps)
def test_any_sequence_can_be_undone_redone_and_replayed(
    fresh_book: Path, moves: list[Step]
) -> None:
    clock = FixedClock(datetime(2026, 11, 20, 1, 0, tzinfo=UTC), "Asia/Shanghai")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.crm"
        shutil.copy(fresh_book, path)
        with open_book(path, clock) as book:
            services = Services(book, clock, Home.at(Path(folder)))
            start = digest(services)
            begin(services)
            for act, first, second in moves:
                clock.moment += timedelta(minutes=1)
                try:
                    ACTS[act](services, first, second)
                except Refused as refused:
                    if refused.code not in ("list_item_exists", "record.gone"):
                        raise
            end, found, paid = digest(services), index(services), money(services)
            undone = 0
            while services.history.undoable():
                result = services.history.undo()
                assert (result.kept, result.blocked) == ([], [])
                undone += 1
            assert digest(services) == start
            for _ in range(undone):
                services.history.redo()
            assert digest(services) == end
            assert index(services) == found
            assert money(services) == paid == money(services, anew=True)
            services.search.rebuild()
            assert index(services) == found
        with open_book(path, clock) as book:
            again = Services(book, clock, Home.at(Path(folder)))
            assert digest(again) == end
            assert replay.rebuild(book, Path(folder) / "rebuilt.crm") == end
