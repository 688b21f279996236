"""The steps of the main job, from a list in Excel to a contract on paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.cli.demo import reread
from crm_desktop.cli.demo.logo import logo
from crm_desktop.cli.demo.workbook import material, write
from crm_desktop.cli.desk import Desk
from crm_desktop.cli.history import gesture_text
from crm_desktop.cli.output import money
from crm_desktop.cli.tables import account
from crm_desktop.domain.capitals import rmb_capitals
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.problems import Refused
from crm_desktop.words import LANGUAGES, Words

if TYPE_CHECKING:
    from crm_desktop.services.house import Services

Figures = dict[str, Any]


@dataclass(slots=True)
class Story:
    """One run: each step uses what the steps before it made, and tells its figures."""

    desk: Desk
    services: Services
    folder: Path
    told: dict[str, Any] = field(default_factory=material)
    made: dict[str, int] = field(default_factory=dict)  # ids, by what they are

    @property
    def list_file(self) -> Path:
        """The workbook it starts from."""
        return self.folder / "customers.xlsx"

    def workbook(self) -> Figures:
        """Somebody's customer list."""
        rows = write(self.list_file, self.desk.clock.today())
        return {"rows": rows, "file": self.list_file.name}

    def take_in(self) -> Figures:
        """The list comes in, guessed: sheet, header below the title, columns."""
        report = self._import()
        expect(report["rows"] == report["created"] == 300, "take_in")
        values = report["values"]
        return {
            "rows": report["rows"],
            "people": report["by_kind"]["people"],
            "companies": report["by_kind"]["companies"],
            "full": values["person.birthday_full"],
            "month_day": values["person.birthday_month_day"],
            "remarks": len(report["problems"]),
        }

    def again(self) -> Figures:
        """The same file once more adds nothing."""
        report = self._import()
        expect(report["rows"] == report["same"] and not report["created"], "again")
        return {"created": report["created"], "updated": report["updated"], "same": report["same"]}

    def find(self) -> Figures:
        """A person by the initials of the name."""
        typed = self.told["hero"]["initials"]
        hits = self.services.search.find(typed, kinds=(Kind.PERSON,))
        expect(bool(hits) and hits[0].title == self.told["hero"]["name"], "find")
        self.made["person"] = hits[0].id
        self.services.search.seen(hits[0].ref)
        company = self.services.records.card(Kind.PERSON, hits[0].id).values["company"]
        self.made["company"] = company.id
        self.services.search.seen(company)
        return {"typed": typed, "found": hits[0].title, "company": company.title}

    def call(self) -> Figures:
        """The call that was made."""
        self.services.activities.log(self._person, self.told["call"], "call")
        figures = self.services.records.card(Kind.PERSON, self._person.id).values
        return {"day": figures["last_contact"]}

    def plan(self) -> Figures:
        """What comes next, and what is late."""
        today, zone = self.desk.clock.today(), self.desk.clock.zone
        plan = self.services.activities.plan
        plan(self._person, self.told["plan"], Due(today, time(15), zone), "email")
        plan(self._person, self.told["visit"], Due(today + timedelta(days=3), time(10), zone),
             "visit")  # fmt: skip
        plan(self._person, self.told["late"], Due(today - timedelta(days=1), None, zone))
        step = self.services.records.card(Kind.PERSON, self._person.id).values["next_step"]
        return {"planned": 3, "next": step.subject}

    def birthdays(self) -> Figures:
        """Who has a birthday within a week."""
        coming = self.services.birthdays.coming(7)
        lunar = [one for one in coming if one.birthday.lunar]
        expect(bool(lunar), "birthdays")
        self.services.birthdays.greet(coming[0].person.id, self.desk.words.text("cli.demo_wish"))
        return {"count": len(coming), "lunar": len(lunar), "who": lunar[0].person.title,
                "when": lunar[0].on}  # fmt: skip

    def firm(self) -> Figures:
        """The firm itself, its logo, its products, a notice on the board."""
        self.services.business.set_own_company(**self.told["own"])
        self.services.business.set_logo(logo())
        self.services.notices.add(self.told["notice"])
        for number, product in enumerate(self.told["products"]):
            values = {**product, "price": Decimal(product["price"]),
                      "tax_rate": Decimal(product["tax_rate"]), "active": True}  # fmt: skip
            made = self.services.records.create(Kind.PRODUCT, values)
            self.made[f"product{number}"] = made
        return {"products": len(self.told["products"])}

    def opportunity(self) -> Figures:
        """A chance to sell."""
        today = self.desk.clock.today()
        stage = self.services.opportunities.stages()[0]
        values = {
            "title": self.told["opportunity"],
            "person": self._person,
            "company": Ref(Kind.COMPANY, self.made["company"]),
            "needs": self.told["needs"],
            "amount": Decimal(225000),
            "currency": "CNY",
            "stage": stage.id,
            "expected_close": today + timedelta(days=20),
        }
        made = self.services.records.create(Kind.OPPORTUNITY, values)
        self.made["opportunity"] = made
        self.services.search.seen(Ref(Kind.OPPORTUNITY, made))
        return {"title": self.told["opportunity"], "amount": money(values["amount"], "CNY")}

    def board(self) -> Figures:
        """Over the board, stage by stage."""
        stages = self.services.opportunities.stages()
        went = stages[:3]
        for stage in went[1:]:
            self.services.opportunities.move(self.made["opportunity"], stage.id)
        names = [item_name(stage, self.desk.words.text) for stage in went]
        column = self.services.opportunities.board()[2]
        expect(column.count >= 1, "board")
        return {"stages": " → ".join(names), "count": column.count}

    def quote(self) -> Figures:
        """A quote from it, with three lines."""
        quotes = self.services.quotes
        quote_id = self.made["quote"] = quotes.from_opportunity(self.made["opportunity"])
        for number, quantity in enumerate(self.told["quantities"]):
            discount = Decimal(self.told["discount"]) if number == 0 else None
            quotes.add_line(
                quote_id,
                LineDraft(
                    product=self.made[f"product{number}"],
                    quantity=Decimal(quantity),
                    discount_percent=discount,
                ),
            )
        card = quotes.card(quote_id)
        expect(len(card.lines) == 3, "quote")
        return {"number": card.card.values["number"], "lines": len(card.lines),
                "total": money(card.card.values["total"], "CNY")}  # fmt: skip

    def preview(self) -> Figures:
        """The PDF as it would be, marked as a draft."""
        quotes, quote_id = self.services.quotes, self.made["quote"]
        pdf = quotes.preview_pdf(quote_id)
        (self.folder / "quote-draft.pdf").write_bytes(pdf)
        capital = rmb_capitals(quotes.card(quote_id).card.values["total"])
        pages = reread.pages_of(pdf)
        expect(capital in _joined(pages) and self._marked(pages), "preview")
        return {"file": "quote-draft.pdf", "count": len(pages), "capital": capital}

    def send(self) -> Figures:
        """Sent: frozen as the customer gets it."""
        quotes, quote_id = self.services.quotes, self.made["quote"]
        quotes.send(quote_id)
        path = quotes.save_pdf(quote_id, self.folder / "quote.pdf")
        expect(path.read_bytes() == quotes.preview_pdf(quote_id), "send")
        expect(not self._marked(reread.pages_of(path.read_bytes())), "send")
        return {"file": path.name, "bytes": path.stat().st_size,
                "state": self._state(Kind.QUOTE, quote_id)}  # fmt: skip

    def win(self) -> Figures:
        """The customer says yes."""
        self.services.quotes.accept(self.made["quote"])
        self.services.opportunities.win(self.made["opportunity"])
        return {"quote": self._state(Kind.QUOTE, self.made["quote"]),
                "opportunity": self._state(Kind.OPPORTUNITY, self.made["opportunity"])}  # fmt: skip

    def contract(self) -> Figures:
        """The contract from the quote; what the text leaves open is filled in."""
        contracts = self.services.contracts
        contract_id = self.made["contract"] = contracts.from_quote(self.made["quote"])
        (self.folder / "contract-draft.pdf").write_bytes(contracts.preview_pdf(contract_id))
        blanks = contracts.missing(contract_id)
        if blanks:
            told = self.told["contract_values"][self.desk.words.language]
            filled = {blank.name: told.get(blank.name, told["other"]) for blank in blanks}
            contracts.fill(contract_id, filled)
        return {"number": contracts.card(contract_id).card.values["number"],
                "blanks": len({blank.name for blank in blanks})}  # fmt: skip

    def sign(self) -> Figures:
        """Signed: the paper is issued, without the mark of a draft."""
        contracts, contract_id = self.services.contracts, self.made["contract"]
        draft = reread.pages_of(contracts.preview_pdf(contract_id))
        for state in ("reviewed", "signed"):
            contracts.advance(contract_id, state)
        path = contracts.save_pdf(contract_id, self.folder / "contract.pdf")
        pages = reread.pages_of(path.read_bytes())
        expect(self._marked(draft) and not self._marked(pages), "sign")
        return {"file": path.name, "count": len(pages),
                "state": self._state(Kind.CONTRACT, contract_id)}  # fmt: skip

    def ticket(self) -> Figures:
        """Something does not work."""
        values = {
            "subject": self.told["ticket"],
            "said": self.told["said"],
            "person": self._person,
            "company": Ref(Kind.COMPANY, self.made["company"]),
            "contract": Ref(Kind.CONTRACT, self.made["contract"]),
            "promised_by": self.desk.clock.today() + timedelta(days=2),
        }
        made = self.made["ticket"] = self.services.tickets.open(values)
        self.services.tickets.add_step(made, self.told["step"])
        card = self.services.tickets.card(made)
        return {"number": card.values["number"], "state": self._state(Kind.TICKET, made)}

    def pipeline(self) -> Figures:
        """The other customers' opportunities, so that the board looks like one."""
        today, zone = self.desk.clock.today(), self.desk.clock.zone
        stages = {stage.code: stage.id for stage in self.services.opportunities.stages()}
        companies = self.services.records.ids(Kind.COMPANY)
        total = Decimal(0)
        for number, (title, amount, stage, close, step) in enumerate(self.told["more"]):
            values = {
                "title": title,
                "company": Ref(Kind.COMPANY, companies[number * 7 + 20]),
                "amount": Decimal(amount),
                "currency": "CNY",
                "stage": stages["lead" if stage == "won" else stage],
                "expected_close": today + timedelta(days=close),
            }
            made = self.services.records.create(Kind.OPPORTUNITY, values)
            total += values["amount"]
            if step is not None:
                due = Due(today + timedelta(days=step), None, zone)
                ref = Ref(Kind.OPPORTUNITY, made)
                self.services.activities.plan(ref, self.told["more_step"], due)
            if stage == "won":
                self.services.opportunities.win(made)
        return {"count": len(self.told["more"]), "amount": money(total, "CNY")}

    def today(self) -> Figures:
        """All seven panels of Today."""
        panels = self.services.today.panels()
        actions = panels.actions
        expect(actions.overdue.count >= 1 and actions.today.count >= 1, "today")
        return {
            "birthdays": panels.birthday_count,
            "overdue": actions.overdue.count,
            "today": actions.today.count,
            "week": actions.week.count,
            "notices": len(panels.notices) + len(panels.attention),
            "won": panels.month.this.won_count,
            "recent": len(panels.recent_companies)
            + len(panels.recent_people)
            + len(panels.recent_opportunities),
        }

    def timeline(self) -> Figures:
        """Everything that happened, on the page of the company."""
        entries = self.services.timeline.of(Ref(Kind.COMPANY, self.made["company"]))
        expect(len(entries) >= 6, "timeline")
        return {"count": len(entries)}

    def export(self) -> Figures:
        """Customers and opportunities to Excel, read again with another library."""
        counted: Figures = {}
        for name, kind in (
            ("people", Kind.PERSON),
            ("companies", Kind.COMPANY),
            ("opportunities", Kind.OPPORTUNITY),
        ):
            path = self.folder / f"{name}.xlsx"
            self.services.exports.export(kind, path, self.desk.words)
            counted[name] = reread.rows_of(path)
            expect(counted[name] == self.services.records.count(kind), "export")
        return counted

    def undo(self) -> Figures:
        """One step back and forth."""
        before = self.services.records.card(Kind.TICKET, self.made["ticket"]).version
        undone = self.services.history.undo()
        redone = self.services.history.redo()
        expect(undone.restored > 0 and not redone.kept and not redone.blocked, "undo")
        expect(self.services.records.card(Kind.TICKET, self.made["ticket"]).version >= before,
               "undo")  # fmt: skip
        what = gesture_text(undone.title, undone.args, self.desk.words)
        return {"what": what, "undone": undone.restored, "redone": redone.restored}

    def _import(self) -> Figures:

        imports, words = self.services.imports, self.desk.words
        plan = imports.preview(self.list_file).plan
        return account(imports.run(self.list_file, plan, words), words)

    @property
    def _person(self) -> Ref:
        return Ref(Kind.PERSON, self.made["person"])

    def _marked(self, pages: list[str]) -> bool:
        """Whether every page bears the mark of a draft."""
        marks = [Words(language).text("paper.draft") for language in LANGUAGES]
        return all(any(mark in page for mark in marks) for page in pages)

    def _state(self, kind: Kind, record_id: int) -> str:
        state = self.services.records.card(kind, record_id).values["state"]
        return self.desk.words.text(f"state.{kind.value}.{state}")


def expect(holds: bool, step: str) -> None:
    """The demonstration shows what is, or says that it is not so."""
    if not holds:
        raise Refused("cli.demo_failed", step=step)


def _joined(pages: list[str]) -> str:
    return "".join("".join(pages).split())
