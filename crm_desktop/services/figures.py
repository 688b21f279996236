"""Trade, money and contact of a customer; every number opens its rows; chains of papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from crm_desktop.data import chains
from crm_desktop.data import figures as rows
from crm_desktop.data.book import Book
from crm_desktop.data.figures import Sale
from crm_desktop.data.records import demand_share
from crm_desktop.data.records.titles import refs
from crm_desktop.data.session import Session
from crm_desktop.domain.chains import ChainLink
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.figures import (
    ContactFigures,
    DemandShare,
    GroupMember,
    MoneyFigures,
    Part,
    RolledUp,
    TradeFigures,
)
from crm_desktop.domain.figures import Figures as FiguresOf
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.payments import average_days
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.tickets import OPEN_STATES
from crm_desktop.domain.today import Rows
from crm_desktop.services.records import Records


class Figures:
    """Numbers on the page of a company or a person."""

    def __init__(self, book: Book, clock: Clock, records: Records) -> None:
        self._book = book
        self._clock = clock
        self._records = records

    def of(self, ref: Ref) -> FiguresOf:
        """The three blocks of one customer. ValueError for a kind that is none."""
        if ref.kind not in (Kind.PERSON, Kind.COMPANY):
            raise ValueError(f"{ref.kind} is no customer")
        with self._book.read() as session:
            return FiguresOf(
                self._trade(session, ref), self._money(session, ref), self._contact(session, ref)
            )

    def chains(self, ref: Ref) -> list[ChainLink]:
        """What became of deals, paper by paper: those of a customer, or the one a record is in."""
        with self._book.read() as session:
            return chains.of(session, ref)

    def group(self, company_id: int) -> list[GroupMember]:
        """The company above, then those below with what each bought itself."""
        with self._book.read() as session:
            above = rows.parent(session, company_id)
            below = dict(rows.group(session, company_id))
            known = refs(session, Kind.COMPANY, (above, *below))
            found = [GroupMember(known[above], True, 1, {})] if above in known else []
            for one, depth in below.items():
                sums = self._trade(session, known[one]).sums
                found.append(GroupMember(known[one], False, depth, sums))
        return found

    def demand(self, company_id: int) -> list[DemandShare]:
        """Our share of each group of products a company needs, in the year it needs them."""
        today = self._clock.today()
        with self._book.read() as session:
            return [
                _share(row, demand_share.papers_of(session, row.id, today))
                for row in demand_share.of_company(session, company_id, today)
            ]

    def rolled_up(self, company_id: int) -> RolledUp | None:
        """Trade of a company with all below it; None where there is none below."""
        with self._book.read() as session:
            below = [one for one, _ in rows.group(session, company_id)]
            if not below:
                return None
            found = [self._sales(session, Ref(Kind.COMPANY, one)) for one in (company_id, *below)]
        contracts, quotes, opportunities = (
            [sale for sales in found for sale in sales[place]] for place in range(3)
        )
        everything = [*contracts, *quotes, *opportunities]
        return RolledUp(
            len(everything),
            _sums(everything),
            _part(Kind.CONTRACT, contracts),
            _part(Kind.QUOTE, quotes),
            _part(Kind.OPPORTUNITY, opportunities),
        )

    @staticmethod
    def _sales(session: Session, ref: Ref) -> tuple[list[Sale], list[Sale], list[Sale]]:
        return (
            rows.contracts(session, ref),
            rows.quotes(session, ref),
            rows.opportunities(session, ref),
        )

    def _trade(self, session: Session, ref: Ref) -> TradeFigures:
        contracts, quotes, opportunities = self._sales(session, ref)
        everything = [*contracts, *quotes, *opportunities]
        return TradeFigures(
            count=len(everything),
            sums=_sums(everything),
            last=max((sale.on for sale in everything if sale.on), default=None),
            contracts=_part(Kind.CONTRACT, contracts),
            quotes=_part(Kind.QUOTE, quotes),
            opportunities=_part(Kind.OPPORTUNITY, opportunities),
        )

    def _money(self, session: Session, ref: Ref) -> MoneyFigures:
        nothing = Decimal(0)
        weighed = rows.weighed_receipts(session, ref)
        days, _ = average_days((amount, weight) for _, amount, weight in weighed)
        return MoneyFigures(
            received=self._counted(session, Kind.RECEIPT, ref, money="amount"),
            owed=self._counted(
                session, Kind.CONTRACT, ref, Condition("owed", Op.AFTER, nothing), money="owed"
            ),
            overdue=self._counted(
                session,
                Kind.CONTRACT,
                ref,
                Condition("overdue", Op.AFTER, nothing),
                money="overdue",
            ),
            expenses=self._counted(session, Kind.EXPENSE, ref, money="amount"),
            days=days,
            counted=Part(
                len(weighed),
                {},
                Rows(Kind.RECEIPT, Query(only=tuple(one for one, _, _ in weighed))),
            ),
            offered=self._counted(
                session, Kind.QUOTE, ref, Condition("state", Op.IS, "sent"), money="total"
            ),
            hoped=self._counted(
                session, Kind.OPPORTUNITY, ref, Condition("state", Op.IS, "open"), money="amount"
            ),
        )

    def _contact(self, session: Session, ref: Ref) -> ContactFigures:
        is_open = Condition("state", Op.IS, "open")
        waiting = Condition("state", Op.ANY_OF, OPEN_STATES)
        last = rows.last_contact(session, ref)
        zone = ZoneInfo(self._clock.zone)
        return ContactFigures(
            activities=self._counted(
                session, Kind.ACTIVITY, ref, Condition("state", Op.IS, "done")
            ),
            planned=self._counted(
                session, Kind.ACTIVITY, ref, Condition("state", Op.IS, "planned")
            ),
            open_opportunities=self._counted(
                session, Kind.OPPORTUNITY, ref, is_open, money="amount"
            ),
            open_tickets=self._counted(session, Kind.TICKET, ref, waiting),
            tickets=self._counted(session, Kind.TICKET, ref),
            last_contact=last.astimezone(zone).date() if last else None,
        )

    def _counted(
        self, session: Session, kind: Kind, ref: Ref, *also: Condition, money: str = ""
    ) -> Part:
        query = Query().also(Condition(ref.kind.value, Op.IS, ref.id), *also)
        reader = self._records.reader(session, kind)
        sums = reader.sums(query, [money])[money] if money else {}
        return Part(reader.count(query), sums, Rows(kind, query))


def _share(row: demand_share.Row, papers: Mapping[Kind, Sequence[int]]) -> DemandShare:
    unit = row.unit or ""
    # Minor units of money, else ten-thousandths of the unit.
    bought = (
        Decimal(row.bought).scaleb(-2) / row.factor
        if row.factor
        else Decimal(row.bought).scaleb(-4)
    )
    known = bool(unit.strip()) and row.amount > 0
    return DemandShare(
        what=row.category_id,
        year=row.year,
        amount=row.amount,
        unit=unit,
        bought=bought,
        percent=bought * 100 / row.amount if known else None,
        others=row.others > 0,
        parts=tuple(
            Part(len(ids), {}, Rows(kind, Query(only=tuple(ids))))
            for kind, ids in papers.items()
            if ids
        ),
    )


def _part(kind: Kind, sales: Sequence[Sale]) -> Part:
    query = Query(only=tuple(sale.id for sale in sales))
    return Part(len(sales), _sums(sales), Rows(kind, query))


def _sums(sales: Sequence[Sale]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for sale in sales:
        sums[sale.currency] = sums.get(sale.currency, Decimal(0)) + sale.amount
    return sums
