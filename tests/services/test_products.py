"""Products: where they were offered, what they cost before, retiring instead of trashing."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services
from tests.services.trade import Trade, quoted, set_up


@pytest.fixture
def trade(services: Services) -> Trade:
    return set_up(services)


def test_defaults_of_a_new_product(services: Services) -> None:
    services.business.set_trade(currency="EUR")
    product = services.records.create(Kind.PRODUCT, {"name": "轴承", "active": None})
    values = services.records.card(Kind.PRODUCT, product).values
    assert (values["currency"], values["active"]) == ("EUR", True)
    services.records.update(Kind.PRODUCT, product, {"currency": None, "active": None})
    values = services.records.card(Kind.PRODUCT, product).values
    assert (values["currency"], values["active"]) == ("EUR", True)
    with pytest.raises(Refused, match="unknown_currency"):
        services.records.update(Kind.PRODUCT, product, {"currency": "xxx"})


def test_where_a_product_stands(services: Services, trade: Trade) -> None:
    quote = quoted(services, trade)
    contract = services.contracts.from_quote(quote)
    found = services.products.used_in(trade.kit)
    assert [(use.ref.kind, use.ref.id) for use in found] == [
        (Kind.QUOTE, quote),
        (Kind.CONTRACT, contract),
    ]
    assert found[0].unit_price == Decimal(27360)
    assert found[0].customer is not None
    assert found[0].customer.id == trade.company
    services.records.trash(Kind.QUOTE, quote)
    assert [use.ref.kind for use in services.products.used_in(trade.kit)] == [Kind.CONTRACT]
    assert services.products.used_in(trade.service) == ()


def test_price_history(services: Services, trade: Trade, clock: FixedClock) -> None:
    clock.moment = datetime(2027, 1, 4, tzinfo=UTC)
    services.records.update(Kind.PRODUCT, trade.kit, {"price": Decimal("29800.5")})
    services.records.update(Kind.PRODUCT, trade.kit, {"stock": Decimal(4)})
    services.records.update(Kind.PRODUCT, trade.kit, {"price": Decimal(1)})
    services.history.undo()
    services.records.update(Kind.PRODUCT, trade.kit, {"cost": None})
    prices = [(one.price, one.cost) for one in services.products.price_history(trade.kit)]
    assert prices == [
        (Decimal(28800), Decimal(20000)),
        (Decimal("29800.5"), Decimal(20000)),
        (Decimal("29800.5"), None),
    ]
    assert services.products.price_history(trade.kit)[-1].at == clock.moment


def test_a_used_product_is_retired_not_trashed(services: Services, trade: Trade) -> None:
    quote = quoted(services, trade)
    with pytest.raises(Refused) as refusal:
        services.records.trash(Kind.PRODUCT, [trade.kit, trade.service])
    assert refusal.value.code == "document.product_used"
    assert refusal.value.args_for_words == {"name": "CNC 数控改造套件", "count": 1}
    services.products.retire([trade.kit])
    assert services.records.card(Kind.PRODUCT, trade.kit).values["active"] is False
    services.products.offer_again([trade.kit])
    assert services.records.card(Kind.PRODUCT, trade.kit).values["active"] is True
    services.records.trash(Kind.PRODUCT, trade.service)
    services.records.trash(Kind.QUOTE, quote)
    services.records.trash(Kind.PRODUCT, trade.kit)
    assert services.records.card(Kind.PRODUCT, trade.kit).trashed
