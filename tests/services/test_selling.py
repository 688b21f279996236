"""The five ways of selling: each brings its stages, is chosen as one gesture, and undone."""

from __future__ import annotations

import pytest

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.pipeline import Stage
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.selling import STANDARD, WAYS
from crm_desktop.services.house import Services
from crm_desktop.words import LANGUAGES, Words


def codes(services: Services) -> list[str | None]:
    return [stage.code for stage in services.opportunities.stages()]


def pipelines(services: Services) -> list[str | None]:
    return [one.code for one in services.opportunities.pipelines()]


@pytest.mark.parametrize("way", WAYS)
def test_a_way_brings_its_stages(services: Services, way: str) -> None:
    selling = services.opportunities.selling
    assert selling.way() == STANDARD
    selling.choose(way)
    assert selling.way() == way
    assert codes(services) == [stage.code for stage in WAYS[way]]
    assert pipelines(services) == [way]
    stages = [Stage.of(stage) for stage in services.opportunities.stages()]
    chances = [stage.probability for stage in stages if stage.state == "open"]
    assert chances == sorted(chances)
    assert all(stage.stale_days for stage in stages if stage.state == "open")
    assert [stage.state for stage in stages][-2:] == ["won", "lost"]
    deal = services.records.create(Kind.OPPORTUNITY, {"title": "Retrofit"})
    values = services.records.card(Kind.OPPORTUNITY, deal).values
    assert (values["stage"], values["probability"]) == (stages[0].id, chances[0])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_has_words(way: str, language: str) -> None:
    text = Words(language).text
    assert text(f"list.pipeline.{way}")
    assert text(f"welcome.way.{way}")
    assert all(text(f"list.stage.{stage.code}") for stage in WAYS[way])


def test_the_choice_is_one_gesture_and_undone(services: Services) -> None:
    selling = services.opportunities.selling
    selling.choose("project")
    (latest,) = services.history.gestures(1)
    assert latest.title == "gesture.way_of_selling"
    services.history.undo()
    assert selling.way() == STANDARD
    assert pipelines(services) == [STANDARD]
    services.history.redo()
    assert (selling.way(), pipelines(services)) == ("project", ["project"])
    selling.choose("project")  # again: nothing is written
    assert services.history.gestures(1)[0].id == latest.id


def test_what_is_under_way_keeps_its_pipeline(services: Services) -> None:
    services.records.create(Kind.OPPORTUNITY, {"title": "Old"})
    selling = services.opportunities.selling
    selling.choose("membership")
    assert pipelines(services) == ["membership", STANDARD]
    selling.choose("key_accounts")
    assert pipelines(services) == ["key_accounts", STANDARD]
    selling.choose("membership")  # its stages are there already
    assert pipelines(services) == ["membership", STANDARD]
    assert codes(services) == [stage.code for stage in WAYS["membership"]]


def test_stages_put_away_are_not_offered(services: Services) -> None:
    services.opportunities.selling.choose("promotion")
    offered = {stage.code for stage in services.lists.items("stage")}
    assert offered == {stage.code for stage in WAYS["promotion"]}


@pytest.mark.parametrize("way", WAYS)
def test_sample_data_goes_through_the_stages_chosen(services: Services, way: str) -> None:
    services.opportunities.selling.choose(way)
    services.sample.fill("en")
    board = services.opportunities.board()
    assert sum(column.count for column in board) == 8
    assert {column.stage.code for column in board if column.count} >= {"won", "lost"}


def test_a_pipeline_of_ones_own_begins_with_the_usual_stages(services: Services) -> None:
    lists = services.lists
    own = lists.add("pipeline", "Rentals")
    assert [one.id for one in services.opportunities.pipelines()][-1] == own
    assert [one.code for one in services.opportunities.stages(own)] == [
        one.code for one in WAYS[STANDARD]
    ]
    (latest,) = services.history.gestures(1)
    assert latest.title == "gesture.list_item_added"
    services.history.undo()
    assert pipelines(services) == [STANDARD]
    assert not [one for one in lists.all_items("stage") if one.parent_id == own]
    services.history.redo()
    assert len(services.opportunities.stages(own)) == len(WAYS[STANDARD])


def test_a_pipeline_is_retired_when_nothing_is_in_it(services: Services) -> None:
    lists = services.lists
    (standard,) = services.opportunities.pipelines()
    with pytest.raises(Refused, match="pipeline_needed"):
        lists.set_active(standard.id, active=False)
    own = lists.add("pipeline", "Rentals")
    stage = services.opportunities.stages(own)[0].id
    deal = services.records.create(Kind.OPPORTUNITY, {"title": "Crane", "stage": stage})
    with pytest.raises(Refused, match="pipeline_in_use"):
        lists.set_active(own, active=False)
    first = services.opportunities.stages(standard.id)[0].id
    services.records.update(Kind.OPPORTUNITY, deal, {"stage": first})
    lists.set_active(own, active=False)
    assert pipelines(services) == [STANDARD]
    lists.set_active(own, active=True)
    lists.put_in_order("pipeline", [own, standard.id])
    new = services.records.create(Kind.OPPORTUNITY, {"title": "Digger"})
    card = services.records.card(Kind.OPPORTUNITY, new)
    assert card.values["stage"] == stage
