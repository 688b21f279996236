"""Sheets of quotes and contracts: the words above their columns, most of them about lines."""

from __future__ import annotations

from collections.abc import Iterator

from crm_desktop.domain.kinds import Kind

_OF_LINES = {
    "product.name": "line.name",
    "product.code": "line.product",
    "product.spec": "line.description",
    "product.description": "line.description",
    "product.unit": "line.unit",
    "product.price": "line.price",
    "product.tax_rate": "line.tax_rate",
}
"""What speaks of a product elsewhere speaks of a line here."""
_LINKED = {
    "company.name": "company",
    "person.name": "person",
    "opportunity.title": "opportunity",
    "any.in_charge": "in_charge",
    "any.recorded_by": "recorded_by",
    "any.notes": "notes",
}


def places_on_paper(key: str, main: Kind) -> Iterator[str]:
    """The places a key of the synonyms may mean on a sheet of quotes or contracts."""
    owner, _, rest = key.partition(".")
    if key in _OF_LINES:
        yield f"{main.value}.{_OF_LINES[key]}"
    elif key in _LINKED:
        yield f"{main.value}.{_LINKED[key]}"
    elif owner == "line":
        yield f"{main.value}.{key}"
    elif owner in ("paper", main.value):
        yield f"{main.value}.{rest}"
    elif key == "quote.number":
        yield f"{main.value}.quote"


def settle_amounts(kind: str, taken: dict[int, tuple[str, bool]]) -> None:
    """金额 is the amount of a line where there are lines, else that of the whole paper."""
    main = {"quotes": Kind.QUOTE, "contracts": Kind.CONTRACT}.get(kind)
    if main is None:
        return
    targets = {target for target, _ in taken.values()}
    lines = f"{main.value}.line."
    if {f"{lines}name", f"{lines}product"} & targets or f"{main.value}.total" in targets:
        return
    for index, (target, sure) in taken.items():
        if target == f"{lines}amount":
            taken[index] = (f"{main.value}.total", sure)
            return
