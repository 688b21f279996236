"""Jobs with their history, reporting lines, relations, accounts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crm_desktop.domain.jobs import reports_in_circle
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services
from crm_desktop.words import Words


@pytest.fixture
def company(services: Services) -> int:
    return services.records.create(Kind.COMPANY, {"name": "恒远"})


def person(services: Services, name: str, company: int | None = None) -> int:
    return services.records.create(Kind.PERSON, {"name": name, "company": company})


def job_of(services: Services, person_id: int) -> int:
    return services.people.jobs(person_id)[0].id


def test_jobs_and_their_history(services: Services, company: int) -> None:
    wei = person(services, "张伟", company)
    old = job_of(services, wei)
    other = services.records.create(Kind.COMPANY, {"name": "海拓"})
    new = services.people.add_job(wei, other, "顾问", from_date=date(2026, 11, 1), primary=True)
    assert [(job.id, job.primary) for job in services.people.jobs(wei)] == [
        (new, True),
        (old, False),
    ]
    assert services.records.card(Kind.PERSON, wei).values["company"].id == other
    services.people.set_primary(old)
    assert services.records.card(Kind.PERSON, wei).values["company"].id == company
    services.people.end_job(old, date(2026, 10, 31))
    jobs = services.people.jobs(wei)
    assert [(job.id, job.left, job.to_date) for job in jobs] == [
        (new, False, None),
        (old, True, date(2026, 10, 31)),
    ]
    assert [row.person.id for row in services.people.colleagues(company)] == []
    assert [row.title for row in services.people.colleagues(other)] == ["顾问"]
    services.people.take_up_again(old)
    assert len(services.people.colleagues(company)) == 1
    for _ in range(4):
        services.history.undo()
    assert [job.id for job in services.people.jobs(wei)] == [old]


def test_change_and_remove(services: Services, company: int) -> None:
    wei = person(services, "张伟", company)
    job = job_of(services, wei)
    services.people.change_job(job, title=" 采购 经理 ", department="")
    assert services.people.jobs(wei)[0].title == "采购 经理"
    with pytest.raises(ValueError, match="position"):
        services.people.change_job(job, position=3)
    services.people.remove_job(job)
    assert services.people.jobs(wei) == []
    with pytest.raises(Refused):
        services.people.end_job(job)


def test_nobody_reports_to_those_below(services: Services, company: int) -> None:
    top, middle, low = (person(services, name, company) for name in "ABC")
    services.people.set_reports_to(job_of(services, middle), top)
    services.people.set_reports_to(job_of(services, low), middle)
    for boss in (low, middle, top):
        with pytest.raises(Refused, match="circle"):
            services.people.set_reports_to(job_of(services, top), boss)
    found = {row.person.id: row.reports_to for row in services.people.colleagues(company)}
    assert found == {top: None, middle: top, low: middle}
    services.people.set_reports_to(job_of(services, middle), None)
    services.people.set_reports_to(job_of(services, top), low)
    assert services.people.jobs(top)[0].reports_to is not None


def test_a_circle_in_the_data_does_not_hang() -> None:
    assert not reports_in_circle({1: 2, 2: 1}, 3, 1)
    assert reports_in_circle({1: 2, 2: 1}, 2, 1)


def test_relations_are_seen_from_both_sides(services: Services) -> None:
    wei, na = person(services, "张伟"), person(services, "李娜")
    spouse = services.lists.by_code("relation", "spouse").id
    relation = services.people.add_relation(wei, na, spouse, "since 2010")
    for mine, other, outgoing in ((wei, na, True), (na, wei, False)):
        (row,) = services.people.relations(mine)
        assert (row.other.id, row.type_id, row.outgoing) == (other, spouse, outgoing)
    with pytest.raises(Refused):
        services.people.add_relation(wei, wei)
    services.people.remove_relation(relation)
    assert services.people.relations(wei) == []


def test_accounts_of_any_service(services: Services, tmp_path: Path) -> None:
    accounts = ("Skype: wei zhang", "LINE, wz88")
    values = {"name": "张伟", "handle": accounts}
    person = services.records.create(Kind.PERSON, values)
    assert [hit.ref.id for hit in services.search.find("wz88")] == [person]
    path = tmp_path / "people.xlsx"
    services.exports.export(Kind.PERSON, path, Words("zh"), columns=["name", "handle"])
    services.records.trash(Kind.PERSON, [person])
    services.imports.run(path, services.imports.preview(path).plan, Words("zh"))
    (back,) = services.records.ids(Kind.PERSON)
    assert services.records.card(Kind.PERSON, back).values["handle"] == accounts
