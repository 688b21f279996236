"""Sheets of quotes and contracts: the words above their columns, most of them about lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    "company.code": "company",
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


def settle_papers(
    kind: str, taken: dict[int, tuple[str, bool]], meanings: Sequence[tuple[str, ...]]
) -> None:
    """Words that mean a line or the whole paper, by what stands beside them.

    `meanings` has for each column the keys of the synonyms its words may stand for.
    """
    main = {"quotes": Kind.QUOTE, "contracts": Kind.CONTRACT}.get(kind)
    if main is None:
        return
    _settle_numbers(main.value, taken, meanings)
    _settle_names(main.value, taken, meanings)
    _settle_amounts(main.value, taken)


def _settle_numbers(
    main: str, taken: dict[int, tuple[str, bool]], meanings: Sequence[tuple[str, ...]]
) -> None:
    """编号 beside a customer is the number of the paper where no other column is."""
    targets = {target for target, _ in taken.values()}
    if f"{main}.number" in targets or f"{main}.company" not in targets:
        return
    for index, (target, sure) in taken.items():
        if target == f"{main}.line.product" and "paper.number" in meanings[index]:
            taken[index] = (f"{main}.number", sure)
            return


def _settle_names(
    main: str, taken: dict[int, tuple[str, bool]], meanings: Sequence[tuple[str, ...]]
) -> None:
    """名称 beside quantities or prices is the name of what they are about."""
    targets = {target for target, _ in taken.values()}
    lines = f"{main}.line."
    if f"{lines}name" in targets or not {f"{lines}quantity", f"{lines}price"} & targets:
        return
    for index, (target, sure) in taken.items():
        if target == f"{main}.title" and meanings[index][:1] == ("any.name",):
            taken[index] = (f"{lines}name", sure)
            return


def _settle_amounts(main: str, taken: dict[int, tuple[str, bool]]) -> None:
    """金额 is the amount of a line where there are lines, else that of the whole paper."""
    targets = {target for target, _ in taken.values()}
    lines = f"{main}.line."
    if {f"{lines}name", f"{lines}product"} & targets or f"{main}.total" in targets:
        return
    for index, (target, sure) in taken.items():
        if target == f"{lines}amount":
            taken[index] = (f"{main}.total", sure)
            return
