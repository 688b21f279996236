"""Erasing for good: people, companies, and what lies in the trash. The one act without a way back.

What law keeps stays: whoever a signed contract or a sent quote names is made anonymous instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from crm_desktop.data import backup, identities, trash
from crm_desktop.data.book import Book
from crm_desktop.data.erasing import erase, kept_by_law, ledger
from crm_desktop.data.records.titles import refs_of
from crm_desktop.domain.erasing import Erased, How, MustStay, Outlook
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.progress import NO_PROGRESS, Progress

__all__ = ["Erased", "Erasing", "MustStay", "Outlook"]

_NAMED = 3  # documents in a sentence
_ALL = 2**31


class Erasing:
    """Each method is one gesture that leaves no data of what it was about."""

    def __init__(
        self,
        book: Book,
        *,
        folders: Callable[[], Sequence[Path]],
        forget_copies: Callable[[], None],
    ) -> None:
        self._book = book
        self._folders = folders
        self._forget_copies = forget_copies

    def outlook(self, refs: Sequence[Ref]) -> Outlook:
        """What erasing these would take along; for the question asked before."""
        named = self._named(refs)
        with self._book.read() as session:
            planned = erase.plan(session, named, How.ERASED)
            reach = planned.reach
            uids = tuple(uid for _, uid in ledger.uids_of(session, reach.gone))
        goes = {kind: len(ids) for kind, ids in reach.records().items()}
        blanked = sum(map(len, reach.blanked.values()))
        views = tuple(planned.named.views.values())
        return Outlook(tuple(named), goes, blanked, planned.held, uids, views)

    def erase(self, refs: Sequence[Ref], progress: Progress = NO_PROGRESS) -> Erased:
        """Erase these for good, with what hangs on them, from tables, journal, index and file.

        Those that documents hold stay and are named. Refused("erasing.must_stay") where that is
        all of them, ("record.gone") where one is not there.
        """
        return self._carry_out(refs, How.ERASED, progress)

    def anonymise(self, refs: Sequence[Ref], progress: Progress = NO_PROGRESS) -> Erased:
        """Take everything from these records that says who they were; documents stay whole."""
        if any(ref.kind not in (Kind.PERSON, Kind.COMPANY) for ref in refs):
            raise ValueError("only people and companies can be made anonymous")
        return self._carry_out(refs, How.ANONYMISED, progress)

    def empty_trash(self, progress: Progress = NO_PROGRESS) -> Erased:
        """Erase everything that lies in the trash for good."""
        return self.erase(self.in_trash(), progress)

    def in_trash(self) -> tuple[Ref, ...]:
        """All of it."""
        with self._book.read() as session:
            return tuple(item.ref for item in trash.listed(session, _ALL))

    def find(self, kind: Kind, text: str) -> Ref:
        """The record with this id or uid, or the only one of this name, in the trash or not.

        Refused("erasing.unknown") where there is none, ("erasing.several") where it may be any
        of several.
        """
        with self._book.read() as session:
            found = identities.find(session, kind, text)
            if found is not None:
                return found
            ids = identities.titled(session, kind, text)
            if len(ids) > 1:
                raise Refused("erasing.several", name=text, count=len(ids))
            found = identities.find(session, kind, str(ids[0])) if ids else None
        if found is None:
            raise Refused("erasing.unknown", name=text)
        return found

    def is_there(self, ref: Ref) -> bool:
        """Whether the record is in the book, in the trash or not."""
        with self._book.read() as session:
            return identities.find(session, ref.kind, str(ref.id)) is not None

    def held(self, ref: Ref) -> MustStay | None:
        """The documents that keep a record from being erased; None where nothing does."""
        with self._book.read() as session:
            return next(iter(kept_by_law.documents(session, [ref])), None)

    def finish(self) -> bool:
        """Rewrite the file where an erasure could not; False where it has to be done again."""
        return erase.wipe_if_due(self._book)

    def _carry_out(self, refs: Sequence[Ref], how: How, progress: Progress) -> Erased:
        named = self._named(refs)
        done = erase.carry_out(self._book, named, how, progress)
        if not done.count:
            if not done.held:
                return Erased(0)
            raise must_stay(done.held)
        self._forget_copies()
        self._write_ledger()
        wiped = erase.wipe_if_due(self._book)
        stays = done.held if how is How.ERASED else ()
        return Erased(done.count, stays, wiped, done.telling, done.views)

    def _named(self, refs: Sequence[Ref]) -> list[Ref]:
        """The same with the names they have now. Refused where a record is not there any more."""
        with self._book.read() as session:
            records = [ref for ref in refs if ref.kind not in trash.SMALL]
            known = refs_of(session, ((ref.kind, ref.id) for ref in records))
            found = []
            for ref in refs:
                if ref.kind in trash.SMALL:
                    found.append(ref)
                elif (ref.kind, ref.id) in known:
                    found.append(known[ref.kind, ref.id])
                else:
                    raise Refused("record.gone")
        return found

    def _write_ledger(self) -> None:
        """Beside the backups too; a folder that is not there gets it with the next backup."""
        with self._book.read() as session:
            entries = ledger.of_book(session)
        for folder in self._folders():
            if folder.is_dir():
                ledger.write_file(ledger.file_in(folder, self._book.path), entries)


def catch_up(book: Book, chosen: Path | None) -> None:
    """Right after opening: finish what an erasure left to do, and erase again what came back."""
    folders = {backup.folder_of(book.path), *([chosen] if chosen else [])}
    known = ledger.united(*(ledger.read_file(ledger.file_in(f, book.path)) for f in folders))
    try:
        if known:
            erase.again(book, known)
        erase.wipe_if_due(book)
    except BaseException:
        book.close()
        raise


def must_stay(held: Sequence[MustStay]) -> Refused:
    """The refusal that names the documents."""
    documents = [each.title for one in held for each in one.documents]
    more = len(documents) - _NAMED
    return Refused(
        "erasing.must_stay",
        name=held[0].ref.title,
        documents=", ".join(documents[:_NAMED]) + ("…" if more > 0 else ""),
        count=len(held),
    )
