"""A small firm's trade, to make documents of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from crm_desktop.data.digest import content_digest
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services


@dataclass(frozen=True)
class Trade:
    """Who buys what."""

    company: int
    person: int
    kit: int
    service: int


def set_up(services: Services) -> Trade:
    """The firm itself, a customer with a contact, two products."""
    services.business.set_own_company(
        name="苏州恒远精密机械有限公司",
        english_name="Suzhou Hengyuan Precision Co., Ltd.",
        bank_name="中国工商银行苏州园区支行",
        bank_account="1102 0206 0900 0123 456",
    )
    company = services.records.create(
        Kind.COMPANY,
        {"name": "上海堃喆自动化", "phone": ("021-5888 1234",), "tax_number": "91310115MA1H7ABC0X"},
    )
    person = services.records.create(
        Kind.PERSON, {"name": "张伟", "company": company, "mobile": ("13812345678",)}
    )
    kit = services.records.create(
        Kind.PRODUCT,
        {
            "name": "CNC 数控改造套件",
            "code": "K-100",
            "spec": "适用 C6140",
            "unit": "套",
            "price": Decimal("28800"),
            "cost": Decimal("20000"),
            "tax_rate": Decimal(13),
        },
    )
    service = services.records.create(
        Kind.PRODUCT,
        {"name": "On-site service", "price": Decimal("120.5"), "currency": "USD"},
    )
    return Trade(company, person, kit, service)


def quoted(services: Services, trade: Trade, **values: object) -> int:
    """A draft with three kits at 5 % off."""
    return services.quotes.create(
        {"person": trade.person, "title": "数控改造", **values},
        [LineDraft(product=trade.kit, quantity=Decimal(3), discount_percent=Decimal(5))],
    )


def digest(services: Services) -> str:
    """Of everything the user has written."""
    with services.book.read() as session:
        return content_digest(session, services.book.metadata)


def undo_all(services: Services, until: int = 0) -> None:
    """Take back every gesture after number `until`, the newest first."""
    while (gesture := services.history.undoable()) is not None and gesture.id > until:
        result = services.history.undo()
        assert not result.kept, result.kept
        assert not result.blocked, result.blocked


def redo_all(services: Services) -> None:
    """Bring everything back that was taken."""
    while services.history.redoable() is not None:
        services.history.redo()
