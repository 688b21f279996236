"""Pasted text becomes a record, or is shown to be one already."""

from __future__ import annotations

import pytest

from crm_desktop.domain.fields import Address
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services

CARD = "张伟 总经理\n恒远精密机械有限公司\n手机：138 1234 5678\n地址：苏州工业园区星湖街328号"


def test_a_card_makes_a_person(services: Services) -> None:
    firm = services.records.create(Kind.COMPANY, {"name": "恒远精密机械（苏州）有限公司"})
    draft = services.pasting.read(CARD)
    assert draft.kind is Kind.PERSON
    assert draft.values == {
        "name": "张伟",
        "title": "总经理",
        "mobile": ("138 1234 5678",),
        "address": (Address(line="苏州工业园区星湖街328号"),),
    }
    assert [candidate.ref.id for candidate in draft.companies] == [firm]
    assert draft.alike == []
    made = services.records.create(draft.kind, {**draft.values, "company": firm})
    again = services.pasting.read(CARD)
    assert [candidate.ref.id for candidate in again.alike] == [made]


def test_invoice_data_makes_a_company(services: Services) -> None:
    text = "单位名称：临海鸿图自动化有限公司\n税号：91331082MA2B1C2D3E\n电话：0576-85881234"
    draft = services.pasting.read(text)
    assert draft.kind is Kind.COMPANY
    assert draft.values["name"] == "临海鸿图自动化有限公司"
    assert draft.values["phone"] == ("0576-85881234",)
    assert services.records.create(draft.kind, draft.values)


def test_nothing_to_read_is_said(services: Services) -> None:
    with pytest.raises(Refused, match=r"pasting\.nothing"):
        services.pasting.read("明天下午三点开会")
