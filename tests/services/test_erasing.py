"""Erasing for good: nothing is left, nothing else is touched, and the law keeps what it must."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from crm_desktop.data import replay
from crm_desktop.data.digest import content_digest
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from tests.services import markers
from tests.services.markers import MARK


@pytest.fixture
def firm(fresh_book: Path, tmp_path: Path, clock: FixedClock) -> Services:
    """A book in a folder of its own, with somebody else in it too."""
    folder = tmp_path / "firm"
    folder.mkdir()
    shutil.copy(fresh_book, folder / "book.crm")
    book = open_book(folder / "book.crm", clock)
    services = Services(book, clock, Home.at(folder / "home"))
    services.records.create(Kind.COMPANY, {"name": "恒远精密", "phone": ("0512-66660000",)})
    other = services.records.create(Kind.PERSON, {"name": "李娜", "company": 1})
    services.activities.log(Ref(Kind.PERSON, other), "打过电话")
    return services


def digest(services: Services) -> str:
    with services.book.read() as session:
        return str(content_digest(session, services.book.metadata))


def where(services: Services) -> Path:
    return services.book.path.parent


def test_no_byte_of_a_person_is_left(firm: Services, tmp_path: Path) -> None:
    for kind in (Kind.PERSON,):
        markers.custom_text(firm, kind)
    person = markers.imported(firm, tmp_path)
    markers.everything(firm, Kind.PERSON, person, tmp_path)
    firm.records.trash(Kind.PERSON, person)
    firm.records.restore(Kind.PERSON, person)
    assert list(markers.traces(where(firm)))
    before = firm.records.count(Kind.PERSON)
    done = firm.erasing.erase([Ref(Kind.PERSON, person)])
    assert (done.count, done.stays, done.wiped) == (1, (), True)
    assert list(markers.traces(where(firm))) == []  # while the book is open, log included
    assert firm.records.count(Kind.PERSON) == before - 1
    made = firm.backups.make()
    path = firm.book.path
    firm.close()
    assert list(markers.traces(where(firm))) == []
    assert not any("qxv" in term for term in markers.terms(path))
    assert made.path.parent == where(firm) / "backups"


def test_no_byte_of_a_company_is_left(firm: Services, tmp_path: Path) -> None:
    markers.custom_text(firm, Kind.COMPANY)
    company = firm.records.create(Kind.COMPANY, {"name": MARK})
    markers.everything(firm, Kind.COMPANY, company, tmp_path)
    worker = firm.records.create(Kind.PERSON, {"name": "王芳", "company": company})
    firm.erasing.erase([Ref(Kind.COMPANY, company)])
    firm.close()
    assert list(markers.traces(where(firm))) == []
    with open_book(firm.book.path, firm.clock) as book:
        again = Services(book, firm.clock, firm.home)
        assert again.records.card(Kind.PERSON, worker).values["company"] is None


def test_what_is_also_a_companys_stays_as_date_and_type(firm: Services, tmp_path: Path) -> None:
    person = firm.records.create(Kind.PERSON, {"name": MARK, "company": 1})
    ref = Ref(Kind.PERSON, person, MARK)
    note = firm.activities.log(ref, f"{MARK} came by\n{MARK} and stayed", "visit")
    deal = firm.records.create(Kind.OPPORTUNITY, {"title": "机床", "company": 1, "person": person})
    outlook = firm.erasing.outlook([ref])
    assert (outlook.goes, outlook.blanked, outlook.stays) == ({Kind.PERSON: 1}, 1, ())
    firm.erasing.erase([ref])
    activity = firm.records.card(Kind.ACTIVITY, note).values
    assert (activity["subject"], activity["outcome"], activity["person"]) == ("***", None, None)
    assert activity["company"].title == "恒远精密"
    assert activity["done_at"] is not None
    assert firm.records.card(Kind.OPPORTUNITY, deal).values["person"] is None
    firm.close()
    assert list(markers.traces(where(firm))) == []


def test_gestures_are_named_neutrally_and_say_why(firm: Services) -> None:
    person = firm.records.create(Kind.PERSON, {"name": MARK})
    firm.records.update(Kind.PERSON, [person, 1], {"notes": "gemeinsam"})
    firm.erasing.erase([Ref(Kind.PERSON, person)])
    gestures = {each.title: each for each in reversed(firm.history.gestures())}
    made = gestures["gesture.erased"]
    assert (made.undoable, made.reason) == (False, "book.undo_sealed.erased")
    assert made.args == {"kind": "person", "count": 1}
    many = gestures["gesture.changed_many"]
    assert many.undoable  # what it did to the other one can still be taken back
    assert many.args["name"] == "***"
    created = firm.history.gestures()[2]
    assert (created.title, created.args) == ("gesture.created", {"kind": "person", "name": "***"})
    assert created.reason == "book.undo_sealed.erased"
    assert firm.history.undo(many.id).restored == 1
    assert firm.records.card(Kind.PERSON, 1).values["notes"] is None


def test_who_was_merged_in_goes_along(firm: Services) -> None:
    kept = firm.records.create(Kind.PERSON, {"name": f"{MARK} one", "mobile": ("13811110000",)})
    other = firm.records.create(Kind.PERSON, {"name": f"{MARK} two", "mobile": ("13811110001",)})
    gesture = firm.merging.merge(Kind.PERSON, kept, [other])
    firm.erasing.erase([Ref(Kind.PERSON, kept)])
    with pytest.raises(Refused, match=r"book\.undo_sealed\.erased"):
        firm.history.undo(gesture)
    assert not firm.erasing.in_trash()
    firm.close()
    assert list(markers.traces(where(firm))) == []


def test_a_merged_one_can_be_erased_alone(firm: Services) -> None:
    kept = firm.records.create(Kind.PERSON, {"name": "张伟", "mobile": ("13811110000",)})
    other = firm.records.create(Kind.PERSON, {"name": f"{MARK} two", "mobile": ("13811110001",)})
    gesture = firm.merging.merge(Kind.PERSON, kept, [other])
    firm.erasing.erase([Ref(Kind.PERSON, other)])
    assert firm.records.card(Kind.PERSON, kept).values["mobile"] == ("13811110000", "13811110001")
    with pytest.raises(Refused, match=r"book\.undo_sealed\.erased"):
        firm.history.undo(gesture)


def sent_quote(firm: Services, person: int) -> int:
    firm.business.set_own_company(name="我们公司")
    line = LineDraft(name="铣床", price=Decimal(1000))
    quote = firm.quotes.create({"title": "报价", "person": person}, [line])
    firm.quotes.send(quote)
    return quote


def test_a_sent_document_holds_its_customer(firm: Services) -> None:
    person = firm.records.create(Kind.PERSON, {"name": MARK, "mobile": ("13811110000",)})
    quote = sent_quote(firm, person)
    ref = Ref(Kind.PERSON, person)
    number = firm.records.card(Kind.QUOTE, quote).values["number"]
    with pytest.raises(Refused) as refused:
        firm.erasing.erase([ref])
    assert refused.value.code == "erasing.must_stay"
    assert refused.value.args_for_words["documents"] == number
    assert firm.erasing.held(ref) is not None
    assert firm.records.card(Kind.PERSON, person).values["name"] == MARK


def test_anonymous_with_the_documents_whole(firm: Services, tmp_path: Path) -> None:
    markers.custom_text(firm, Kind.PERSON)
    person = firm.records.create(Kind.PERSON, {"name": MARK})
    quote = sent_quote(firm, person)
    markers.everything(firm, Kind.PERSON, person, tmp_path)
    before = firm.quotes.card(quote).issued
    assert firm.erasing.anonymise([Ref(Kind.PERSON, person)]).count == 1
    card = firm.records.card(Kind.PERSON, person)
    assert card.values["name"] == f"*** {person}"
    told = {k: v for k, v in card.values.items() if v not in (None, (), False, "", 0)}
    kept = {"name", "do_not_contact", "lifecycle", "level", "source", "completeness"}
    assert set(told) <= kept | {"created_at", "changed_at"}
    assert firm.quotes.card(quote).issued == before
    assert firm.quotes.card(quote).card.values["person"].id == person
    with firm.book.read() as session:
        left = [
            session.connection().exec_driver_sql(statement).scalar()
            for statement in (
                f"SELECT count(*) FROM journal_change WHERE instr(before, '{MARK}')",
                f"SELECT count(*) FROM journal_change WHERE instr(after, '{MARK}')",
                f"SELECT count(*) FROM gesture WHERE instr(args, '{MARK}')",
                f"SELECT count(*) FROM search_entries WHERE instr(texts, '{MARK}')",
                f"SELECT count(*) FROM blobs WHERE instr(data, CAST('{MARK}' AS BLOB))",
                f"SELECT count(*) FROM issued WHERE instr(snapshot, '{MARK}')",
            )
        ]
    assert left == [0, 0, 0, 0, 0, 1]  # the one paper that left the house
    with pytest.raises(Refused, match=r"erasing\.must_stay"):
        firm.erasing.erase([Ref(Kind.PERSON, person)])


def test_emptying_the_trash(firm: Services) -> None:
    held = firm.records.create(Kind.PERSON, {"name": "陈晨"})
    sent_quote(firm, held)
    gone = firm.records.create(Kind.PERSON, {"name": MARK})
    notice = firm.notices.add(f"{MARK} notice")
    deal = firm.records.create(Kind.OPPORTUNITY, {"title": f"{MARK} deal", "company": 1})
    alive = firm.activities.log(Ref(Kind.OPPORTUNITY, deal), "仍然重要")
    firm.records.trash(Kind.PERSON, [held, gone])
    firm.records.trash(Kind.OPPORTUNITY, deal)
    firm.records.restore(Kind.ACTIVITY, alive)
    firm.notices.remove(notice)
    firm.tags.add(Kind.PERSON, [held], f"{MARK} tag")
    tag = firm.tags.all()[0].id
    firm.tags.delete(tag)
    done = firm.erasing.empty_trash()
    assert {one.ref.id for one in done.stays if one.ref.kind is Kind.PERSON} == {held}
    left = {(ref.kind, ref.id) for ref in firm.erasing.in_trash()}
    assert (Kind.PERSON, held) in left
    assert not left & {(Kind.PERSON, gone), (Kind.OPPORTUNITY, deal), (Kind.NOTICE, notice)}
    assert (Kind.TAG, tag) not in left
    # What was taken back out of the trash before stays, without what it was about.
    assert firm.records.card(Kind.ACTIVITY, alive).values["opportunity"] is None
    firm.close()
    assert list(markers.traces(where(firm))) == []


def test_a_shared_file_stays_with_the_other(firm: Services) -> None:
    person = firm.records.create(Kind.PERSON, {"name": MARK})
    firm.attachments.add_bytes(Ref(Kind.PERSON, person), "a.txt", b"shared")
    kept = firm.attachments.add_bytes(Ref(Kind.PERSON, 1), "b.txt", b"shared")
    firm.erasing.erase([Ref(Kind.PERSON, person)])
    assert firm.attachments.data(kept) == b"shared"


def test_the_journal_still_replays(firm: Services, tmp_path: Path) -> None:
    person = firm.records.create(Kind.PERSON, {"name": MARK, "company": 1, "tags": ("重点",)})
    firm.activities.log(Ref(Kind.PERSON, person), "来过")
    sent_quote(firm, person)
    erased = firm.records.create(Kind.PERSON, {"name": MARK, "company": 1})
    firm.activities.log(Ref(Kind.PERSON, erased), "也来过")
    firm.erasing.erase([Ref(Kind.PERSON, erased)])
    firm.erasing.anonymise([Ref(Kind.PERSON, person)])
    assert replay.rebuild(firm.book, tmp_path / "rebuilt.crm") == digest(firm)


def test_a_gone_record_is_refused(firm: Services) -> None:
    with pytest.raises(Refused, match=r"record\.gone"):
        firm.erasing.erase([Ref(Kind.PERSON, 999)])


def test_links_in_own_fields_are_let_go(firm: Services) -> None:
    from crm_desktop.domain.fields import FieldType

    key = firm.custom.add(Kind.COMPANY, "熟人", FieldType.LINK, link=Kind.PERSON)
    person = firm.records.create(Kind.PERSON, {"name": MARK})
    firm.records.update(Kind.COMPANY, 1, {key: person})
    firm.erasing.erase([Ref(Kind.PERSON, person)])
    assert firm.records.card(Kind.COMPANY, 1).values[key] is None
