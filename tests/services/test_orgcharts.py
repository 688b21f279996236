"""Org charts: who is in them, and putting them in order by one gesture each."""

from __future__ import annotations

from datetime import date

import pytest

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services


@pytest.fixture
def company(services: Services) -> int:
    return services.records.create(Kind.COMPANY, {"name": "恒远"})


def person(services: Services, name: str, company: int) -> int:
    return services.records.create(Kind.PERSON, {"name": name, "company": company, "title": "T"})


def bosses(services: Services, company: int) -> dict[str, int | None]:
    return {m.person.title: m.boss for m in services.orgcharts.of(company).members}


def test_one_gesture_that_undo_takes_back(services: Services, company: int) -> None:
    a, b = (person(services, name, company) for name in "AB")
    services.orgcharts.set_boss(company, b, a)
    assert bosses(services, company) == {"A": None, "B": a}
    gesture = services.history.undoable()
    assert gesture is not None
    assert (gesture.title, gesture.args) == (
        "gesture.reports_to_person",
        {"name": "B", "boss": "A"},
    )
    services.history.undo()
    assert bosses(services, company) == {"A": None, "B": None}
    services.history.redo()
    services.orgcharts.set_boss(company, b, None)
    assert bosses(services, company) == {"A": None, "B": None}


def test_a_circle_is_refused_by_name(services: Services, company: int) -> None:
    a, b, c = (person(services, name, company) for name in "ABC")
    services.orgcharts.set_boss(company, b, a)
    services.orgcharts.set_boss(company, c, b)
    for boss in (a, b, c):
        with pytest.raises(Refused) as refusal:
            services.orgcharts.set_boss(company, a, boss)
        assert refusal.value.code == "orgchart.circle"
    assert bosses(services, company) == {"A": None, "B": a, "C": b}


def test_only_those_who_work_here_now(services: Services, company: int) -> None:
    a, b = (person(services, name, company) for name in "AB")
    elsewhere = services.records.create(Kind.PERSON, {"name": "X"})
    services.orgcharts.set_boss(company, b, a)
    services.people.end_job(services.people.jobs(a)[0].id, date(2026, 10, 1))
    for one, boss in ((b, elsewhere), (elsewhere, b), (b, a), (a, b)):
        with pytest.raises(Refused, match="not_here"):
            services.orgcharts.set_boss(company, one, boss)
    chart = services.orgcharts.of(company)
    assert [(m.person.id, m.left, m.left_on) for m in chart.members] == [
        (b, False, None),
        (a, True, date(2026, 10, 1)),
    ]
    with pytest.raises(Refused, match="gone"):
        services.orgcharts.of(999)


def test_somebody_new_below_somebody(services: Services, company: int) -> None:
    a = person(services, "A", company)
    b = services.orgcharts.add(company, "B", "新人", a)
    assert bosses(services, company) == {"A": None, "B": a}
    assert services.records.card(Kind.PERSON, b).values["title"] == "新人"
    services.history.undo()
    assert bosses(services, company) == {"A": None}
