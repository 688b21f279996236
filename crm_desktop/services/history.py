"""What was done, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm_desktop.data import custom_fields, names_of, owners, since_merge, undo
from crm_desktop.data.book import Book
from crm_desktop.data.records.titles import refs_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import TABLE_OF_KIND
from crm_desktop.data.undo import GestureRow, KeptField, UndoResult
from crm_desktop.domain.kinds import Kind, Ref

__all__ = ["GestureRow", "History", "Left", "UndoResult"]

MERGED = "gesture.merged"
_OWN = "custom."
_KIND_OF_TABLE: dict[str, Kind] = {
    table.__tablename__: kind for kind, table in TABLE_OF_KIND.items()
}


@dataclass(frozen=True, slots=True)
class Left:
    """What an undo left as it is: a field of a record, or the whole record (field is "")."""

    ref: Ref | None  # None for what hangs on no record, such as an item of a list
    field: str
    reason: str
    own_name: str = ""  # of a field of the user's own, or of a tag or a value of a list

    @property
    def words(self) -> tuple[str, ...]:
        """Keys of the words of the field, the first there is."""
        if self.ref is None or not self.field:
            return ()
        return (f"field.{self.ref.kind}.{self.field}", f"record_page.{self.field}")


class History:
    """Undo, redo and the list of gestures, across restarts."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def undo(self, gesture_id: int | None = None) -> UndoResult:
        """Take back the latest gesture, or any one of the list. Refused where there is none."""
        result = undo.undo(self._book, gesture_id)
        return self._with_edits(result) if result.title == MERGED else result

    def redo(self) -> UndoResult:
        """Bring back what was undone last, while nothing new has been done since."""
        return undo.redo(self._book)

    def undoable(self) -> GestureRow | None:
        """The gesture Ctrl+Z would take back."""
        return undo.undoable(self._book)

    def redoable(self) -> GestureRow | None:
        """The gesture Ctrl+Y would bring back."""
        return undo.redoable(self._book)

    def gestures(self, limit: int = 200, before: int | None = None) -> list[GestureRow]:
        """What was done, newest first, each undoable or with the reason why not."""
        return undo.history(self._book, limit=limit, before=before)

    def left(self, fields: Sequence[KeptField]) -> list[Left]:
        """What an undo kept or could not put back, with the names of the records; each once."""
        return list(dict.fromkeys(self.named(fields)))

    def named(self, fields: Sequence[KeptField]) -> list[Left]:
        """The same one by one, in the order given."""
        with self._book.read() as session:
            return _named(session, fields)

    def _with_edits(self, result: UndoResult) -> UndoResult:
        """An un-merge names every edit since, not only those that stood in its way."""
        kind, keep = Kind(result.args["kind"]), int(result.args["kept"])
        with self._book.read() as session:
            since = since_merge.edits(session, result.reversed_gesture, kind, keep)
            told = {(left.ref, left.field) for left in _named(session, result.kept)}
            named = zip(since, _named(session, since), strict=True)
            fresh = [
                each for each, left in named if left.ref and (left.ref, left.field) not in told
            ]
        return replace(result, kept=[*result.kept, *fresh])


def _named(session: Session, fields: Sequence[KeptField]) -> list[Left]:
    pairs = {(each.table, each.row) for each in fields}
    hung = owners.owners(session, (pair for pair in pairs if pair[0] not in _KIND_OF_TABLE))
    known = refs_of(
        session,
        [
            *((_KIND_OF_TABLE[name], row) for name, row in pairs if name in _KIND_OF_TABLE),
            *((owner.kind, owner.id) for owner in hung.values()),
        ],
    )
    own: dict[Kind, dict[str, str]] = {}
    words = names_of.names_of(session, pairs)
    found = []
    for each in fields:
        owner = hung.get((each.table, each.row))
        kind = _KIND_OF_TABLE.get(each.table)
        if owner is not None:
            ref = known.get((owner.kind, owner.id))
            found.append(Left(ref, owner.part, each.reason))
            continue
        ref = known.get((kind, each.row)) if kind is not None else None
        field = "birthday" if each.field.startswith("birth_") else each.field
        name = words.get((each.table, each.row), "")
        if kind is not None and field.startswith(_OWN):
            if kind not in own:
                own[kind] = {one.key: one.name for one in custom_fields.fields(session, kind)}
            name = own[kind].get(field, "")
        found.append(Left(ref, field.removesuffix("_id"), each.reason, name))
    return found
