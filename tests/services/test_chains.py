"""Chains of papers: whole from wherever one looks, each record in one place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.services.house import Services


def insert(services: Services, kind: Kind, **values: Any) -> Ref:
    with services.book.write("gesture.created") as writing:
        made = services.records.insert(writing.session, kind, values)
    return Ref(kind, made, services.records.title(Ref(kind, made)))


@pytest.fixture
def deal(services: Services) -> dict[str, Ref]:
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    customer = {"company": company}
    opportunity = insert(services, Kind.OPPORTUNITY, title="数控改造", **customer)
    first = insert(
        services, Kind.QUOTE, title="q", opportunity=opportunity.id, state="declined", **customer
    )
    second = insert(
        services, Kind.QUOTE, title="q", opportunity=opportunity.id, total=Decimal(86400),
        state="accepted", **customer,
    )  # fmt: skip
    contract = insert(
        services, Kind.CONTRACT, title="c", quote=second.id, opportunity=opportunity.id,
        total=Decimal(80000), state="signed", **customer,
    )  # fmt: skip
    direct = insert(
        services, Kind.CONTRACT, title="c", opportunity=opportunity.id, state="draft", **customer
    )
    ticket = insert(services, Kind.TICKET, subject="t", contract=contract.id, **customer)
    return {
        "company": Ref(Kind.COMPANY, company),
        "opportunity": opportunity,
        "first": first,
        "second": second,
        "contract": contract,
        "direct": direct,
        "ticket": ticket,
    }


def test_a_chain_is_the_same_from_every_record_of_it(
    services: Services, deal: dict[str, Ref]
) -> None:
    expected = [
        ("opportunity", 0),
        ("first", 1),
        ("second", 1),
        ("contract", 2),
        ("ticket", 3),
        ("direct", 1),
    ]
    for ref in deal.values():
        found = services.figures.chains(ref)
        assert [(link.ref, link.depth) for link in found] == [
            (deal[name], depth) for name, depth in expected
        ], ref
    (contract,) = [one for one in found if one.ref == deal["contract"]]
    assert (contract.state, contract.amount, contract.currency) == ("signed", Decimal(80000), "CNY")


def test_what_stands_alone_is_no_chain(services: Services, deal: dict[str, Ref]) -> None:
    alone = insert(services, Kind.QUOTE, title="q", company=deal["company"].id)
    assert services.figures.chains(alone) == []
    assert alone not in [one.ref for one in services.figures.chains(deal["company"])]
    # Of the next deal the chain stands first.
    later = insert(services, Kind.OPPORTUNITY, title="备件", company=deal["company"].id)
    quote = insert(
        services, Kind.QUOTE, title="q", opportunity=later.id, company=deal["company"].id
    )
    found = services.figures.chains(deal["company"])
    assert [one.ref for one in found[:2]] == [later, quote]


def test_what_lies_in_the_trash_is_left_out_and_ends_no_chain(
    services: Services, deal: dict[str, Ref]
) -> None:
    services.records.trash(Kind.QUOTE, deal["second"].id)
    found = {link.ref: link.depth for link in services.figures.chains(deal["ticket"])}
    assert deal["second"] not in found
    # Its contract still follows from the opportunity.
    assert found[deal["contract"]] == 1
    assert found[deal["ticket"]] == 2
