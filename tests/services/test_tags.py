"""Tags on records of any kind."""

from __future__ import annotations

import pytest

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.services.house import Services


def counts(services: Services) -> dict[str, int]:
    return {tag.name: tag.count for tag in services.tags.all()}


def tags_of(services: Services, person: int) -> tuple[str, ...]:
    found: tuple[str, ...] = services.records.card(Kind.PERSON, person).values["tags"]
    return found


@pytest.fixture
def people(services: Services) -> list[int]:
    return [services.records.create(Kind.PERSON, {"name": name}) for name in "ABC"]


def test_many_at_once_and_undone_at_once(services: Services, people: list[int]) -> None:
    services.tags.add(Kind.PERSON, people[:1], "重点")
    services.tags.add(Kind.PERSON, people, " 重点 ")
    assert counts(services) == {"重点": 3}
    services.tags.remove(Kind.PERSON, people[1:], "重点")
    assert counts(services) == {"重点": 1}
    services.history.undo()
    services.history.undo()
    assert counts(services) == {"重点": 1}


def test_set_replaces(services: Services, people: list[int]) -> None:
    ref = Ref(Kind.PERSON, people[0])
    services.tags.set(ref, ["A", "B"])
    services.tags.set(ref, ["B", "C", " "])
    assert set(tags_of(services, people[0])) == {"B", "C"}


def test_renaming_to_a_known_word_joins_the_two(services: Services, people: list[int]) -> None:
    services.tags.add(Kind.PERSON, people[:2], "VIP")
    services.tags.add(Kind.PERSON, people[1:], "重点")
    vip = next(tag.id for tag in services.tags.all() if tag.name == "VIP")
    services.tags.rename(vip, "重点")
    assert counts(services) == {"重点": 3}
    assert tags_of(services, people[1]) == ("重点",)
    services.history.undo()
    assert counts(services) == {"VIP": 2, "重点": 2}


def test_rename_recolor_delete(services: Services, people: list[int]) -> None:
    services.tags.add(Kind.PERSON, people, "old")
    tag = services.tags.all()[0]
    services.tags.rename(tag.id, "new")
    services.tags.recolor(tag.id, "red")
    assert [(row.name, row.color) for row in services.tags.all()] == [("new", "red")]
    services.tags.delete(tag.id)
    assert services.tags.all() == []
    assert tags_of(services, people[0]) == ()
    services.history.undo()
    assert tags_of(services, people[0]) == ("new",)


def test_a_tag_needs_a_word(services: Services, people: list[int]) -> None:
    with pytest.raises(Refused):
        services.tags.add(Kind.PERSON, people, "  ")


def test_a_removed_tag_comes_back_from_the_trash_onto_its_records(
    services: Services, people: list[int]
) -> None:
    services.tags.add(Kind.PERSON, people, "VIP")
    services.tags.remove(Kind.PERSON, people[2:], "VIP")  # by hand: stays off
    tag = services.tags.all()[0]
    services.tags.recolor(tag.id, "red")
    services.tags.delete(tag.id)
    services.tags.set(Ref(Kind.PERSON, people[1]), ["other"])
    (lying,) = services.records.trashed()
    assert (lying.ref.kind, lying.ref.title) == (Kind.TAG, "VIP")
    services.records.restore(Kind.TAG, lying.ref.id)
    assert services.records.trashed() == []
    assert [(row.name, row.color, row.count) for row in services.tags.all()] == [
        ("VIP", "red", 2),
        ("other", "teal", 1),
    ]
    assert tags_of(services, people[1]) == ("VIP", "other")
    assert services.records.count(Kind.PERSON, tagged("VIP")) == 2
    services.history.undo()
    assert counts(services) == {"other": 1}
    services.history.redo()
    assert counts(services) == {"VIP": 2, "other": 1}


def test_a_tag_that_was_made_again_takes_what_the_removed_one_was_on(
    services: Services, people: list[int]
) -> None:
    services.tags.add(Kind.PERSON, people[:2], "VIP")
    services.tags.delete(services.tags.all()[0].id)
    services.tags.add(Kind.PERSON, people[1:], "VIP")
    services.records.restore(Kind.TAG, services.records.trashed()[0].ref.id)
    assert services.records.trashed() == []
    assert counts(services) == {"VIP": 3}


def tagged(name: str) -> Query:
    return Query().also(Condition("tags", Op.ANY_OF, (name,)))
