"""The rules of every kind together; loaded with the first write."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.activities import ActivityRules
from crm_desktop.services.business import Business
from crm_desktop.services.company_rules import CompanyRules
from crm_desktop.services.hanging_rules import GiftRules, StageRules
from crm_desktop.services.lists import Lists
from crm_desktop.services.opportunity_rules import OpportunityRules
from crm_desktop.services.paper_rules import ContractRules
from crm_desktop.services.products import ProductRules
from crm_desktop.services.quote_rules import QuoteRules
from crm_desktop.services.receipt_rules import ExpenseRules, ReceiptRules
from crm_desktop.services.rules import Rules
from crm_desktop.services.tickets import TicketRules


def rules_of_kinds(clock: Clock, lists: Lists, business: Business) -> Mapping[Kind, Rules]:
    """What the features add to their kinds."""
    return {
        Kind.ACTIVITY: ActivityRules(clock),
        Kind.COMPANY: CompanyRules(),
        Kind.CONTRACT: ContractRules(clock, lists, business),
        Kind.GIFT: GiftRules(),
        Kind.PAYMENT_STAGE: StageRules(),
        Kind.EXPENSE: ExpenseRules(clock, lists, business),
        Kind.OPPORTUNITY: OpportunityRules(clock, lists),
        Kind.PRODUCT: ProductRules(business),
        Kind.QUOTE: QuoteRules(clock, lists, business),
        Kind.RECEIPT: ReceiptRules(clock, lists, business),
        Kind.TICKET: TicketRules(clock, business),
    }
