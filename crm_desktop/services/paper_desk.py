"""What one does with any document, quote or contract: its lines, its PDF, its revisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from crm_desktop.data import book_settings
from crm_desktop.data import issued as issued_rows
from crm_desktop.data import lines as line_rows
from crm_desktop.data.book import Book
from crm_desktop.data.records import titles
from crm_desktop.data.records.columns import table_of
from crm_desktop.data.session import Session
from crm_desktop.documents.coverage import require_covered, uncovered
from crm_desktop.documents.snapshots import Paper, from_plain, to_plain
from crm_desktop.domain.attachments import name_for_file
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.document_lines import LineDraft, accept_line
from crm_desktop.domain.issuing import DRAFT, IssuedCard
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.records import Card
from crm_desktop.exchange.writing.whole import whole_file
from crm_desktop.services.business import Business
from crm_desktop.services.lists import Lists
from crm_desktop.services.papers import Papers, printed
from crm_desktop.services.records import Records

_FILLED = ("name", "description", "unit", "tax_rate")


class PaperDesk:
    """Documents of one kind; each method that changes something is one gesture."""

    kind: Kind

    def __init__(
        self,
        book: Book,
        clock: Clock,
        *,
        records: Records,
        lists: Lists,
        business: Business,
        papers: Papers,
    ) -> None:
        self._book = book
        self._clock = clock
        self._records = records
        self._lists = lists
        self._business = business
        self._papers = papers

    # Lines

    def add_line(self, record_id: int, draft: LineDraft, position: int | None = None) -> int:
        """Add a line, at the end or at `position`. Returns its id."""
        with self._writing("gesture.line_added", record_id) as session:
            line_id = self._add(session, record_id, draft)
            self._place(session, record_id, [line_id], position)
            line_rows.recalculate(session, self.kind, record_id)
            return line_id

    def add_lines(self, record_id: int, drafts: Iterable[LineDraft]) -> None:
        """Add several lines at the end, as one gesture."""
        with self._writing("gesture.line_added", record_id) as session:
            for draft in drafts:
                self._add(session, record_id, draft)
            line_rows.recalculate(session, self.kind, record_id)

    def set_lines(self, record_id: int, drafts: Iterable[LineDraft]) -> None:
        """Put these lines in the place of the present ones."""
        with self._writing("gesture.lines_set", record_id) as session:
            present = [line.id for line in line_rows.of(session, self.kind, record_id)]
            line_rows.remove(session, present)
            for draft in drafts:
                self._add(session, record_id, draft)
            line_rows.recalculate(session, self.kind, record_id)

    def update_line(self, line_id: int, values: Mapping[str, Any]) -> None:
        """Change fields of a line; another product brings its name, unit, price and tax rate."""
        with self._writing("gesture.line_changed", owner := self._owner(line_id)) as session:
            accepted = accept_line(values)
            if accepted.get("product") is not None:
                accepted = {**self._filled(session, owner, accepted), **accepted}
            line_rows.change(session, line_id, accepted)
            line_rows.recalculate(session, self.kind, owner)

    def remove_line(self, line_id: int) -> None:
        """Take a line out."""
        with self._writing("gesture.line_removed", owner := self._owner(line_id)) as session:
            line_rows.remove(session, [line_id])
            line_rows.recalculate(session, self.kind, owner)

    def move_line(self, line_id: int, position: int) -> None:
        """Move a line to another place (0 is the first)."""
        with self._writing("gesture.line_moved", owner := self._owner(line_id)) as session:
            self._place(session, owner, [line_id], position)
            # Tax and discount are dealt out in the order of the lines.
            line_rows.recalculate(session, self.kind, owner)

    def duplicate_line(self, line_id: int) -> int:
        """The same line once more, right below. Returns its id."""
        with self._writing("gesture.line_added", owner := self._owner(line_id)) as session:
            present = [line.id for line in line_rows.of(session, self.kind, owner)]
            copied = line_rows.copy_one(session, line_id)
            self._place(session, owner, [copied], present.index(line_id) + 1)
            line_rows.recalculate(session, self.kind, owner)
            return copied

    # Paper

    def issued(self, record_id: int) -> tuple[IssuedCard, ...]:
        """What has left the house of this document, newest first."""
        with self._book.read() as session:
            return issued_rows.of(session, self.kind, record_id)

    def issued_pdf(self, issued_id: int) -> bytes:
        """The bytes as they left the house. Refused("record.gone") where there are none."""
        with self._book.read() as session:
            found = issued_rows.pdf(session, issued_id)
        if found is None:
            raise Refused("record.gone")
        return found

    def preview_pdf(self, record_id: int) -> bytes:
        """The PDF as it would be now, marked as a draft; the frozen one once it is issued."""
        with self._book.read() as session:
            frozen = self._frozen(session, record_id)
            if frozen is not None:
                return frozen
            paper = self._paper(session, record_id, final=False)
        return printed(paper)

    def paper(self, record_id: int) -> Paper:
        """What is printed: as it left the house, else as it stands now."""
        with self._book.read() as session:
            revision = self._card(session, record_id).values["revision"]
            for one in issued_rows.of(session, self.kind, record_id):
                if one.revision == revision and one.withdrawn_at is None:
                    return self._as_issued(session, one.id)
            return self._paper(session, record_id, final=False)

    def uncovered(self, record_id: int) -> tuple[tuple[str, str], ...]:
        """Characters of a draft that the fonts lack, each with the words around it."""
        with self._book.read() as session:
            paper = self._paper(session, record_id, final=False)
        return tuple((f"{one.character} ({one.code})", one.excerpt) for one in uncovered(paper))

    def save_pdf(self, document: int | str, path: Path, revision: int | None = None) -> Path:
        """Write the PDF of a document (by id or number), or of one issued `revision` of it."""
        record_id = self.id_of(document) if isinstance(document, str) else document
        if revision is None:
            data = self._pdf_to_save(record_id)
        else:
            found = [one for one in self.issued(record_id) if one.revision == revision]
            if not found:
                raise Refused("document.no_revision", revision=revision)
            data = self.issued_pdf(found[0].id)
        with whole_file(path) as file:
            file.write(data)
        return path

    def file_name(self, record_id: int) -> str:
        """A name for the PDF: number, revision, customer."""
        values = self._records.card(self.kind, record_id).values
        customer = values["company"] or values["person"]
        revision = f"v{values['revision']}" if values["revision"] > 1 else ""
        parts = (values["number"] or "", revision, customer.title if customer else "")
        name = " ".join(part for part in parts if part)
        return name_for_file(f"{name[:120].strip(' .') or self.kind.value}.pdf")

    def id_of(self, number: str) -> int:
        """The document with this number. Refused("document.unknown_number") if there is none."""
        table: Any = table_of(self.kind)
        statement = select(table.id).where(table.number == number.strip())
        with self._book.read() as session:
            ordered = statement.order_by(table.trashed_at.is_not(None), table.id.desc())
            found = session.execute(ordered.limit(1)).scalar()
        if found is None:
            raise Refused("document.unknown_number", number=number.strip())
        return int(found)

    def _as_issued(self, session: Session, issued_id: int) -> Paper:
        plain = issued_rows.snapshot(session, issued_id)
        if plain is None:
            raise Refused("record.gone")
        logo = book_settings.blob(session, plain["logo"]) if plain["logo"] else None
        return from_plain(plain, logo=logo or b"")

    def _pdf_to_save(self, record_id: int) -> bytes:
        return self.preview_pdf(record_id)

    def _paper(self, session: Session, record_id: int, *, final: bool) -> Paper:
        """The document on paper; a final one may have no open blanks."""
        raise NotImplementedError

    def _freeze(self, session: Session, record_id: int) -> int:
        """Keep the document as it leaves the house, within the gesture that sends it."""
        paper = self._paper(session, record_id, final=True)
        require_covered(paper)
        return issued_rows.freeze(
            session,
            self.kind,
            record_id,
            number=paper.number,
            revision=paper.revision,
            snapshot=to_plain(paper, logo_sha256=self._business.own_company().logo_sha256),
            pdf=printed(paper),
            at=self._clock.now(),
        )

    def _frozen(self, session: Session, record_id: int) -> bytes | None:
        """The bytes in force of the present revision; None for a draft."""
        values = self._records.reader(session, self.kind).card(record_id).values
        for one in issued_rows.of(session, self.kind, record_id):
            if one.revision == values["revision"] and one.withdrawn_at is None:
                return issued_rows.pdf(session, one.id)
        return None

    # Within a gesture

    @contextmanager
    def _writing(self, title: str, record_id: int) -> Iterator[Session]:
        """A gesture on the content of one document: refused once it has left the house."""
        with self._book.write(title, name=self._named(record_id)) as writing:
            values = self._card(writing.session, record_id).values
            if values["state"] != DRAFT:
                number = values["number"] or ""
                raise Refused(f"document.{self.kind.value}_is_read_only", number=number)
            yield writing.session

    def _owner(self, line_id: int) -> int:
        with self._book.read() as session:
            owner = line_rows.owner_of(session, line_id)
        if owner is None or owner.kind is not self.kind:
            raise Refused("record.gone")
        return owner.id

    def _card(self, session: Session, record_id: int) -> Card:
        return self._records.reader(session, self.kind).card(record_id)

    def _add(self, session: Session, record_id: int, draft: LineDraft) -> int:
        given = draft.values()
        product = given.get("product")
        filled = self._filled(session, record_id, {"product": product}) if product else {}
        defaults = {"tax_rate": self._business.trade().tax_rate, "name": None}
        values = accept_line({**defaults, **filled, **given})
        return line_rows.add(session, self.kind, record_id, values)

    def _filled(
        self, session: Session, record_id: int, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What a product brings along; its price only in the currency of the document."""
        product = values["product"]
        product_id = product.id if isinstance(product, Ref) else product
        found = line_rows.product_values(session, product_id)
        if found is None:
            raise Refused("record.gone")
        filled = {key: found[key] for key in _FILLED if found[key] is not None}
        currency = self._card(session, record_id).values["currency"]
        if found["price"] is not None and found["currency"] == currency:
            filled["price"] = found["price"]
        return filled

    def _place(
        self, session: Session, record_id: int, ids: Sequence[int], position: int | None
    ) -> None:
        if position is None:
            return
        order = [line.id for line in line_rows.of(session, self.kind, record_id)]
        order = [line_id for line_id in order if line_id not in ids]
        order[max(0, position) : max(0, position)] = ids
        line_rows.put_in_order(session, order)

    def _named(self, record_id: int) -> str:
        with self._book.read() as session:
            return titles.titles(session, self.kind, [record_id]).get(record_id, "")

    def _change(self, title: str, record_id: int, values: dict[str, Any]) -> None:
        with self._book.write(title, name=self._named(record_id)) as writing:
            self._records.change(writing.session, self.kind, [record_id], values)

    def _require_state(self, values: Mapping[str, Any], *states: str) -> None:
        if values["state"] not in states:
            raise Refused(
                "document.wrong_state", number=values["number"] or "", state=values["state"]
            )
