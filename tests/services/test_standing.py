"""Gifts, relations, jobs, groups of companies, score and cards of real books."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.relations import sides
from crm_desktop.services.house import Services
from crm_desktop.words import Words


@pytest.fixture
def person(services: Services) -> int:
    return services.records.create(Kind.PERSON, {"name": "张伟"})


def test_gifts_are_gestures(services: Services, person: int) -> None:
    tea = services.gifts.add(person, Gift(" 茶 ", on=date(2024, 9, 1), value=Decimal("380.00")))
    services.gifts.add(person, Gift("书", True, date(2026, 1, 1)))
    services.gifts.add(person, Gift("酒"))
    assert [gift.what for gift in services.gifts.of(person)] == ["书", "茶", "酒"]
    first = next(gift for gift in services.gifts.of(person) if gift.id == tea)
    services.gifts.change(replace(first, what="普洱"))
    services.gifts.remove(tea)
    services.history.undo()
    services.history.undo()
    assert first in services.gifts.of(person)
    for wrong in (Gift(" "), Gift("x", value=Decimal(-1))):
        with pytest.raises(Refused, match="gift"):
            services.gifts.add(person, wrong)
    with pytest.raises(Refused, match="gone"):
        services.gifts.add(999, Gift("x"))
    with pytest.raises(Refused, match="gone"):
        services.gifts.change(Gift("x", id=999))


def test_merging_people_keeps_all_gifts(services: Services, person: int) -> None:
    other = services.records.create(Kind.PERSON, {"name": "张伟"})
    services.gifts.add(person, Gift("茶"))
    services.gifts.add(other, Gift("书"))
    services.merging.merge(Kind.PERSON, person, [other])
    assert {gift.what for gift in services.gifts.of(person)} == {"茶", "书"}
    services.history.undo()
    assert [gift.what for gift in services.gifts.of(other)] == ["书"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_relations_have_names_from_both_sides(services: Services, language: str) -> None:
    text = Words(language).text
    for item in services.lists.all_items("relation"):
        one, other = sides(item, text)
        assert one
        assert (one != other) == (item.code in ("assistant", "manager", "introduced", "parent"))
    own = services.lists.add("relation", "师傅 / 徒弟")
    made = services.lists.item(own)
    assert made is not None
    assert sides(made, text) == ("师傅", "徒弟")
    services.lists.rename(own, "老乡")
    made = services.lists.item(own)
    assert made is not None
    assert sides(made, text) == ("老乡", "老乡")


def test_a_job_with_all_its_values_is_one_gesture(services: Services, person: int) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    boss = services.records.create(Kind.PERSON, {"name": "B", "company": company})
    services.people.add_job_with(
        person,
        {"company_id": company, "title": "经理", "from_date": date(2020, 1, 1), "boss": boss},
    )
    (job,) = services.people.jobs(person)
    assert (job.title, job.reports_to and job.reports_to.id) == ("经理", boss)
    with pytest.raises(Refused, match="ends_before"):
        services.people.change_job(job.id, to_date=date(2019, 1, 1))
    with pytest.raises(Refused, match="circle"):
        services.people.change_job(services.people.jobs(boss)[0].id, boss=person)
    services.history.undo()
    assert services.people.jobs(person) == []


def test_others_are_those_with_another_main_company(services: Services, person: int) -> None:
    main = services.records.create(Kind.COMPANY, {"name": "主"})
    side = services.records.create(Kind.COMPANY, {"name": "副"})
    services.people.add_job(person, main)
    services.people.add_job(person, side, "顾问")
    assert [row.person.id for row in services.people.others(side)] == [person]
    assert services.people.others(main) == []


def test_a_group_rolls_up_and_has_no_circle(services: Services) -> None:
    top = services.records.create(Kind.COMPANY, {"name": "T"})
    middle = services.records.create(Kind.COMPANY, {"name": "M", "parent": top})
    low = services.records.create(Kind.COMPANY, {"name": "L", "parent": middle})
    assert services.figures.rolled_up(low) is None
    for company, amount in ((top, 1), (middle, 20), (low, 300)):
        deal = services.records.create(
            Kind.OPPORTUNITY, {"title": "o", "company": company, "amount": Decimal(amount)}
        )
        services.opportunities.win(deal)
    whole = services.figures.rolled_up(top)
    assert whole is not None
    assert (whole.count, whole.sums) == (3, {"CNY": Decimal(321)})
    rows = whole.opportunities.rows
    assert services.records.count(rows.kind, rows.query) == 3
    found = services.figures.group(middle)
    assert [(one.company.title, one.above) for one in found] == [("T", True), ("L", False)]
    assert found[1].sums == {"CNY": Decimal(300)}
    for parent in (top, middle, low):
        with pytest.raises(Refused, match="circle"):
            services.records.update(Kind.COMPANY, top, {"parent": parent})
    services.records.update(Kind.COMPANY, low, {"parent": top})


def test_the_score_sees_touches_sales_tickets_and_stars(services: Services) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    ref = Ref(Kind.COMPANY, company)
    assert services.scores.of(ref) is None
    person = services.records.create(Kind.PERSON, {"name": "张伟", "company": company})
    services.activities.log(Ref(Kind.PERSON, person), "x", "call")
    found = services.scores.of(ref)
    assert found is not None
    assert found.parts["recency"] == 1.0
    assert found.parts["breadth"] == pytest.approx(1 / 3)
    services.records.update(Kind.COMPANY, company, {"likes_product": 5, "we_esteem": 4})
    deal = services.records.create(
        Kind.OPPORTUNITY, {"title": "o", "company": company, "amount": "5"}
    )
    services.opportunities.win(deal)
    ticket = services.tickets.open({"subject": "t", "company": company})
    services.records.update(Kind.TICKET, ticket, {"satisfaction": 4})
    better = services.scores.of(ref)
    assert better is not None
    assert better.parts.keys() >= {"trade", "judgement", "service"}
    with pytest.raises(Refused):
        services.records.update(Kind.COMPANY, company, {"likes_product": 6})
    with pytest.raises(ValueError, match="no customer"):
        services.scores.of(Ref(Kind.PRODUCT, 1))


def test_a_very_long_card_still_has_a_code(services: Services) -> None:
    person = services.records.create(
        Kind.PERSON,
        {"name": "张" * 400, "email": tuple(f"{n}@{'x' * 60}.cn" for n in range(40))},
    )
    ref = Ref(Kind.PERSON, person)
    assert len(services.cards.qr_code(ref)) > 20
    assert services.cards.vcard(ref).count(b"EMAIL;") == 40


def test_a_card_says_what_one_gives_away(services: Services) -> None:
    firm = services.records.create(
        Kind.COMPANY, {"name": "恒远; 精密", "phone": ("0512-66668888",), "email": ("a@b.cn",)}
    )
    person = services.records.create(
        Kind.PERSON,
        {
            "name": "张伟",
            "company": firm,
            "department": "采购部",
            "title": "经理, 总监",
            "mobile": ("13812345678",),
            "notes": "secret",
            "tags": ("secret",),
        },
    )
    assert services.cards.vcard(Ref(Kind.PERSON, person)).decode().split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "FN:张伟",
        "N:张伟;;;;",
        "TITLE:经理\\, 总监",
        "ORG:恒远\\; 精密;采购部",
        "TEL;TYPE=CELL:13812345678",
        "END:VCARD",
        "",
    ]
    assert services.cards.vcard(Ref(Kind.COMPANY, firm)).decode().split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "FN:恒远\\; 精密",
        "N:;;;;",
        "X-ABShowAs:COMPANY",
        "ORG:恒远\\; 精密",
        "TEL;TYPE=WORK,VOICE:0512-66668888",
        "EMAIL;TYPE=INTERNET:a@b.cn",
        "END:VCARD",
        "",
    ]


def test_erasing_somebody_takes_gifts_and_relations_along(services: Services, person: int) -> None:
    other = services.records.create(Kind.PERSON, {"name": "李娜"})
    services.gifts.add(person, Gift("MARKER-GIFT"))
    services.people.add_relation(other, person, None, "MARKER-RELATION")
    services.erasing.erase([Ref(Kind.PERSON, person)])
    assert services.people.relations(other) == []
    with services.book.read() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("SELECT count(*) FROM gifts").scalar() == 0
        told = connection.exec_driver_sql(
            "SELECT count(*) FROM journal_change WHERE before || after LIKE '%MARKER%'"
            " OR after LIKE '%MARKER%' OR before LIKE '%MARKER%'"
        )
        assert told.scalar() == 0
        told = connection.exec_driver_sql("SELECT count(*) FROM gesture WHERE args LIKE '%MARKER%'")
        assert told.scalar() == 0
