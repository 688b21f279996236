"""The stages of several pipelines are told apart, and an opportunity can go to another one."""

from __future__ import annotations

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import item_name
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.editors import Editors
from crm_desktop.ui.widgets import ChoiceField
from tests.ui.record.conftest import Desk


def texts(choice: ChoiceField) -> list[str]:
    return [choice.itemText(row) for row in range(choice.count())]


def test_stages_of_one_pipeline_are_called_by_their_names(desk: Desk) -> None:
    page = desk.open("opportunity", desk.opportunity)
    field = next(f for f in desk.services.records.fields(Kind.OPPORTUNITY) if f.key == "stage")
    choice = page.editing.editor(field, page.editing.value("stage")).inner
    assert texts(choice) == [item_name(s, tr) for s in desk.services.lists.items("stage")]


def test_stages_of_several_pipelines_say_whose_they_are(desk: Desk) -> None:
    own = desk.services.lists.add("pipeline", "Channel")
    page = desk.open("opportunity", desk.opportunity)
    field = next(f for f in desk.services.records.fields(Kind.OPPORTUNITY) if f.key == "stage")
    first, second = desk.services.opportunities.pipelines()
    wanted = [
        f"{item_name(pipeline, tr)} · {item_name(stage, tr)}"
        for pipeline in (first, second)
        for stage in desk.services.opportunities.stages(pipeline.id)
    ]
    in_record = texts(page.editing.editor(field, page.editing.value("stage")).inner)
    in_lists = [o.text for o in Editors(desk.services, Kind.OPPORTUNITY).options(field)]
    assert in_record == in_lists == wanted
    assert second.id == own

    stage = desk.services.opportunities.stages(own)[1]
    page.editing.save("stage", stage.id)
    desk.settle()
    assert desk.value(Kind.OPPORTUNITY, desk.opportunity, "stage") == stage.id
    there = texts(page.editing.editor(field, stage.id).inner)
    assert there[0].startswith("Channel · ")  # its own come first
    assert sorted(there) == sorted(wanted)
    assert str(stage.id) in page.stages.buttons
