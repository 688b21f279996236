"""Undoing any step leaves every value of several columns whole: as before the step, or as it is."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services

DAYS = (
    Birthday(1, 31, 1980),
    Birthday(2, 1, 1980),
    Birthday(4, 1, 1980),
    Birthday(4, 30),
    Birthday(2, 29, 1984),
    Birthday(2, 29),
    Birthday(2, 30, lunar=True),
    Birthday(4, 30, 2020, lunar=True, leap=False),
    Birthday(4, 1, lunar=True, leap=True),
    None,
)


def person(services: Services, **values: object) -> int:
    return services.records.create(Kind.PERSON, {"name": "李雷", **values})


def birthday(services: Services, one: int) -> Birthday | None:
    found = services.records.card(Kind.PERSON, one).values["birthday"]
    assert found is None or isinstance(found, Birthday)
    return found


def test_half_a_birthday_does_not_go_back(services: Services) -> None:
    one = person(services, birthday=DAYS[0])
    services.records.update(Kind.PERSON, one, {"birthday": DAYS[1]})
    step = services.history.gestures()[0].id
    services.records.update(Kind.PERSON, one, {"birthday": DAYS[2]})
    result = services.history.undo(step)
    assert birthday(services, one) == DAYS[2]
    assert [(left.field, left.reason) for left in services.history.left(result.kept)] == [
        ("birthday", "changed")
    ]


def test_a_part_the_step_did_not_touch_counts_too(services: Services) -> None:
    one = person(services, birthday=Birthday(2, 10, 1980))
    services.records.update(Kind.PERSON, one, {"birthday": Birthday(3, 10, 1980)})
    step = services.history.gestures()[0].id
    services.records.update(Kind.PERSON, one, {"birthday": Birthday(3, 31, 1980)})
    services.history.undo(step)  # the month alone would make it 31 February
    assert birthday(services, one) == Birthday(3, 31, 1980)


def test_other_fields_of_the_step_do_go_back(services: Services) -> None:
    one = person(services, birthday=DAYS[0], notes="a")
    services.records.update(Kind.PERSON, one, {"birthday": DAYS[1], "notes": "b"})
    step = services.history.gestures()[0].id
    services.records.update(Kind.PERSON, one, {"birthday": DAYS[2]})
    services.history.undo(step)
    card = services.records.card(Kind.PERSON, one)
    assert (card.values["birthday"], card.values["notes"]) == (DAYS[2], "a")


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(days=st.lists(st.sampled_from(DAYS), min_size=3, max_size=6), place=st.integers(0, 4))
def test_a_birthday_is_as_before_or_as_it_is(
    services: Services, days: list[Birthday | None], place: int
) -> None:
    one = person(services, birthday=days[0])
    steps: list[tuple[int, Birthday | None, Birthday | None]] = []
    for before, day in pairwise(days):
        if before != day:
            services.records.update(Kind.PERSON, one, {"birthday": day})
            steps.append((services.history.gestures()[0].id, before, day))
    if not steps:
        return
    step, before, after = steps[place % len(steps)]
    services.history.undo(step)
    untouched = days[-1] == after and (step, before, after) == steps[-1]
    assert birthday(services, one) == (before if untouched else days[-1])
