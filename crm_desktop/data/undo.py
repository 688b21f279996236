"""Undo and redo from the journal: across restarts, per field, and honest about what stays.

A gesture is folded to its net effect on each row; what a row still holds as the gesture left
it is put back, what has changed since is kept and named. Undo is itself a gesture, and redo
is the undo of that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update

from crm_desktop.data.book import Book
from crm_desktop.data.putting_back import GONE, KeptField, PuttingBack
from crm_desktop.data.session import Session
from crm_desktop.data.tables.journal import IMPORT, REDO, UNDO, USER, Gesture
from crm_desktop.data.uncollected import uncollected
from crm_desktop.domain.problems import Refused

__all__ = [
    "GestureRow",
    "KeptField",
    "UndoResult",
    "history",
    "redo",
    "redoable",
    "undo",
    "undoable",
]

TITLE_UNDO, TITLE_REDO = "book.gesture_undo", "book.gesture_redo"
_IN_FORCE = (Gesture.reversed_by.is_(None), Gesture.sealed.is_(None))


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What an undo or redo did: `gesture` is the new one, `title` that of the one reversed."""

    gesture: int
    reversed_gesture: int
    title: str
    args: dict[str, Any]
    restored: int
    kept: list[KeptField]
    blocked: list[KeptField]


@dataclass(frozen=True, slots=True)
class GestureRow:
    """One line of the history; `reason` is the key of the words why it cannot be undone."""

    id: int
    at: datetime
    title: str
    args: dict[str, Any]
    origin: str
    undone: bool
    undoable: bool
    reason: str


def _row(gesture: Gesture) -> GestureRow:
    reason = _reason(gesture)
    return GestureRow(
        gesture.id,
        gesture.at,
        gesture.title,
        gesture.args,
        gesture.origin,
        gesture.reversed_by is not None,
        not reason,
        reason,
    )


def _reason(gesture: Gesture) -> str:
    """Why the gesture cannot be undone; empty where it can."""
    if gesture.sealed:
        return f"book.undo_sealed.{gesture.sealed}"
    if gesture.origin not in (USER, IMPORT):
        return "book.undo_system"
    return "book.undo_already" if gesture.reversed_by is not None else ""


def history(book: Book, limit: int = 100, *, before: int | None = None) -> list[GestureRow]:
    """What was done, newest first, starting below gesture `before`; without undo and redo."""
    query = select(Gesture).where(Gesture.origin.not_in((UNDO, REDO)))
    if before is not None:
        query = query.where(Gesture.id < before)
    with book.read() as session:
        rows = session.whole(query.order_by(Gesture.id.desc()).limit(limit))
        return [_row(gesture) for gesture in rows]


def undoable(book: Book) -> GestureRow | None:
    """What the next undo would take back."""
    with book.read() as session:
        gesture = _next_undo(session)
        return _row(gesture) if gesture is not None else None


def redoable(book: Book) -> GestureRow | None:
    """What the next redo would bring back: the gesture whose undo it reverses."""
    with book.read() as session:
        undone = _next_redo(session)
        gesture = session.get(Gesture, undone.reverses) if undone else None
        return _row(gesture) if gesture is not None else None


def _next_undo(session: Session) -> Gesture | None:
    conditions = (Gesture.origin.in_((USER, IMPORT)), *_IN_FORCE)
    return _newest(session, select(Gesture).where(*conditions))


def _next_redo(session: Session) -> Gesture | None:
    """The newest undo still in force, unless the user has done something else since."""
    latest = _newest(session, select(Gesture).where(Gesture.origin == UNDO, *_IN_FORCE))
    if latest is None:
        return None
    newer = session.scalar(
        select(Gesture.id)
        .where(Gesture.origin.in_((USER, IMPORT)), Gesture.id > latest.id)
        .limit(1)
    )
    return None if newer is not None else latest


def _newest(session: Session, query: Select[Gesture]) -> Gesture | None:
    return next(iter(session.whole(query.order_by(Gesture.id.desc()).limit(1))), None)


def undo(book: Book, gesture_id: int | None = None) -> UndoResult:
    """Take back a gesture, by default the newest of the user's still in force.

    Refuses (book.undo_none, …) where there is nothing or where it cannot be undone.
    """

    def choose(session: Session) -> Gesture:
        if gesture_id is None:
            gesture = _next_undo(session)
            if gesture is None:
                raise Refused("book.undo_none")
            return gesture
        gesture = session.get(Gesture, gesture_id)
        if gesture is None:
            raise Refused("book.undo_unknown")
        if reason := _reason(gesture):
            raise Refused(reason)
        return gesture

    return _reverse(book, TITLE_UNDO, UNDO, choose)


def redo(book: Book) -> UndoResult:
    """Bring back what the last undo took. Refuses (book.redo_none) where there is nothing."""

    def choose(session: Session) -> Gesture:
        gesture = _next_redo(session)
        if gesture is None:
            raise Refused("book.redo_none")
        return gesture

    return _reverse(book, TITLE_REDO, REDO, choose)


def _reverse(
    book: Book, title: str, origin: str, choose: Callable[[Session], Gesture]
) -> UndoResult:
    with book.read() as session:
        target = choose(session)
        shown = session.get(Gesture, target.reverses) if origin == REDO else target
        assert shown is not None
        target_id, shown_id, words, args = target.id, shown.id, shown.title, shown.args
    with (
        uncollected(),
        book.write(title, origin=origin, reverses=target_id, of=words, args=args) as writing,
    ):
        writing.keep = True
        session = writing.session
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        work = PuttingBack(session, book.metadata, target_id)
        restored, left = work.run()
        mark = update(Gesture)
        session.execute(mark.where(Gesture.id == target_id).values(reversed_by=writing.gesture_id))
        if origin == REDO:
            session.execute(mark.where(Gesture.id == shown_id).values(reversed_by=None))
        new_id = writing.gesture_id
    return UndoResult(
        new_id,
        shown_id,
        words,
        args,
        restored,
        [field for field in left if field.reason != GONE],
        [field for field in left if field.reason == GONE],
    )
