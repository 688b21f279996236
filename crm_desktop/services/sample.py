"""Sample data: a small firm's customers to try everything with, and to throw away at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from crm_desktop import paths
from crm_desktop.data import book_settings, notices, tags, trash
from crm_desktop.data.book import Book
from crm_desktop.data.records import children
from crm_desktop.data.sample import spread_stages
from crm_desktop.data.session import Session
from crm_desktop.domain import lunar
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import RECORD_KINDS, Kind
from crm_desktop.domain.pipeline import LOST, WON
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.selling import STANDARD, WAYS
from crm_desktop.services.business import SAMPLE, Business
from crm_desktop.services.lists import Lists
from crm_desktop.services.quotes import Quotes
from crm_desktop.services.records import Records

_ENDS = (WON, LOST)


class Sample:
    """Fills a book with invented customers, marked by a tag, and removes them again."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        *,
        records: Records,
        lists: Lists,
        business: Business,
        quotes: Quotes,
    ) -> None:
        self._book = book
        self._clock = clock
        self._records = records
        self._lists = lists
        self._business = business
        self._quotes = quotes

    def is_there(self) -> bool:
        """Whether the book holds sample data that was not removed yet."""
        return self._business.holds_sample()

    def fill(self, language: str) -> None:
        """Put the sample data in, in one of the two languages. Refused where it is there."""
        if self.is_there():
            raise Refused("sample.there")
        content = _content(language)
        with self._book.write("gesture.sample_filled") as writing:
            session = writing.session
            filling = _Filling(session, self._clock, self._records, self._lists, content)
            filling.fill()
            notice = notices.add(session, content["notice"], None)
            tag = children.tag_id(session, content["tag"])
            for number, plan in enumerate(content["quotes"], 1):
                # Numbers of its own: the firm's series begins with the firm's first quote.
                quote = self._quote(filling, plan, f"{content['tag']}-{number}", language)
                tags.put_on(session, tag, Kind.QUOTE, [quote])
                if plan["state"] == "sent":
                    self._quotes.issue(session, quote)
            book_settings.put(session, SAMPLE, {"tag": tag, "notice": notice})

    def remove(self) -> None:
        """Move everything marked as sample to the trash, in one gesture; undo brings it back."""
        marks = self._business.get(SAMPLE)
        if not marks:
            return
        now = self._clock.now()
        with self._book.write("gesture.sample_removed") as writing:
            session = writing.session
            for kind in RECORD_KINDS:
                trash.put(session, kind, tags.carriers(session, marks["tag"], kind), now)
            tags.remove(session, marks["tag"], now)
            notices.take_down(session, marks["notice"], now)
            book_settings.put(session, SAMPLE, {})

    def _quote(self, filling: _Filling, plan: Mapping[str, Any], number: str, language: str) -> int:
        opportunity = filling.opportunities[plan["opportunity"]]
        reader = self._records.reader(filling.session, Kind.OPPORTUNITY)
        source = reader.card(opportunity).values
        values = {
            "number": number,
            "language": language,
            "title": source["title"],
            "company": source["company"],
            "person": source["person"],
            "opportunity": opportunity,
            "valid_until": self._clock.today() + timedelta(days=plan["valid_in"]),
        }
        lines = [
            LineDraft(product=filling.products[product], quantity=Decimal(quantity))
            for product, quantity in plan["lines"]
        ]
        return self._quotes.insert(filling.session, values, lines)


