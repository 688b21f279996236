"""The lists the user edits: read from memory, kept true by the book's news."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.data import lists
from crm_desktop.data.book import Book
from crm_desktop.data.opportunities import pipelines_in_use
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import Item
from crm_desktop.domain.pipeline import LOST, OPEN, WON, Stage
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.shipped_lists import SHIPPED
from crm_desktop.domain.text import clean_name


class Lists:
    """Stages, levels, sources, types: every choice a record offers."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._items: dict[int, Item] | None = None
        book.subscribe(self._forget)

    def keys(self) -> tuple[str, ...]:
        """The lists there are, in the order settings show them; then those of custom fields."""
        own = {item.list_key for item in self._all().values()} - set(SHIPPED)
        return (*SHIPPED, *sorted(own))

    def items(self, list_key: str, *, parent_id: int | None = None) -> tuple[Item, ...]:
        """The active items of a list; of a stage list only those of one pipeline if asked.

        What a retired item stands above is retired with it: the stages of a pipeline put away.
        """
        known = self._all()
        return tuple(
            item
            for item in known.values()
            if item.list_key == list_key
            and item.active
            and (parent_id is None or item.parent_id == parent_id)
            and (item.parent_id not in known or known[item.parent_id].active)
        )

    def all_items(self, list_key: str) -> tuple[Item, ...]:
        """All items of a list, retired ones too."""
        return tuple(item for item in self._all().values() if item.list_key == list_key)

    def item(self, item_id: int | None) -> Item | None:
        """One item, active or retired; None for no id or one that is gone."""
        return None if item_id is None else self._all().get(item_id)

    def by_code(self, list_key: str, code: str) -> Item:
        """A shipped item. KeyError where the list has no such code."""
        for item in self._all().values():
            if item.list_key == list_key and item.code == code:
                return item
        raise KeyError(f"{list_key} has no item {code!r}")

    def add(
        self,
        list_key: str,
        name: str,
        *,
        color: str = "grey",
        parent_id: int | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> int:
        """A new item at the end; returns its id. Refused for a name the list already has.

        A pipeline begins with the stages of the standard way of selling.
        """
        name = self._fresh_name(list_key, name)
        if list_key == "pipeline":
            with self._book.write("gesture.list_item_added", list=list_key, name=name) as writing:
                return lists.add_pipeline(writing.session, SHIPPED["stage"], name)
        closing = [item.id for item in self.all_items(list_key) if _closing(item)]
        with self._book.write("gesture.list_item_added", list=list_key, name=name) as writing:
            made = lists.add(
                writing.session, list_key, name, color=color, parent_id=parent_id, data=data
            )
            if closing:  # a new stage comes before those that end it
                others = [item.id for item in self.all_items(list_key) if not _closing(item)]
                lists.put_in_order(writing.session, [*others, made, *closing])
            return made

    def rename(self, item_id: int, name: str) -> None:
        """Call an item otherwise; records that use it follow."""
        item = self._known(item_id)
        name = self._fresh_name(item.list_key, name, but=item_id)
        self._change(item, name=name)

    def recolor(self, item_id: int, color: str) -> None:
        """Give an item another of the chip colours."""
        self._change(self._known(item_id), color=color)

    def set_data(self, item_id: int, data: Mapping[str, Any]) -> None:
        """What the list knows of the item: a stage's probability, days, state."""
        item = self._known(item_id)
        self._change(item, data={**item.data, **data})

    def set_active(self, item_id: int, active: bool) -> None:
        """Retire an item (records keep it, nobody can choose it), or bring it back.

        Refused("stage_needed") for a stage its pipeline cannot do without, "pipeline_needed" for
        the last pipeline, "pipeline_in_use" for one that opportunities are in.
        """
        item = self._known(item_id)
        if not active and item.list_key == "pipeline":
            self._require_idle(item)
        if not active and item.list_key == "stage":
            state = Stage.of(item).state
            sisters = self.items("stage", parent_id=item.parent_id)
            if not any(Stage.of(one).state == state for one in sisters if one.id != item_id):
                raise Refused("stage_needed")
        self._change(item, active=active)

    def put_in_order(self, list_key: str, ids: list[int]) -> None:
        """The order lists and boards show; stages that end a pipeline stay behind the others."""
        ids = sorted(ids, key=lambda item_id: _closing(self._known(item_id)))
        with self._book.write("gesture.list_ordered", list=list_key) as writing:
            lists.put_in_order(writing.session, ids)

    def _require_idle(self, pipeline: Item) -> None:
        if all(one.id == pipeline.id for one in self.items("pipeline")):
            raise Refused("pipeline_needed")
        with self._book.read() as session:
            if pipeline.id in pipelines_in_use(session):
                raise Refused("pipeline_in_use")

    def _change(self, item: Item, **values: Any) -> None:
        with self._book.write("gesture.list_item_changed", list=item.list_key) as writing:
            lists.change(writing.session, item.id, **values)

    def _known(self, item_id: int) -> Item:
        item = self.item(item_id)
        if item is None:
            raise Refused("record.gone")
        return item

    def _fresh_name(self, list_key: str, name: str, *, but: int | None = None) -> str:
        name = clean_name(name)
        if not name:
            raise Refused("list_item_empty")
        same = (i for i in self.all_items(list_key) if i.id != but and i.name == name)
        if any(same):
            raise Refused("list_item_exists", name=name)
        return name

    def _all(self) -> dict[int, Item]:
        items = self._items
        if items is None:
            with self._book.read() as session:
                found = sorted(lists.all_items(session), key=_closing)
            items = {item.id: item for item in found}
            self._items = items
        return items

    def _forget(self, kinds: frozenset[Any], _gesture: int) -> None:
        if Kind.LIST in kinds:
            self._items = None


def _closing(item: Item) -> int:
    """0, but for the stages that end a pipeline: won, then lost."""
    return (OPEN, WON, LOST).index(Stage.of(item).state) if item.list_key == "stage" else 0
