"""Stages the user adds, orders and retires, with opportunities in them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.pipeline import Stage
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services


def _states(services: Services) -> list[str]:
    return [Stage.of(stage).state for stage in services.opportunities.stages()]


def test_a_new_stage_comes_before_won_and_lost(services: Services) -> None:
    pipeline = services.opportunities.pipelines()[0]
    made = services.lists.add("stage", "Trial", parent_id=pipeline.id, data={"probability": 50})
    ids = [stage.id for stage in services.opportunities.stages()]
    assert _states(services) == ["open"] * (len(ids) - 2) + ["won", "lost"]
    assert ids.index(made) == len(ids) - 3
    services.history.undo()
    assert made not in [stage.id for stage in services.opportunities.stages()]


def test_no_order_puts_won_or_lost_before_an_open_stage(services: Services) -> None:
    ids = [stage.id for stage in services.opportunities.stages()]
    services.lists.put_in_order("stage", [ids[-1], ids[-2], *reversed(ids[:-2])])
    now = [stage.id for stage in services.opportunities.stages()]
    assert now == [*reversed(ids[:-2]), ids[-2], ids[-1]]
    deal = services.records.create(Kind.OPPORTUNITY, {"title": "Retrofit"})
    assert services.records.card(Kind.OPPORTUNITY, deal).values["state"] == "open"


def test_a_retired_stage_stays_on_the_board_while_something_is_in_it(services: Services) -> None:
    first, second = services.opportunities.stages()[:2]
    deal = services.records.create(
        Kind.OPPORTUNITY, {"title": "Retrofit", "stage": second.id, "amount": Decimal(500)}
    )
    services.lists.set_active(second.id, False)
    column = next(one for one in services.opportunities.board() if one.stage.id == second.id)
    assert [card.id for card in column.cards] == [deal]
    assert services.opportunities.summary().open_sums == {"CNY": Decimal(500)}
    assert second.id not in [stage.id for stage in services.opportunities.stages()]
    assert second.id in [s.id for s in services.opportunities.stages(also=second.id)]
    services.opportunities.move(deal, first.id)
    assert second.id not in [one.stage.id for one in services.opportunities.board()]


@pytest.mark.parametrize("state", ["open", "won", "lost"])
def test_the_last_stage_of_its_sort_stays(services: Services, state: str) -> None:
    same = [s for s in services.opportunities.stages() if Stage.of(s).state == state]
    for stage in same[:-1]:
        services.lists.set_active(stage.id, False)
    with pytest.raises(Refused) as refused:
        services.lists.set_active(same[-1].id, False)
    assert refused.value.code == "stage_needed"
    assert _states(services).count(state) == 1
