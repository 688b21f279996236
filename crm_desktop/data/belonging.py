"""What decides where the user's own fields are shown: items of lists records have."""

from __future__ import annotations

from sqlalchemy import select

from crm_desktop.data.records.columns import shown_job
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Company, Job, ListItem, Opportunity, Person
from crm_desktop.domain.belonging import COMPANY_KIND, LISTS, PIPELINE, PRODUCT_LINE, Having
from crm_desktop.domain.kinds import Kind


def having(session: Session, kind: Kind, record_id: int) -> Having:
    """The items a record has of the lists its fields may be tied to; none for other kinds."""
    if kind not in LISTS:
        return {}
    if kind is Kind.OPPORTUNITY:
        found = session.execute(
            select(Opportunity.company_id, ListItem.parent_id)
            .outerjoin(ListItem, ListItem.id == Opportunity.stage_id)
            .where(Opportunity.id == record_id)
        ).one_or_none()
        company, pipeline = found or (None, None)
        own = {PIPELINE: () if pipeline is None else (pipeline,)}
        return {**own, **_of_company(session, company)}
    if kind is Kind.PERSON:
        asked = select(shown_job(Job.company_id)).where(Person.id == record_id)
        return _of_company(session, session.scalar(asked))
    return _of_company(session, record_id)


def _of_company(session: Session, company: int | None) -> Having:
    found = None
    if company is not None:
        found = session.execute(
            select(Company.product_lines, Company.kinds).where(Company.id == company)
        ).one_or_none()
    lines, kinds = found or (None, None)
    return {PRODUCT_LINE: tuple(lines or ()), COMPANY_KIND: tuple(kinds or ())}
