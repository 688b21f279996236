"""The form of one relation: who, in which way, with a note."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.domain.jobs import RelationRow
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import Item
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.relations import relation_name, sides
from crm_desktop.ui.contacts.form_popover import FormPopover
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.widgets import ChoiceField, LinkField, Option

_LIST = "relation"


class RelationForm(FormPopover):
    """Adds a relation of a person, or changes one."""

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        person_id: int,
        relation: RelationRow | None = None,
    ) -> None:
        key = "people.edit_relation" if relation else "people.new_relation"
        super().__init__(context, owner, tr(key))
        self._person_id, self._relation = person_id, relation
        other = relation.other if relation is not None else None
        self.other = LinkField(
            self._people, value=other.id if other else None, title=other.title if other else ""
        )
        self.other.setEnabled(relation is None)
        self.add_row(tr("kind.person"), self.other)
        value = (relation.type_id, relation.outgoing) if relation is not None else None
        if value is not None and value not in self._ways():
            value = (value[0], True)  # a relation that is called the same from both sides
        self.type = ChoiceField(
            [Option(way, name) for way, name in self._ways().items()], value=value
        )
        self.add_row(tr("people.relation_type"), self.type)
        self.note = QLineEdit(relation.note if relation else "")
        self.add_row(tr("people.note"), self.note)
        if relation is not None:
            self.remove_button.show()
            self.remove_button.clicked.connect(self._remove)

    def store(self) -> Callable[[], Any]:
        people, relation, person = self.context.services.people, self._relation, self._person_id
        other = self.other.value()
        if other is None:
            raise Refused("attention.relation_without_person")
        type_id, outgoing = self.type.value() or (None, True)
        note = self.note.text()
        if relation is not None:
            return lambda: people.change_relation(
                relation.id, person, type_id=type_id, outgoing=outgoing, note=note
            )
        one, stands = (person, other) if outgoing else (other, person)
        return lambda: people.add_relation(one, stands, type_id, note)

    def _ways(self) -> dict[tuple[int, bool], str]:
        """What the other person can be, each type from both sides where they differ."""
        lists = self.context.services.lists
        relation = self._relation
        known = relation.type_id if relation is not None else None
        ways: dict[tuple[int, bool], str] = {}
        for item in lists.all_items(_LIST):
            if not item.active and item.id != known:
                continue
            one, other = sides(item, tr)
            ways[(item.id, True)] = one
            if other != one:
                ways[(item.id, False)] = other
        return ways

    def _people(self, text: str) -> list[tuple[int, str, str]]:
        found = self.context.services.records.find_links(Kind.PERSON, text)
        return [
            (one.ref.id, one.ref.title, one.subtitle)
            for one in found
            if one.ref.id != self._person_id
        ]

    def _remove(self) -> None:
        relation = self._relation
        if relation is not None:
            people = self.context.services.people
            told = tr("record_page.acted.remove_relation", name=relation.other.title)
            self.run(lambda: people.remove_relation(relation.id), told)


def relation_text(relation: RelationRow, item: Item | None) -> str:
    """What stands beside the other person; `item` is the sort of the relation."""
    name = relation_name(item, tr, outgoing=relation.outgoing)
    return " · ".join(part for part in (name, relation.note) if part)