class _Filling:
    """One filling: what was made is kept by its place in the plan, for what hangs on it."""

    def __init__(
        self,
        session: Session,
        clock: Clock,
        records: Records,
        lists: Lists,
        content: Mapping[str, Any],
    ) -> None:
        self.session = session
        self._clock = clock
        self._lists = lists
        self._content = content
        self._insert = partial(records.insert, session)
        self._change = partial(records.change, session)
        self._tag = (content["tag"],)
        self._today = clock.today()
        self.companies: dict[str, int] = {}
        self.people: list[int] = []
        self.products: list[int] = []
        self.opportunities: list[int] = []
        self.tickets: list[int] = []

    def fill(self) -> None:
        """Everything but the quotes, which are made of it."""
        for plan in self._content["companies"]:
            self.companies[plan["key"]] = self._company(plan)
        self.people = [self._person(plan) for plan in self._content["people"]]
        self.products = [self._product(plan) for plan in self._content["products"]]
        self.opportunities = [self._opportunity(p) for p in self._content["opportunities"]]
        self.tickets = [self._ticket(n, p) for n, p in enumerate(self._content["tickets"], 1)]
        for plan in self._content["follow_ups"]:
            self._follow_up(plan)
        for plan in self._content["activities"]:
            self._activity(plan)

    def _company(self, plan: Mapping[str, Any]) -> int:
        values = {key: plan[key] for key in ("name", "short_name", "city", "province")}
        kind = "customer" if plan["lifecycle"] in ("customer", "loyal") else "prospect"
        return self._insert(
            Kind.COMPANY,
            {
                **values,
                "phone": (plan["phone"],),
                "industry": self._item("industry", plan["industry"]),
                "level": self._item("level", plan["level"]),
                "lifecycle": self._item("lifecycle", plan["lifecycle"]),
                "size": self._item("company_size", plan["size"]),
                "source": self._item("source", plan["source"]),
                "kinds": (self._item("company_kind", kind),),
                "tags": self._tag,
            },
        )

    def _person(self, plan: Mapping[str, Any]) -> int:
        level = plan["level"]
        # People stand where their company stands.
        status = next(
            (c["lifecycle"] for c in self._content["companies"] if c["key"] == plan["company"]),
            "lead",
        )
        return self._insert(
            Kind.PERSON,
            {
                "name": plan["name"],
                "company": self.companies.get(plan["company"] or ""),
                "title": plan["title"],
                "mobile": (plan["mobile"],),
                "email": (plan["email"],),
                "gender": self._item("gender", plan["gender"]),
                "decision_role": self._item("decision_role", plan["decision_role"]),
                "level": self._item("level", level) if level else None,
                "lifecycle": self._item("lifecycle", status),
                "important": plan["important"],
                "birthday": self._birthday(plan["birthday"]),
                "tags": self._tag,
            },
        )

    def _birthday(self, plan: Mapping[str, Any] | None) -> Birthday | None:
        if plan is None:
            return None
        day = self._day(plan["in_days"])
        if plan["lunar"]:
            there = lunar.to_lunar(day)
            return Birthday(there.month, there.day, lunar=True, leap=there.leap)
        year = day.year - plan["age"]
        # Nobody is born on 29 February of an ordinary year.
        known = (day.month, day.day) != (2, 29)
        return Birthday(day.month, day.day, year=year if known else None)

    def _product(self, plan: Mapping[str, Any]) -> int:
        values = {key: plan[key] for key in ("code", "name", "unit", "price")}
        product = self._insert(Kind.PRODUCT, {**values, "tax_rate": Decimal(13)})
        tag = children.tag_id(self.session, self._tag[0])
        tags.put_on(self.session, tag, Kind.PRODUCT, [product])
        return product

    def _opportunity(self, plan: Mapping[str, Any]) -> int:
        close = self._day(plan["close_in"])
        first, *further = plan["path"]
        opportunity = self._insert(
            Kind.OPPORTUNITY,
            {
                "title": plan["title"],
                "company": self.companies[plan["company"]],
                "person": self.people[plan["person"]],
                "amount": plan["amount"],
                "stage": self._stage(first),
                "expected_close": close,
                "tags": self._tag,
            },
        )
        for stage in further:
            values: dict[str, Any] = {"stage": self._stage(stage)}
            if stage in ("won", "lost"):
                # Within this month, so that its summary has something to say.
                values["closed_on"] = max(close, self._today.replace(day=1))
            if stage == "lost":
                values["lost_reason"] = self._item("lost_reason", plan["lost_reason"])
            self._change(Kind.OPPORTUNITY, [opportunity], values)
        closed = further[-1:] in (["won"], ["lost"])
        last = close if closed else self._day(-plan["days"] // 4)
        spread_stages(
            self.session, opportunity, self._moment(self._day(-plan["days"])), self._moment(last)
        )
        return opportunity

    def _ticket(self, number: int, plan: Mapping[str, Any]) -> int:
        return self._insert(
            Kind.TICKET,
            {
                "number": f"{self._tag[0]}-{number}",
                "subject": plan["subject"],
                "said": plan["said"],
                "company": self.companies[plan["company"]],
                "person": self.people[plan["person"]],
                "type": self._item("ticket_type", plan["type"]),
                "priority": self._item("priority", plan["priority"]),
                "promised_by": self._day(plan["promised_in"]),
                "state": plan["state"],
                "tags": self._tag,
            },
        )

    def _follow_up(self, plan: Mapping[str, Any]) -> None:
        due = None
        if plan["in_days"] is not None:
            at = time.fromisoformat(plan["time"]) if plan["time"] else None
            due = Due(self._day(plan["in_days"]), at, self._clock.zone)
        opportunity, ticket = plan["opportunity"], plan["ticket"]
        self._insert(
            Kind.ACTIVITY,
            {
                "subject": plan["subject"],
                "type": self._item("activity_type", plan["type"]),
                "state": "planned",
                "due": due,
                "person": self.people[plan["person"]],
                "opportunity": None if opportunity is None else self.opportunities[opportunity],
                "ticket": None if ticket is None else self.tickets[ticket],
                "tags": self._tag,
            },
        )

    def _activity(self, plan: Mapping[str, Any]) -> None:
        subject, _, rest = plan["text"].partition("\n")
        opportunity = plan["opportunity"]
        self._insert(
            Kind.ACTIVITY,
            {
                "subject": subject,
                "outcome": rest or None,
                "type": self._item("activity_type", plan["type"]),
                "state": "done",
                "done_at": self._moment(self._day(-plan["days_ago"])),
                "person": self.people[plan["person"]],
                "opportunity": None if opportunity is None else self.opportunities[opportunity],
                "tags": self._tag,
            },
        )

    def _day(self, distance: int) -> date:
        return self._today + timedelta(days=distance)

    def _moment(self, day: date) -> datetime:
        return datetime.combine(day, time(10, 30), ZoneInfo(self._clock.zone))

    def _stage(self, code: str) -> int:
        """The stage of the firm's own pipeline that is as far as a standard one."""
        pipeline = self._lists.items("pipeline")[0]
        stages = self._lists.items("stage", parent_id=pipeline.id)
        same = [stage.id for stage in stages if stage.code == code]
        if same and (pipeline.code == STANDARD or code in _ENDS):
            return same[0]
        usual = [stage.code for stage in WAYS[STANDARD] if stage.code not in _ENDS]
        own = [stage.id for stage in stages if stage.data.get("state") not in _ENDS]
        return own[round(usual.index(code) * (len(own) - 1) / (len(usual) - 1))]

    def _item(self, list_key: str, code: str) -> int:
        return self._lists.by_code(list_key, code).id


def _content(language: str) -> dict[str, Any]:
    """The plan with its texts in one language."""
    file = paths.shipped("resources") / "sample.json"
    plain = json.loads(file.read_text(encoding="utf-8"))
    found: dict[str, Any] = _in_language(plain, language)
    return found


def _in_language(value: Any, language: str) -> Any:
    if isinstance(value, list):
        return [_in_language(item, language) for item in value]
    if isinstance(value, dict):
        if value.keys() == {"en", "zh"}:
            return value[language]
        return {key: _in_language(item, language) for key, item in value.items()}
    return value
