"""The lists a new book starts with. Users rename, add and retire items; codes stay."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Shipped:
    """One default item; its words are "list.LIST.CODE"."""

    code: str
    color: str = "grey"
    parent: str = ""
    data: dict[str, Any] = field(default_factory=dict)


SHIPPED: dict[str, tuple[Shipped, ...]] = {
    "gender": (
        Shipped("male"),
        Shipped("female"),
    ),
    "lifecycle": (
        Shipped("lead"),
        Shipped("interested", "blue"),
        Shipped("customer", "green"),
        Shipped("loyal", "teal"),
        Shipped("lost", "red"),
    ),
    "level": (
        Shipped("a", "purple"),
        Shipped("b", "blue"),
        Shipped("c"),
    ),
    "source": (
        Shipped("referral"),
        Shipped("exhibition"),
        Shipped("website"),
        Shipped("advertising"),
        Shipped("cold_call"),
        Shipped("visit"),
        Shipped("import"),
        Shipped("other"),
    ),
    "decision_role": (
        Shipped("decision_maker", "purple"),
        Shipped("influencer", "blue"),
        Shipped("user", "teal"),
        Shipped("purchaser", "green"),
        Shipped("gatekeeper", "amber"),
        Shipped("opponent", "red"),
    ),
    "attitude": (
        Shipped("supportive", "green"),
        Shipped("neutral"),
        Shipped("critical", "red"),
    ),
    "company_kind": (
        Shipped("customer"),
        Shipped("prospect"),
        Shipped("supplier"),
        Shipped("agent"),
        Shipped("partner"),
        Shipped("competitor"),
        Shipped("retailer"),
    ),
    "industry": (
        Shipped("machinery"),
        Shipped("electronics"),
        Shipped("chemicals"),
        Shipped("food"),
        Shipped("medical"),
        Shipped("automotive"),
        Shipped("construction"),
        Shipped("textiles"),
        Shipped("logistics"),
        Shipped("retail"),
        Shipped("software"),
        Shipped("finance"),
        Shipped("education"),
        Shipped("energy"),
        Shipped("agriculture"),
        Shipped("services"),
        Shipped("other"),
    ),
    "org_type": (
        Shipped("enterprise"),
        Shipped("government"),
        Shipped("institution"),
        Shipped("individual"),
    ),
    "company_size": (
        Shipped("micro"),
        Shipped("small"),
        Shipped("medium"),
        Shipped("large"),
        Shipped("huge"),
    ),
    "sales_area": (),
    "product_line": (),
    "credit_grade": (
        Shipped("a", "green"),
        Shipped("b", "blue"),
        Shipped("c", "amber"),
        Shipped("d", "red"),
    ),
    "risk_grade": (
        Shipped("low", "green"),
        Shipped("medium", "amber"),
        Shipped("high", "red"),
    ),
    "activity_type": (
        Shipped("call", "blue", data={"icon": "phone"}),
        Shipped("visit", "green", data={"icon": "map-pin"}),
        Shipped("meeting", "purple", data={"icon": "users"}),
        Shipped("email", "teal", data={"icon": "mail"}),
        Shipped("wechat", "green", data={"icon": "message-circle"}),
        Shipped("sms", "teal", data={"icon": "message-square"}),
        Shipped("dinner", "amber", data={"icon": "utensils"}),
        Shipped("courtesy", "green", data={"icon": "footprints"}),
        Shipped("reception", "purple", data={"icon": "coffee"}),
        Shipped("fax", data={"icon": "printer"}),
        Shipped("note", data={"icon": "sticky-note"}),
        Shipped("greeting", "amber", data={"icon": "cake"}),
        Shipped("other", data={"icon": "circle-dot"}),
    ),
    "pipeline": (Shipped("standard"),),
    "stage": (
        Shipped("lead", parent="standard", data={"probability": 20, "stale": 14, "state": "open"}),
        Shipped(
            "needs",
            "blue",
            parent="standard",
            data={"probability": 40, "stale": 14, "state": "open"},
        ),
        Shipped(
            "quoted",
            "purple",
            parent="standard",
            data={"probability": 60, "stale": 10, "state": "open"},
        ),
        Shipped(
            "negotiation",
            "amber",
            parent="standard",
            data={"probability": 80, "stale": 7, "state": "open"},
        ),
        Shipped(
            "won", "green", parent="standard", data={"probability": 100, "stale": 0, "state": "won"}
        ),
        Shipped(
            "lost", "red", parent="standard", data={"probability": 0, "stale": 0, "state": "lost"}
        ),
    ),
    "channel": (
        Shipped("phone"),
        Shipped("wechat"),
        Shipped("email"),
        Shipped("visit"),
        Shipped("online"),
        Shipped("agent"),
        Shipped("direct"),
    ),
    "priority": (
        Shipped("high", "red"),
        Shipped("normal", "blue"),
        Shipped("low"),
    ),
    "lost_reason": (
        Shipped("price"),
        Shipped("competitor"),
        Shipped("no_budget"),
        Shipped("no_answer"),
        Shipped("no_need"),
        Shipped("other"),
    ),
    "product_category": (),
    "contract_kind": (
        Shipped("sales"),
        Shipped("service"),
        Shipped("framework"),
        Shipped("purchase"),
    ),
    "ticket_type": (
        Shipped("inquiry", "blue"),
        Shipped("suggestion", "teal"),
        Shipped("complaint", "red"),
        Shipped("repair", "amber"),
        Shipped("onsite", "purple"),
        Shipped("order_request", "green"),
        Shipped("order_progress"),
    ),
    "payment_method": (
        Shipped("bank_transfer", "blue"),
        Shipped("cash"),
        Shipped("wechat", "green"),
        Shipped("alipay", "teal"),
        Shipped("cheque"),
        Shipped("bill", "purple"),
        Shipped("other"),
    ),
    "expense_category": (
        Shipped("travel"),
        Shipped("entertainment"),
        Shipped("gift"),
        Shipped("sample"),
        Shipped("freight"),
        Shipped("commission"),
        Shipped("other"),
    ),
    "attachment_type": (
        Shipped("contract"),
        Shipped("quote"),
        Shipped("drawing"),
        Shipped("certificate"),
        Shipped("photo"),
        Shipped("card"),
        Shipped("other"),
    ),
    "relation": (
        Shipped("spouse"),
        Shipped("assistant"),
        Shipped("manager"),
        Shipped("friend"),
        Shipped("classmate"),
        Shipped("colleague"),
        Shipped("parent"),
        Shipped("introduced"),
        Shipped("other"),
    ),
}
