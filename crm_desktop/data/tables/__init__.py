"""All tables of the book, and the kinds of record a change of each one touches."""

from __future__ import annotations

from crm_desktop.data.tables import journal as journal
from crm_desktop.data.tables.activities import Activity as Activity
from crm_desktop.data.tables.activities import ActivityHelper as ActivityHelper
from crm_desktop.data.tables.base import Base
from crm_desktop.data.tables.companies import Company as Company
from crm_desktop.data.tables.companies import YearlyDemand as YearlyDemand
from crm_desktop.data.tables.contact_points import Point as Point
from crm_desktop.data.tables.contact_points import PostalAddress as PostalAddress
from crm_desktop.data.tables.contracts import Contract as Contract
from crm_desktop.data.tables.documents import Issued as Issued
from crm_desktop.data.tables.documents import Line as Line
from crm_desktop.data.tables.documents import NumberSeries as NumberSeries
from crm_desktop.data.tables.documents import TemplateText as TemplateText
from crm_desktop.data.tables.files import Attachment as Attachment
from crm_desktop.data.tables.files import Blob as Blob
from crm_desktop.data.tables.journal import Erasure as Erasure
from crm_desktop.data.tables.lists import CustomField as CustomField
from crm_desktop.data.tables.lists import ListItem as ListItem
from crm_desktop.data.tables.lists import SavedView as SavedView
from crm_desktop.data.tables.opportunities import Opportunity as Opportunity
from crm_desktop.data.tables.opportunities import OpportunityHelper as OpportunityHelper
from crm_desktop.data.tables.opportunities import OpportunityWay as OpportunityWay
from crm_desktop.data.tables.opportunities import ProposedProduct as ProposedProduct
from crm_desktop.data.tables.opportunities import StageStay as StageStay
from crm_desktop.data.tables.payments import Expense as Expense
from crm_desktop.data.tables.payments import PaymentStage as PaymentStage
from crm_desktop.data.tables.payments import Receipt as Receipt
from crm_desktop.data.tables.people import Anniversary as Anniversary
from crm_desktop.data.tables.people import Gift as Gift
from crm_desktop.data.tables.people import Job as Job
from crm_desktop.data.tables.people import Person as Person
from crm_desktop.data.tables.people import PersonFilled as PersonFilled
from crm_desktop.data.tables.people import Relation as Relation
from crm_desktop.data.tables.products import Product as Product
from crm_desktop.data.tables.quotes import Quote as Quote
from crm_desktop.data.tables.shared import BookSetting as BookSetting
from crm_desktop.data.tables.shared import ImportOrigin as ImportOrigin
from crm_desktop.data.tables.shared import Notice as Notice
from crm_desktop.data.tables.shared import NotTheSame as NotTheSame
from crm_desktop.data.tables.shared import RecentlySeen as RecentlySeen
from crm_desktop.data.tables.shared import Reminder as Reminder
from crm_desktop.data.tables.shared import SearchEntry as SearchEntry
from crm_desktop.data.tables.shared import StageLog as StageLog
from crm_desktop.data.tables.shared import Tag as Tag
from crm_desktop.data.tables.shared import TagLink as TagLink
from crm_desktop.data.tables.staff import Staff as Staff
from crm_desktop.data.tables.tickets import Ticket as Ticket
from crm_desktop.domain.kinds import Kind

METADATA = Base.metadata

TABLE_OF_KIND: dict[Kind, type[Base]] = {
    Kind.PERSON: Person,
    Kind.COMPANY: Company,
    Kind.ACTIVITY: Activity,
    Kind.OPPORTUNITY: Opportunity,
    Kind.PRODUCT: Product,
    Kind.QUOTE: Quote,
    Kind.CONTRACT: Contract,
    Kind.TICKET: Ticket,
    Kind.RECEIPT: Receipt,
    Kind.EXPENSE: Expense,
    Kind.STAFF: Staff,
}

TABLE_OF_HANGING: dict[Kind, type[Base]] = {
    Kind.PAYMENT_STAGE: PaymentStage,
    Kind.ANNIVERSARY: Anniversary,
    Kind.GIFT: Gift,
}
"""Rows that are no records of their own; `OWNERS` says what they hang on."""

_PEOPLE = frozenset({Kind.PERSON, Kind.COMPANY})
KINDS_OF_TABLE: dict[str, frozenset[Kind]] = {
    "people": frozenset({Kind.PERSON}),
    "companies": frozenset({Kind.COMPANY}),
    "jobs": _PEOPLE,
    "relations": frozenset({Kind.PERSON}),
    "anniversaries": frozenset({Kind.PERSON}),
    "gifts": frozenset({Kind.PERSON}),
    "points": _PEOPLE,
    "addresses": _PEOPLE,
    "activities": frozenset({Kind.ACTIVITY}),
    "activity_helpers": frozenset({Kind.ACTIVITY}),
    "opportunities": frozenset({Kind.OPPORTUNITY}),
    "opportunity_helpers": frozenset({Kind.OPPORTUNITY}),
    "stage_log": frozenset({Kind.OPPORTUNITY}),
    "proposed_products": frozenset({Kind.OPPORTUNITY}),
    "yearly_demand": frozenset({Kind.COMPANY}),
    "products": frozenset({Kind.PRODUCT}),
    "quotes": frozenset({Kind.QUOTE}),
    "contracts": frozenset({Kind.CONTRACT}),
    "lines": frozenset({Kind.QUOTE, Kind.CONTRACT}),
    "issued": frozenset({Kind.QUOTE, Kind.CONTRACT}),
    "tickets": frozenset({Kind.TICKET}),
    "receipts": frozenset({Kind.RECEIPT}),
    "expenses": frozenset({Kind.EXPENSE}),
    "payment_stages": frozenset({Kind.CONTRACT}),
    "staff": frozenset({Kind.STAFF}),
    "tags": frozenset({Kind.TAG}),
    "tag_links": frozenset({Kind.TAG}),
    "attachments": frozenset({Kind.ATTACHMENT}),
    "notices": frozenset({Kind.NOTICE}),
    "saved_views": frozenset({Kind.VIEW}),
    "list_items": frozenset({Kind.LIST}),
    "custom_fields": frozenset({Kind.LIST}),
    "book_settings": frozenset({Kind.SETTINGS}),
    "template_texts": frozenset({Kind.SETTINGS}),
    "import_origins": frozenset(),
    "not_the_same": _PEOPLE,
}
"""What pages are told when rows of a table changed."""
