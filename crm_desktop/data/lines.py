"""Lines of quotes and contracts, and the sums that follow from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from crm_desktop.data.records import titles
from crm_desktop.data.records.columns import owner_column, table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Line, Product
from crm_desktop.domain.document_lines import LineCard, worked_out
from crm_desktop.domain.issuing import PAPER_KINDS
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.totals import Totals

_COPIED = (
    "position",
    "product_id",
    "name",
    "description",
    "quantity",
    "unit",
    "price",
    "discount_percent",
    "discount_amount",
    "tax_rate",
    "amount",
)


def of(session: Session, kind: Kind, owner_id: int) -> tuple[LineCard, ...]:
    """The lines of a document, in order."""
    owner = owner_column(Line, kind)
    found = session.whole(select(Line).where(owner == owner_id).order_by(Line.position, Line.id))
    products = titles.refs(session, Kind.PRODUCT, (row.product_id for row in found))
    return tuple(
        LineCard(
            id=row.id,
            position=position,
            product=products.get(row.product_id or 0),
            name=row.name,
            description=row.description or "",
            quantity=row.quantity,
            unit=row.unit or "",
            price=row.price,
            discount_percent=row.discount_percent,
            discount_amount=row.discount_amount,
            tax_rate=row.tax_rate,
            amount=row.amount,
        )
        for position, row in enumerate(found)
    )


def owner_of(session: Session, line_id: int) -> Ref | None:
    """The document a line belongs to; None for a line that is gone."""
    row = session.execute(
        select(Line.quote_id, Line.contract_id).where(Line.id == line_id)
    ).one_or_none()
    if row is None:
        return None
    for kind, owner_id in zip(PAPER_KINDS, row, strict=True):
        if owner_id is not None:
            return Ref(kind, owner_id)
    return None


def add(session: Session, kind: Kind, owner_id: int, values: Mapping[str, Any]) -> int:
    """A line at the end of the document; returns its id."""
    owner = owner_column(Line, kind)
    last = session.execute(select(func.max(Line.position)).where(owner == owner_id)).scalar()
    position = 0 if last is None else last + 1
    statement = insert(Line).values(
        **{owner.key: owner_id, "position": position}, **_columns(values)
    )
    return session.execute(statement.returning(Line.id)).scalar_one()


def change(session: Session, line_id: int, values: Mapping[str, Any]) -> None:
    """Set values of one line."""
    if values:
        session.execute(update(Line).where(Line.id == line_id).values(**_columns(values)))


def remove(session: Session, ids: Sequence[int]) -> None:
    """Take lines out."""
    session.execute(delete(Line).where(Line.id.in_(ids)))


def put_in_order(session: Session, ids: Sequence[int]) -> None:
    """Number the lines in the order of `ids`; those in their place are left alone."""
    for position, line_id in enumerate(ids):
        session.execute(
            update(Line)
            .where(Line.id == line_id, Line.position != position)
            .values(position=position)
        )


def copy(session: Session, source: Ref, target: Ref) -> None:
    """The lines of one document, once more in another."""
    owner = owner_column(Line, source.kind)
    rows = session.whole(select(Line).where(owner == source.id).order_by(Line.position, Line.id))
    key = owner_column(Line, target.kind).key
    for row in rows:
        values = {name: getattr(row, name) for name in _COPIED}
        session.execute(insert(Line).values(**{key: target.id}, **values))


def copy_one(session: Session, line_id: int) -> int:
    """A line once more, at the end of its document; returns the new id."""
    row = session.execute(select(Line).where(Line.id == line_id)).one()
    values = {name: getattr(row, name) for name in (*_COPIED, "quote_id", "contract_id")}
    statement = insert(Line).values(**values).returning(Line.id)
    return session.execute(statement).scalar_one()


def product_values(session: Session, product_id: int) -> dict[str, Any] | None:
    """What a product says about itself: for filling a line; None where there is none."""
    row = session.get(Product, product_id)
    if row is None:
        return None
    detail = "\n".join(part for part in (row.spec, row.description) if part)
    return {
        "name": row.name,
        "description": detail or None,
        "unit": row.unit,
        "price": row.price,
        "currency": row.currency,
        "tax_rate": row.tax_rate,
        "code": row.code,
    }


def product_codes(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The codes of products, by id."""
    statement = select(Product.id, Product.code).where(Product.id.in_(ids))
    return {product_id: code or "" for product_id, code in session.execute(statement)}


def totals_of(session: Session, kind: Kind, owner_id: int) -> Totals:
    """The sums of a document, worked out from its lines."""
    return _worked_out(session, kind, owner_id, of(session, kind, owner_id))


def recalculate(
    session: Session, kind: Kind, owner_id: int, *, keep_without_lines: bool = False
) -> None:
    """Store the sums that follow from the lines, on the lines and on the document.

    `keep_without_lines`: a document imported with a total and no lines keeps its total.
    """
    lines = of(session, kind, owner_id)
    if keep_without_lines and not lines:
        return
    found = _worked_out(session, kind, owner_id, lines)
    for line, total in zip(lines, found.lines, strict=True):
        if line.amount != total.amount:
            session.execute(update(Line).where(Line.id == line.id).values(amount=total.amount))
    table: Any = table_of(kind)
    wanted = {"subtotal": found.subtotal, "tax": found.tax, "total": found.total}
    present = session.execute(
        select(table.subtotal, table.tax, table.total).where(table.id == owner_id)
    ).one()
    changed = {
        key: value
        for (key, value), old in zip(wanted.items(), present, strict=True)
        if value != old
    }
    if changed:
        session.execute(update(table).where(table.id == owner_id).values(**changed))


def _worked_out(session: Session, kind: Kind, owner_id: int, lines: Sequence[LineCard]) -> Totals:
    table: Any = table_of(kind)
    head = session.execute(
        select(
            table.currency, table.tax_included, table.discount_percent, table.discount_amount
        ).where(table.id == owner_id)
    ).one()
    return worked_out(
        lines,
        head.currency,
        tax_included=head.tax_included,
        discount_percent=head.discount_percent,
        discount_amount=head.discount_amount,
    )


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    columns = dict(values)
    if "product" in columns:
        product = columns.pop("product")
        columns["product_id"] = product.id if isinstance(product, Ref) else product
    return columns
