"""The list of products."""

from __future__ import annotations

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.table.spec import ListSpec, Segment


class ProductsPage(ListPage):
    """What the firm sells; retired products stay for the papers that name them."""

    key = "products"
    shows = frozenset({Kind.PRODUCT, Kind.QUOTE, Kind.TAG, Kind.LIST})
    specs = (
        ListSpec(
            Kind.PRODUCT,
            "package",
            ("name", "code", "unit", "price"),
            segments=(
                Segment("active", Query().also(Condition("active", Op.IS, True))),
                Segment("all"),
            ),
            can_import=True,
            columns=("code", "name", "price", "unit", "tax_rate", "category", "spec", "active"),
            widths={"code": 96, "name": 210, "unit": 64},
        ),
    )
